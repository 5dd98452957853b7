/**
 * What the candidates of one detector in one column say together. A mod-11 check passes one random
 * number in eleven: 51 of 500 order numbers is noise, 500 of 500 is identity numbers, whatever the
 * header says.
 */
import type { Detector } from '../model/detector.ts';
import { Flag } from './flags.ts';

/** The compact form at hand; matches are shorter. */
const codes = new Uint8Array(1024);
const ZERO = 48;
/** Fifteen digits are a number without loss. */
const MOST_UNITS = 1e14;
/** More candidates would not change the answer. */
const MAX_DISTINCT = 4096;
/** So many may settle it: where most pass, or where the column is another detector's. */
const FIRST_DISTINCT = 512;
/** Standard deviations from where an answer turns: farther off it will not. */
const BEYOND = 4;
/** Standard deviations beyond what chance lets pass within which only chance is at work. */
const WITHIN_CHANCE = 3;
/** Fewer cannot prove anything against chance. */
const ENOUGH = 20;
const SIGNIFICANT = 1e-6;
/** Pass rates above this separate nothing. */
const TELLING_RATE = 0.2;
/** Where even a weak test is passed by less than this share, the column holds something else. */
const FOREIGN_SHARE = 0.25;
/** This share of dates makes it a column of dates. */
const DATE_SHARE = 0.9;
/** This share of like steps makes it a sequence. */
const SEQUENCE_SHARE = 0.8;
/** This share of passing ones is most; where fewer than FEW pass, it is few. See evidence.ts. */
export const MOST = 0.6;
export const FEW: number = 1 / 3;

/**
 * What a detector is to a column: its header speaks for it; another one's it is known to be; neither.
 * Only the first two settle anything early. What fails by now may pass further on, and the other way
 * round, in files that are sorted or put together from several.
 */
export type Role = 'own' | 'other' | 'open';

/** What writes its compact form's codes; see SpanMatch. */
interface Compact {
  codes(into: Uint8Array): number;
}

export class ColumnStatistics {
  readonly #rule: Detector;
  readonly #seen = new HashSet32();
  #decideAt = FIRST_DISTINCT;
  /** Has it seen enough? Further candidates change nothing. */
  isFull = false;
  proved = 0;
  /** Probability that chance lets as many pass; 1 until there is a surplus. */
  chance = 1;
  passed = 0;
  #dates = 0;
  #lastValue = Number.NaN;
  #lastStep = 0;
  #steps = 0;
  #sameSteps = 0;
  #final: number | null = null;

  constructor(rule: Detector) {
    this.#rule = rule;
  }

  get distinct(): number {
    return this.#seen.size;
  }

