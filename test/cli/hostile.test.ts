/** What lies in names and words of others reaches no terminal, spreadsheet or page as more than text. */
import { expect, test } from 'vitest';
import { clocksFor, firstKnown } from '../../src/campaign/clocks.ts';
import { diffRuns } from '../../src/campaign/diff.ts';
import { renderFindingPage } from '../../src/cli/findingpage.ts';
import { csvOf, tableOf } from '../../src/cli/findingslist.ts';
import { ledgerTable } from '../../src/cli/ledgerread.ts';
import { renderDiff } from '../../src/cli/rundiff.ts';
import type { Entry } from '../../src/model/ledger.ts';
import type { FindingRecord } from '../../src/model/lifecycle.ts';
import { renderDraft } from '../../src/report/draft.ts';
import { madeRecord } from '../kit/records.ts';
import { madeFinding, madeReport } from '../kit/report.ts';
import { rerun } from '../kit/store.ts';

/** Clears the screen, turns the reading direction, begins a new line, a formula, a tag and a table cell. */
const HOSTILE = '=cmd()\u001b[2J\u202e\n| <script>x</script> | **b** `c`';
const ACTIVE = /[\u001b\u202e]/;

const base = madeFinding({
  id: 'F-000000000001',
  owner: { id: 'o', name: HOSTILE, contact: null },
  provider: 's3',
  name: HOSTILE,
  severity: 'high',
  people: [3, 3],
  slice: HOSTILE,
  because: [HOSTILE],
  disagreement: HOSTILE,
});
const record = madeRecord(base, 'accepted', { reason: HOSTILE, statusBy: HOSTILE });
const entry: Entry = {
  kind: 'finding.status',
  subject: base.id,
  by: HOSTILE,
  body: { from: 'open', to: 'accepted', reason: HOSTILE, until: null },
  once: null,
  chain: 'C-1',
  seq: 1,
  at: '2025-11-21T00:00:00.000Z',
  clock: null,
  previous: '',
  hash: '',
};
const now = new Date('2025-11-22T00:00:00Z');
const clocks = clocksFor({ finding: base, owner: null, entries: [entry], now });

async function* only<T>(value: T): AsyncGenerator<T> {
  yield value;
}

test('a terminal gets no escape sequence, no turned text and no forged line', async () => {
  const page = { record, entries: [entry], clocks, titles: {}, department: HOSTILE, now };
  const before = madeReport({ findings: [base] });
  const after = rerun(madeReport({ findings: [] }), 'run-2', 1);
  const outputs = [
    renderFindingPage(page, 100),
    await tableOf(only<FindingRecord>(record), 100, now),
    await ledgerTable(only(entry), 100),
    renderDiff(diffRuns(before, after), before, after, 100),
  ];
  for (const output of outputs) {
    expect(output).not.toMatch(ACTIVE);
    expect(output).not.toMatch(/^\| <script>/m);
  }
});

test('a spreadsheet gets no formula', async () => {
  let csv = '';
  for await (const line of csvOf(only<FindingRecord>(record))) csv += line;
  expect(csv).not.toMatch(ACTIVE);
  expect(csv).not.toMatch(/(^|,)"?=/m);
});

test('a draft gets no markup and no further table cell', () => {
  const [clock] = clocks;
  if (!clock) throw new Error('no clock');
  const draft = renderDraft({
    record,
    clock,
    entries: [entry],
    known: firstKnown({ finding: base, entries: [entry] }),
    department: HOSTILE,
    language: 'en',
    titles: {},
    now,
  });
  expect(draft).not.toMatch(ACTIVE);
  expect(draft).not.toContain('<script>');
  const row = draft.split('\n').find((line) => line.startsWith('| 21 Nov'));
  expect(row?.replaceAll('\\|', '').split('|')).toHaveLength(5);
});
