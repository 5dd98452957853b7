/** One shard: read its objects, extract, detect; the outcome is plain data. */
import type { Asset, ByteRange, ObjectRef } from '../model/asset.ts';
import type { Detection } from '../model/detector.ts';
import { ScanError } from '../model/errors.ts';
import type { ObjectBytes } from '../model/extraction.ts';
import type { Gap } from '../model/gap.ts';
import type { Connection, ReadAs } from '../model/provider.ts';
import { gapFrom } from './gaps.ts';
import type { Emit, ScanJob } from './job.ts';
import {
  type DetectorResult,
  EMPTY_RESULT,
  type EvidenceSample,
  type GroupResult,
  merge,
  type ShardResult,
} from './merge.ts';
import type { KeyBatch, Shard, ShardRead } from './plan.ts';
import type { Answer } from './pool.ts';
import { sortedSet } from './sets.ts';

export interface WorkInput {
  readonly job: ScanJob;
  readonly connection: Connection;
  readonly asset: Asset;
  /** The target has no credentials: whatever it reads, anyone could. */
  readonly outsider: boolean;
  readonly emit: Emit;
  /** Limits objects in flight over the whole scan. */
  readonly limit: <T>(task: () => Promise<T>) => Promise<T>;
}

async function collect(
  stream: AsyncIterable<Uint8Array>,
  limitBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    if (size > limitBytes) {
      throw new ScanError('changed', 'it is larger than it was when it was listed; scan it again');
    }
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(new ArrayBuffer(size));
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

/** Anonymous where that works, as anyone could; else with the credentials, which prove nothing about the door. */
async function fetchPart(
  { connection, asset }: WorkInput,
  read: ShardRead,
  range: ByteRange | null,
  readAs: ReadAs,
): Promise<{ readonly bytes: Uint8Array; readonly as: ReadAs }> {
  const limitBytes = range ? range.end - range.start : Math.max(read.object.sizeBytes, 1);
  try {
    const bytes = await collect(connection.read(asset, read.object, range, readAs), limitBytes);
    return { bytes, as: readAs };
  } catch (error) {
    const other: ReadAs = readAs === 'anonymous' ? 'credentials' : 'anonymous';
    if (!(error instanceof ScanError) || !['denied', 'no-credentials'].includes(error.code))
      throw error;
    try {
      const bytes = await collect(connection.read(asset, read.object, range, other), limitBytes);
      return { bytes, as: other };
    } catch {
      throw error;
    }
  }
}

interface Fetched {
  readonly object: ObjectBytes;
  /** Grows while the rest of a large object is read. `unsigned`: so far nothing needed credentials. */
  readonly cost: { readonly bytes: number; readonly unsigned: boolean };
}

async function fetchObject(input: WorkInput, read: ShardRead, readAs: ReadAs): Promise<Fetched> {
  const { key, sizeBytes } = read.object;
  const name = key.slice(key.lastIndexOf('/') + 1);
  const cost = { bytes: 0, unsigned: true };
  const fetchRange = async (range: ByteRange | null): Promise<Uint8Array> => {
    input.job.signal.throwIfAborted();
    const { bytes, as } = await fetchPart(input, read, range, readAs);
    cost.bytes += bytes.byteLength;
    cost.unsigned &&= as === 'anonymous' || input.outsider;
    return bytes;
  };
  const [head = null, ...sample] = read.ranges ?? [];
  const parts = [{ start: head?.start ?? 0, bytes: await fetchRange(head) }];
  const object: ObjectBytes = { name, sizeBytes, parts };
  // What else is read of a large one its format decides.
  if (head === null) return { object, cost };
  return { object: { ...object, more: { sample, read: fetchRange } }, cost };
}

function detectorResults(detection: Detection): Record<string, DetectorResult> {
  const results: Record<string, DetectorResult> = {};
  for (const summary of detection.summaries) {
    const { detector, kind, form, hits, confidence, candidates } = summary;
    if (kind === 'company') continue;
    const values = sortedSet(summary.values);
    results[`${detector} ${form}`] = {
      id: detector,
      kind,
      form,
      hits,
      confidence,
      values,
      candidates,
    };
  }
  return results;
}

/** What one object, or one batch of keys, adds to its group. */
async function groupResult(
  { job, asset }: WorkInput,
  detection: Detection,
  object: ObjectRef | null,
  unsigned: boolean,
): Promise<GroupResult | null> {
  const key = object?.key ?? null;
  const detectors = detectorResults(detection);
  if (Object.keys(detectors).length === 0) return null;
  const ref = key === null ? '' : await job.locators.ref(asset.id, key);
  const old = object?.version === undefined ? '' : ' (old version)';
  const shownKey = key === null ? '' : `${job.mask(key)}${old} › `;
  // Inside an archive a place begins with the archive's own name, which the key says already.
  const name = key === null ? '' : `${job.mask(key.slice(key.lastIndexOf('/') + 1))} › `;
  const shown = (place: string): string =>
    shownKey + (name !== '' && place.startsWith(name) ? place.slice(name.length) : place);
  const version = object?.version ?? null;
  const samples: EvidenceSample[] = detection.summaries.flatMap(({ detector, samples }) =>
    samples.map(({ masked, place }) => ({ detector, masked, place: shown(place), ref, version })),
  );
  return {
    detectors,
    persons: sortedSet(detection.persons),
    samples,
    refs: ref === '' ? [] : [ref],
    exposed: object === null ? [] : [{ ref, version, sizeBytes: object.sizeBytes, unsigned }],
    since: object?.modifiedAt?.toISOString() ?? null,
  };
}

async function readOne(input: WorkInput, shard: Shard, read: ShardRead): Promise<ShardResult> {
  const { job, asset, emit } = input;
  const { key } = read.object;
  let answer: Answer;
  let cost: Fetched['cost'];
  try {
    job.signal.throwIfAborted();
    const fetched = await fetchObject(input, read, shard.readAs);
    const { object } = fetched;
    cost = fetched.cost;
    answer = await job.pool.object(object, { path: key });
  } catch (error) {
    emit.read(1, read.bytes);
    return { ...EMPTY_RESULT, gaps: [gapFrom(error, asset.id, key, job.mask)] };
  }
  emit.read(1, read.bytes);
  const group = await groupResult(input, answer.detection, read.object, cost.unsigned);
  const gaps = answer.gaps.map(({ code, what, detail }): Gap => {
    const shown = [job.mask(key), what].filter((part) => part !== '').join(' › ');
    return { code, asset: job.mask(asset.id), what: shown, detail };
  });
  const first = shard.phase === 1;
  return {
    shards: [],
    groups: group ? { [read.group]: group } : {},
    strata: group ? [read.stratum] : [],
    gaps,
    tally: {
      objects: 1,
      bytes: cost.bytes,
      inPart: read.ranges ? 1 : 0,
      firstPhase: { read: first ? 1 : 0, positive: first && group ? 1 : 0 },
    },
  };
}

/** Never throws for an object: what could not be read is a gap in the result. */
export async function work(input: WorkInput, shard: Shard): Promise<ShardResult> {
  const results = await Promise.all(
    shard.reads.map((read) => input.limit(() => readOne(input, shard, read))),
  );
  return { ...results.reduce(merge, EMPTY_RESULT), shards: [shard.id] };
}

/** Keys that anyone can list, as data. */
export async function workKeys(
  input: WorkInput,
  batch: KeyBatch,
  id: string,
): Promise<ShardResult> {
  const { job, asset } = input;
  try {
    const { detection } = await job.pool.keys(batch.keys, {});
    const group = await groupResult(input, detection, null, true);
    return { ...EMPTY_RESULT, shards: [id], groups: group ? { [batch.group]: group } : {} };
  } catch (error) {
    return {
      ...EMPTY_RESULT,
      shards: [id],
      gaps: [gapFrom(error, asset.id, 'object keys', job.mask)],
    };
  }
}
