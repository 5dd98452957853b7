/**
 * What a caller can put into a request, key by key.
 *
 * The evaluator does not guess whether a condition "looks restrictive": it forms the requests that a
 * caller of a kind could send, among the values at which some condition changes its mind, and
 * evaluates them exactly. This file knows for each condition key whether the caller chooses it
 * (a Referer), the network fixes it (an address), the bucket does (its account), or it is absent.
 *
 * Source: IAM User Guide, "AWS global condition context keys"; Service Authorization Reference, S3.
 */
import type { Action } from '../../../model/access.ts';
import type { AddressRange } from './address.ts';
import { addressText, cutAt, parseCidr } from './address.ts';
import { arnParts, instant, number, type Operator } from './condition.ts';

/** `anonymous`: unsigned, from the internet. `vpc`: unsigned, through somebody's endpoint. `stranger`: signed by an account of the caller's own. `organisation`: signed by whom the policy names. `point`: a stranger through an access point of the bucket's. */
export type Caller = 'anonymous' | 'vpc' | 'stranger' | 'organisation' | 'point';

export interface Operation {
  /** Lower case: `s3:getobject`. */
  readonly api: string;
  readonly title: string;
  readonly action: Action;
  readonly on: 'bucket' | 'object';
}

/** What is true of the bucket and the moment, whoever asks. */
export interface World {
  readonly now: Date;
  readonly account: string | null;
  /** Amazon takes uploads under a KMS key from signed requests only. */
  readonly kmsNeedsSignature: boolean;
}

/** One condition that asks for the key, its variables replaced. */
export interface Mention {
  readonly operator: Operator;
  readonly values: readonly string[];
}

/** One thing that the request may carry under a key. */
export interface Candidate {
  /** Null: the key is absent. */
  readonly values: readonly string[] | null;
  /** True where it takes something that nobody has looked up, such as a tagged object. */
  readonly assumed: boolean;
  /** For s3:prefix: the keys that such a listing shows; null for all. */
  readonly listed: string | null;
  /** For aws:SourceIp: the addresses it stands for. */
  readonly addresses: readonly AddressRange[] | null;
}

type Source =
  | { readonly kind: 'fixed'; readonly values: readonly string[] | null }
  // `pool`: there are no other values.
  | { readonly kind: 'chosen'; readonly optional: boolean; readonly pool?: readonly string[] }
  // `byService`: only there where a service of Amazon's calls for the caller.
  | {
      readonly kind: 'own';
      readonly make: (wanted: string) => readonly string[];
      readonly byService?: true;
    }
  | { readonly kind: 'address' }
  | { readonly kind: 'object' }
  | { readonly kind: 'unread' }
  | { readonly kind: 'bucket' };

/** An account that no policy names: what "any account" has to stand for. */
const STRANGER = { account: '000000000000', org: 'o-ajarstranger', unit: 'r-ajar/ou-ajar/' };
const FRESH = 'ajar-any';

const ABSENT: Source = { kind: 'fixed', values: null };
const OPTIONAL: Source = { kind: 'chosen', optional: true };

/** Headers and parameters that every request may carry. */
const EVERY: Readonly<Record<string, Source>> = {
  'aws:referer': OPTIONAL,
  'aws:useragent': OPTIONAL,
  'aws:securetransport': { kind: 'chosen', optional: false, pool: ['true', 'false'] },
  's3:tlsversion': { kind: 'chosen', optional: true, pool: ['1.2', '1.3'] },
  's3:x-amz-content-sha256': OPTIONAL,
  'aws:viaawsservice': { kind: 'fixed', values: ['false'] },
  'aws:sourceip': { kind: 'address' },
};

/** Headers of an upload as far as an unsigned request may use them. */
const WITHOUT_KMS: Readonly<Record<string, Source>> = {
  's3:x-amz-server-side-encryption': { kind: 'chosen', optional: true, pool: ['AES256'] },
  's3:x-amz-server-side-encryption-aws-kms-key-id': ABSENT,
};

/** They describe the bucket, so a policy that its owner wrote surely names the right value. */
const OF_BUCKET: ReadonlySet<string> = new Set([
  'aws:resourceaccount',
  's3:resourceaccount',
  'aws:resourceorgid',
  'aws:resourceorgpaths',
  'aws:requestedregion',
]);

