/**
 * What a check says of a whole running text, as column.ts has it for a column: where a log holds a
 * thousand codes of a shape and one in ten passes, those that pass are chance.
 *
 * Only the judge sees what fails, so it is counted there; failing matches are never kept.
 */
import type { Detector } from '../model/detector.ts';
import { binomialTail } from './column.ts';

/** Fewer tries prove nothing. */
const ENOUGH = 20;
/** More tries would not change the answer: what a text of gigabytes says is settled in its first pages. */
const SETTLED = 2048;
/** Rarer than this the passing ones are no chance. */
const CHANCE = 1e-3;
/** Probabilities, and deviations from a share, that are far from being decided by a few more tries. */
const CLEARLY_CHANCE = 1e-2;
const CLEARLY_NONE = 1e-6;
const CLEAR_DEVIATIONS = 4;
/** Pass rates above this separate nothing. */
const TELLING_RATE = 0.2;

/** Where even a weak test (a numbering plan) is passed by less than this share, the text holds other numbers. */
const FOREIGN_SHARE = 0.25;

function isTelling({ passRate }: Detector): boolean {
  return passRate.plausible > 0 && passRate.plausible <= TELLING_RATE;
}

/** Has it a test at all? */
function isTested({ passRate }: Detector): boolean {
  return passRate.plausible > 0 && passRate.plausible < 1;
}

/** Refusals of the judges since the last `clear`, by detector. */
export class Refusals {
  readonly counts: Uint32Array;
  /** The detectors with judges that count. */
  readonly rules: readonly Detector[];

  constructor(rules: readonly Detector[]) {
    this.counts = new Uint32Array(rules.length);
    this.rules = rules.map((rule, number) =>
      isTested(rule) ? this.#counting(rule, number) : rule,
    );
  }

  #counting(rule: Detector, number: number): Detector {
    const { counts } = this;
    return {
      ...rule,
      judge(match) {
        const judgement = rule.judge(match);
        if (judgement === 'no') counts[number] = (counts[number] ?? 0) + 1;
        return judgement;
      },
    };
  }

  clear(): void {
    this.counts.fill(0);
  }
}

const UNSETTLED = 0;
const NOISE = 1;
const SOUND = 2;

/** A detector whose statistics are settled: need its shapes be judged only where a word speaks for it? */
export interface Settled {
  readonly rule: number;
  readonly isMute: boolean;
}

/**
 * Tries and passes over all running text of one object, until there are enough of them: what is
 * noise by then need not be judged any more where no word speaks for it.
 */
export class TextStatistics {
  readonly #rules: readonly Detector[];
  readonly #refused: Float64Array;
  readonly #passed: Float64Array;
  /** By detector: whether it is noise, once that is settled. */
  readonly #answers: Uint8Array;

  constructor(rules: readonly Detector[]) {
    this.#rules = rules;
    this.#refused = new Float64Array(rules.length);
    this.#passed = new Float64Array(rules.length);
    // The rest is never asked.
    this.#answers = Uint8Array.from(rules, (rule) => (isTested(rule) ? UNSETTLED : SOUND));
  }

  /** Counts answers. */
  count(rule: number, passed: number, refused: number): void {
    if (this.#answers[rule] !== UNSETTLED) return;
    this.#passed[rule] = (this.#passed[rule] ?? 0) + passed;
    this.#refused[rule] = (this.#refused[rule] ?? 0) + refused;
  }

  /**
   * Settles what there are enough tries for: asked where all places up to some point have been
   * counted, since what is counted later within a stretch may be of another kind. Returns the detectors
   * that are settled from now on.
   */
  settle(): readonly Settled[] {
    const settled: Settled[] = [];
    for (const [rule, detector] of this.#rules.entries()) {
      if (this.#answers[rule] !== UNSETTLED || this.#tries(rule) < SETTLED) continue;
      if (!this.#isClear(rule, detector)) continue;
      const isNoise = this.isNoise(rule);
      this.#answers[rule] = isNoise ? NOISE : SOUND;
      // `+852 …` is a telephone number whatever else the text holds.
      settled.push({ rule, isMute: isNoise && isTelling(detector) });
    }
    return settled;
  }

  /** Would as many tries again hardly change the answer? What is close goes on being counted. */
  #isClear(rule: number, detector: Detector): boolean {
    const passed = this.#passed[rule] ?? 0;
    const tries = this.#tries(rule);
    if (isTelling(detector)) {
      const chance = binomialTail(tries, passed, detector.passRate.plausible);
      return chance >= CLEARLY_CHANCE || chance < CLEARLY_NONE;
    }
    const deviation = Math.sqrt(tries * FOREIGN_SHARE * (1 - FOREIGN_SHARE));
    return Math.abs(passed - tries * FOREIGN_SHARE) > deviation * CLEAR_DEVIATIONS;
  }

  #tries(rule: number): number {
    return (this.#passed[rule] ?? 0) + (this.#refused[rule] ?? 0);
  }

  /** Does another try change nothing? */
  isSettled(rule: number): boolean {
    return this.#answers[rule] !== UNSETTLED;
  }

  /** Adds refusals by detector; they settle nothing by themselves. */
  refuse(counts: Uint32Array): void {
    for (let rule = 0; rule < counts.length; rule++) {
      const count = counts[rule] ?? 0;
      if (count > 0 && this.#answers[rule] === UNSETTLED) {
        this.#refused[rule] = (this.#refused[rule] ?? 0) + count;
      }
    }
  }

  /** Do as few of the detector's shapes pass as chance lets pass? */
  isNoise(rule: number): boolean {
    const answer = this.#answers[rule];
    if (answer !== UNSETTLED) return answer === NOISE;
    const detector = this.#rules[rule];
    const passed = this.#passed[rule] ?? 0;
    const tries = this.#tries(rule);
    if (!detector || tries < ENOUGH) return false;
    if (!isTelling(detector)) return passed < tries * FOREIGN_SHARE;
    return binomialTail(tries, passed, detector.passRate.plausible) >= CHANCE;
  }
}
