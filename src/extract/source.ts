/** An object that is read piece by piece, wherever its reader wants to look. */
import type { MoreBytes, ObjectBytes } from '../model/extraction.ts';
import type { Limits } from '../model/limits.ts';
import { LimitError } from './budget.ts';

export interface Source {
  readonly sizeBytes: number;
  /** Half open, cut at the end of the object. Throws {@link LimitError} and what the transfer throws. */
  read(start: number, end: number): Promise<Uint8Array>;
  /** Bytes that may still be fetched. */
  leftBytes(): number;
}

interface Kept {
  readonly start: number;
  readonly bytes: Uint8Array;
}

/** Chunks that are kept, for readers that come back to the same place. */
const MAX_KEPT = 64;

export function openSource(object: ObjectBytes, more: MoreBytes, limits: Limits): Source {
  const { sizeBytes } = object;
  const kept: Kept[] = [...object.parts];
  let left = limits.objectBytes;
  return {
    sizeBytes,
    leftBytes: () => left,
    async read(from, to) {
      const start = Math.max(0, Math.min(from, sizeBytes));
      const end = Math.max(start, Math.min(to, sizeBytes));
      if (start === end) return new Uint8Array(0);
      const known = kept.find((one) => one.start <= start && one.start + one.bytes.length >= end);
      if (known) return known.bytes.subarray(start - known.start, end - known.start);
      if (end - start > left) {
        const { objectBytes } = limits;
        throw new LimitError(`objectBytes (${objectBytes}): what must be read of it is more`);
      }
      left -= end - start;
      const bytes = await more.read({ start, end });
      kept.push({ start, bytes });
      if (kept.length > MAX_KEPT) kept.splice(object.parts.length, 1);
      return bytes;
    },
  };
}

/** A part of a source as one of its own: a file that lies uncompressed in an archive. */
export function windowOf(source: Source, from: number, sizeBytes: number): Source {
  return {
    sizeBytes,
    leftBytes: () => source.leftBytes(),
    read: (start, end) => source.read(from + start, from + Math.min(end, sizeBytes)),
  };
}
