/**
 * The evaluator reasons about sets of requests; the reference plays them one by one. On random
 * policies over a small alphabet both must say the same of every key, for whoever asks.
 */
import { expect, test } from 'vitest';
import { fetched, type S3Documents } from '../../../src/exposure/documents.ts';
import { s3Facts } from '../../../src/exposure/s3/index.ts';
import { type AccessFact, type Audience, sliceCovers } from '../../../src/model/access.ts';
import { documents, ITSELF, NOW } from './kit.ts';
import { generator, type Pick, statement } from './policies.ts';
import {
  allowed,
  type Context,
  concerned,
  glob,
  type PlayedRequest,
  type PlayedStatement,
} from './reference.ts';

const POLICIES = 800;
const KEYS = ['a/1.csv', 'a/b/2.txt', 'ab.csv', 'anonymous/3.csv', 'top', 'z/a/4.csv'];

/** The calls behind an action, on the bucket or on each key. */
const CALLS = {
  list: ['s3:ListBucket', 's3:ListBucketVersions'],
  read: ['s3:GetObject', 's3:GetObjectVersion'],
  write: ['s3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutObjectTagging'],
} as const;
type Played = keyof typeof CALLS;
const PLAYED = ['list', 'read', 'write'] as const satisfies readonly Played[];

/** One address for each stretch of the internet that the alphabet's ranges tell apart. */
const ADDRESSES = {
  private: ['10.1.2.3'],
  narrow: ['198.51.100.9', '203.0.113.7', '2001:db8::9'],
  lower: ['8.8.4.4'],
  upper: ['150.1.2.3'],
  six: ['2600::1'],
};
type Stretch = keyof typeof ADDRESSES;
const FROM = (Object.keys(ADDRESSES) as Stretch[]).flatMap((stretch) =>
  ADDRESSES[stretch].map((address) => ({ stretch, address })),
);

const REFERERS = [
  undefined,
  '',
  'https://a.example/x',
  'xbx',
  'other',
  // What the patterns of the alphabet are where an operator takes them literally.
  'https://a.example/*',
  '*b*',
  '?b?',
  '*',
];
const PREFIXES = [undefined, ...new Set([...KEYS.flatMap(beginnings), 'a/*', '*', 'z*', '*b*'])];

function beginnings(key: string): readonly string[] {
  return Array.from({ length: key.length + 1 }, (_, length) => key.slice(0, length));
}

type Caller = PlayedRequest['caller'];

/** Unsigned through a network endpoint, the owner's or anybody's: no internet address comes with it. */
const INSIDE: readonly Context[] = ['vpc-1', 'vpc-outside'].flatMap((vpc) =>
  ['vpce-1', 'vpce-outside'].map((endpoint) => ({
    'aws:sourcevpc': vpc,
    'aws:sourcevpce': endpoint,
  })),
);

/** What comes with a request that somebody sends by his own topic or his own network. */
const OWN_WAYS: readonly Context[] = [
  {},
  { 'aws:sourcearn': 'arn:aws:sns:eu-west-1:000000000000:topic' },
  { 'aws:sourcevpc': 'vpc-outside', 'aws:sourcevpce': 'vpce-outside' },
];

/** Everything that a caller can put into a request, as far as the policy asks for it; who he is comes with him. */
function contexts(caller: Caller, action: Played, mentioned: string): readonly Context[] {
  const who: Readonly<Record<string, string>> =
    caller === 'anonymous'
      ? { 'aws:principalaccount': 'anonymous', 'aws:userid': 'anonymous' }
      : {
          'aws:principalaccount': '000000000000',
          'aws:userid': 'AIDAOUTSIDER',
          'aws:principalarn': 'arn:aws:iam::000000000000:user/outsider',
          'aws:principalorgid': 'o-outside',
        };
  const some = <T>(word: string, values: readonly T[]): readonly T[] =>
    mentioned.includes(word) ? values : values.slice(0, 1);
  const ways = caller === 'stranger' && /SourceArn|SourceVpc/.test(mentioned) ? OWN_WAYS : [{}];
  const inside = caller === 'anonymous' && /SourceIp|SourceVpc/.test(mentioned) ? INSIDE : [];
  const from = [...FROM.map(({ address }) => ({ 'aws:sourceip': address })), ...inside];
  return from.flatMap((place) =>
    some('Referer', REFERERS).flatMap((referer) =>
      some('SecureTransport', ['true', 'false']).flatMap((secure) =>
        some('s3:prefix', action === 'list' ? PREFIXES : [undefined]).flatMap((prefix) =>
          ways.map((way) => ({
            ...who,
            ...way,
            ...place,
            'aws:securetransport': secure,
            'aws:currenttime': NOW.toISOString(),
            ...(referer === undefined ? {} : { 'aws:referer': referer }),
            ...(prefix === undefined ? {} : { 's3:prefix': prefix }),
          })),
        ),
      ),
    ),
  );
}

type Reach = 'everywhere' | 'part' | 'nowhere';

