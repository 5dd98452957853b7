/** What is gathered for one finding, over a change of hands and past the end of an acceptance. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listedClocks } from '../../src/cli/clockslist.ts';
import { loadConfig } from '../../src/cli/config.ts';
import { entriesOf, findingPage } from '../../src/cli/findingdata.ts';
import { tableOf } from '../../src/cli/findingslist.ts';
import type { NewEntry } from '../../src/model/ledger.ts';
import type { Archive, Store } from '../../src/model/store.ts';
import { madeRecord } from '../kit/records.ts';
import { madeFinding, madeReport, OWNERS } from '../kit/report.ts';
import { rerun, storeWith } from '../kit/store.ts';

const made = { provider: 's3', name: 'exports', severity: 'high', people: [600, 600] } as const;
const orphan = madeFinding({ ...made, id: 'F-000000000001', owner: null });
const owned = madeFinding({ ...made, id: 'F-000000000002', owner: OWNERS.registry });
const now = new Date('2025-11-29T00:00:00Z');

let folder: string;
let archive: Store & Archive;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ajar-data-'));
  archive = await storeWith(join(folder, 's.db'), madeReport({ findings: [orphan], gaps: [] }));
});
afterEach(async () => {
  await archive.close();
  rmSync(folder, { recursive: true, force: true });
});

function config(): ReturnType<typeof loadConfig> {
  const owner = { id: 'registry', name: 'Registry', jurisdiction: 'SG' };
  return { ...loadConfig({}), owners: { owners: [owner], rules: [] } };
}

async function changeHands(): Promise<void> {
  await archive.close();
  const next = rerun(madeReport({ findings: [owned], gaps: [] }), 'run-2', 7);
  archive = await storeWith(join(folder, 's.db'), next);
}

const told: NewEntry = {
  kind: 'told',
  subject: orphan.id,
  by: 'officer',
  body: { whom: 'regulator', id: 'sg.pdpc', channel: 'form', reference: null },
  once: null,
};

test('who was told before a finding changed hands was told, and its history goes back', async () => {
  await archive.append([told]);
  await changeHands();
  const page = await findingPage({ archive, config: config() }, owned.id, now);
  const clock = page.clocks.find(({ rule }) => rule.id === 'sg.pdpc');
  expect(clock?.told?.by).toBe('officer');
  expect(page.entries.map(({ subject }) => subject)).toContain(orphan.id);
});

test('the clock goes on from the first knowledge, not from the change of hands', async () => {
  await changeHands();
  const [clock] = await listedClocks({ archive, config: config() }, 'sg.pdpc', true, now);
  expect(clock?.finding).toBe(owned.id);
  expect(clock?.clock.from).toBe(orphan.firstKnown);
});

test('a finding that moved has no clock beside the one it moved to', async () => {
  await changeHands();
  const all = await listedClocks({ archive, config: config() }, undefined, true, now);
  expect(new Set(all.map(({ finding }) => finding))).toEqual(new Set([owned.id]));
});

test('what a campaign did about it is in its history: when its department was told, and answered', async () => {
  const entry = (kind: NewEntry['kind'], body: object): NewEntry => ({
    kind,
    subject: 'campaign-1',
    by: 'office',
    body,
    once: null,
  });
  const answer = { owner: 'lands', all: null, how: 'file' };
  const list = { owner: 'lands', findings: [orphan.id], people: 1 };
  await archive.append([
    entry('campaign.started', { name: 'C', run: 'r', due: '2025-12-01', lists: [list] }),
    entry('told', { whom: 'owner', id: 'lands', channel: 'mail', reference: null }),
    entry('told', { whom: 'owner', id: 'health', channel: 'mail', reference: null }),
    entry('campaign.answered', { ...answer, answers: [{ finding: orphan.id, answer: 'fixed' }] }),
    entry('campaign.answered', { ...answer, answers: [{ finding: 'F-other', answer: 'fixed' }] }),
  ]);
  const about = (await entriesOf(archive, orphan.id)).filter(
    ({ subject }) => subject === 'campaign-1',
  );
  expect(about.map(({ kind, body }) => [kind, 'id' in body ? body.id : null])).toEqual([
    ['told', 'lands'],
    ['campaign.answered', null],
  ]);
});

test('entries come in the order of time', async () => {
  await archive.append([told]);
  await changeHands();
  const times = (await entriesOf(archive, owned.id)).map(({ at }) => at);
  expect(times).toEqual([...times].sort());
});

test('an acceptance that is over is not shown as quiet', async () => {
  const record = madeRecord(owned, 'accepted', { until: '2025-11-28T23:59:59.999Z' });
  async function* one(): AsyncGenerator<typeof record> {
    yield record;
  }
  const table = await tableOf(one(), 100, now);
  expect(table).toMatch(/accepted, over .*LATE/);
});
