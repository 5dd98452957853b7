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

  /** Counts an answer; true where it settles that the detector's shapes are noise. */
  count(rule: number, passed: number, refused: number): boolean {
    if (this.#answers[rule] !== UNSETTLED) return false;
    const passes = (this.#passed[rule] ?? 0) + passed;
    const refusals = (this.#refused[rule] ?? 0) + refused;
    this.#passed[rule] = passes;
    this.#refused[rule] = refusals;
    if (passes + refusals < SETTLED) return false;
    const isNoise = this.isNoise(rule);
    this.#answers[rule] = isNoise ? NOISE : SOUND;
    // `+852 …` is a telephone number whatever else the text holds.
    const detector = this.#rules[rule];
    return isNoise && detector !== undefined && isTelling(detector);
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
    const tries = passed + (this.#refused[rule] ?? 0);
    if (!detector || tries < ENOUGH) return false;
    if (!isTelling(detector)) return passed < tries * FOREIGN_SHARE;
    return binomialTail(tries, passed, detector.passRate.plausible) >= CHANCE;
  }
}
