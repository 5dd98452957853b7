/**
 * The scan: every target's assets, in parallel, as a stream of events that ends with the report.
 *
 * Interrupting it (job.signal) is no error: what is known by then is concluded and reported, and
 * the report says that it is not all.
 */
import pLimit from 'p-limit';
import type { Coverage } from '../model/coverage.ts';
import type { Progress, ScanEvent } from '../model/event.ts';
import { type Finding, SEVERITIES } from '../model/finding.ts';
import type { Gap } from '../model/gap.ts';
import type { Provider, TargetSpec } from '../model/provider.ts';
import { type Department, REPORT_SCHEMA, type Report } from '../model/report.ts';
import { type AssetOutcome, scanAsset } from './asset.ts';
import { assetDigest, type FinishedAsset, fromCheckpoint, toCheckpoint } from './checkpoint.ts';
import { gapFrom } from './gaps.ts';
import type { Emit, ScanJob } from './job.ts';
import { createEventQueue, type EventQueue } from './queue.ts';
import { unionAll } from './sets.ts';

interface Running {
  readonly job: ScanJob;
  readonly queue: EventQueue<ScanEvent>;
  readonly outcomes: FinishedAsset[];
  readonly gaps: Gap[];
  /** Digests of the assets' ids. */
  readonly seen: Set<string>;
  /** The store could not be written any more. */
  lost?: { readonly error: unknown };
  readonly emit: Emit;
  readonly progress: { -readonly [K in keyof Progress]: Progress[K] };
  readonly assets: <T>(task: () => Promise<T>) => Promise<T>;
  readonly objects: <T>(task: () => Promise<T>) => Promise<T>;
}

function start(job: ScanJob): Running {
  const queue = createEventQueue<ScanEvent>();
  const began = job.now().getTime();
  const progress = {
    assetsDone: 0,
    assetsFound: 0,
    objectsRead: 0,
    objectsPlanned: 0,
    bytesRead: 0,
    bytesPlanned: 0,
    findings: 0,
    elapsedMs: 0,
  };
  const gaps: Gap[] = [];
  const tell = (): void => {
    progress.elapsedMs = job.now().getTime() - began;
    queue.push({ type: 'progress', progress: { ...progress } });
  };
  const emit: Emit = {
    gap(gap) {
      gaps.push(gap);
      queue.push({ type: 'gap', gap });
    },
    read(objects, bytes) {
      progress.objectsRead += objects;
      progress.bytesRead += bytes;
      tell();
    },
    planned(objects, bytes) {
      progress.objectsPlanned += objects;
      progress.bytesPlanned += bytes;
      tell();
    },
  };
  const assets = pLimit(job.assetsAtOnce);
  const objects = pLimit(job.objectsAtOnce);
  return { job, queue, outcomes: [], gaps, seen: new Set(), emit, progress, assets, objects };
}

async function scanTarget(running: Running, provider: Provider, spec: TargetSpec): Promise<void> {
  const { job, emit } = running;
  const name = job.mask(spec.name ?? spec.uri);
  const { limits, signal, env, allow, observe } = job;
  const context = { limits, signal, env, allow, ...(observe && { observe }) };
  try {
    const connection = await provider.connect(spec, context);
    try {
      const pending: Promise<void>[] = [];
      for await (const found of connection.assets()) {
        if ('gap' in found) {
          emit.gap({ ...found.gap, detail: job.mask(found.gap.detail) });
          continue;
        }
        job.signal.throwIfAborted();
        // Two targets may lead to the same asset; it is looked at once.
        const digest = assetDigest(found.asset.id);
        if (running.seen.has(digest)) continue;
        running.seen.add(digest);
        running.progress.assetsFound++;
        pending.push(
          running.assets(async () => {
            const { asset } = found;
            try {
              await oneAsset(running, provider, connection, asset, spec);
            } catch (error) {
              emit.gap(gapFrom(error, asset.id, null, job.mask));
            }
            running.progress.assetsDone++;
          }),
        );
      }
      await Promise.all(pending);
    } finally {
      await connection.close();
    }
  } catch (error) {
    emit.gap(gapFrom(error, name, null, job.mask));
  }
}

async function oneAsset(
  running: Running,
  provider: Provider,
  connection: Awaited<ReturnType<Provider['connect']>>,
  asset: Parameters<typeof connection.probes>[0],
  spec: TargetSpec,
): Promise<void> {
  const { job, queue, emit, objects } = running;
  if (running.lost) return;
  if (job.signal.aborted) {
    const detail = 'the scan was stopped before this was looked at';
    emit.gap({ code: 'interrupted', asset: job.mask(asset.id), what: null, detail });
    return;
  }
  const onAsset = (shown: AssetOutcome['shown']): void =>
    queue.push({ type: 'asset', asset: shown });
  const gaps: Gap[] = [];
  const recording: Emit = {
    ...emit,
    gap(gap) {
      gaps.push(gap);
      emit.gap(gap);
    },
  };
  const outcome = await scanAsset({
    job,
    provider,
    connection,
    asset,
    keys: spec.keys,
    spec,
    emit: recording,
    limit: objects,
    onAsset,
  });
  try {
    await keep(job, asset.id, outcome, gaps);
  } catch (error) {
    // No gap of this asset: where the store is lost, the run is.
    running.lost ??= { error };
  }
  count(running, outcome);
}

