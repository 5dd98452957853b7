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
import { assign, lapsedOn, rulesFor } from '../owner/assign.ts';
import { seedFor } from '../sample/random.ts';
import { createSampler, type PlannedRead, type SamplePlan } from '../sample/sampler.ts';
import { gapFrom } from './gaps.ts';
import { createGrants } from './grants.ts';
import type { ScanJob } from './job.ts';
import { namedObjects } from './keys.ts';
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
  /** What requests without credentials got: the list, and contents through which addresses. */
  readonly reached: Reached;
}

export interface Reached {
  readonly list: boolean;
  /** Origins of the addresses that answered and are not the asset's own. */
  readonly others: readonly string[];
}

/** Objects that are open by a grant of their own share one finding, however many they are. */
export const OWN_GRANTS = '(objects with a grant of their own)';
/** Behind a closed door, and still there after the contract or the purpose has ended. */
export const HELD = '(held after its end)';
/** The keys of a listing that anyone can see. */
export const KEYS = '(object keys)';

const MISSING = 'named in the file of keys, but not there or hidden from the credentials';
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

interface Grouping {
  readonly groups: Map<GroupId, Group>;
  groupOf(slice: string, key: string): GroupId;
}

/** Is there anything of it that nobody may hold any more? Key by key where rules have prefixes. */
function heldKeys({ job, asset, anonymous }: PlanInput): ((key: string) => boolean) | null {
  if (anonymous === true) return null;
  const rules = rulesFor(job.owners, asset);
  const day = job.run.startedAt;
  const any = rules.some((rule) => {
    const owner = job.owners.owners.find(({ id }) => id === rule.owner) ?? null;
    return lapsedOn(rule, owner, day) !== null;
  });
  return any ? (key) => assign(job.owners, rules, key, day).lapsed !== null : null;
}

function createGrouping(job: Pick<ScanJob, 'owners' | 'run'>, asset: Asset): Grouping {
  const rules = rulesFor(job.owners, asset);
  const groups = new Map<GroupId, Group>();
  return {
    groups,
    groupOf(slice, key) {
      const owner = assign(job.owners, rules, key, job.run.startedAt);
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

export interface PlanInput {
  readonly job: ScanJob;
  readonly connection: Connection;
  readonly asset: Asset;
  readonly probed: Probed;
  /** Takes the listed keys where anyone can list. */
  readonly onKeys: (batch: KeyBatch) => void;
  /** A file of keys that stands for the listing. */
  readonly keys?: string | undefined;
  /** True where nothing but unsigned requests can be made: what is closed then cannot be read. */
  readonly anonymous?: boolean | undefined;
}

/** Lists the asset once and plans what to read of it. Never throws for a refusal: that is a gap. */
export async function plan(input: PlanInput): Promise<AssetPlan> {
  const { job, connection, asset, probed } = input;
  const seed = seedFor(job.run.seed, asset.id);
  const before = evaluate(probed.facts);
  const grouping = createGrouping(job, asset);
  const { state } = before.read;
  const held = state === 'closed' || state === 'partly-open' ? heldKeys(input) : null;
  const isHeld = (object: ObjectRef, slice = coveringSlice(before, object.key)): boolean =>
    object.version === undefined && slice === null && held?.(object.key) === true;
  const sampler = createSampler({ ...job.limits, budgetBytes: job.budgetBytes, seed });
  const grants = createGrants({
    job,
    connection,
    asset,
    seed,
    onOpen: (object) => {
      // What is held too long is in the sample already.
      if (!isHeld(object)) sampler.add(object);
    },
    isRead: isHeld,
  });
  const gaps: Gap[] = [];
  const listed = { objects: 0, bytes: 0 };
  let missing = 0;
  const onMissing = (count: number): void => {
    missing += count;
  };
  const keysAreOpen = before.list.state === 'open' || before.list.state === 'partly-open';
  // Behind a wholly open door the keys belong to the same finding as the contents.
  const keySlice = isReadable(before) && before.read.slices.length === 0 ? '*' : KEYS;
  const keys = keyBatches(grouping, keySlice, input.onKeys);
  const wantsListing =
    isReadable(before) ||
    probed.objectGrants ||
    keysAreOpen ||
    input.keys !== undefined ||
    held !== null;
  // A key that somebody named proves itself, where nothing else did.
  const named = input.keys !== undefined && before.read.state === 'unknown';
  try {
    for await (const object of wantsListing ? source(input, onMissing) : []) {
      job.signal.throwIfAborted();
      listed.objects++;
      listed.bytes += object.sizeBytes;
      if (keysAreOpen) keys.add(object.key);
      const slice = coveringSlice(before, object.key);
      const kept = isHeld(object, slice);
      if (kept) sampler.add(object);
      // What opens an object need not open its old versions: those are asked for.
      if (slice !== null && object.version === undefined && !named) {
        sampler.add(object);
        if (slice !== 'whole' && slice.kind === 'object') grants.explain(object);
      } else if (probed.objectGrants || object.version !== undefined || input.keys !== undefined) {
        await grants.add(object);
      } else if (!kept) grants.pass();
    }
  } catch (error) {
    gaps.push(gapFrom(error, asset.id, 'listing', job.mask));
  }
  keys.flush();
  const granted = await grants.end();
  gaps.push(...granted.gaps);
  const verdict = granted.facts.length > 0 ? evaluate([...probed.facts, ...granted.facts]) : before;

  const sample = sampler.plan();
  const readAs: ReadAs = openByProbe([...probed.facts, ...granted.facts])
    ? 'anonymous'
    : 'credentials';
  const shardsOf = (reads: readonly PlannedRead[], phase: 1 | 2): readonly Shard[] =>
    cut(
      reads.map((read) => {
        const slice = coveringSlice(verdict, read.object.key);
        // More objects may open than the verdict can show.
        const closed = held?.(read.object.key) === true ? HELD : OWN_GRANTS;
        const name = slice === null ? closed : sliceName(slice);
        return { ...read, group: grouping.groupOf(name, read.object.key) };
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
    skips: missing > 0 ? [...granted.skips, { reason: MISSING, objects: missing }] : granted.skips,
    gaps,
    listed,
    reached: reachedBy(asset, [...probed.facts, ...granted.facts]),
  };
}

function reachedBy(asset: Asset, facts: readonly AccessFact[]): Reached {
  const through = facts.filter(
    ({ source, audience, answer }) =>
      source === 'probe' && audience === 'anyone' && answer === 'yes',
  );
  const own = URL.parse(asset.url)?.origin;
  const origins = through.flatMap(({ because: { params } }) =>
    params.url === undefined ? [] : (URL.parse(params.url)?.origin ?? []),
  );
  return {
    list: through.some(({ action }) => action === 'list'),
    others: [...new Set(origins)].filter((origin) => origin !== own),
  };
}

function source(
  { connection, asset, keys }: PlanInput,
  onMissing: (keys: number) => void,
): AsyncIterable<ObjectRef> {
  return keys === undefined
    ? connection.objects(asset)
    : namedObjects(connection, asset, keys, onMissing);
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
