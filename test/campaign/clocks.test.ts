import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { clocksFor, firstKnown } from '../../src/campaign/clocks.ts';
import { clocksPage } from '../../src/campaign/clockspage.ts';
import { RULES } from '../../src/campaign/regulators/index.ts';
import type { Clock } from '../../src/model/clock.ts';
import type { Form } from '../../src/model/detector.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Entry, NewEntry } from '../../src/model/ledger.ts';
import { madeFinding } from '../kit/report.ts';

const KNOWN = '2026-03-02T10:00:00.000Z';

function made(
  people: readonly [number, number],
  ...detectors: (readonly [string, Form])[]
): Finding {
  const base = madeFinding({
    id: 'F-clock',
    owner: null,
    provider: 's3',
    name: 'b',
    severity: 'high',
    people,
  });
  const counts = detectors.map(([id, form]) => ({
    id,
    form,
    hits: 1,
    people: 1,
    confidence: 'high' as const,
  }));
  return { ...base, firstKnown: KNOWN, detectors: counts };
}

let seq = 0;
function entry(kind: NewEntry['kind'], at: string, body: object, by = 'officer'): Entry {
  seq++;
  return {
    kind,
    subject: 'F-clock',
    by,
    body,
    once: null,
    chain: 'c',
    seq,
    at,
    clock: null,
    previous: '',
    hash: '',
  };
}
const told = (id: string, at: string): Entry =>
  entry('told', at, { whom: 'regulator', id, channel: 'form', reference: 'R-1' });
const assessed = (regulator: string, notifiable: boolean, at: string): Entry =>
  entry('finding.assessed', at, { regulator, notifiable, reason: 'because' });

interface Asked {
  readonly finding?: Finding;
  readonly jurisdiction?: string;
  readonly publicBody?: boolean;
  readonly entries?: readonly Entry[];
  readonly now?: string;
  readonly together?: number;
}

function clocks(asked: Asked): readonly Clock[] {
  const { jurisdiction, publicBody = false } = asked;
  return clocksFor({
    finding: asked.finding ?? made([600, 600], ['hk.hkid', 'full']),
    owner: jurisdiction === undefined ? null : { jurisdiction, publicBody },
    entries: asked.entries ?? [],
    now: new Date(asked.now ?? '2026-03-02T12:00:00Z'),
    together: asked.together,
  });
}

function clock(id: string, asked: Asked): Clock {
  const found = clocks(asked).find(({ rule }) => rule.id === id);
  if (!found) throw new Error(`no clock ${id}`);
  return found;
}

test('the page is what the rules say', () => {
  expect(readFileSync('docs/clocks.md', 'utf8')).toBe(clocksPage());
});

test('each rule has an id of its own that begins with its regulator, a law, and a source to read', () => {
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  for (const rule of RULES) {
    expect(rule.id.startsWith(rule.regulator), rule.id).toBe(true);
    expect(rule.law, rule.id).not.toBe('');
    expect(new URL(rule.source).protocol, rule.id).toMatch(/^https?:$/);
    if (rule.verifiedOn !== null) expect(rule.verifiedOn).toMatch(/^\d{4}-\d\d-\d\d$/);
  }
});

test.each<[string, string, boolean, readonly string[]]>([
  ['a public body of Singapore', 'SG', true, ['sg.government']],
  ['a private one', 'SG', false, ['sg.pdpc']],
  ['a bureau of Hong Kong', 'HK', true, ['hk.pcpd.government']],
  [
    'a Japanese ministry',
    'JP',
    true,
    ['jp.ppc.mynumber', 'jp.ppc.public.final', 'jp.ppc.public.preliminary'],
  ],
  ['a German office', 'DE', true, ['eu.dpa']],
  ['an office of the United Kingdom', 'UK', true, ['gb.ico']],
])('%s has the clocks of its own law', (_, jurisdiction, publicBody, ids) => {
  const finding = made([600, 600], ['intl.card', 'full']);
  const own = clocks({ finding, jurisdiction, publicBody }).map(({ rule }) => rule.id);
  expect(own.sort()).toEqual(ids);
});

