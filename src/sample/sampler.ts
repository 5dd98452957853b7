/**
 * Which objects, and which bytes of them, are read.
 *
 * Objects stream in from a listing of any length; memory stays bounded because each stratum
 * (first path segment × type × size × age) keeps a reservoir. When everything fits the budget,
 * everything is read. Otherwise a first phase is drawn across all strata in proportion to their
 * objects, at least one each: the claim rests on it alone. What is left of the budget widens the
 * strata in which something was found.
 */
import type { ByteRange, ObjectRef } from '../model/asset.ts';
import { createRandom, type Random } from './random.ts';

export interface SampleOptions {
  readonly budgetBytes: number;
  readonly seed: number;
  /** Objects kept in memory. */
  readonly plannedObjects: number;
  /** Larger objects are read by ranges. */
  readonly objectBytes: number;
}

export interface PlannedRead {
  readonly object: ObjectRef;
  /** Null: the whole object. Ascending, the head always first. */
  readonly ranges: readonly ByteRange[] | null;
  readonly bytes: number;
  readonly stratum: string;
}

export interface SamplePlan {
  readonly everything: boolean;
  readonly objectsListed: number;
  readonly bytesListed: number;
  readonly first: readonly PlannedRead[];
  /** More reads in the strata where something was found, within what is left of the budget. */
  widen(found: ReadonlySet<string>): readonly PlannedRead[];
}

export interface Sampler {
  add(object: ObjectRef): void;
  plan(): SamplePlan;
}

const HEAD_BYTES = 256 * 1024;
const RANGE_BYTES = 1024 * 1024;
const RANGES_AT_MOST = 16;
/** Beyond this many strata first path segments are pooled, so that a prefix a customer does not cost memory. */
const STRATA_AT_MOST = 400;
const FIRST_PHASE_SHARE = 0.7;

interface Stratum {
  readonly kept: ObjectRef[];
  seen: number;
}

function stratumOf(object: ObjectRef, pooled: boolean): string {
  const slash = object.key.indexOf('/');
  const prefix = slash > 0 && !pooled ? object.key.slice(0, slash) : '';
  const dot = object.key.lastIndexOf('.');
  const type = dot > slash && object.key.length - dot <= 6 ? object.key.slice(dot + 1) : '';
  const size = Math.min(5, Math.floor(Math.log10(Math.max(1, object.sizeBytes)) / 2));
  const year = object.modifiedAt?.getUTCFullYear() ?? 0;
  return `${prefix}|${type.toLowerCase()}|${size}|${year}`;
}

/** The head, and evenly spread random ranges; about a quarter of the object at most. */
function rangesOf(sizeBytes: number, random: Random): ByteRange[] {
  const wanted = Math.min(RANGES_AT_MOST, Math.floor(sizeBytes / (4 * RANGE_BYTES)));
  const ranges: ByteRange[] = [{ start: 0, end: HEAD_BYTES }];
  const stride = (sizeBytes - HEAD_BYTES) / wanted;
  for (let i = 0; i < wanted; i++) {
    const from = HEAD_BYTES + i * stride;
    const start = Math.floor(from + random.next() * Math.max(0, stride - RANGE_BYTES));
    ranges.push({ start, end: Math.min(sizeBytes, start + RANGE_BYTES) });
  }
  return ranges;
}

function shuffle<T>(items: T[], random: Random): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const [a, b] = [items[i], items[j]];
    if (a === undefined || b === undefined) continue;
    items[i] = b;
    items[j] = a;
  }
  return items;
}

export function createSampler(options: SampleOptions): Sampler {
  const random = createRandom(options.seed);
  const strata = new Map<string, Stratum>();
  let objectsListed = 0;
  let bytesListed = 0;
  let kept = 0;

  function keep(stratum: Stratum, object: ObjectRef): void {
    stratum.seen++;
    const room = Math.max(8, Math.floor(options.plannedObjects / STRATA_AT_MOST));
    // A reservoir grows only while it holds all that was seen; growing later would favour late keys.
    const complete = stratum.seen - 1 === stratum.kept.length;
    if (complete && (kept < options.plannedObjects || stratum.kept.length < room)) {
      stratum.kept.push(object);
      kept++;
      return;
    }
    // Algorithm R: every object of the stratum stays with the same probability.
    const place = random.below(stratum.seen);
    if (place < stratum.kept.length) stratum.kept[place] = object;
  }

  function planned(object: ObjectRef, stratum: string): PlannedRead {
    if (object.sizeBytes <= options.objectBytes) {
      return { object, ranges: null, bytes: object.sizeBytes, stratum };
    }
    const ranges = rangesOf(object.sizeBytes, random);
    const bytes = ranges.reduce((sum, range) => sum + range.end - range.start, 0);
    return { object, ranges, bytes, stratum };
  }

  return {
    add(object) {
      objectsListed++;
      bytesListed += object.sizeBytes;
      let name = stratumOf(object, false);
      if (!strata.has(name) && strata.size >= STRATA_AT_MOST) name = stratumOf(object, true);
      let stratum = strata.get(name);
      if (!stratum) {
        stratum = { kept: [], seen: 0 };
        strata.set(name, stratum);
      }
      keep(stratum, object);
    },

    plan() {
      const queues = new Map<string, { reads: PlannedRead[]; seen: number }>();
      let total = 0;
      for (const [name, stratum] of strata) {
        const reads = shuffle([...stratum.kept], random).map((object) => planned(object, name));
        total += reads.reduce((sum, read) => sum + read.bytes, 0);
        queues.set(name, { reads, seen: stratum.seen });
      }
      const everything = kept === objectsListed && total <= options.budgetBytes;
      const counts = { everything, objectsListed, bytesListed };
      if (everything) {
        const first = [...queues.values()].flatMap(({ reads }) => reads);
        return { ...counts, first, widen: () => [] };
      }
      return { ...counts, ...twoPhases(queues, objectsListed, options.budgetBytes) };
    },
  };
}

function twoPhases(
  queues: Map<string, { reads: PlannedRead[]; seen: number }>,
  objectsListed: number,
  budgetBytes: number,
): Pick<SamplePlan, 'first' | 'widen'> {
  const first: PlannedRead[] = [];
  const rest = new Map<string, PlannedRead[]>();
  let left = budgetBytes * FIRST_PHASE_SHARE;
  const kept = [...queues.values()].reduce((sum, { reads }) => sum + reads.length, 0);
  const mean =
    [...queues.values()].flatMap(({ reads }) => reads).reduce((sum, r) => sum + r.bytes, 0) /
    Math.max(1, kept);
  const affordable = Math.max(queues.size, Math.floor(left / Math.max(1, mean)));
  for (const [name, { reads, seen }] of queues) {
    const share = Math.max(1, Math.round((affordable * seen) / objectsListed));
    let taken = 0;
    // At least one of each stratum, whatever it costs: an unread stratum supports no claim.
    while (taken < reads.length && taken < share) {
      const read = reads[taken];
      if (read === undefined || (taken > 0 && read.bytes > left)) break;
      first.push(read);
      left -= read.bytes;
      taken++;
    }
    rest.set(name, reads.slice(taken));
  }
  const spent = first.reduce((sum, read) => sum + read.bytes, 0);
  return {
    first,
    widen(found) {
      const more: PlannedRead[] = [];
      let budget = budgetBytes - spent;
      for (const name of found) {
        for (const read of rest.get(name) ?? []) {
          if (read.bytes > budget) break;
          budget -= read.bytes;
          more.push(read);
        }
      }
      return more;
    },
  };
}
