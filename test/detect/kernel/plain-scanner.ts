/**
 * The search without anything that makes it fast: from every place in folded text where a match may
 * begin, the automaton, one byte after the other. The kernel must find what this finds.
 */

import { type Compiled, compile, type Group } from '../../../src/detect/kernel/compile.ts';
import { type Candidate, Filter, Matcher, Mode } from '../../../src/detect/kernel/matcher.ts';
import { IS_MASK, IS_WORD } from '../../../src/detect/kernel/signs.ts';
import type { Detector } from '../../../src/model/detector.ts';
import { CELL, ROW } from '../../../src/model/piece.ts';

const AT = 64;
const ANGLE = 60;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
/** Three lines of at most 44 characters with their line ends. */
const MRZ_REACH = 140;

function isDigit(code: number | undefined): boolean {
  return code !== undefined && code >= 48 && code <= 57;
}

export class PlainScanner {
  readonly #compiled: Compiled;
  readonly #matcher: Matcher;
  readonly #all: Filter;

  constructor(rules: readonly Detector[]) {
    this.#compiled = compile(rules);
    this.#matcher = new Matcher(rules, this.#compiled);
    this.#all = new Filter(rules.length, Mode.all);
  }

  /** Every candidate, judged. */
  candidates(text: Uint8Array): Candidate[] {
    const found: Candidate[] = [];
    const { digit, at, angle, mask } = this.#compiled;
    const run = (group: Group, start: number): void => {
      const ends = group.automaton.run(text, start, text.length, IS_WORD);
      const { automaton } = group;
      if (ends === 0) return;
      this.#matcher.judge(automaton, text, text.length, start, ends, false, this.#all, (one) =>
        found.push(one),
      );
    };
    for (const [from, to] of cells(text)) {
      if (digit) this.#digits(text, from, to, digit, run);
      if (mask) this.#masks(text, from, to, mask, run);
      if (at) this.#addresses(text, from, to, at, run);
      if (angle) this.#zones(text, from, to, angle, run);
    }
    return found;
  }

  #digits(text: Uint8Array, from: number, to: number, group: Group, run: Run): void {
    let floor = from;
    for (let at = from; at < to; at++) {
      if (!isDigit(text[at])) continue;
      let token = at;
      while (token > floor && IS_WORD[text[token - 1] ?? 0] === 1) token--;
      const limit = Math.max(floor, token - group.lookback);
      for (let start = limit; start <= token; start++) {
        const before = text.subarray(start, token);
        if (!before.every((code) => group.before[code] === 1)) continue;
        if (start > 0 && IS_WORD[text[start - 1] ?? 0] === 1) continue;
        run(group, start);
      }
      while (at < to && IS_WORD[text[at] ?? 0] === 1) at++;
      floor = at;
    }
  }

  #masks(text: Uint8Array, from: number, to: number, group: Group, run: Run): void {
    const isPart = (code: number): boolean => IS_WORD[code] === 1 || IS_MASK[code] === 1;
    let floor = from;
    for (let at = from; at + 1 < to; at++) {
      if (IS_MASK[text[at] ?? 0] !== 1 || IS_MASK[text[at + 1] ?? 0] !== 1) continue;
      for (let start = Math.max(floor, at - group.lookback); start <= at; start++) {
        if (start > 0 && isPart(text[start - 1] ?? 0)) continue;
        run(group, start);
      }
      while (at < to && IS_MASK[text[at] ?? 0] === 1) at++;
      floor = at;
    }
  }

  #addresses(text: Uint8Array, from: number, to: number, group: Group, run: Run): void {
    let floor = from;
    for (let at = text.indexOf(AT, from); at >= 0 && at < to; at = text.indexOf(AT, at + 1)) {
      const limit = Math.max(floor, at - group.lookback);
      let start = at;
      while (start > limit && group.before[text[start - 1] ?? 0] === 1) start--;
      while (start < at && group.automaton.first[text[start] ?? 0] === 0) start++;
      if (start < at) run(group, start);
      floor = at + 1;
    }
  }

  #zones(text: Uint8Array, from: number, to: number, group: Group, run: Run): void {
    const isPart = (code: number | undefined): boolean =>
      code !== undefined && (IS_WORD[code] === 1 || code === ANGLE);
    let floor = from;
    for (let at = text.indexOf(ANGLE, from); at >= 0 && at < to; at = text.indexOf(ANGLE, at + 1)) {
      if (at < floor) continue;
      let start = at;
      for (let line = 0; line < 3; line++) {
        while (start > floor && at - start < MRZ_REACH && isPart(text[start - 1])) start--;
        run(group, start);
        if (start <= floor || text[start - 1] !== LINE_FEED) break;
        start--;
        if (start > floor && text[start - 1] === CARRIAGE_RETURN) start--;
      }
      floor = at + 1;
      while (floor < to && isPart(text[floor])) floor++;
    }
  }
}

type Run = (group: Group, start: number) => void;

/** From border to border, half open. */
function cells(text: Uint8Array): (readonly [from: number, to: number])[] {
  const found: [number, number][] = [];
  let from = 0;
  text.forEach((code, at) => {
    if (code !== CELL && code !== ROW) return;
    found.push([from, at]);
    from = at + 1;
  });
  return [...found, [from, text.length]];
}