const OF_NETWORK: ReadonlySet<string> = new Set([
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourcevpcarn',
  'aws:vpceaccount',
  'aws:vpceorgid',
  'aws:vpceorgpaths',
  'aws:vpcsourceip',
]);

const SIGNED_CHOICES: ReadonlySet<string> = new Set([
  'aws:username',
  'aws:sourceidentity',
  'aws:federatedprovider',
  'aws:multifactorauthpresent',
  'aws:multifactorauthage',
  'aws:tokenissuetime',
  'aws:calledvia',
  'aws:calledviafirst',
  'aws:calledvialast',
  's3:authtype',
  's3:signatureversion',
  's3:signatureage',
]);

/** Who is asking: the keys by which an organisation's members are told apart. */
const OF_PRINCIPAL: ReadonlySet<string> = new Set([
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:userid',
]);

const MULTIVALUED =
  /^(aws:tagkeys|aws:calledvia|s3:requestobjecttagkeys|aws:principalorgpaths|aws:resourceorgpaths|aws:vpceorgpaths)$/;

function source(key: string, caller: Caller, operation: Operation, world: World): Source {
  if (OF_BUCKET.has(key)) {
    const known = key.endsWith(':resourceaccount') && world.account !== null;
    return known ? { kind: 'fixed', values: [world.account] } : { kind: 'bucket' };
  }
  if (key === 'aws:currenttime') return { kind: 'fixed', values: [world.now.toISOString()] };
  if (key === 'aws:epochtime') {
    return { kind: 'fixed', values: [String(Math.floor(world.now.getTime() / 1000))] };
  }
  if (OF_NETWORK.has(key) || (key === 'aws:sourceip' && caller === 'vpc')) {
    return ofNetwork(key, caller);
  }
  if (OF_PRINCIPAL.has(key) || key === 'aws:principaltype') return ofPrincipal(key, caller);
  if (world.kmsNeedsSignature && (caller === 'anonymous' || caller === 'vpc')) {
    const unsigned = WITHOUT_KMS[key];
    if (unsigned && operation.action === 'write') return unsigned;
  }
  return EVERY[key] ?? ofOperation(key, operation) ?? ofSigner(key, caller, world);
}

function ofNetwork(key: string, caller: Caller): Source {
  if (key === 'aws:sourceip' || caller === 'anonymous') return ABSENT;
  if (caller === 'vpc') return OPTIONAL;
  // A stranger's endpoint has an id of its own: it passes `vpc-*`, never a given id.
  const name = key === 'aws:sourcevpce' ? 'vpce-0ajarstranger' : 'vpc-0ajarstranger';
  const value =
    key === 'aws:vpceaccount'
      ? STRANGER.account
      : key === 'aws:vpceorgid'
        ? STRANGER.org
        : key === 'aws:vpceorgpaths'
          ? `${STRANGER.org}/${STRANGER.unit}`
          : key === 'aws:vpcsourceip'
            ? '10.0.0.1'
            : name;
  return { kind: 'own', make: () => [value] };
}

function ofPrincipal(key: string, caller: Caller): Source {
  if (caller === 'anonymous' || caller === 'vpc') {
    if (key === 'aws:principaltype') return { kind: 'fixed', values: ['Anonymous'] };
    const named = key === 'aws:principalaccount' || key === 'aws:userid';
    return { kind: 'fixed', values: named ? ['anonymous'] : null };
  }
  if (key === 'aws:principaltype') {
    const pool = ['Account', 'User', 'FederatedUser', 'AssumedRole'];
    return { kind: 'chosen', optional: false, pool };
  }
  if (caller === 'organisation') return OPTIONAL;
  switch (key) {
    case 'aws:principalaccount':
      return { kind: 'fixed', values: [STRANGER.account] };
    case 'aws:principalorgid':
      return { kind: 'own', make: () => [STRANGER.org] };
    case 'aws:principalorgpaths':
      return { kind: 'own', make: strangerPaths };
    case 'aws:principalarn':
      return { kind: 'own', make: strangerArns };
    default:
      return { kind: 'own', make: strangerIds };
  }
}

