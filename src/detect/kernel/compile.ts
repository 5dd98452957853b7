/** Detectors → what the scanner runs on: one automaton an anchor, and a few tables. */
import type { Detector } from '../../model/detector.ts';
import {
  DIGITS,
  LETTERS,
  MASKS,
  type ParsedShape,
  type Part,
  parseShape,
  SEPARATORS,
} from '../shape.ts';
import { Automaton, MAX_STATES } from './automaton.ts';
import { addShape, Nfa } from './nfa.ts';

/** Characters of a line break at most: a hyphen, a blank, two for the line's end, an indent of four. */
const LINE_BREAK = 8;
const ANCHORS: readonly ParsedShape['anchor'][] = ['digit', '@', '<', 'mask'];

/** One shape of one detector. */
export interface CompiledShape {
  /** Index of the detector. */
  readonly rule: number;
  /** Index into its `shapes`, or into its `masks` when masked. */
  readonly index: number;
  readonly masked: boolean;
  readonly parsed: ParsedShape;
  /** Shapes that keep the same characters share a number. */
  readonly keepId: number;
}

export interface Group {
  readonly automaton: Automaton;
  readonly nfa: Nfa;
  /** Its nodes where shapes begin. */
  readonly starts: readonly number[];
  /** How far before the token of its anchor a match may begin. */
  readonly lookback: number;
  /** Folded codes that may stand before the anchor. */
  readonly before: Uint8Array;
}

export interface Compiled {
  readonly shapes: readonly CompiledShape[];
  readonly digit: Group | null;
  readonly at: Group | null;
  readonly angle: Group | null;
  readonly mask: Group | null;
}

/** Told of each new state of a group's automaton and of the shapes complete there. */
export type Noted = (group: number, state: number, shapes: readonly CompiledShape[]) => void;

/** Throws where a shape does not parse, naming the detector. */
export function compile(rules: readonly Detector[], noted: Noted = () => {}): Compiled {
  const shapes: CompiledShape[] = [];
  const keeps = new Map<string, number>();
  const add = (rule: number, index: number, masked: boolean, text: string): void => {
    let parsed: ParsedShape;
    try {
      parsed = parseShape(text, masked);
      const begins = masked ? undefined : rules[rule]?.begins;
      if (begins && beginsWithTwo(parsed)) parsed = { ...parsed, pairs: begins };
    } catch (cause) {
      throw new Error(`${rules[rule]?.id}: ${String(cause)}`, { cause });
    }
    const key = parsed.keep.join('');
    const keepId = keeps.get(key) ?? keeps.size;
    keeps.set(key, keepId);
    shapes.push({ rule, index, masked, parsed, keepId });
  };
  rules.forEach((rule, number) => {
    rule.shapes.forEach((text, index) => {
      add(number, index, false, text);
    });
    rule.masks?.forEach((text, index) => {
      add(number, index, true, text);
    });
  });
  return {
    shapes,
    digit: group(shapes, 'digit', noted),
    at: group(shapes, '@', noted),
    angle: group(shapes, '<', noted),
    mask: group(shapes, 'mask', noted),
  };
}

function group(
  shapes: readonly CompiledShape[],
  anchor: ParsedShape['anchor'],
  noted: Noted,
): Group | null {
  const nfa = new Nfa();
  const starts: number[] = [];
  const before = new Uint8Array(256);
  let lookback = 0;
  shapes.forEach((shape, number) => {
    if (shape.parsed.anchor !== anchor) return;
    starts.push(addShape(nfa, shape.parsed, number));
    const head = shape.parsed.parts.slice(0, anchorPart(shape.parsed));
    if (anchor === 'digit') {
      // Letters right before the digits belong to the same token; only what separators part counts.
      const last = head.findLastIndex(
        (part) => part.type !== 'run' || part.spaced || isPunctuation(part),
      );
      lookback = Math.max(lookback, width(head.slice(0, last + 1)));
    } else {
      lookback = Math.max(lookback, width(head));
    }
    // Two mask signs in a row are looked for, and single ones may stand before them.
    const lead = anchor === 'mask' ? shape.parsed.parts.slice(0, firstPair(shape.parsed)) : head;
    for (const part of lead) {
      for (const sign of signsOf(part)) mark(before, sign);
    }
  });
  if (starts.length === 0) return null;
  const number = ANCHORS.indexOf(anchor);
  const automaton = new Automaton(nfa, starts, MAX_STATES, number, (state, complete) => {
    noted(
      number,
      state,
      complete.map((one) => shapes[one]!),
    );
  });
  return { automaton, nfa, starts, lookback, before };
}

function beginsWithTwo({ parts: [first] }: ParsedShape): boolean {
  if (first?.type !== 'run' || first.optional || first.spaced) return false;
  return first.set === LETTERS && first.min === 2 && first.max === 2;
}

/** The part that holds the anchor for certain; past the end where none does. */
function anchorPart(shape: ParsedShape): number {
  const holds: Readonly<Record<ParsedShape['anchor'], (set: string) => boolean>> = {
    digit: (set) => [...set].every((sign) => DIGITS.includes(sign)),
    '@': (set) => set === '@',
    '<': (set) => set.includes('<'),
    mask: (set) => set === MASKS,
  };
  const found = shape.parts.findIndex(
    (part) =>
      part.type === 'run' && !part.optional && part.min > 0 && holds[shape.anchor](part.set),
  );
  return found < 0 ? shape.parts.length : found;
}

function isPunctuation(part: Part): boolean {
  return part.type === 'run' && /[^0-9A-Z]/.test(part.set);
}

/** The first part that holds two mask signs for certain; past the end where none does. */
function firstPair({ parts }: ParsedShape): number {
  const found = parts.findIndex(
    (part) => part.type === 'run' && !part.optional && part.min > 1 && part.set === MASKS,
  );
  return found < 0 ? parts.length : found;
}

/** The most characters that parts can take. */
export function width(parts: readonly Part[]): number {
  let sum = 0;
  for (const part of parts) {
    if (part.type !== 'run') sum += LINE_BREAK;
    else sum += part.spaced ? part.max * 2 + LINE_BREAK : part.max;
  }
  return sum;
}

/** The characters that a part can take. */
export function signsOf(part: Part): string {
  const [space = '', hyphens = ''] = SEPARATORS;
  // Each separator may stand beside a line break.
  const breaks = ' \r\n';
  if (part.type === 'run') return part.spaced ? part.set + space + hyphens + breaks : part.set;
  if (part.type === 'break') return breaks;
  return (part.type === 'same' ? SEPARATORS.join('') : space + hyphens) + breaks;
}

function mark(table: Uint8Array, sign: string): void {
  table[sign.charCodeAt(0)] = 1;
  table[sign.toLowerCase().charCodeAt(0)] = 1;
}
