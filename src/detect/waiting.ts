/** Candidates of the cell or text at hand, which come nearly in order, until they are worked off in order. */
import type { Candidate } from './kernel/matcher.ts';

/** Candidates kept before the earlier ones are worked off. Working in turns with the search would cost both their caches. */
const PENDING = 8192;
/** The scanner goes back at most this far for a start. */
const REACH = 512;
/** Up to so many are sorted in place. */
const FEW = 32;

export class Waiting {
  readonly #take: (candidate: Candidate) => void;
  readonly #candidates: Candidate[] = [];
  /** How many of the array are waiting; what lies behind them is old. Emptied, the array would be made anew for each cell. */
  #count = 0;
  #limit = PENDING;

  /** `take` gets the candidates by start, the longer first. */
  constructor(take: (candidate: Candidate) => void) {
    this.#take = take;
  }

  add(candidate: Candidate): void {
    if (this.#count >= this.#limit) this.#workOff(candidate.start - REACH);
    this.#candidates[this.#count++] = candidate;
  }

  /** Gives all: the cell is at its end. */
  flush(): void {
    this.#workOff(Number.POSITIVE_INFINITY);
    this.#limit = PENDING;
  }

  /** Gives what starts before `limit`: nothing that is still to come can start earlier. */
  #workOff(limit: number): void {
    const candidates = this.#candidates;
    const count = this.#count;
    if (count > FEW) {
      candidates.length = count;
      candidates.sort(bySpan);
    } else if (count > 1) {
      insertionSort(candidates, count);
    }
    let done = 0;
    for (; done < count; done++) {
      const candidate = candidates[done];
      if (!candidate || candidate.start >= limit) break;
      this.#take(candidate);
    }
    if (done < count) candidates.copyWithin(0, done, count);
    this.#count = count - done;
    // Where hostile text crowds candidates within the reach, sorting at each one would be quadratic.
    this.#limit = Math.max(PENDING, this.#count * 2);
  }
}

function bySpan(a: Candidate, b: Candidate): number {
  return a.start - b.start || b.end - a.end;
}

function insertionSort(candidates: Candidate[], count: number): void {
  for (let i = 1; i < count; i++) {
    const one = candidates[i];
    if (!one) continue;
    let at = i;
    for (; at > 0; at--) {
      const before = candidates[at - 1];
      if (!before || bySpan(before, one) <= 0) break;
      candidates[at] = before;
    }
    candidates[at] = one;
  }
}
