/** Made-up runs, findings and reports, and stores of either engine to put them in. */
import type { Finding } from '../../../src/model/finding.ts';
import type { EntryKind, NewEntry } from '../../../src/model/ledger.ts';
import type { Status } from '../../../src/model/lifecycle.ts';
import type { NewMessage } from '../../../src/model/message.ts';
import type { Report, RunInfo } from '../../../src/model/report.ts';
import type { Archive, Store } from '../../../src/model/store.ts';
import { openStore, type StoreOptions } from '../../../src/store/open.ts';

export interface Engine {
  /** The address of a store that is not there yet. */
  fresh(): Promise<string>;
}

export type Opened = Store & Archive;

/** Opens it, hands it over and closes it whatever happens. */
export async function using<T>(
  url: string,
  body: (store: Opened) => Promise<T>,
  options: StoreOptions = {},
): Promise<T> {
  const store = await openStore(url, options);
  try {
    return await body(store);
  } finally {
    await store.close();
  }
}

/** Run `n` of January 2026 starts on day `n`. */
export function run(n: number, status: RunInfo['status'] = 'running'): RunInfo {
  const day = `2026-01-${String(n).padStart(2, '0')}`;
  const finishedAt = status === 'running' ? null : `${day}T01:00:00.000Z`;
  const startedAt = `${day}T00:00:00.000Z`;
  return { id: `run-${n}`, startedAt, finishedAt, version: '0', targets: ['t'], status, seed: 1 };
}

export function finding(id: string, more: Partial<Finding> = {}): Finding {
  return {
    id,
    asset: { id: 's3:a/b', provider: 's3', name: 'b' },
    slice: '*',
    detectors: [],
    people: { atLeast: 3, atMost: 3 },
    confidence: 'high',
    severity: 'high',
    verdict: { read: 'open', list: 'open', because: [], reasons: [], disagreement: null },
    score: [],
    lapsed: null,
    owner: null,
    ownerReason: '',
    ownerConfidence: 'none',
    samples: [],
    remedy: [],
    firstKnown: '2026-01-01T00:00:00.000Z',
    since: null,
    deadline: '2026-01-08T00:00:00.000Z',
    ...more,
  };
}

export function report(info: RunInfo, findings: readonly Finding[] = []): Report {
  const zero = { objectsListed: 0, objectsRead: 0, bytesListed: 0, bytesRead: 0 };
  return {
    schema: 'ajar-report/2',
    run: info,
    coverage: { assets: [], targets: 1, assetsFound: 0, ...zero, gaps: 0, complete: true },
    people: 3,
    departments: [],
    assets: [],
    findings,
    gaps: [{ code: 'denied', asset: 's3:a/c', what: null, detail: 'no permission' }],
  };
}

/** Begins and ends a run that saw these. */
export async function seen(
  store: Opened,
  n: number,
  findings: readonly Finding[],
): Promise<Report> {
  await store.beginRun(run(n));
  const ended = report(run(n, 'complete'), findings);
  await store.finishRun(ended, []);
  return ended;
}

export function entry(
  subject: string,
  once: string | null = null,
  kind: EntryKind = 'told',
): NewEntry {
  const body = { whom: 'owner', id: 'lands', channel: 'mail', reference: null };
  return { kind, subject, by: 'Ann', body, once };
}

export function change(subject: string, from: Status, to: Status, owner?: string): NewEntry {
  const body = { from, to, reason: null, until: null, ...(owner !== undefined && { owner }) };
  return { kind: 'finding.status', subject, by: 'Ann', body, once: null };
}

export function message(id: string): NewMessage {
  return {
    id,
    channel: 'mail',
    to: ['lands@example.org'],
    subject: 'A list',
    text: 'Please answer.',
    language: 'en',
    attachments: [],
    about: 'campaign-1',
  };
}

export async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
