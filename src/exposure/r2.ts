/**
 * Cloudflare R2: no ACLs, no policies, no anonymous listing. A bucket is public through its r2.dev
 * address or through a custom domain, each on its own. Source: reference/exposure.md section 2.
 */
import { ACTIONS, type AccessFact } from '../model/access.ts';
import { denied, type Fetched, fetched } from './documents.ts';
import { because, configFacts, unreadFacts, withNo } from './fact.ts';
import { has, type Json, list, pick, readSwitch, record } from './input.ts';
import { answerOf, type Judgement, judgementOf } from './judgement.ts';

export interface R2BucketDocuments {
  /** The managed r2.dev address. */
  readonly managedDomain: Fetched<boolean>;
  /** Custom domains that serve the bucket. */
  readonly customDomains: Fetched<readonly string[]>;
}

/** Facts about reading, listing and writing one bucket. */
function r2Facts(d: R2BucketDocuments): readonly AccessFact[] {
  const facts: AccessFact[] = [];
  if (d.managedDomain.state === 'denied') {
    facts.push(...unreadFacts(['read'], 'r2.dev setting', d.managedDomain.detail));
  } else if (d.managedDomain.value) {
    facts.push(...configFacts('anyone', ['read'], 'yes', because('r2.managed-domain')));
  }
  if (d.customDomains.state === 'denied') {
    facts.push(...unreadFacts(['read'], 'list of custom domains', d.customDomains.detail));
  } else {
    for (const domain of d.customDomains.value) {
      facts.push(
        ...configFacts('anyone', ['read'], 'yes', because('r2.custom-domain', { domain })),
      );
    }
  }
  const never = configFacts('anyone', ['list', 'write'], 'no', because('r2.never'));
  return withNo([...facts, ...never], ACTIONS, because('r2.none'));
}

/** Judges one case of the exposure case format. */
export function judgeR2Case(input: Json): Judgement {
  const facts = r2Facts({
    managedDomain: managedDomain(input),
    customDomains: customDomains(input),
  });
  return judgementOf(facts, answerOf(facts, ['anyone'], ['read']));
}

const MANAGED = ['r2DevEnabled', 'r2Dev', 'managedDomain', 'publicDevUrl', 'publicAccess'];

/** `null` says that it was not fetched; a field left out, that it is not configured. */
function managedDomain(input: Json): Fetched<boolean> {
  const value = pick(input, ...MANAGED);
  if (value === null) return denied('not fetched');
  const read = readSwitch(value, 'the r2.dev setting');
  return read.state === 'read' ? fetched(read.value === true) : read;
}

function customDomains(input: Json): Fetched<readonly string[]> {
  if (!has(input, 'customDomains', 'domains')) return fetched([]);
  const value = pick(input, 'customDomains', 'domains');
  if (value === null) return denied('not fetched');
  const items = record(value) ? list(pick(record(value) ?? {}, 'domains')) : list(value);
  const served: string[] = [];
  for (const item of items) {
    if (typeof item === 'string') {
      served.push(item);
      continue;
    }
    const domain = record(item);
    if (!domain) return denied('a custom domain is neither a name nor an object');
    const enabled = readSwitch(pick(domain, 'enabled'), 'enabled of a custom domain');
    if (enabled.state === 'denied') return enabled;
    if (enabled.value !== true) continue;
    const name = pick(domain, 'domain', 'name');
    served.push(typeof name === 'string' ? name : 'a custom domain');
  }
  return fetched(served);
}
