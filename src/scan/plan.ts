/**
 * An asset's doors and its listing → shards: which objects are read, in which group.
 *
 * One pass over the listing feeds three things, so that no key list is kept: the sample of what is
 * exposed, the objects whose own grants are asked for, and, where anyone can list, the keys
 * themselves, which are data too.
 */
import { evaluate } from '../exposure/evaluate.ts';
import {
  type AccessFact,
  type Slice,
  sliceCovers,
  sliceText,
  type Verdict,
} from '../model/access.ts';
import type { Asset, ObjectRef } from '../model/asset.ts';
import type { Skip } from '../model/coverage.ts';
import type { Gap } from '../model/gap.ts';
import type { Assignment } from '../model/owner.ts';
import type { Connection, Probed, ReadAs } from '../model/provider.ts';
import { assign, rulesFor } from '../owner/assign.ts';
import { createRandom, seedFor } from '../sample/random.ts';
import { createSampler, type PlannedRead, type SamplePlan } from '../sample/sampler.ts';
import { gapFrom } from './gaps.ts';
import type { ScanJob } from './job.ts';
import type { GroupId } from './merge.ts';

export interface Group {
  readonly id: GroupId;
  /** `*`, a pattern, or {@link OWN_GRANTS}. Not masked. */
  readonly slice: string;
  readonly owner: Assignment;
}

export interface ShardRead extends PlannedRead {
  readonly group: GroupId;
}

export interface Shard {
  readonly id: string;
  readonly phase: 1 | 2;
  readonly readAs: ReadAs;
  readonly reads: readonly ShardRead[];
}

/** Listed keys that anyone can see, of one group. */
export interface KeyBatch {
  readonly group: GroupId;
  readonly keys: readonly string[];
}

export interface AssetPlan {
  readonly verdict: Verdict;
  readonly groups: ReadonlyMap<GroupId, Group>;
  readonly sample: SamplePlan;
  readonly shards: readonly Shard[];
  widen(strata: ReadonlySet<string>): readonly Shard[];
  readonly skips: readonly Skip[];
  readonly gaps: readonly Gap[];
  readonly listed: { readonly objects: number; readonly bytes: number };
}

/** Objects that are open by a grant of their own share one finding, however many they are. */
export const OWN_GRANTS = '(objects with a grant of their own)';
/** The keys of a listing that anyone can see. */
export const KEYS = '(object keys)';

const SHARD_OBJECTS = 64;
const SHARD_BYTES = 128 * 1024 * 1024;
const KEY_BATCH = 5_000;

/** Content is exposed, or may be: a state that is not proved closed gets read. */
export function isReadable(verdict: Verdict): boolean {
  return verdict.read.state !== 'closed';
}

function coveringSlice(verdict: Verdict, key: string): Slice | 'whole' | null {
  const { state, slices } = verdict.read;
  if (state === 'closed') return null;
  if (slices.length === 0) return 'whole';
  return slices.find((slice) => sliceCovers(slice, key)) ?? null;
}

export interface Grouping {
  readonly groups: Map<GroupId, Group>;
  groupOf(slice: string, key: string): GroupId;
}

export function createGrouping(job: Pick<ScanJob, 'owners'>, asset: Asset): Grouping {
  const rules = rulesFor(job.owners, asset);
  const groups = new Map<GroupId, Group>();
  return {
    groups,
    groupOf(slice, key) {
      const owner = assign(job.owners, rules, key);
      const id = `${slice}\n${owner.owner?.id ?? ''}`;
      if (!groups.has(id)) groups.set(id, { id, slice, owner });
      return id;
    },
  };
}

function sliceName(slice: Slice | 'whole'): string {
  if (slice === 'whole') return '*';
  return slice.kind === 'object' ? OWN_GRANTS : sliceText(slice);
}

/** Keeps an even sample of the keys that passed by. */
function reservoir(
  limit: number,
  seed: number,
): { add(object: ObjectRef): void; kept: ObjectRef[]; seen(): number } {
  const random = createRandom(seed);
  const kept: ObjectRef[] = [];
  let seen = 0;
  return {
    kept,
    seen: () => seen,
    add(object) {
      seen++;
      if (kept.length < limit) kept.push(object);
      else {
        const place = random.below(seen);
        if (place < limit) kept[place] = object;
      }
    },
  };
}

async function askObjects(
  connection: Connection,
  asset: Asset,
  objects: readonly ObjectRef[],
): Promise<readonly AccessFact[]> {
  const facts: AccessFact[] = [];
  for await (const fact of connection.objectProbes(asset, objects)) facts.push(fact);
  return facts;
}

export interface PlanInput {
  readonly job: ScanJob;
  readonly connection: Connection;
  readonly asset: Asset;
  readonly probed: Probed;
  /** Takes the listed keys where anyone can list. */
  readonly onKeys: (batch: KeyBatch) => void;
}

