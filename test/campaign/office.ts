/** A made-up office with three departments and a run that found five open doors. No name or number is anyone's. */

import { CAMPAIGN_DEFAULTS, type CampaignSettings } from '../../src/campaign/settings.ts';
import { startEntry, startLists } from '../../src/campaign/start.ts';
import { type CampaignState, campaignsOf } from '../../src/campaign/state.ts';
import type { CampaignAnswer } from '../../src/model/campaign.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Entry, EntryKind, NewEntry } from '../../src/model/ledger.ts';
import type { FindingRecord, Status } from '../../src/model/lifecycle.ts';
import type { Owner } from '../../src/model/owner.ts';
import type { Report } from '../../src/model/report.ts';
import { madeFinding, madeReport } from '../kit/report.ts';

export const LANDS: Owner = {
  id: 'lands',
  name: 'Lands Department',
  names: { 'zh-Hant': '海角地政署' },
  language: 'zh-Hant',
  contacts: [
    { email: 'records@lands.example', role: 'owner' },
    { email: 'privacy@lands.example', role: 'privacy-officer' },
  ],
  escalation: ['head@lands.example', 'secretary@gov.example'],
};
export const HEALTH: Owner = { id: 'health', name: '岬保健局', language: 'ja' };
export const PARKS: Owner = { id: 'parks', name: 'Parks', contact: 'office@parks.example' };
export const DEPARTMENTS: readonly Owner[] = [LANDS, HEALTH, PARKS];

const made = (id: string, owner: Owner | null, people: number, name: string): Finding =>
  madeFinding({
    id,
    owner: owner && { id: owner.id, name: owner.name, contact: null },
    provider: 's3',
    name,
    severity: 'high',
    people: [people, people],
  });

export const FINDINGS: readonly Finding[] = [
  made('F-l1', LANDS, 400, 'lands-exports'),
  made('F-l2', LANDS, 300, 'lands-scans'),
  made('F-h1', HEALTH, 50, 'health-labs'),
  made('F-o1', null, 20, 'tmp-migration'),
];

/** People overlap: 600 of 700 in lands are distinct, and 610 of 670 overall. */
export function officeReport(findings: readonly Finding[] = FINDINGS, runId = 'run-1'): Report {
  const report = madeReport({ findings, assets: [], gaps: [] });
  const owners = [...DEPARTMENTS, null];
  return {
    ...report,
    run: { ...report.run, id: runId },
    people: 610,
    departments: owners.map((owner) => {
      const own = findings.filter((one) => (one.owner?.id ?? null) === (owner?.id ?? null));
      const sum = own.reduce((total, one) => total + one.people.atMost, 0);
      return {
        id: owner?.id ?? null,
        name: owner?.name ?? 'No department yet',
        contact: null,
        assets: own.length,
        findings: own.map(({ id }) => id),
        people: owner?.id === 'lands' ? Math.min(600, sum) : sum,
        deadline: null,
      };
    }),
  };
}

export function record(
  finding: Finding,
  status: Status = 'new',
  more: Partial<FindingRecord> = {},
): FindingRecord {
  return {
    finding,
    firstRun: 'run-1',
    lastRun: 'run-1',
    lastSeen: '2025-11-20T08:00:00.000Z',
    status,
    statusBy: 'ajar',
    statusAt: '2025-11-20T08:12:30.000Z',
    reason: null,
    until: null,
    ...more,
  };
}

export const RECORDS: readonly FindingRecord[] = FINDINGS.map((finding) => record(finding));

export function recordMap(
  records: readonly FindingRecord[] = RECORDS,
): ReadonlyMap<string, FindingRecord> {
  return new Map(records.map((one) => [one.finding.id, one]));
}

export const SETTINGS: CampaignSettings = {
  ...CAMPAIGN_DEFAULTS,
  channel: 'mail',
  addressed: true,
  office: { name: 'CIO Office', to: ['cio@gov.example'], language: 'en' },
};

export const DUE: Date = new Date(2025, 10, 28, 23, 59, 59);
export const START: Date = new Date(2025, 10, 21, 10, 0, 0);

/** So many local days and hours after the start's midnight. */
export function day(days: number, hours = 12): Date {
  return new Date(2025, 10, 21 + days, hours, 0, 0);
}

export function entryAt(entry: NewEntry, at: Date): Entry {
  return {
    ...entry,
    chain: 'C-1',
    seq: 1,
    at: at.toISOString(),
    clock: null,
    previous: '0'.repeat(64),
    hash: '0'.repeat(64),
  };
}

export function started(
  records: readonly FindingRecord[] = RECORDS,
  report: Report = officeReport(),
): Entry {
  const lists = startLists({
    name: 'Autumn',
    due: DUE,
    departments: DEPARTMENTS.map(({ id }) => id),
    records,
    report,
  });
  return entryAt(startEntry('campaign-autumn', lists, 'cio'), START);
}

export function answerAt(answer: Partial<CampaignAnswer>, at: Date, by = 'clerk'): Entry {
  const body = { owner: 'lands', all: null, answers: [], how: 'command', ...answer };
  return noteAt('campaign.answered', body, at, by);
}

export function noteAt(kind: EntryKind, body: object, at: Date, by = 'ajar'): Entry {
  return entryAt({ kind, subject: 'campaign-autumn', by, body, once: null }, at);
}

/** The campaign after these entries. */
export function campaignAfter(...entries: readonly Entry[]): CampaignState {
  const [campaign] = campaignsOf([started(), ...entries]);
  if (!campaign) throw new Error('no campaign');
  return campaign;
}
