import { expect, test } from 'vitest';
import { evaluate } from '../../src/exposure/evaluate.ts';
import type { AccessFact, ActionVerdict, Slice, State } from '../../src/model/access.ts';

const keys = (pattern: string, ...except: readonly string[]): Slice => ({
  kind: 'keys',
  pattern,
  except,
});
const object = (pattern: string): Slice => ({ kind: 'object', pattern, except: [] });

function fact(
  source: AccessFact['source'],
  answer: AccessFact['answer'],
  more: Partial<AccessFact> = {},
): AccessFact {
  const audience = more.audience ?? 'anyone';
  const because = { code: `${source}.${audience}.${answer}`, params: {} };
  return { audience, action: 'read', answer, source, slice: null, because, ...more };
}

const says = (answer: AccessFact['answer'], more: Partial<AccessFact> = {}) =>
  fact('config', answer, more);
const got = (answer: AccessFact['answer'], more: Partial<AccessFact> = {}) =>
  fact('probe', answer, more);
const read = (...facts: readonly AccessFact[]): ActionVerdict => evaluate(facts).read;

const TABLE: readonly [string, State, readonly AccessFact[]][] = [
  ['no facts', 'unknown', []],
  ['documents say yes', 'open', [says('yes')]],
  ['documents say no', 'closed', [says('no')]],
  ['documents could not be read', 'unknown', [says('unknown')]],
  ['one document says no, another could not be read', 'unknown', [says('no'), says('unknown')]],
  ['one document says yes, another could not be read', 'open', [says('yes'), says('unknown')]],
  ['only a refused request', 'unknown', [got('no')]],
  ['only an unclear request', 'unknown', [got('unknown')]],
  ['only a request that got through', 'open', [got('yes')]],
  ['unread documents and a refused request', 'unknown', [says('unknown'), got('no')]],
  ['unread documents and a request that got through', 'open', [says('unknown'), got('yes')]],
  ['a no and a refused request', 'closed', [says('no'), got('no')]],
  ['a no and a request that got through', 'open', [says('no'), got('yes')]],
  ['a yes and a refused request', 'open', [says('yes'), got('no')]],
  ['a folder', 'open', [fact('assumed', 'yes')]],
  [
    'any account, nobody else',
    'open-to-any-account',
    [says('yes', { audience: 'any-account' }), says('no')],
  ],
  ['any account and anyone', 'open', [says('yes', { audience: 'any-account' }), says('yes')]],
  [
    'nobody unsigned, but any account is not known',
    'unknown',
    [says('no'), says('unknown', { audience: 'any-account' })],
  ],
  ['a link', 'closed', [says('no'), says('yes', { audience: 'link-holder' })]],
  ['listed addresses', 'closed', [says('no'), says('yes', { audience: 'network-limited' })]],
  ['the organisation', 'closed', [says('no'), says('yes', { audience: 'organisation' })]],
  ['only a link and nothing about anyone', 'unknown', [says('yes', { audience: 'link-holder' })]],
  ['a slice', 'partly-open', [says('yes', { slice: keys('export/*') })]],
  ['a slice and the whole', 'open', [says('yes', { slice: keys('export/*') }), says('yes')]],
  ['a slice that is the whole', 'open', [says('yes', { slice: keys('*') })]],
  ['a slice that is closed and nothing else', 'unknown', [says('no', { slice: object('a') })]],
  ['one object got by a request', 'partly-open', [says('no'), got('yes', { slice: object('a') })]],
];

test.each(TABLE)('%s is %s', (_, state, facts) => {
  expect(read(...facts).state).toBe(state);
});

test('actions are judged apart: a listing says nothing about reading', () => {
  const verdict = evaluate([says('yes', { action: 'list' }), says('no')]);
  expect(verdict.list.state).toBe('open');
  expect(verdict.read.state).toBe('closed');
  expect(verdict.write.state).toBe('unknown');
});

test('slices within other slices are merged away', () => {
  const verdict = read(
    says('yes', { slice: keys('export/2026/*') }),
    says('yes', { slice: keys('export/*') }),
    got('yes', { slice: object('export/2026/a.csv') }),
    says('yes', { slice: keys('public/*') }),
  );
  expect(verdict.slices.map((slice) => slice.pattern)).toEqual(['export/*', 'public/*']);
  expect(verdict.disagreement).toBeNull();
});

test('a slice with a hole does not swallow the objects in the hole', () => {
  const holed = keys('*', 'secret/*');
  const verdict = read(
    says('yes', { slice: holed }),
    got('yes', { slice: object('secret/a') }),
    got('yes', { slice: object('b') }),
  );
  expect(verdict.state).toBe('partly-open');
  expect(verdict.slices).toEqual([holed, object('secret/a')]);
});

test('an open configuration explains an object that was read, and is the stronger', () => {
  const verdict = read(says('yes'), got('yes', { slice: object('a') }));
  expect(verdict).toMatchObject({ state: 'open', slices: [], disagreement: null });
});

