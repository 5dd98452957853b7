/**
 * Checks that are neither a weighted sum nor a pattern (ISO 7064 MOD 11,10, Verhoeff, a check sign
 * that does not stand last) as tables, so that the kernel computes them without calling `judge`.
 *
 * A check is given as the function of one sign. Its states are told apart by what still matters, a
 * remainder and little else: some dozens a position, where a set of values seen would be millions.
 */
import assert from 'node:assert/strict';
import type { CheckAutomaton } from '../src/model/detector.ts';

const DIGITS = '0123456789';
export const SIGNS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** What the last sign leads to: the value passes, or `judge` has to look at it. */
export const PASSES = 0;
export const ASKED = 1;

/**
 * What a state becomes by the sign at a position of a form of so many. States are whole numbers of
 * the check's own, the first is 0; of the last sign it says {@link PASSES} or {@link ASKED}; null is
 * `no`. The shape says what stands where: it need not be checked again.
 */
export type Step = (state: number, sign: string, at: number, length: number) => number | null;

/** More would be slow to make, and too big for the kernel's memory of checks (1 MB for all). */
const MAX_STATES = 4000;
const NONE = 0;
/** Of {@link CheckAutomaton.accepts}. */
const Accepts = { otherwise: 0, passes: 1, refused: 2 } as const;

/**
 * The automata of a check, by length of the compact form; each is made when it is first wanted. One
 * that says ASKED of anything wants `otherwise: 'ask'`.
 */
export function automataOf(step: Step, signs: string = DIGITS): (length: number) => CheckAutomaton {
  const made = new Map<number, CheckAutomaton>();
  return (length) => {
    const automaton = made.get(length) ?? build(step, signs, length);
    made.set(length, automaton);
    return automaton;
  };
}

/** By state and sign the next state, numbered as they are met. */
interface Rows {
  readonly rows: readonly (readonly number[])[];
  /** By what the last sign leads to: the state's number. */
  readonly ends: ReadonlyMap<number, number>;
}

function rowsOf(step: Step, signs: string, length: number): Rows {
  const rows: number[][] = [new Array<number>(signs.length).fill(NONE)];
  let last = 1;
  let level = new Map([[0, last]]);
  for (let at = 0; at < length; at++) {
    const next = new Map<number, number>();
    for (const state of level.keys()) {
      const row = Array.from(signs, (sign) => {
        const to = step(state, sign, at, length);
        if (to === null) return NONE;
        const number = next.get(to) ?? ++last;
        next.set(to, number);
        return number;
      });
      rows.push(row);
    }
    assert(last < MAX_STATES, 'a check makes too many states');
    level = next;
  }
  return { rows, ends: level };
}

function build(step: Step, signs: string, length: number): CheckAutomaton {
  const { rows, ends } = rowsOf(step, signs, length);
  const { classes, width } = classesOf(rows, signs);
  const asked = ends.get(ASKED);
  const states = rows.length + ends.size;
  // Where none is what is asked, what is refused leads to a state that it never leaves.
  const refused = asked === undefined ? NONE : states;
  const steps = new Uint16Array((refused === NONE ? states : states + 1) * width);
  steps.fill(refused, width);
  for (let state = 1; state < rows.length; state++) {
    for (const [i, next = NONE] of rows[state]?.entries() ?? []) {
      const at = state * width + (classes[signs.charCodeAt(i)] ?? 0);
      steps[at] = next === NONE ? refused : next === asked ? NONE : next;
    }
  }
  const accepts = new Uint8Array(steps.length / width);
  if (refused !== NONE) accepts[refused] = Accepts.refused;
  accepts[ends.get(PASSES) ?? NONE] = Accepts.passes;
  accepts[NONE] = Accepts.otherwise;
  return { steps, classes, width, accepts };
}

/** Signs that lead to the same in every state share a class; those that lead nowhere are of class 0, as others are. */
function classesOf(
  rows: Rows['rows'],
  signs: string,
): { readonly classes: Uint8Array; readonly width: number } {
  const columns = new Map([[rows.map(() => NONE).join(), 0]]);
  const classes = new Uint8Array(256);
  for (const [i, sign] of [...signs].entries()) {
    const column = rows.map((row) => row[i]).join();
    const reads = columns.get(column) ?? columns.size;
    columns.set(column, reads);
    classes[sign.charCodeAt(0)] = reads;
  }
  return { classes, width: columns.size };
}

/** ISO 7064 MOD 11,10 of eleven digits, whatever letters stand before them; see `mod11by10`. */
export const mod11by10Step: Step = (state, sign, at, length) => {
  const isDigit = DIGITS.includes(sign);
  if (at < length - 11) return isDigit ? null : state;
  if (!isDigit) return null;
  // Products run from 1 to 10, and begin with 10.
  const product = 10 - state;
  if (at === length - 1) return (product + Number(sign)) % 10 === 1 ? PASSES : null;
  return 10 - ((((Number(sign) + product) % 10 || 10) * 2) % 11);
};
