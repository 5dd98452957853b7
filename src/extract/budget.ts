/**
 * How much one object may expand to. A zip bomb is cheap to send and dear to unpack, and its headers
 * lie; so bytes are counted as they come out, over all levels of nesting together.
 */
import type { Limits } from '../model/limits.ts';

/** Below this an archive may be as dense as it likes: logs and spreadsheets reach 1:1000. */
const FREE_BYTES = 10 * 1024 * 1024;

export interface Budget {
  /** Counts bytes that came out. Returns the limit that is now exceeded, in words, or null. */
  spend(bytes: number): string | null;
  /** Counts one archive member; false when there are too many. */
  member(): boolean;
}

export function openBudget(compressedBytes: number, limits: Limits): Budget {
  let expanded = 0;
  let members = 0;
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
  };
}