test('a request that got through against the documents is a disagreement that names both', () => {
  const { disagreement, because } = read(says('no'), got('yes'));
  expect(disagreement).toContain('config.anyone.no');
  expect(disagreement).toContain('probe.anyone.yes');
  expect(because.map((reason) => reason.code)).toEqual(['probe.anyone.yes', 'config.anyone.no']);
});

test('a refused request never closes an open configuration, but the verdict says so', () => {
  const verdict = read(says('yes'), got('no', { slice: object('a') }));
  expect(verdict.state).toBe('open');
  expect(verdict.disagreement).toContain('config.anyone.yes');
  expect(verdict.disagreement).toContain('probe.anyone.no');
});

test('a refusal outside the open slice is no disagreement', () => {
  const open = says('yes', { slice: keys('export/*') });
  expect(read(open, got('no', { slice: object('private/a') })).disagreement).toBeNull();
  expect(read(open, got('no', { slice: object('export/a') })).disagreement).not.toBeNull();
});

test("a refusal that the object's own documents explain is no disagreement", () => {
  const own = says('no', { slice: object('a') });
  const verdict = read(says('yes'), own, got('no', { slice: object('a') }));
  expect(verdict).toMatchObject({ state: 'open', disagreement: null });
});

test('an open object that its own ACL explains is no disagreement with a closed bucket', () => {
  const own = says('yes', { slice: object('a') });
  const verdict = read(says('no'), own, got('yes', { slice: object('a') }));
  expect(verdict).toMatchObject({ state: 'partly-open', disagreement: null });
});

test('unread documents disagree with nothing', () => {
  expect(read(says('unknown'), says('no'), got('yes')).disagreement).toBeNull();
});

test('a request from what may be a listed address proves nothing about anyone', () => {
  const verdict = read(says('no'), says('yes', { audience: 'network-limited' }), got('yes'));
  expect(verdict).toMatchObject({ state: 'closed', disagreement: null });
  expect(verdict.because.map((reason) => reason.code)).toContain('probe.maybe-listed');
});

test('what does not open the asset is named all the same', () => {
  const link = says('yes', { audience: 'link-holder' });
  expect(read(says('no'), link).because.map((reason) => reason.code)).toEqual([
    'config.anyone.no',
    'config.link-holder.yes',
  ]);
});

test('a thousand objects asked for one by one do not make a thousand reasons', () => {
  const many = Array.from({ length: 1000 }, (_, at) => ({
    ...got('no', { slice: object(`k${at}`) }),
    because: { code: 'probe.read-refused', params: { url: `k${at}`, status: '403' } },
  }));
  const verdict = read(says('yes'), ...many);
  expect(verdict.because).toHaveLength(6);
  expect(verdict.disagreement).toMatch(/; and 995 more like these$/);
});

/** A small generator, so that a failure repeats (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function randomFacts(next: () => number): readonly AccessFact[] {
  const one = <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)] as T;
  return Array.from({ length: 1 + Math.floor(next() * 5) }, () =>
    fact(one(['config', 'config', 'probe']), one(['yes', 'no', 'unknown']), {
      audience: one(['anyone', 'anyone', 'any-account', 'network-limited', 'link-holder']),
      slice: one([null, null, keys('a/*'), keys('a/b/*'), object('a/b/c'), object('z')]),
    }),
  );
}

test('the order of facts does not matter to the state, nor to what is open', () => {
  const next = numbers(7);
  for (let round = 0; round < 2000; round += 1) {
    const facts = randomFacts(next);
    const [straight, turned] = [read(...facts), read(...facts.toReversed())];
    expect(turned.state).toBe(straight.state);
    const patterns = (verdict: ActionVerdict) =>
      verdict.slices.map((slice) => slice.pattern).sort();
    expect(patterns(turned)).toEqual(patterns(straight));
  }
});

test('one more unknown never closes, and one more refused request never changes the state', () => {
  const next = numbers(11);
  for (let round = 0; round < 2000; round += 1) {
    const facts = randomFacts(next);
    const before = read(...facts).state;
    expect(read(...facts, got('no')).state).toBe(before);
    const after = read(...facts, says('unknown')).state;
    expect(after).toBe(before === 'closed' ? 'unknown' : before);
  }
});

test('an old version that is open by its own ACL is no disagreement with the current object that is not', () => {
  const slice = { kind: 'object', pattern: 'a.csv', except: [] } as const;
  const base = { audience: 'anyone', action: 'read' } as const;
  const because = { code: 'made-up', params: {} };
  const { read } = evaluate([
    { ...base, answer: 'no', source: 'config', slice: null, because },
    { ...base, answer: 'no', source: 'probe', slice, because },
    { ...base, answer: 'yes', source: 'probe', slice: { ...slice, version: 'v1' }, because },
    { ...base, answer: 'yes', source: 'config', slice: { ...slice, version: 'v1' }, because },
  ]);
  expect([read.state, read.disagreement]).toEqual(['partly-open', null]);
});
