/** Detectors' checks as the numbers that the WebAssembly of tables reads (kernel/assembly/table.as). */
import { Buffer } from 'node:buffer';
import type { Detector, Quick } from '../model/detector.ts';
import type { CompiledShape } from './kernel/compile.ts';
import { isWithin, type Looks, lookOf, type Possible } from './kernel/looks.ts';
import { type Span, SpanMatch, UPPER } from './kernel/match.ts';
import { patternTable } from './kernel/patterns.ts';
import type { SlotWords } from './kernel/slotmemory.ts';
import { DIGITS, LETTERS } from './shape.ts';
import type { Hasher } from './siphash.ts';

const SIGNS_ROW = 64;
const SAMPLE_BITS = 4096;
/** In place of a slot's number: only its shape is known, or JavaScript tells. */
export const GUARD = -1;
export const TOLD = -2;
/** In place of a worth: the judge is asked. */
const ASKED = -2;

export const NO_WORDS: SlotWords = {
  number: 0,
  offset: 0,
  places: [],
  values: [],
  sum: null,
  patterns: null,
  refusesFrom: -1,
  prefixes: [],
  digits: 0,
  isBare: false,
  samples: new Uint8Array(0),
  asksPassed: false,
  isSized: false,
  told: -1,
  atOnce: null,
  firstDigits: [0, 0],
};

/** The signs that a match keeps and may have. */
interface Reading {
  readonly places: readonly number[];
  readonly sets: readonly string[];
}

/** The signs that a match keeps and may have, if all shapes agree on them. */
function readingOf(
  looks: Looks | null,
  shapes: readonly CompiledShape[],
  possible: readonly Possible[],
  look: string,
): Reading | null {
  const readings = possible.map((one, i) => {
    const keep = shapes[i]?.parsed.keep;
    const sets = looks?.sets(one, look);
    if (!sets || !keep) return null;
    const places = sets.flatMap((set, place) => {
      const sign = set.charCodeAt(0);
      return keep[UPPER[sign] ?? 0] === 1 ? [place] : [];
    });
    return { places, sets: places.map((place) => sets[place] ?? '') };
  });
  const widest = readings.find((reading) =>
    readings.every(
      (other) =>
        reading &&
        other &&
        other.places.join() === reading.places.join() &&
        other.sets.every((set, i) => isWithin(set, reading.sets[i] ?? '')),
    ),
  );
  return widest ?? null;
}

/** Bytes that the WebAssembly has room for before a compact form. */
const LONGEST_PREFIX = 8;

/** What the kernel can compute of one detector's matches that look so. */
export interface QuickCheck {
  readonly quick: Quick;
  readonly reading: Reading;
  /** The one that was looked at. */
  readonly match: SpanMatch;
}

/** The detector's check as tables, where it has one for all of some shapes of one span; `span` lies in the text at hand. */
export function quickCheck(
  detector: Detector,
  looks: Looks | null,
  shapes: readonly CompiledShape[],
  possible: readonly Possible[],
  look: string,
  span: Span,
): QuickCheck | null {
  const [shape] = shapes;
  if (!detector.quick || !shape) return null;
  const reading = readingOf(looks, shapes, possible, look);
  if (!reading) return null;
  const match = new SpanMatch(span, shape);
  const quick = detector.quick(match);
  if (!quick) return null;
  if (quick.patterns?.some(({ prefix = '' }) => prefix.length > LONGEST_PREFIX)) return null;
  if (quick.sum && quick.sum.weights.length + 1 !== reading.places.length) return null;
  return { quick, reading, match };
}

export function wordsOf(
  samples: Uint8Array,
  quick: Quick,
  number: number,
  { start, end }: Possible,
  { places, sets }: Reading,
  look: string,
): SlotWords {
  const kept = places.map((place) => look.charAt(start + place));
  const digits = kept.filter((sign) => sign === '0').length;
  return {
    number,
    offset: start,
    places,
    values: sets.map((set, place) => {
      const values = valuesOf(set, quick.sum?.weights[place] ?? 0, quick.sum?.isCrossed);
      return place === 0 ? beginning(values, quick) : values;
    }),
    sum: quick.sum ? sumWords(quick.sum) : null,
    patterns: tableOf(quick),
    refusesFrom: quick.automaton
      ? AUTOMATON_REFUSES
      : (quick.patterns?.findIndex(({ refuses }) => refuses === true) ?? -1),
    prefixes: quick.patterns?.map(({ prefix = '' }) => prefix) ?? [],
    digits,
    isBare: digits === end - start,
    samples: samples,
    told: -1,
    asksPassed: quick.passes === 'ask',
    isSized: quick.isSized === true,
    atOnce: atOnce(quick, look.slice(start, end), places, sets),
    firstDigits: [kept.indexOf('0'), kept.indexOf('0', kept.indexOf('0') + 1)],
  };
}

/** `accepts` of an automaton say 2 of what is refused; patterns are numbered from 0. */
const AUTOMATON_REFUSES = 1;

function tableOf({ patterns, automaton, otherwise }: Quick): SlotWords['patterns'] {
  const asks = otherwise === 'ask';
  // A check is told by the last signs.
  if (automaton) return { ...automaton, asks, hasHeads: false };
  if (!patterns) return null;
  return { ...patternTable(patterns.map(({ pattern }) => pattern)), asks, hasHeads: true };
}

