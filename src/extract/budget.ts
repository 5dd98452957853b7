/**
 * How much one object may expand to. A zip bomb is cheap to send and dear to unpack, and its headers
 * lie; so bytes are counted as they come out, over all levels of nesting together.
 */
import type { Limits } from '../model/limits.ts';

/** Below this an archive may be as dense as it likes: logs and spreadsheets reach 1:1000. */
const FREE_BYTES = 10 * 1024 * 1024;

/** A limit of src/model/limits.ts was reached; the message is its words. */
export class LimitError extends Error {}

export interface Budget {
  /** Counts bytes that came out. Returns the limit that is now exceeded, in words, or null. */
  spend(bytes: number): string | null;
  /** Counts one archive member; false when there are too many. */
  member(): boolean;
  /** Milliseconds that slow readers (PDF, OCR) may still take, so that what they found is not lost to the object's clock. */
  leftMs(): number;
  /** Counts one page or picture for OCR; false when there are too many. */
  ocrPage(): boolean;
  /** True the first time it is asked of `what`: for gaps that are told once an object. */
  once(what: string): boolean;
}

/** Part of the object's time after which slow readers stop. */
const READING_TIME = 0.8;

export function openBudget(compressedBytes: number, limits: Limits): Budget {
  let expanded = 0;
  let members = 0;
  let ocrPages = 0;
  const told = new Set<string>();
  const endMs = performance.now() + limits.objectTimeMs * READING_TIME;
  return {
    spend(bytes) {
      expanded += bytes;
      if (expanded > limits.expandedBytes) {
        return `expandedBytes (${limits.expandedBytes}): it unpacks to more than that`;
      }
      if (expanded > FREE_BYTES && expanded > limits.expansionRatio * compressedBytes) {
        return `expansionRatio (${limits.expansionRatio}): it unpacks to more than that many times its size`;
      }
      return null;
    },
    member() {
      members += 1;
      return members <= limits.archiveMembers;
    },
    leftMs: () => endMs - performance.now(),
    ocrPage() {
      ocrPages += 1;
      return ocrPages <= limits.ocrPages;
    },
    once(what) {
      const first = !told.has(what);
      told.add(what);
      return first;
    },
  };
}
