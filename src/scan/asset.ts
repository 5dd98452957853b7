/** One asset, start to end: probes → verdict → plan → work → merge → conclude. */
import { evaluate } from '../exposure/evaluate.ts';
import type { AccessFact, Because, Verdict } from '../model/access.ts';
import type { Asset } from '../model/asset.ts';
import type { AssetCoverage, Claim, Skip } from '../model/coverage.ts';
import type { Gap } from '../model/gap.ts';
import type { Connection, Probed, Provider, TargetSpec } from '../model/provider.ts';
import type { ReportAsset } from '../model/report.ts';
import { assign, rulesFor } from '../owner/assign.ts';
import { claimFrom, noClaim } from '../sample/claim.ts';
import { type Concluded, conclude } from './conclude.ts';
import { gapFrom } from './gaps.ts';
import type { Emit, ScanJob } from './job.ts';
import { EMPTY_RESULT, merge, type ShardResult } from './merge.ts';
import { type AssetPlan, isReadable, type KeyBatch, plan } from './plan.ts';
import { keepReplays } from './replay.ts';
import { shownVerdict } from './shownverdict.ts';
import { type WorkInput, work, workKeys } from './work.ts';

export interface AssetOutcome {
  readonly shown: ReportAsset;
  readonly coverage: AssetCoverage;
  readonly concluded: readonly Concluded[];
}

export interface AssetInput {
  readonly job: ScanJob;
  readonly provider: Provider;
  readonly connection: Connection;
  readonly asset: Asset;
  /** A file of keys that stands for the listing. */
  readonly keys?: string | undefined;
  readonly spec: TargetSpec;
  readonly emit: Emit;
  readonly limit: WorkInput['limit'];
  readonly onAsset: (shown: ReportAsset) => void;
}

async function probe({ connection, asset, job }: AssetInput): Promise<Probed> {
  try {
    return await connection.probes(asset);
  } catch (error) {
    // Nothing is known of its doors: unknown, and a gap, never closed.
    return {
      facts: [],
      gaps: [gapFrom(error, asset.id, 'access control', job.mask)],
      objectGrants: true,
    };
  }
}

/** What is open anyway stays so with its reasons; the rest is judged as if a policy opened it. */
function asIfPublic(probed: Probed): Probed {
  const because: Because = { code: 'gate.assumed', params: {} };
  const assumed = (['list', 'read'] as const).map(
    (action): AccessFact => ({
      audience: 'anyone',
      action,
      answer: 'yes',
      source: 'assumed',
      slice: null,
      because,
    }),
  );
  const open = probed.facts.filter(({ audience, answer, action }) =>
    action !== 'list' && action !== 'read' ? true : audience === 'anyone' && answer === 'yes',
  );
  return { facts: [...open, ...assumed], gaps: probed.gaps, objectGrants: false };
}

function assetRow(job: ScanJob, asset: Asset, verdict: Verdict): ReportAsset {
  const rules = rulesFor(job.owners, asset);
  const { owner, reason, confidence } = assign(job.owners, rules, null, job.run.startedAt);
  const because = [...verdict.read.because, ...verdict.list.because];
  const shown = shownVerdict(verdict, because, job.mask);
  return {
    id: job.mask(asset.id),
    provider: asset.provider,
    name: job.mask(asset.name),
    url: job.mask(asset.url),
    owner: owner?.id ?? null,
    ownerReason: reason,
    ownerConfidence: confidence,
    account: asset.account ?? null,
    labels: Object.fromEntries(
      Object.entries(asset.labels).map(([label, value]) => [job.mask(label), job.mask(value)]),
    ),
    read: shown.read,
    list: shown.list,
    write: verdict.write.state,
    because: shown.because,
    reasons: shown.reasons,
    disagreement: shown.disagreement,
  };
}

async function runShards(
  input: WorkInput,
  planned: AssetPlan,
  start: ShardResult,
): Promise<ShardResult> {
  const run = async (shards: AssetPlan['shards'], from: ShardResult): Promise<ShardResult> => {
    const reads = shards.flatMap((shard) => shard.reads);
    input.emit.planned(
      reads.length,
      reads.reduce((sum, read) => sum + read.bytes, 0),
    );
    const results = await Promise.all(shards.map((shard) => work(input, shard)));
    return results.reduce(merge, from);
  };
  const first = await run(planned.shards, start);
  const more = planned.widen(new Set(first.strata));
  return more.length > 0 ? run(more, first) : first;
}

function claimOf(job: ScanJob, planned: AssetPlan, { tally }: ShardResult): Claim {
  const { seed } = job.run;
  const { listed, sample } = planned;
  // What is held after its end is read behind a closed door.
  if (!isReadable(planned.verdict) && sample.objectsListed === 0) {
    return noClaim('Closed: its contents were not read.', seed, listed);
  }
  if (tally.objects === 0 && sample.objectsListed > 0) {
    return noClaim('None of its objects could be read; the gaps say why.', seed, listed);
  }
  return claimFrom({
    objectsListed: sample.objectsListed,
    objectsRead: tally.objects,
    bytesListed: sample.bytesListed,
    bytesRead: tally.bytes,
    firstPhase: tally.firstPhase,
    inPart: tally.inPart,
    seed,
  });
}

/** Contacts below the threshold are no finding, and are not kept silent either. */
function belowThreshold(result: ShardResult, concluded: readonly Concluded[]): Skip[] {
  const quiet = Object.keys(result.groups).length - concluded.length;
  return quiet > 0
    ? [{ reason: 'contact details of a few people only: no finding', objects: quiet }]
    : [];
}

export async function scanAsset(input: AssetInput): Promise<AssetOutcome> {
  const { job, provider, connection, asset, emit, limit, onAsset } = input;
  const probed = job.ifPublic ? asIfPublic(await probe(input)) : await probe(input);
  onAsset(assetRow(job, asset, evaluate(probed.facts)));
  const outsider = input.spec.anonymous === true;
  const working: WorkInput = { job, connection, asset, outsider, emit, limit };
  const keyResults: Promise<ShardResult>[] = [];
  const onKeys = (batch: KeyBatch): void => {
    keyResults.push(workKeys(working, batch, `${asset.id}#keys.${keyResults.length}`));
  };
  const planned = await plan({
    job,
    connection,
    asset,
    probed,
    onKeys,
    keys: input.keys,
    anonymous: outsider,
  });
  const start = (await Promise.all(keyResults)).reduce(merge, EMPTY_RESULT);
  const result = await runShards(working, planned, start);
  const gaps: readonly Gap[] = [
    ...probed.gaps.map((gap) => ({
      ...gap,
      asset: job.mask(gap.asset),
      detail: job.mask(gap.detail),
    })),
    ...planned.gaps,
    ...result.gaps,
  ];
  for (const gap of gaps) emit.gap(gap);
  const concluded = await conclude({ job, asset, provider, plan: planned, result });
  await keepReplays(input, planned, concluded);
  return {
    shown: assetRow(job, asset, planned.verdict),
    coverage: {
      asset: job.mask(asset.id),
      claim: claimOf(job, planned, result),
      skips: [...planned.skips, ...belowThreshold(result, concluded)],
    },
    concluded,
  };
}