test('without a jurisdiction only the identifiers speak, and only to be judged', () => {
  const finding = made([2_000, 2_000], ['kr.rrn', 'full'], ['fr.nir', 'full']);
  const all = clocks({ finding });
  expect(all.map(({ rule }) => rule.id).sort()).toEqual(['eu.dpa', 'kr.pipc']);
  expect(all.every((each) => each.because === 'data' && each.applies === 'to-judge')).toBe(true);
});

test.each<[readonly [number, number], number | undefined, Clock['applies']]>([
  [[1_001, 1_001], undefined, 'met'],
  [[900, 1_500], undefined, 'to-judge'],
  [[400, 400], 1_200, 'to-judge'],
])('a threshold of people: %j people, %s in all, is %s', (people, together, applies) => {
  const finding = made(people, ['my.mykad', 'full']);
  const own = clock('my.pdp', { finding, jurisdiction: 'MY', ...(together ? { together } : {}) });
  expect(own.applies).toBe(applies);
});

test('below every threshold a rule without anything to judge is not met, and stands last', () => {
  const finding = made([5, 5], ['hk.hkid', 'full']);
  const all = clocks({ finding, jurisdiction: 'JP', publicBody: true });
  expect(all.at(-1)?.rule.id).toBe('jp.ppc.mynumber');
  expect(all.at(-1)?.applies).toBe('not-met');
});

test('one unique identification number is enough in Korea, a masked one is to be judged', () => {
  const ask = (form: Form) =>
    clock('kr.pipc', { finding: made([1, 1], ['kr.rrn', form]), jurisdiction: 'KR' });
  expect(ask('full').applies).toBe('met');
  expect(ask('masked').applies).toBe('to-judge');
});

test('72 hours run from the instant, to the millisecond', () => {
  const own = (now: string) => clock('kr.pipc', { jurisdiction: 'KR', now });
  expect(own(KNOWN).due).toBe('2026-03-05T10:00:00.000Z');
  expect(own('2026-03-05T10:00:00.000Z').state).toBe('running');
  expect(own('2026-03-05T10:00:00.001Z').state).toBe('late');
});

test('three to five days in Japan end with the day there, the first day counted', () => {
  const finding = made([200, 200], ['hk.hkid', 'full']);
  const own = (now: string) =>
    clock('jp.ppc.public.preliminary', { finding, jurisdiction: 'JP', publicBody: true, now });
  // 19:00 on 2 March in Tokyo: the third day is 4 March, the fifth 6 March.
  expect(own(KNOWN).due).toBe('2026-03-04T14:59:59.999Z');
  expect(own(KNOWN).latest).toBe('2026-03-06T14:59:59.999Z');
  expect(own('2026-03-05T00:00:00Z').state).toBe('due');
  expect(own('2026-03-06T15:00:00Z').state).toBe('late');
});

test('three days in Singapore run from the assessment once there is one', () => {
  const before = clock('sg.pdpc', { jurisdiction: 'SG' });
  expect([before.assessed, before.due]).toEqual([false, '2026-03-05T15:59:59.999Z']);
  const entries = [assessed('sg.pdpc', true, '2026-03-04T01:00:00.000Z')];
  const after = clock('sg.pdpc', { jurisdiction: 'SG', entries });
  expect([after.assessed, after.due]).toEqual([true, '2026-03-07T15:59:59.999Z']);
  expect(after.applies).toBe('met');
});

test('an assessment that nobody must hear of it quiets the clock, a later one wakes it', () => {
  const no = assessed('kr.pipc', false, '2026-03-02T11:00:00.000Z');
  const yes = assessed('kr.pipc', true, '2026-03-02T11:30:00.000Z');
  const state = (...entries: Entry[]) => clock('kr.pipc', { jurisdiction: 'KR', entries }).state;
  expect(state(no)).toBe('not-notifiable');
  expect(state(no, yes)).toBe('running');
});

test('thirty days to assess in Australia end with the assessment, whatever it says', () => {
  const states = (...entries: Entry[]) =>
    ['au.oaic.assessment', 'au.oaic'].map((id) => clock(id, { jurisdiction: 'AU', entries }).state);
  expect(states()).toEqual(['running', 'at-once']);
  expect(states(assessed('au.oaic', true, '2026-03-04T00:00:00.000Z'))).toEqual([
    'told',
    'at-once',
  ]);
  expect(states(assessed('au.oaic', false, '2026-03-04T00:00:00.000Z'))).toEqual([
    'told',
    'not-notifiable',
  ]);
});

