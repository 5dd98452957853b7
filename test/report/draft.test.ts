import { expect, test } from 'vitest';
import { clocksFor, firstKnown } from '../../src/campaign/clocks.ts';
import { LANGUAGES, type Language } from '../../src/model/language.ts';
import type { Entry } from '../../src/model/ledger.ts';
import { type Draft, renderDraft } from '../../src/report/draft.ts';
import { madeRecord } from '../kit/records.ts';
import { madeFinding, OWNERS } from '../kit/report.ts';

const base = madeFinding({
  id: 'F-draft',
  owner: OWNERS.registry,
  provider: 's3',
  name: 'registry-exports',
  severity: 'critical',
  people: [31_204, 40_000],
});

function entry(seq: number, kind: Entry['kind'], at: string, by: string, body: object): Entry {
  const hash = String(seq).repeat(64).slice(0, 64);
  return {
    kind,
    subject: base.id,
    by,
    body,
    once: null,
    chain: 'C-1',
    seq,
    at,
    clock: null,
    previous: '',
    hash,
  };
}

const SEEN = entry(1, 'finding.seen', '2025-11-20T08:12:30.000Z', 'ajar', { again: false });
const ACK = entry(2, 'finding.status', '2025-11-21T09:00:00.000Z', '田中 | <b>', {
  from: 'new',
  to: 'acknowledged',
  reason: 'being *looked* at',
  until: null,
});
const PROOF = entry(3, 'finding.proof', '2025-11-22T09:00:00.000Z', 'ajar', {
  result: 'closed',
  requests: 6,
  answered: 0,
  statement: '',
});

function draft(over: Partial<Draft> = {}, language: Language = 'en'): string {
  const entries = over.entries ?? [SEEN, ACK];
  const now = over.now ?? new Date('2025-11-21T12:00:00Z');
  const owner = { jurisdiction: 'KR', publicBody: true };
  const [clock] = clocksFor({ finding: base, owner, entries, now });
  if (!clock) throw new Error('no clock');
  return renderDraft({
    record: madeRecord(base),
    clock,
    entries,
    known: firstKnown({ finding: base, entries }),
    department: 'Civil Registry',
    language,
    titles: {},
    now,
    ...over,
  });
}

test('it says to whom, by which law, until when, and how much time is left', () => {
  const text = draft();
  expect(text).toMatch(/\*\*To\*\*: Personal Information Protection Commission/);
  expect(text).toMatch(/\*\*Under\*\*: PIPA .*article 34/);
  expect(text).toMatch(/\*\*First known\*\*: 20 Nov 2025, 08:00 UTC/);
  expect(text).toMatch(/\*\*Due\*\*: 23 Nov 2025, 08:00 UTC/);
  expect(text).toMatch(/\*\*44 hours left\*\*/);
  expect(text).not.toMatch(/LATE/);
});

test('late shows as late, by how much, and asks for the reasons', () => {
  const text = draft({ now: new Date('2025-11-30T08:00:01Z') });
  expect(text).toMatch(/\*\*LATE by 8 days\*\*/);
  expect(text).toMatch(/\*\*Reasons for the delay\*\*: ______/);
});

test('what was told late stays late', () => {
  const told = { whom: 'regulator', id: 'kr.pipc', channel: 'form', reference: 'K-7' };
  const entries = [SEEN, entry(2, 'told', '2025-11-25T00:00:00.000Z', 'officer', told)];
  const text = draft({ entries, now: new Date('2025-12-01T00:00:00Z') });
  expect(text).toMatch(/\*\*already told on 25 Nov 2025, 00:00 UTC, LATE\*\*/);
});

test('there is a blank wherever a person must write', () => {
  expect(draft().match(/______/g)?.length).toBeGreaterThanOrEqual(9);
});

test('it counts people as far as they were counted, and quotes only masks', () => {
  const text = draft();
  expect(text).toMatch(/\*\*People\*\*: 31,204 to 40,000 people/);
  expect(text).toContain('A12\\*\\*\\*\\*');
});

test('the timeline is the ledger, with the hash that it ends with', () => {
  const text = draft();
  expect(text).toMatch(/\| 20 Nov 2025, 08:12 UTC \| ajar \| the scan saw it \|/);
  expect(text).toContain(`C-1:2:${ACK.hash}`);
});

test('it is closed only where a proof closed it', () => {
  expect(draft()).toMatch(/\*\*Now\*\*: still open/);
  const text = draft({ record: madeRecord(base, 'fixed'), entries: [SEEN, ACK, PROOF] });
  expect(text).toMatch(
    /\*\*Now\*\*: closed; the same unsigned requests were refused on 22 Nov 2025/,
  );
  expect(text).toMatch(/- 22 Nov 2025, 09:00 UTC: proof: closed/);
});

test('names and reasons cannot become markup or break the table', () => {
  const text = draft();
  expect(text).toContain('田中 \\| \\<b\\>');
  expect(text).toContain('being \\*looked\\* at');
});

test.each(LANGUAGES.filter((language) => language !== 'en'))(
  'in %s nothing but names and laws stays English',
  (language) => {
    const text = draft({}, language);
    for (const english of ['Draft', 'First known', 'People', 'Likely', 'Measures', 'status new']) {
      expect(text).not.toContain(english);
    }
    expect(text).toMatch(/31,204/);
  },
);