/** Lists the asset once and plans what to read of it. Never throws for a refusal: that is a gap. */
export async function plan(input: PlanInput): Promise<AssetPlan> {
  const { job, connection, asset, probed } = input;
  const seed = seedFor(job.run.seed, asset.id);
  const before = evaluate(probed.facts);
  const grouping = createGrouping(job, asset);
  const sampler = createSampler({ ...job.limits, budgetBytes: job.budgetBytes, seed });
  const ungranted = reservoir(job.limits.objectProbes, seed);
  const unexplained: ObjectRef[] = [];
  const gaps: Gap[] = [];
  const skips: Skip[] = [];
  const listed = { objects: 0, bytes: 0 };
  const keysAreOpen = before.list.state === 'open' || before.list.state === 'partly-open';
  // Behind a wholly open door the keys belong to the same finding as the contents.
  const keySlice = isReadable(before) && before.read.slices.length === 0 ? '*' : KEYS;
  const keys = keyBatches(grouping, keySlice, input.onKeys);
  const wantsListing = isReadable(before) || probed.objectGrants || keysAreOpen;
  try {
    for await (const object of wantsListing ? connection.objects(asset) : []) {
      job.signal.throwIfAborted();
      listed.objects++;
      listed.bytes += object.sizeBytes;
      if (keysAreOpen) keys.add(object.key);
      const slice = coveringSlice(before, object.key);
      if (slice === null) ungranted.add(object);
      else sampler.add(object);
      // A probe met it open by itself: its own grants explain why.
      if (slice !== null && slice !== 'whole' && slice.kind === 'object') unexplained.push(object);
    }
  } catch (error) {
    gaps.push(gapFrom(error, asset.id, 'listing', job.mask));
  }
  keys.flush();

  let verdict = before;
  const asked = [...ungranted.kept, ...unexplained];
  if (probed.objectGrants && asked.length > 0 && !job.signal.aborted) {
    try {
      const facts = await askObjects(connection, asset, asked);
      verdict = evaluate([...probed.facts, ...facts]);
      for (const object of ungranted.kept) {
        if (coveringSlice(verdict, object.key) !== null) sampler.add(object);
      }
    } catch (error) {
      gaps.push(gapFrom(error, asset.id, 'object grants', job.mask));
    }
  }
  skips.push(...skipsOf(ungranted.seen(), ungranted.kept.length, probed.objectGrants));

  const sample = sampler.plan();
  const readAs: ReadAs = openByProbe(probed.facts) ? 'anonymous' : 'credentials';
  const shardsOf = (reads: readonly PlannedRead[], phase: 1 | 2): readonly Shard[] =>
    cut(
      reads.map((read) => {
        const slice = coveringSlice(verdict, read.object.key) ?? 'whole';
        return { ...read, group: grouping.groupOf(sliceName(slice), read.object.key) };
      }),
      asset.id,
      phase,
      readAs,
    );
  return {
    verdict,
    groups: grouping.groups,
    sample,
    shards: shardsOf(sample.first, 1),
    widen: (strata) => shardsOf(sample.widen(strata), 2),
    skips,
    gaps,
    listed,
  };
}

function skipsOf(closed: number, asked: number, objectGrants: boolean): Skip[] {
  const skips: Skip[] = [];
  const proved = objectGrants ? asked : closed;
  if (proved > 0) skips.push({ reason: 'closed: contents are not read', objects: proved });
  if (closed > proved) {
    skips.push({
      reason:
        'closed by the rules of the whole; their own grants were not asked (limits.objectProbes)',
      objects: closed - proved,
    });
  }
  return skips;
}

function openByProbe(facts: readonly AccessFact[]): boolean {
  return facts.some(
    ({ source, action, audience, answer }) =>
      source === 'probe' && action === 'read' && audience === 'anyone' && answer === 'yes',
  );
}

interface KeyBatches {
  add(key: string): void;
  flush(): void;
}

function keyBatches(
  grouping: Grouping,
  slice: string,
  emit: (batch: KeyBatch) => void,
): KeyBatches {
  const waiting = new Map<GroupId, string[]>();
  const send = (group: GroupId): void => {
    const keys = waiting.get(group);
    waiting.delete(group);
    if (keys && keys.length > 0) emit({ group, keys });
  };
  return {
    add(key: string) {
      const group = grouping.groupOf(slice, key);
      const keys = waiting.get(group) ?? [];
      if (keys.length === 0) waiting.set(group, keys);
      keys.push(key);
      if (keys.length >= KEY_BATCH) send(group);
    },
    flush() {
      for (const group of [...waiting.keys()]) send(group);
    },
  };
}

/** A shard never splits an object: its column statistics need all of it. */
function cut(
  reads: readonly ShardRead[],
  asset: string,
  phase: 1 | 2,
  readAs: ReadAs,
): readonly Shard[] {
  const shards: Shard[] = [];
  let current: ShardRead[] = [];
  let bytes = 0;
  const close = (): void => {
    if (current.length === 0) return;
    shards.push({ id: `${asset}#${phase}.${shards.length}`, phase, readAs, reads: current });
    current = [];
    bytes = 0;
  };
  for (const read of reads) {
    if (current.length >= SHARD_OBJECTS || bytes + read.bytes > SHARD_BYTES) close();
    current.push(read);
    bytes += read.bytes;
  }
  close();
  return shards;
}