/** From how much of the internet some request reaches each key. */
function played(
  { policy, version }: Drawn,
  caller: Caller,
  action: Played,
): ReadonlyMap<string, Reach> {
  const sent = contexts(caller, action, JSON.stringify(policy));
  const from = new Map(KEYS.map((key) => [key, new Set<string>()]));
  const play = (keys: readonly string[], resource: string): void => {
    for (const call of CALLS[action]) {
      const userid = caller === 'anonymous' ? 'anonymous' : 'AIDAOUTSIDER';
      const statements = concerned(policy, version, { caller, call, resource, userid });
      if (!statements.some(({ Effect }) => Effect === 'Allow')) continue;
      for (const context of sent) {
        if (!allowed(statements, context)) continue;
        for (const key of keys) {
          if (shows(context['s3:prefix'], key)) {
            from.get(key)?.add(context['aws:sourceip'] ?? 'inside');
          }
        }
      }
    }
  };
  if (action === 'list') play(KEYS, ITSELF);
  else for (const key of KEYS) play([key], `${ITSELF}/${key}`);
  return new Map([...from].map(([key, addresses]) => [key, reachOf(addresses)]));
}

/** A listing shows the keys that begin as it asks. A slice says a literal wildcard by `?`, the nearest it can. */
function shows(prefix: string | undefined, key: string): boolean {
  return prefix === undefined || glob(`${prefix.replaceAll('*', '?')}*`, key);
}

function reachOf(addresses: ReadonlySet<string>): Reach {
  const reached = FROM.filter(({ address }) => addresses.has(address));
  const stretches = new Set(reached.map(({ stretch }) => stretch));
  if (stretches.has('six') || (stretches.has('lower') && stretches.has('upper'))) {
    return 'everywhere';
  }
  stretches.delete('private');
  return stretches.size > 0 || addresses.has('inside') ? 'part' : 'nowhere';
}

/** The strongest answer that the facts give for a key. */
function said(
  facts: readonly AccessFact[],
  action: Played,
  key: string,
  ...audiences: readonly Audience[]
): 'yes' | 'unknown' | 'no' {
  const answers = facts
    .filter((fact) => fact.action === action && audiences.includes(fact.audience))
    .filter(({ slice }) => slice === null || sliceCovers(slice, key))
    .map(({ answer }) => answer);
  if (answers.includes('yes')) return 'yes';
  return answers.includes('unknown') ? 'unknown' : 'no';
}

interface Drawn {
  readonly policy: readonly PlayedStatement[];
  readonly version: '2012-10-17' | '2008-10-17';
  readonly documents: S3Documents;
}

function draw(pick: Pick): Drawn {
  const policy = Array.from({ length: pick([1, 2, 2, 3]) }, () => statement(pick));
  const version = pick(['2012-10-17', '2012-10-17', '2008-10-17'] as const);
  const given = { policy: fetched({ Version: version, Statement: policy }) };
  return { policy, version, documents: documents(given) };
}

/** What two statements open from halves of the internet, the evaluator says of each half alone. */
function asksForAddresses({ policy }: Drawn): boolean {
  return policy.some(({ Condition }) => /SourceIp/.test(JSON.stringify(Condition ?? {})));
}

function wrongAbout(drawn: Drawn, facts: readonly AccessFact[]): readonly string[] {
  const wrong: string[] = [];
  for (const action of PLAYED) {
    const unsigned = played(drawn, 'anonymous', action);
    const bySigned = played(drawn, 'stranger', action);
    for (const key of KEYS) {
      const anyone = said(facts, action, key, 'anyone');
      const somewhere = said(facts, action, key, 'anyone', 'network-limited');
      const account = said(facts, action, key, 'anyone', 'any-account');
      const reach = unsigned.get(key) ?? 'nowhere';
      const signed = bySigned.get(key) ?? 'nowhere';
      const unsure = anyone === 'unknown' && asksForAddresses(drawn);
      const agrees =
        reach === 'everywhere'
          ? anyone === 'yes' || unsure
          : anyone === 'no' || (unsure && reach === 'part');
      if (!agrees) wrong.push(`${action} ${key}: anyone ${anyone}, played ${reach}`);
      if ((reach === 'nowhere') !== (somewhere === 'no')) {
        wrong.push(`${action} ${key}: from somewhere ${somewhere}, played ${reach}`);
      }
      if (
        signed === 'everywhere' ? account === 'no' : account === 'yes' && reach !== 'everywhere'
      ) {
        wrong.push(
          `${action} ${key}: any account ${account}, played ${signed} signed, ${reach} unsigned`,
        );
      }
    }
  }
  return wrong;
}

test('the evaluator agrees with requests played one by one', () => {
  const counts = { everywhere: 0, part: 0, nowhere: 0 };
  for (let seed = 1; seed <= POLICIES; seed += 1) {
    const drawn = draw(generator(seed));
    const wrong = wrongAbout(drawn, s3Facts(drawn.documents, NOW));
    expect(wrong, `seed ${seed}: ${JSON.stringify(drawn.policy)} ${drawn.version}`).toEqual([]);
    for (const reach of played(drawn, 'anonymous', 'read').values()) counts[reach] += 1;
  }
  // The alphabet must keep drawing all three, or the agreement says nothing.
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(POLICIES / 10);
});