/** Keys that exist for some operations only; elsewhere they are absent. Undefined: not such a key. */
function ofOperation(key: string, operation: Operation): Source | undefined {
  const { api, action } = operation;
  const writes = action === 'write' || action === 'write-acl';
  if (key.startsWith('s3:existingobjecttag/')) {
    return operation.on === 'object' && api !== 's3:putobject' ? { kind: 'object' } : ABSENT;
  }
  if (key.startsWith('s3:buckettag/') || key.startsWith('aws:resourcetag/')) {
    return { kind: 'unread' };
  }
  if (key === 's3:prefix' || key === 's3:delimiter' || key === 's3:max-keys') {
    return action === 'list' ? OPTIONAL : ABSENT;
  }
  if (key === 's3:versionid') return api.includes('version') ? OPTIONAL : ABSENT;
  if (
    /^s3:(x-amz-|requestobjecttag|object-lock-|if-match|if-none-match)/.test(key) ||
    /^aws:(requesttag\/|tagkeys$)/.test(key)
  ) {
    return writes ? OPTIONAL : ABSENT;
  }
  return undefined;
}

function ofSigner(key: string, caller: Caller, { account }: World): Source {
  if (caller === 'anonymous' || caller === 'vpc') return ABSENT;
  if (caller === 'point' && key === 's3:dataaccesspointaccount' && account !== null) {
    return { kind: 'fixed', values: [account] };
  }
  if (caller === 'point' && key.startsWith('s3:dataaccesspoint')) return OPTIONAL;
  if (caller === 'point' && key === 's3:accesspointnetworkorigin') {
    return { kind: 'fixed', values: ['Internet'] };
  }
  if (SIGNED_CHOICES.has(key) || key.startsWith('aws:principaltag/')) return OPTIONAL;
  if (key === 'aws:principalisawsservice') return { kind: 'fixed', values: ['false'] };
  if (key === 'aws:sourcearn') return { kind: 'own', make: strangerArns, byService: true };
  if (key === 'aws:sourceaccount' || key === 'aws:sourceowner') {
    return { kind: 'own', make: () => [STRANGER.account], byService: true };
  }
  return ABSENT;
}

/** ARNs of the stranger's own account that come as near to the wanted one as he can get. */
function strangerArns(wanted: string): readonly string[] {
  const generic = [`arn:aws:iam::${STRANGER.account}:role/${FRESH}`];
  const parts = arnParts(wanted);
  if (parts.length !== 6) return generic;
  const open = parts.map((part) => part.replace(/[*?]+/g, FRESH));
  // Bucket ARNs carry no account: only a pattern leaves room for a bucket of the stranger's.
  const pinned = parts[4] === '' && !/[*?]/.test(parts[5] ?? '');
  if (pinned) return generic;
  if (parts[4] !== '') open[4] = STRANGER.account;
  return [...generic, open.join(':')];
}

function strangerPaths(wanted: string): readonly string[] {
  const rest = wanted.split('/').slice(1).join('/').replace(/[*?]+/g, FRESH);
  return [`${STRANGER.org}/${STRANGER.unit}`, `${STRANGER.org}/${rest}`];
}

/** A session's name is the caller's choice, the id before it is not. */
function strangerIds(wanted: string): readonly string[] {
  const session = wanted.split(':').slice(1).join(':').replace(/[*?]+/g, FRESH);
  return ['AIDAAJARSTRANGER', `AROAAJARSTRANGER:${session === '' ? FRESH : session}`];
}

/** A policy variable whose value the caller chooses. */
export const ANY_VALUE = '*';

/**
 * A policy variable that Amazon fills differently for each caller, such as `aws:userid`: a stranger
 * reaches what carries his own id, and nothing that was there before him does.
 */
export const OWN_VALUE: unique symbol = Symbol('assigned to each caller');

/** What a policy variable of this key stands for. Null: the request does not carry it. */
export function variableValue(
  key: string,
  caller: Caller,
  operation: Operation,
  world: World,
): string | null | typeof OWN_VALUE {
  const from = source(key, caller, operation, world);
  const signed = caller === 'stranger' || caller === 'point';
  if (from.kind === 'own' || (signed && key === 'aws:principalaccount')) return OWN_VALUE;
  if (from.kind !== 'fixed') return ANY_VALUE;
  return from.values === null ? null : (from.values[0] ?? null);
}

