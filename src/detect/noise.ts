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

/** Tries and passes over all running text of one object. */
export class TextStatistics {
  readonly #refused: Float64Array;
  readonly #passed: Float64Array;

  constructor(rules: number) {
    this.#refused = new Float64Array(rules);
    this.#passed = new Float64Array(rules);
  }

  pass(rule: number): void {
    this.#passed[rule] = (this.#passed[rule] ?? 0) + 1;
  }

  refuse(counts: Uint32Array): void {
    for (let rule = 0; rule < counts.length; rule++) {
      const count = counts[rule] ?? 0;
      if (count > 0) this.#refused[rule] = (this.#refused[rule] ?? 0) + count;
    }
  }

  /** Do as few of the detector's shapes pass as chance lets pass? */
  isNoise(rule: Detector, number: number): boolean {
    if (!isTested(rule)) return false;
    const passed = this.#passed[number] ?? 0;
    const tries = passed + (this.#refused[number] ?? 0);
    if (!isTelling(rule)) return tries >= ENOUGH && passed < tries * FOREIGN_SHARE;
    return tries >= ENOUGH && binomialTail(tries, passed, rule.passRate.plausible) >= CHANCE;
  }
}