async function keep(
  { run, store, signal }: ScanJob,
  assetId: string,
  outcome: AssetOutcome,
  gaps: readonly Gap[],
): Promise<void> {
  const findings = outcome.concluded.map(({ finding }) => finding);
  // An asset that was stopped in the middle is not done: whoever goes on looks at it again.
  if (!signal.aborted) {
    return store.saveOutcome(run.id, findings, toCheckpoint(assetId, outcome, gaps));
  }
  for (const finding of findings) await store.saveFinding(run.id, finding);
}

function count({ outcomes, progress, queue }: Running, done: FinishedAsset): void {
  outcomes.push(done);
  for (const { finding } of done.concluded) {
    progress.findings++;
    queue.push({ type: 'finding', finding });
  }
}

/** What the killed process finished, as if it had been finished just now. */
async function takeOver(running: Running): Promise<void> {
  const { job, emit, progress, queue, seen } = running;
  for await (const checkpoint of job.store.checkpoints(job.run.id)) {
    const { done, gaps } = fromCheckpoint(checkpoint);
    const { objectsRead, bytesRead } = done.coverage.claim;
    seen.add(checkpoint.asset);
    progress.assetsFound++;
    progress.assetsDone++;
    queue.push({ type: 'asset', asset: done.shown });
    for (const gap of gaps) emit.gap(gap);
    emit.planned(objectsRead, bytesRead);
    emit.read(objectsRead, bytesRead);
    count(running, done);
  }
}

function departments(running: Running): readonly Department[] {
  const { job, outcomes } = running;
  const owners = [...job.owners.owners, null];
  return owners.flatMap((owner): Department[] => {
    const id = owner?.id ?? null;
    const concluded = outcomes
      .flatMap((outcome) => outcome.concluded)
      .filter(({ finding }) => (finding.owner?.id ?? null) === id)
      .sort((a, b) => byUrgency(a.finding, b.finding));
    const assets = outcomes.filter(({ shown }) => shown.owner === id).length;
    // The orphan queue is shown when there is something in it; a department always, even when clean.
    if (owner === null && assets === 0 && concluded.length === 0) return [];
    const deadlines = concluded.map(({ finding }) => finding.deadline).sort();
    return [
      {
        id,
        name: owner?.name ?? 'Nobody: to be assigned by the CIO office',
        contact: owner?.contact ?? null,
        assets,
        findings: concluded.map(({ finding }) => finding.id),
        people: unionAll(concluded.map(({ persons }) => persons)).length,
        deadline: deadlines[0] ?? null,
      },
    ];
  });
}

function coverage({ job, outcomes, gaps, progress }: Running, complete: boolean): Coverage {
  const assets = outcomes
    .map((outcome) => outcome.coverage)
    .sort((a, b) => (a.asset < b.asset ? -1 : 1));
  const sum = (field: 'objectsListed' | 'objectsRead' | 'bytesListed' | 'bytesRead'): number =>
    assets.reduce((total, { claim }) => total + claim[field], 0);
  return {
    assets,
    targets: job.targets.length,
    assetsFound: progress.assetsFound,
    objectsListed: sum('objectsListed'),
    objectsRead: sum('objectsRead'),
    bytesListed: sum('bytesListed'),
    bytesRead: sum('bytesRead'),
    gaps: gaps.length,
    complete,
  };
}

/** Most urgent first, the same order in every run. */
function byUrgency(a: Finding, b: Finding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    b.people.atMost - a.people.atMost ||
    (a.id < b.id ? -1 : 1)
  );
}

/** The same in every run: assets end in any order. */
function byPlace(a: Gap, b: Gap): number {
  const place = ({ asset, what, code, detail }: Gap): string =>
    `${asset} ${what}\n${code}\n${detail}`;
  return place(a) < place(b) ? -1 : 1;
}

async function finish(running: Running): Promise<Report> {
  const { job, outcomes, gaps, lost } = running;
  if (lost) throw lost.error;
  outcomes.sort((a, b) => (a.shown.id < b.shown.id ? -1 : 1));
  const stopped = job.signal.aborted;
  const persons = unionAll(
    outcomes.flatMap(({ concluded }) => concluded.map((one) => one.persons)),
  );
  const report: Report = {
    schema: REPORT_SCHEMA,
    run: {
      ...job.run,
      finishedAt: job.now().toISOString(),
      status: stopped ? 'interrupted' : 'complete',
    },
    coverage: coverage(running, !stopped),
    people: persons.length,
    departments: departments(running),
    assets: outcomes.map(({ shown }) => shown),
    findings: outcomes
      .flatMap(({ concluded }) => concluded.map(({ finding }) => finding))
      .sort(byUrgency),
    gaps: [...gaps].sort(byPlace),
  };
  const sketches = outcomes.flatMap(({ coverage: { asset }, concluded }) => {
    const set = unionAll(concluded.map((one) => one.persons));
    return set.length > 0 ? [job.sketch(`asset:${asset}`, set)] : [];
  });
  const all = [...sketches, job.sketch('run', persons)];
  await job.store.finishRun(report, all, async (before) => job.entries?.(report, before) ?? []);
  return report;
}

/** Runs a job. The last event is the report; a bug (never an operating error) ends it by throwing. */
export async function* scan(job: ScanJob): AsyncGenerator<ScanEvent, void, void> {
  const running = start(job);
  if (!job.resumed) await job.store.beginRun(job.run, job.configuration);
  const taken = job.resumed ? takeOver(running) : Promise.resolve();
  const all = taken
    .then(() =>
      Promise.all(job.targets.map((each) => scanTarget(running, each.provider, each.spec))),
    )
    .then(() => finish(running))
    .then((report) => {
      running.queue.push({ type: 'report', report });
      running.queue.end();
    })
    .catch((error: unknown) => running.queue.end(error));
  yield* running.queue.events();
  await all;
}
