/** Results of shards, as plain data that can be merged in any order and grouping, each shard once. */
import type { Confidence, DetectorKind, Form } from '../model/detector.ts';
import type { Gap } from '../model/gap.ts';
import type { ExposedObject } from '../model/replay.ts';
import { union } from './sets.ts';

/** Part of an asset that becomes one finding: a slice with one owner. */
export type GroupId = string;

export interface DetectorResult {
  readonly id: string;
  readonly kind: DetectorKind;
  readonly form: Form;
  readonly hits: number;
  readonly confidence: Confidence;
  /** Keyed hashes of distinct values, sorted. */
  readonly values: BigUint64Array;
  /** The fewest values behind one that was masked at its source; null where there is none. */
  readonly candidates: number | null;
}

export interface EvidenceSample {
  readonly detector: string;
  readonly masked: string;
  readonly place: string;
  readonly ref: string;
  /** Of the object, where it is an old one. */
  readonly version: string | null;
}

export interface GroupResult {
  readonly detectors: Readonly<Record<string, DetectorResult>>;
  /** Keyed hashes of distinct people, sorted. */
  readonly persons: BigUint64Array;
  readonly samples: readonly EvidenceSample[];
  /** References of objects that hold people, a few. */
  readonly refs: readonly string[];
  /** Objects that hold people: those of the samples and a few more, to be asked for again by a proof. */
  readonly exposed: readonly ExposedObject[];
  /** ISO 8601 of the oldest such object. */
  readonly since: string | null;
}

export interface Tally {
  readonly objects: number;
  readonly bytes: number;
  readonly inPart: number;
  readonly firstPhase: { readonly read: number; readonly positive: number };
}

export interface ShardResult {
  /** Which shards are in it: a shard that arrives twice counts once. */
  readonly shards: readonly string[];
  readonly groups: Readonly<Record<GroupId, GroupResult>>;
  /** Sampling strata in which something was found. */
  readonly strata: readonly string[];
  readonly gaps: readonly Gap[];
  readonly tally: Tally;
}

export const EMPTY_RESULT: ShardResult = {
  shards: [],
  groups: {},
  strata: [],
  gaps: [],
  tally: { objects: 0, bytes: 0, inPart: 0, firstPhase: { read: 0, positive: 0 } },
};

const SAMPLES_AT_MOST = 5;
const REFS_AT_MOST = 5;
const EXPOSED_AT_MOST = 20;
const LEVELS: readonly Confidence[] = ['low', 'medium', 'high'];

function higher(a: Confidence, b: Confidence): Confidence {
  return LEVELS.indexOf(a) >= LEVELS.indexOf(b) ? a : b;
}

function least(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

/** The smallest few in a fixed order: the same whatever was merged first. */
function fewest<T>(items: readonly T[], key: (item: T) => string, limit: number): readonly T[] {
  const byKey = new Map(items.map((item) => [key(item), item]));
  return [...byKey.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, limit)
    .map(([, item]) => item);
}

function mergeDetectors(
  a: GroupResult['detectors'],
  b: GroupResult['detectors'],
): GroupResult['detectors'] {
  const merged: Record<string, DetectorResult> = { ...a };
  for (const [key, right] of Object.entries(b)) {
    const left = merged[key];
    merged[key] = left
      ? {
          id: left.id,
          kind: left.kind,
          form: left.form,
          hits: left.hits + right.hits,
          confidence: higher(left.confidence, right.confidence),
          values: union(left.values, right.values),
          candidates: least(left.candidates, right.candidates),
        }
      : right;
  }
  return merged;
}

/** A few samples of each detector, so that one loud detector does not hide the others. */
function mergeSamples(samples: readonly EvidenceSample[]): readonly EvidenceSample[] {
  const detectors = [...new Set(samples.map(({ detector }) => detector))].sort();
  return detectors.flatMap((detector) =>
    fewest(
      samples.filter((sample) => sample.detector === detector),
      ({ place, masked }) => `${place}\n${masked}`,
      SAMPLES_AT_MOST,
    ),
  );
}

function objectId({ ref, version }: Pick<ExposedObject, 'ref' | 'version'>): string {
  return `${ref}\n${version ?? ''}`;
}

/** A reference is a keyed hash, so that the smallest few are a random few. */
function mergeExposed(
  objects: readonly ExposedObject[],
  samples: readonly EvidenceSample[],
): readonly ExposedObject[] {
  const shown = new Set(samples.map(objectId));
  const few = fewest(objects, objectId, EXPOSED_AT_MOST);
  const those = objects.filter((object) => shown.has(objectId(object)));
  return fewest([...few, ...those], objectId, few.length + those.length);
}

function earlier(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

function mergeGroups(a: GroupResult, b: GroupResult): GroupResult {
  const samples = mergeSamples([...a.samples, ...b.samples]);
  return {
    detectors: mergeDetectors(a.detectors, b.detectors),
    persons: union(a.persons, b.persons),
    samples,
    exposed: mergeExposed([...a.exposed, ...b.exposed], samples),
    refs: fewest([...a.refs, ...b.refs], (ref) => ref, REFS_AT_MOST),
    since: earlier(a.since, b.since),
  };
}

/** Associative and commutative; throws when a shard is in both, which the caller must prevent. */
export function merge(a: ShardResult, b: ShardResult): ShardResult {
  const twice = a.shards.find((shard) => b.shards.includes(shard));
  if (twice !== undefined) throw new Error(`shard ${twice} was merged twice`);
  const groups: Record<GroupId, GroupResult> = { ...a.groups };
  for (const [id, right] of Object.entries(b.groups)) {
    const left = groups[id];
    groups[id] = left ? mergeGroups(left, right) : right;
  }
  return {
    shards: [...a.shards, ...b.shards].sort(),
    groups,
    strata: [...new Set([...a.strata, ...b.strata])].sort(),
    gaps: [...a.gaps, ...b.gaps],
    tally: {
      objects: a.tally.objects + b.tally.objects,
      bytes: a.tally.bytes + b.tally.bytes,
      inPart: a.tally.inPart + b.tally.inPart,
      firstPhase: {
        read: a.tally.firstPhase.read + b.tally.firstPhase.read,
        positive: a.tally.firstPhase.positive + b.tally.firstPhase.positive,
      },
    },
  };
}
