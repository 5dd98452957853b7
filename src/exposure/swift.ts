/**
 * Access to an OpenStack Swift container by its X-Container-Read and X-Container-Write.
 *
 * `.r:*` reads by name, `.rlistings` adds listing where a referrer is allowed, and because anyone
 * can send any Referer every positive `.r:` entry is anonymous. `*:*` needs a token, anybody's.
 * Source: openstack/swift, doc/source/overview_acl.rst and swift/common/middleware/acl.py.
 */
import { ACTIONS, type AccessFact, type Action } from '../model/access.ts';
import { denied, type Fetched, fetched } from './documents.ts';
import { because, configFacts, unreadFacts, withNo } from './fact.ts';
import { type Json, parsed, pick, texts } from './input.ts';
import { answerOf, type Judgement, judgementOf } from './judgement.ts';

export interface SwiftContainerDocuments {
  readonly container: string;
  /** X-Container-Read; null when it is not set. */
  readonly readAcl: Fetched<string | null>;
  /** X-Container-Write; null when it is not set. */
  readonly writeAcl: Fetched<string | null>;
}

interface SwiftAcl {
  /** In order, a leading `-` forbids: the last one that fits a Referer decides. */
  readonly referrers: readonly string[];
  readonly groups: readonly string[];
}

/** The entry that Swift would refuse with 400, so that the header cannot be in force. */
interface Refused {
  readonly refused: string;
}

/** Facts about reading, listing and writing one container. */
export function swiftFacts(d: SwiftContainerDocuments): readonly AccessFact[] {
  const none = because('swift.none', { container: d.container });
  return withNo([...readFacts(d), ...writeFacts(d)], ACTIONS, none);
}

function readFacts(d: SwiftContainerDocuments): readonly AccessFact[] {
  if (d.readAcl.state === 'denied') {
    return unreadFacts(['read', 'list'], 'X-Container-Read', d.readAcl.detail);
  }
  const acl = parseAcl(d.readAcl.value ?? '', 'read');
  if ('refused' in acl) {
    return configFacts('anyone', ['read', 'list'], 'no', refusedBecause('X-Container-Read', acl));
  }
  const referrer = usableReferrer(acl.referrers);
  const facts = [...groupFacts(acl.groups, ['read', 'list'], 'X-Container-Read')];
  const listing = acl.groups.includes('.rlistings');
  if (referrer === null) {
    const code = listing ? 'swift.listings-alone' : 'swift.none';
    return listing ? [...facts, ...configFacts('anyone', ['list'], 'no', because(code))] : facts;
  }
  const entry = acl.referrers.includes('*') ? 'swift.read.anyone' : 'swift.read.referrer';
  facts.push(...configFacts('anyone', ['read'], 'yes', because(entry, { referrer })));
  facts.push(
    ...configFacts(
      'anyone',
      ['list'],
      listing ? 'yes' : 'no',
      because(listing ? 'swift.listings' : 'swift.no-listings'),
    ),
  );
  return facts;
}

function writeFacts(d: SwiftContainerDocuments): readonly AccessFact[] {
  if (d.writeAcl.state === 'denied') {
    return unreadFacts(['write'], 'X-Container-Write', d.writeAcl.detail);
  }
  const acl = parseAcl(d.writeAcl.value ?? '', 'write');
  if ('refused' in acl) {
    return configFacts('anyone', ['write'], 'no', refusedBecause('X-Container-Write', acl));
  }
  return groupFacts(acl.groups, ['write'], 'X-Container-Write');
}

function refusedBecause(header: string, acl: Refused): ReturnType<typeof because> {
  return because('swift.refused', { header, entry: acl.refused });
}

function groupFacts(
  groups: readonly string[],
  actions: readonly Action[],
  header: string,
): readonly AccessFact[] {
  return groups.flatMap((group) => {
    const [project, user] = group.split(':', 2).map((part) => part.trim());
    if (user === undefined || user !== '*') return [];
    return project === '*'
      ? configFacts('any-account', actions, 'yes', because('swift.any-token', { header }))
      : configFacts('organisation', actions, 'yes', because('swift.project', { header, group }));
  });
}

const REFERRER = ['.r', '.ref', '.referer', '.referrer'];

function parseAcl(text: string, header: 'read' | 'write'): SwiftAcl | Refused {
  const referrers: string[] = [];
  const groups: string[] = [];
  for (const raw of text.split(',')) {
    const entry = raw.trim();
    if (entry === '') continue;
    const colon = entry.indexOf(':');
    const first = (colon < 0 ? entry : entry.slice(0, colon)).trim();
    if (colon < 0 || !first.startsWith('.')) {
      groups.push(entry);
      continue;
    }
    if (!REFERRER.includes(first) || header === 'write') return { refused: entry };
    const host = referrerHost(entry.slice(colon + 1).trim());
    if (host === null) return { refused: entry };
    referrers.push(host);
  }
  return { referrers, groups };
}

/** `-` stays in front; `*.example.com` becomes `.example.com`. */
function referrerHost(text: string): string | null {
  const forbids = text.startsWith('-');
  let host = forbids ? text.slice(1).trim() : text;
  if (host !== '*' && host.startsWith('*')) host = host.slice(1).trim();
  if (host === '' || host === '.') return null;
  return forbids ? `-${host}` : host;
}

/** A Referer host that gets in, or null. Swift takes a missing Referer for the host `unknown`. */
function usableReferrer(referrers: readonly string[]): string | null {
  const named = referrers
    .filter((host) => !host.startsWith('-') && host !== '*')
    .map((host) => (host.startsWith('.') ? `any${host}` : host));
  const candidates = ['unknown', 'somewhere.invalid', ...named];
  return candidates.find((host) => referrerAllowed(host, referrers)) ?? null;
}

function referrerAllowed(host: string, referrers: readonly string[]): boolean {
  let allowed = false;
  for (const entry of referrers) {
    const forbids = entry.startsWith('-');
    const pattern = forbids ? entry.slice(1) : entry;
    const fits = pattern === host || (pattern.startsWith('.') && host.endsWith(pattern));
    if (forbids && fits) allowed = false;
    if (!forbids && (fits || pattern === '*')) allowed = true;
  }
  return allowed;
}

/** Judges one case of the exposure case format. */
export function judgeSwiftCase(input: Json): Judgement {
  const facts = swiftFacts({
    container: 'the container',
    readAcl: aclText(pick(input, 'readAcl', 'xContainerRead', 'containerRead'), 'the read ACL'),
    writeAcl: aclText(
      pick(input, 'writeAcl', 'xContainerWrite', 'containerWrite'),
      'the write ACL',
    ),
  });
  return judgementOf(facts, answerOf(facts, ['anyone', 'any-account'], ACTIONS));
}

function aclText(value: unknown, name: string): Fetched<string | null> {
  if (value === undefined || value === null) return fetched(null);
  const content = parsed(value);
  if (typeof content === 'string') return fetched(content);
  if (Array.isArray(content) && content.every((item) => typeof item === 'string')) {
    return fetched(texts(content).join(','));
  }
  return denied(`${name} is no text`);
}