test('told in time, told late, and not told: each is shown as what it is', () => {
  const state = (...entries: Entry[]) =>
    clock('kr.pipc', { jurisdiction: 'KR', entries, now: '2026-04-01T00:00:00Z' }).state;
  expect(state(told('kr.pipc', '2026-03-03T00:00:00.000Z'))).toBe('told');
  expect(state(told('kr.pipc', '2026-03-06T00:00:00.000Z'))).toBe('told-late');
  // Telling again does not make a late one early, nor an early one late.
  expect(
    state(told('kr.pipc', '2026-03-03T00:00:00.000Z'), told('kr.pipc', '2026-03-20T00:00:00.000Z')),
  ).toBe('told');
  expect(state(told('hk.pcpd', '2026-03-03T00:00:00.000Z'))).toBe('late');
});

test('telling that is noted later counts from when it was done', () => {
  const body = { whom: 'regulator', id: 'kr.pipc', channel: 'phone', reference: null };
  const noted = entry('told', '2026-03-20T00:00:00.000Z', {
    ...body,
    toldAt: '2026-03-03T00:00:00.000Z',
  });
  const own = clock('kr.pipc', { jurisdiction: 'KR', entries: [noted] });
  expect([own.state, own.told?.at]).toEqual(['told', '2026-03-03T00:00:00.000Z']);
});

test('the preliminary report does not stand for the final one', () => {
  const finding = made([200, 200], ['hk.hkid', 'full']);
  const entries = [told('jp.ppc', '2026-03-03T00:00:00.000Z')];
  const own = (id: string) =>
    clock(id, { finding, jurisdiction: 'JP', publicBody: true, entries }).state;
  expect(own('jp.ppc.public.preliminary')).toBe('told');
  expect(own('jp.ppc.public.final')).toBe('running');
});

test('a rule without a number is due at once until somebody was told', () => {
  const own = (...entries: Entry[]) =>
    clock('hk.pcpd.government', { jurisdiction: 'HK', publicBody: true, entries });
  expect(own().state).toBe('at-once');
  expect(own().due).toBeNull();
  expect(own(told('hk.pcpd', '2026-03-09T00:00:00.000Z')).state).toBe('told');
});

test('a rule that is not in force yet says so', () => {
  expect(clock('in.dpb', { jurisdiction: 'IN' }).state).toBe('not-in-force');
  expect(clock('in.dpb', { jurisdiction: 'IN', now: '2027-05-14T00:00:00Z' }).state).toBe('late');
});

test('a finding that came back is known anew, and what was told before does not count', () => {
  const seen = (at: string, again: boolean): Entry => entry('finding.seen', at, { again }, 'ajar');
  const entries = [
    seen('2026-03-02T10:05:00.000Z', false),
    told('kr.pipc', '2026-03-03T00:00:00.000Z'),
    seen('2026-05-01T08:00:00.000Z', true),
  ];
  const finding = made([600, 600], ['hk.hkid', 'full']);
  expect(firstKnown({ finding, entries: entries.slice(0, 2) })).toBe(KNOWN);
  expect(firstKnown({ finding, entries })).toBe('2026-05-01T08:00:00.000Z');
  const own = clock('kr.pipc', { jurisdiction: 'KR', entries, now: '2026-05-01T09:00:00Z' });
  expect([own.state, own.due]).toEqual(['running', '2026-05-04T08:00:00.000Z']);
});

test('a finding that changed hands was known under its earlier name', () => {
  const before = { finding: 'F-before', firstKnown: '2026-02-01T00:00:00.000Z' };
  const entries = [entry('finding.seen', '2026-03-02T10:05:00.000Z', { again: false, before })];
  const finding = made([600, 600], ['hk.hkid', 'full']);
  expect(firstKnown({ finding, entries })).toBe(before.firstKnown);
});

test('what presses most stands first, the own law before those of other people', () => {
  const finding = made([2_000, 2_000], ['my.mykad', 'full'], ['kr.rrn', 'full']);
  const states = clocks({ finding, jurisdiction: 'IN', now: '2026-03-02T17:00:00Z' }).map(
    ({ rule, state }) => `${rule.id} ${state}`,
  );
  expect(states).toEqual([
    'in.cert-in late',
    'kr.pipc running',
    'my.pdp running',
    'in.dpb not-in-force',
  ]);
});