/** Everything worth trying under this key, the likeliest first. */
export function candidates(
  key: string,
  mentions: readonly Mention[],
  caller: Caller,
  operation: Operation,
  world: World,
): readonly Candidate[] {
  const from = source(key, caller, operation, world);
  const wanted = mentions.flatMap((mention) => mention.values.map((value) => ({ mention, value })));
  const texts = wanted.flatMap(({ mention, value }) => instances(mention.operator, value));
  switch (from.kind) {
    case 'fixed':
      return [candidate(from.values)];
    case 'address':
      return addressCandidates(mentions);
    case 'own': {
      const made = new Set(wanted.flatMap(({ value }) => from.make(value)));
      const own = several([...made], key);
      // Whether some service would make this very call for a stranger is in no document.
      const assumed = from.byService === true;
      return [candidate(null), ...own.map((one) => ({ ...one, assumed }))];
    }
    case 'bucket':
      return several([...new Set([...texts, FRESH])], key);
    case 'object':
      return [
        candidate(null),
        ...several([...new Set([...texts, FRESH])], key).map((one) => ({ ...one, assumed: true })),
      ];
    case 'unread':
      return [candidate(null), ...several([...new Set([...texts, FRESH])], key)].map((one) => ({
        ...one,
        assumed: true,
      }));
    case 'chosen': {
      const values = several([...new Set(from.pool ?? texts)], key);
      const free = from.pool ? [] : [candidate([FRESH])];
      if (key === 's3:prefix')
        return [candidate(null), candidate(['']), ...prefixes(wanted), ...free];
      return [...(from.optional ? [candidate(null)] : []), ...values, ...free];
    }
  }
}

function candidate(values: readonly string[] | null): Candidate {
  return { values, assumed: false, listed: null, addresses: null };
}

function several(texts: readonly string[], key: string): readonly Candidate[] {
  const single = texts.map((text) => candidate([text]));
  return MULTIVALUED.test(key) ? [...single, candidate(texts), candidate([])] : single;
}

/** Texts on both sides of where the condition changes its mind. */
function instances(operator: Operator, value: string): readonly string[] {
  const base = operator.base;
  if (base === 'null') return [];
  if (base === 'bool') return ['true', 'false'];
  if (base.startsWith('numeric')) {
    const at = number(value);
    return Number.isNaN(at)
      ? []
      : [at, at + 1, at - 1].filter((near) => near >= 0).map((near) => String(near));
  }
  if (base.startsWith('date')) {
    const at = instant(value);
    const day = 86_400_000;
    return Number.isNaN(at)
      ? []
      : [at, at + day, at - day].map((near) => new Date(near).toISOString());
  }
  if (base !== 'stringlike' && !base.startsWith('arn')) return [value];
  const filled = value.replaceAll('?', 'a');
  return [filled.replaceAll('*', ''), filled.replaceAll('*', FRESH)];
}

function prefixes(
  wanted: readonly { readonly mention: Mention; readonly value: string }[],
): readonly Candidate[] {
  return wanted.flatMap(({ mention, value }) =>
    instances(mention.operator, value).map((text) => {
      // Elsewhere a wildcard is itself, which a slice cannot say: any one character comes nearest.
      const start = mention.operator.base === 'stringlike' ? value : text.replace(/[*?]/g, '?');
      const listed = `${start}*`.replace(/\*+$/, '*');
      return { ...candidate([text]), listed: listed === '*' ? null : listed };
    }),
  );
}

/** One candidate for each stretch of addresses that all conditions treat alike. */
function addressCandidates(mentions: readonly Mention[]): readonly Candidate[] {
  const borders = mentions.flatMap((mention) =>
    mention.values.flatMap((value) => parseCidr(octets(value)) ?? []),
  );
  return cutAt(borders).map((range) => ({
    ...candidate([addressText(range)]),
    addresses: [range],
  }));
}

/** `192.0.2.*`, as text operators are given it, is a range too. */
function octets(value: string): string {
  const known = /^((?:\d{1,3}\.){1,3})\*$/.exec(value)?.[1];
  if (known === undefined) return value;
  const parts = known.split('.').slice(0, -1);
  const filled = [...parts, '0', '0', '0'].slice(0, 4);
  return `${filled.join('.')}/${parts.length * 8}`;
}
