/**
 * Further doors to an asset than its own API: a website endpoint, a CDN, a custom domain.
 *
 * What answers there is often not the store, so an answer counts only where a random neighbour gets
 * another one: pages for every address (soft 404, one-page applications) prove nothing. A door that
 * is shut says nothing about the asset, so a refusal is no fact.
 */
import { randomUUID } from 'node:crypto';
import type { AccessFact, Slice } from '../src/model/access.ts';
import type { Asset } from '../src/model/asset.ts';
import { addressOf } from '../src/model/domain.ts';
import { UsageError } from '../src/model/errors.ts';
import type { Gap } from '../src/model/gap.ts';
import type { TargetSpec } from '../src/model/provider.ts';
import type { HttpClient, HttpHead } from '../src/net/client.ts';
import { keyPath } from './key-path.ts';
import { failedProbe, probeFact, unansweredGaps } from './outsider.ts';

/** Bytes of an answer that is looked into for a list: one key may take 3 KiB. */
const LIST_BYTES = 16 * 1024;
/** Root elements of the clouds' listings, and the field of Google's. */
const LISTING =
  /<(?:\w+:)?(?:ListBucketResult|EnumerationResults)[\s>/]|"kind":\s*"storage#objects"/;

/** The target's domains. Throws UsageError where no single asset is meant that they could serve. */
export function domainsOf(spec: TargetSpec, oneAsset: boolean): readonly string[] {
  const domains = spec.domains ?? [];
  if (domains.length > 0 && !oneAsset) {
    throw new UsageError(
      `domains of "${spec.uri}" serve one bucket or container; name it in the target`,
    );
  }
  return domains;
}

/** `host:port`, for the scope. */
export function hostOf(domain: string): string {
  const { hostname, port, protocol } = new URL(addressOf(domain));
  return `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
}

/** What opens through any of these doors, and gaps for those that did not answer. */
export async function tryDoors(
  http: HttpClient,
  asset: Asset,
  bases: readonly string[],
  keys: readonly string[],
): Promise<{ readonly facts: readonly AccessFact[]; readonly gaps: readonly Gap[] }> {
  const facts: AccessFact[] = [];
  for (const base of bases) facts.push(...(await tryDoor(http, base, keys)));
  return { facts, gaps: unansweredGaps(asset, facts) };
}

/** What opens through the door: the list, and each of these keys. */
async function tryDoor(
  http: HttpClient,
  base: string,
  keys: readonly string[],
): Promise<readonly AccessFact[]> {
  const list = await askRoot(http, base);
  // Unreachable for one is unreachable for all.
  if (list?.because.code === 'probe.failed') return [list];
  const read: AccessFact[] = [];
  for (const key of keys) {
    const fact = await askKey(http, base, key);
    if (fact) read.push(fact);
  }
  return list ? [list, ...read] : read;
}

async function askRoot(http: HttpClient, base: string): Promise<AccessFact | null> {
  const url = `${base}/`;
  try {
    const answer = await http.ask({ url, maxBodyBytes: LIST_BYTES });
    const listed = answer.status === 200 && LISTING.test(answer.body.toString('utf8'));
    const params = { url, status: String(answer.status) };
    return listed ? probeFact('list', 'yes', 'probe.listed', params) : null;
  } catch (error) {
    return failedProbe('list', url, error);
  }
}

async function askKey(http: HttpClient, base: string, key: string): Promise<AccessFact | null> {
  // The key is in the slice; in a text it could show what it names.
  const shown = `${base}/…`;
  const slice: Slice = { kind: 'object', pattern: key, except: [] };
  try {
    const answer = await head(http, base, key);
    if (answer.status !== 200) return null;
    const neighbour = await head(http, base, key.replace(/[^/]*$/, randomUUID()));
    const params = { url: shown, status: String(answer.status) };
    if (neighbour.status >= 400) return probeFact('read', 'yes', 'probe.read', params, slice);
    const detail = 'any address there is answered alike';
    return probeFact('read', 'unknown', 'probe.unclear', { ...params, detail }, slice);
  } catch (error) {
    return failedProbe('read', shown, error, slice);
  }
}

function head(http: HttpClient, base: string, key: string): Promise<HttpHead> {
  return http.ask({ url: `${base}/${keyPath(key)}`, method: 'HEAD' });
}