/** Bits for the hashes of published samples: what has one is looked at. */
export function samplesOf(hasher: Hasher, detector: Detector): Uint8Array {
  const known = sampleBits.get(hasher) ?? new Map<Detector, Uint8Array>();
  sampleBits.set(hasher, known);
  const bits = known.get(detector) ?? bitsOf(hasher, detector);
  known.set(detector, bits);
  return bits;
}

const sampleBits = new WeakMap<Hasher, Map<Detector, Uint8Array>>();

function bitsOf(hasher: Hasher, { samples = [] }: Detector): Uint8Array {
  const bits = new Uint8Array(SAMPLE_BITS / 8);
  const words = new Uint32Array(2);
  for (const sample of samples) {
    hasher.halves(sample, words);
    const bit = (words[0] ?? 0) % SAMPLE_BITS;
    bits[bit >> 3] = (bits[bit >> 3] ?? 0) | (1 << (bit & 7));
  }
  return bits;
}

/** For a detector without tables: what has its shape is asked for. Null where everything has. */
export function guardsOf(
  looks: Looks | null,
  possible: readonly Possible[],
  look: string,
): SlotWords[] | null {
  const guards: SlotWords[] = [];
  for (const one of possible) {
    const sets = looks?.sets(one, look);
    if (!sets) return null;
    const narrow = sets.flatMap((set, place) =>
      isFull(set, look.charAt(one.start + place)) ? [] : [place],
    );
    if (narrow.length === 0) return null;
    guards.push({
      ...NO_WORDS,
      number: GUARD,
      offset: one.start,
      places: narrow,
      values: narrow.map((place) => valuesOf(sets[place] ?? '', 0)),
    });
  }
  return guards;
}

/** Does a set hold everything that looks so? */
function isFull(set: string, look: string): boolean {
  return isWithin(look === '0' ? DIGITS : look === 'A' ? LETTERS : look, set);
}

/** By code, in both cases, what a sign adds to the sum; -1 for what is not of the set. */
function valuesOf(set: string, weight: number, isCrossed = false): Int16Array {
  const values = new Int16Array(128).fill(-1);
  for (const sign of set) {
    const code = sign.charCodeAt(0);
    if (code > 127) continue;
    const worth = DIGITS.includes(sign) ? code - 48 : LETTERS.includes(sign) ? code - 55 : 0;
    const product = worth * weight;
    values[code] = isCrossed ? Math.floor(product / 10) + (product % 10) : product;
    if (LETTERS.includes(sign)) values[code + 32] = values[code] ?? 0;
  }
  return values;
}

/** The same for the first sign: with some no value begins, and of others the judge is asked. */
function beginning(values: Int16Array, { heads, never = '' }: Quick): Int16Array {
  return values.map((worth, code) => {
    const sign = String.fromCharCode(code).toUpperCase();
    if (worth < 0 || never.includes(sign)) return -1;
    return heads === undefined || heads.includes(sign) ? worth : ASKED;
  });
}

/** Can a check be computed of all signs at once: do their looks say all, but for the first and the last one's? */
function atOnce(
  { sum }: Quick,
  look: string,
  places: readonly number[],
  sets: readonly string[],
): SlotWords['atOnce'] {
  if (sum?.isCrossed) return null;
  const last = places.length - 1;
  const isKnown = places.every((place, i) => {
    if (i === 0) return true;
    if (i === last && sum) return expectsOnly(sum, look.charAt(place), sets[i] ?? '');
    return isFull(sets[i] ?? '', look.charAt(place));
  });
  if (!isKnown || look.length > 16) return null;
  return {
    above: places.map((place) =>
      look[place] === '0' ? 48 : look[place] === 'A' ? 55 : look.charCodeAt(place),
    ),
    weights: places.map((_, i) => sum?.weights[i] ?? 0),
  };
}

/** Are all check signs that look so of the set? */
function expectsOnly({ signs }: NonNullable<Quick['sum']>, look: string, set: string): boolean {
  const all = typeof signs === 'string' ? signs : Object.values(signs).join('');
  return [...all].every(
    (sign) => String.fromCharCode(lookOf(sign.charCodeAt(0))) !== look || set.includes(sign),
  );
}

/** Expected signs by remainder in rows, and by first sign which row it is; the first row expects nothing. */
function sumWords({ offset = 0, modulus, signs }: NonNullable<Quick['sum']>): SlotWords['sum'] {
  const rows = typeof signs === 'string' ? [signs] : Object.values(signs);
  const heads = new Uint8Array(256);
  if (typeof signs === 'string') heads.fill(1);
  for (const [i, head] of Object.keys(typeof signs === 'string' ? {} : signs).entries()) {
    heads[head.charCodeAt(0)] = i + 1;
  }
  const expected = new Uint8Array((rows.length + 1) * SIGNS_ROW);
  rows.forEach((row, i) => {
    expected.set(Buffer.from(row, 'latin1').subarray(0, modulus), (i + 1) * modulus);
  });
  return { offset, modulus, signs: expected, heads };
}
