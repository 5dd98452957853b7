/** Begins a run, or goes on with a killed one; and what the ledger learns when it ends. */
import { createHash, randomUUID } from 'node:crypto';
import { canonicalJson } from '../model/canonical.ts';
import { UsageError } from '../model/errors.ts';
import type { NewEntry } from '../model/ledger.ts';
import type { FindingRecord } from '../model/lifecycle.ts';
import type { Report, RunInfo } from '../model/report.ts';
import type { Store, UnfinishedRun } from '../model/store.ts';
import { counted } from '../report/numbers.ts';
import type { Config } from './config.ts';

export interface RunStart {
  readonly run: RunInfo;
  /** Digest of all that decides the result. */
  readonly configuration: string;
  /** A killed run, taken over. */
  readonly resumed: boolean;
  /** What the person must know of earlier runs. */
  readonly notices: readonly string[];
}

export interface RunStartInput {
  readonly store: Store;
  readonly config: Config;
  readonly mask: (text: string) => string;
  /** People hashed under another key cannot be counted together. */
  readonly keyId: string;
  readonly version: string;
  readonly resume: boolean;
}

function digest({ config, keyId, version }: RunStartInput): string {
  const { targets, owners, objects, budgetBytes, seed, deadlineDays, limits, customs } = config;
  const deciding = { targets, owners, objects, budgetBytes, seed, deadlineDays, limits, customs };
  const text = canonicalJson({ ...deciding, keyId, version });
  return createHash('sha256').update(text).digest('hex');
}

const TARGETS_AT_MOST = 3;

/** A few of them by name. */
function some(targets: readonly string[]): string {
  const more = targets.length - TARGETS_AT_MOST;
  const shown = targets.slice(0, TARGETS_AT_MOST).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}

function named({ run, assets }: UnfinishedRun): string {
  const count = counted(assets, 'asset', 'assets');
  return `run ${run.id} of ${some(run.targets)} (begun ${run.startedAt}) was killed after ${count}`;
}

async function goOn(
  { store }: RunStartInput,
  last: UnfinishedRun,
  configuration: string,
): Promise<RunStart> {
  if (last.alive) {
    throw new UsageError(
      `--resume: run ${last.run.id} is still going on in another process; wait for it, or end it first`,
    );
  }
  if (last.configuration !== configuration) {
    throw new UsageError(
      `--resume: ${named(last)}, under other options, owners, key or version of ajar; give the same ones, or scan anew without --resume`,
    );
  }
  if (!(await store.takeOver(last.run.id))) {
    throw new UsageError(`--resume: another process has just gone on with run ${last.run.id}`);
  }
  const notices = [`Going on with run ${last.run.id} after ${last.assets} assets`];
  return { run: last.run, configuration, resumed: true, notices };
}

/** Throws UsageError where there is nothing to go on with, or not with this configuration. */
export async function startRun(input: RunStartInput): Promise<RunStart> {
  const { store, config, mask, version, resume } = input;
  const targets = config.targets.map(({ uri, name }) => mask(name ?? uri));
  const same = [...targets].sort().join('\n');
  const unfinished = (await store.unfinished()).filter(
    ({ run }) => [...run.targets].sort().join('\n') === same,
  );
  const configuration = digest(input);
  if (resume) {
    const [last] = unfinished;
    if (last) return goOn(input, last, configuration);
    throw new UsageError(
      `--resume: no killed run of ${some(targets)} in this store; start one without --resume`,
    );
  }
  const run: RunInfo = {
    id: randomUUID(),
    startedAt: new Date().toISOString(),
    finishedAt: null,
    version,
    targets,
    status: 'running',
    seed: config.seed,
  };
  const killed = unfinished.filter(({ alive }) => !alive);
  const notices = killed.map((one) => `${named(one)}; --resume goes on`);
  return { run, configuration, resumed: false, notices };
}

/** The entries of a run's end, from the records as they stand before it. */
export async function entriesAfter(
  report: Report,
  records: AsyncIterable<FindingRecord>,
): Promise<readonly NewEntry[]> {
  const { afterRun, placeOf } = await import('../campaign/lifecycle.ts');
  const seen = new Map(report.findings.map((finding) => [finding.id, finding]));
  const places = new Set(report.findings.map(placeOf));
  const before: FindingRecord[] = [];
  for await (const record of records) {
    const finding = seen.get(record.finding.id);
    // Only these can change by a run; and the finding is in memory once already.
    if (finding) before.push({ ...record, finding });
    else if (record.status === 'accepted' || places.has(placeOf(record.finding))) {
      before.push(record);
    }
  }
  return afterRun(before, report);
}