  /** Counts a shape candidate, whatever its judgement was. */
  add(match: Compact, judgement: 'no' | 'plausible' | 'proved', decoys: number, role: Role): void {
    if (this.isFull) return;
    const length = match.codes(codes);
    this.#step(length);
    if (!this.#seen.add(quickHash(length))) return;
    if (judgement === 'proved') this.proved++;
    if (judgement !== 'no') this.passed++;
    if ((decoys & Flag.date) !== 0) this.#dates++;
    if (this.distinct >= this.#decideAt) this.#decide(role);
  }

  /** Have enough been seen of a detector whose check can make no surplus over chance? */
  get isBarren(): boolean {
    const { proved } = this.#rule.passRate;
    if (this.distinct < FIRST_DISTINCT) return false;
    return proved <= 0 || proved > TELLING_RATE;
  }

  #decide(role: Role): void {
    this.isFull = this.distinct >= MAX_DISTINCT || this.#isClear(role);
    // It may be claimed any time.
    const next = role === 'open' ? this.distinct + FIRST_DISTINCT / 8 : this.#decideAt * 2;
    this.#decideAt = Math.min(next, MAX_DISTINCT);
  }

  /** Is every share so far from where an answer turns that more candidates would not turn it? */
  #isClear(role: Role): boolean {
    const n = this.distinct;
    const { passRate } = this.#rule;
    return (
      isFarFrom(DATE_SHARE, this.#dates, n) &&
      isFarFrom(SEQUENCE_SHARE, this.#sameSteps, this.#steps) &&
      isSettled(n, this.passed, passRate.plausible, role) &&
      isSettled(n, this.proved, passRate.proved, role)
    );
  }

  /** Compares the number that the last digits make with the one before. */
  #step(length: number): void {
    let value = 0;
    for (let i = length - 1, unit = 1; i >= 0 && unit <= MOST_UNITS; i--) {
      const digit = (codes[i] ?? 0) - ZERO;
      if (digit < 0 || digit > 9) continue;
      value += digit * unit;
      unit *= 10;
    }
    const step = value - this.#lastValue;
    if (!Number.isNaN(step) && step !== 0) {
      this.#steps++;
      if (step === this.#lastStep && Math.abs(step) <= 1000) this.#sameSteps++;
    }
    this.#lastStep = step;
    this.#lastValue = value;
  }

  /** The flags that hold for all matches of the detector in this column. */
  flags(): number {
    if (!this.isFull) return this.#judge();
    this.#final ??= this.#judge();
    return this.#final;
  }

  #judge(): number {
    const { passRate } = this.#rule;
    let flags = 0;
    const n = this.distinct;
    if (this.#steps >= 4 && this.#sameSteps >= this.#steps * SEQUENCE_SHARE) flags |= Flag.sequence;
    if (n >= 5 && this.#dates >= n * DATE_SHARE) flags |= Flag.date;
    const tests = [
      { passed: this.proved, rate: passRate.proved },
      { passed: this.passed, rate: passRate.plausible },
    ].filter(({ rate }) => rate > 0 && rate <= TELLING_RATE);
    if (tests.length === 0) {
      const isForeign = passRate.plausible < 1 && this.passed < n * FOREIGN_SHARE;
      return n >= ENOUGH && isForeign ? flags | Flag.chance : flags;
    }
    const isBeyondChance = (test: { passed: number; rate: number }): boolean =>
      n >= ENOUGH && binomialTail(n, test.passed, test.rate) < SIGNIFICANT;
    // A date column passes every check on dates: that is no surplus.
    const counts = (flags & Flag.date) === 0;
    const beyond = tests.filter((test) => isBeyondChance(test) && test.passed > n * MOST);
    if (counts && beyond.length > 0) {
      flags |= Flag.surplus;
      this.chance = Math.min(...beyond.map(({ passed, rate }) => binomialTail(n, passed, rate)));
    } else if (
      // Where a check only strengthens (a voter card, a bank account), failing it says nothing.
      passRate.plausible <= TELLING_RATE &&
      (n >= ENOUGH ? !tests.some(isBeyondChance) : n >= 6 && this.passed < n * FEW)
    ) {
      flags |= Flag.chance;
    }
    return flags;
  }

  /** Do most candidates pass? A neighbour proves little for a column that mostly fails. */
  get mostlyPasses(): boolean {
    return this.passed > this.distinct * MOST;
  }
}

/** Is a share so many standard deviations from a limit that it lies on its side of it? */
function isFarFrom(limit: number, part: number, n: number): boolean {
  return Math.abs(part - n * limit) > BEYOND * Math.sqrt(n * limit * (1 - limit)) || n === 0;
}

/** Would more candidates change nothing of what a test says that chance passes at a rate? */
function isSettled(n: number, passed: number, rate: number, role: Role): boolean {
  // No test.
  if (rate <= 0 || rate >= 1) return true;
  const areMost = passed > n * MOST && isFarFrom(MOST, passed, n);
  if (role === 'own') return areMost;
  if (role === 'open') return false;
  if (rate > TELLING_RATE) return isFarFrom(FOREIGN_SHARE, passed, n) && isFarFrom(MOST, passed, n);
  return passed <= n * rate + WITHIN_CHANCE * Math.sqrt(n * rate * (1 - rate));
}

/** P(X ≥ k) of a binomial distribution. */
export function binomialTail(n: number, k: number, p: number): number {
  if (k <= 0) return 1;
  if (p <= 0) return 0;
  if (p >= 1) return 1;
  // log of C(n, k) p^k (1-p)^(n-k), then each further term from the one before.
  let log = k * Math.log(p) + (n - k) * Math.log1p(-p);
  for (let i = 1; i <= k; i++) log += Math.log((n - k + i) / i);
  let term = Math.exp(log);
  // Too far from the mean for a number: on which side of it says all.
  if (term === 0) return k <= n * p ? 1 : 0;
  let sum = term;
  for (let i = k; i < n && term > sum * 1e-17; i++) {
    term *= ((n - i) / (i + 1)) * (p / (1 - p));
    sum += term;
  }
  return Math.min(sum, 1);
}

/**
 * FNV-1a, mixed once more: tells values apart within one column, in memory only. Never stored: it has
 * no key. Of 4,096 values two share one in five hundred columns, which then counts one less.
 */
function quickHash(length: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < length; i++) hash = Math.imul(hash ^ (codes[i] ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

/** A set of numbers that fits the nearest caches: a column in question has a dozen of them. */
class HashSet32 {
  #slots = new Int32Array(64);
  #hasZero = false;
  size = 0;

  /** True when the number was new. */
  add(hash: number): boolean {
    if (hash === 0) {
      // Marks an empty slot.
      if (!this.#hasZero) this.size++;
      const isNew = !this.#hasZero;
      this.#hasZero = true;
      return isNew;
    }
    if (this.size * 2 >= this.#slots.length) this.#grow();
    if (!place(this.#slots, hash)) return false;
    this.size++;
    return true;
  }

  #grow(): void {
    const bigger = new Int32Array(this.#slots.length * 4);
    for (const hash of this.#slots) if (hash !== 0) place(bigger, hash);
    this.#slots = bigger;
  }
}

function place(slots: Int32Array, hash: number): boolean {
  const mask = slots.length - 1;
  for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
    const other = slots[slot] ?? 0;
    if (other === hash) return false;
    if (other !== 0) continue;
    slots[slot] = hash;
    return true;
  }
}
