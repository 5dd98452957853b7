/**
 * What must stand in a text before the digit automaton needs to look at it, computed from the
 * shapes. Three ways lead in, and every shape takes one of them, or else every digit is looked at:
 *
 * - **a cluster**: a run of digits and separators that holds at least so many digits
 *   (`A123456(3)`, `1234 5678 9012`);
 * - **a mixed token**: letters and digits without a separator, at least so long (`ABCDE1234F`);
 * - **behind a word**: digits behind a word of so many letters, whatever follows (`GB29 NWBK …`).
 */
import { DIGITS, LETTERS, type ParsedShape, type Part, PROLONGED } from '../shape.ts';
import { bitsOf } from './bits.ts';
import { signsOf, width } from './compile.ts';

export interface Prefilter {
  /** Of a cluster. */
  readonly fewestDigits: number;
  /** Most characters of a match before the digits of its cluster. */
  readonly lead: number;
  /** Characters of a mixed token, at least. */
  readonly shortestMixed: number;
  /** Bit n: digits right behind n letters, or with a gap between them, may begin an identifier. */
  readonly touching: number;
  readonly apart: number;
  /** As bits: may such a word, of two letters or more, begin with these two? See {@link wordBit}. */
  readonly words: Uint8Array;
  /** What may stand between a cluster's digits up to the last one that counts. */
  readonly innerSigns: ReadonlySet<string>;
  /** Behind a word stand two digits at least, and then a letter, a digit or a gap. */
  readonly isLongBehindWord: boolean;
  /** No rule holds for some shape. */
  readonly everyDigit: boolean;
  /** Most signs in a row inside a match, on one line. */
  readonly longestGap: number;
}

/** More would spare nothing: shapes of six digits are common. */
const MOST = 6;
const LEAST = 4;
/** Longer tokens the rough automaton does not tell apart. */
const LONGEST_TOKEN = 39;
/** A word that a spaced identifier begins with is no longer. */
const LONGEST_WORD = 30;
/** What a gap behind a word may hold; line breaks always. */
const GAP = /^[ -]$/;
/** What the scanner takes for a letter, a digit or a gap. */
const FOLLOWERS = `${DIGITS}${LETTERS} -${String.fromCharCode(PROLONGED)}\r\n`;

export function prefilterOf(shapes: readonly ParsedShape[]): Prefilter {
  const poor = shapes.filter((shape) => mostDigits(shape) < MOST);
  const tokens = poor.filter(({ parts }) => parts.every(isOfToken));
  const spaced = poor.filter(({ parts }) => !parts.every(isOfToken));
  // Few digits are many clusters: only where nothing else tells.
  const before = new Map(spaced.map((shape) => [shape, wordBefore(shape)]));
  const few = spaced.filter((shape) => before.get(shape) === null);
  const behindWords = spaced.filter((shape) => before.get(shape) !== null);
  const words = [...before.values()].filter((word) => word !== null);
  const clustered = [...shapes.filter((shape) => mostDigits(shape) >= MOST), ...few];
  const bare = tokens.filter(({ parts }) => parts.every(mayBeDigits));
  const fewestDigits = Math.min(MOST, ...clustered.map(mostDigits), ...bare.map(shortest));
  const leads = clustered.map(({ parts }) => leadOf(parts, fewestDigits));
  const areLate = leads.some((parts) => parts.some((part) => countOf(part) > 0));
  const isLong = shapes.some(({ parts }) => longestToken(parts) > LONGEST_TOKEN);
  return {
    fewestDigits,
    lead: Math.max(0, ...leads.map(width)),
    shortestMixed: Math.min(255, ...tokens.map(shortest)),
    touching: maskOf(words, (word) => word.isTouching),
    apart: maskOf(words, () => true),
    words: wordBits(words),
    longestGap: Math.max(...shapes.map(({ parts }) => longestGap(parts))),
    innerSigns: new Set(clustered.flatMap(({ parts }) => innerSigns(parts, fewestDigits))),
    isLongBehindWord: behindWords.every(({ parts }) => isLongFromDigits(parts)),
    everyDigit: fewestDigits < LEAST || isLong || areLate,
  };
}

interface LeadingWord {
  readonly letters: number;
  /** What its first two letters may be; nothing is said of one letter. */
  readonly pairs: readonly string[];
  /** May the digits follow at once? */
  readonly isTouching: boolean;
}

function maskOf(words: readonly LeadingWord[], holds: (word: LeadingWord) => boolean): number {
  return words.reduce((mask, word) => (holds(word) ? mask | (1 << word.letters) : mask), 0);
}

/** Number of the bit for a word of so many letters that begins with two; assembly/scanner.as says the same. */
function wordBit(letters: number, pair: string): number {
  const [first, second] = [pair.charCodeAt(0) & 31, pair.charCodeAt(1) & 31];
  return ((letters === 2 ? 0 : 32) + first) * 32 + second;
}

function wordBits(words: readonly LeadingWord[]): Uint8Array {
  const table = new Uint8Array(64 * 32);
  for (const { letters, pairs } of words) {
    for (const pair of pairs) table[wordBit(letters, pair)] = 1;
  }
  return bitsOf(table);
}

/** All pairs of a character of one set and one of the other. */
function product(first: string, second: string): string[] {
  return [...first].flatMap((one) => [...second].map((other) => one + other));
}

/** Is it a run whose characters are all, or in part, of a set? */
function isRunOf(signs: string, how: 'all' | 'some'): (part: Part) => boolean {
  return (part) =>
    part.type === 'run' &&
    (how === 'all'
      ? [...part.set].every((sign) => signs.includes(sign))
      : [...part.set].some((sign) => signs.includes(sign)));
}

const isDigits = isRunOf(DIGITS, 'all');
const isLetters = isRunOf(LETTERS, 'all');
const hasDigit = isRunOf(DIGITS, 'some');
const isOfWord = isRunOf(DIGITS + LETTERS, 'all');
const hasWordSign = isRunOf(DIGITS + LETTERS, 'some');

function mayBeDigits(part: Part): boolean {
  return (part.type === 'run' && part.optional) || hasDigit(part);
}

function isOfToken(part: Part): boolean {
  return part.type === 'run' && isOfWord(part) && !part.spaced;
}

/** A letter may stand there, which ends a cluster. */
function endsCluster(part: Part): boolean {
  return hasWordSign(part) && !isDigits(part);
}

function countOf(part: Part): number {
  return part.type === 'run' && isDigits(part) && !part.optional ? part.min : 0;
}

/** Digits that the fullest cluster of every match holds. */
function mostDigits({ parts }: ParsedShape): number {
  let most = 0;
  let count = 0;
  for (const part of parts) {
    count = endsCluster(part) ? 0 : count + countOf(part);
    most = Math.max(most, count);
  }
  return most;
}

/** The parts from the first digits of the first cluster with so many, up to the last that counts; half open. */
function windowOf(parts: readonly Part[], digits: number): { first: number; end: number } {
  let from = 0;
  let count = 0;
  let end = parts.length;
  for (const [index, part] of parts.entries()) {
    if (endsCluster(part)) {
      from = index + 1;
      count = 0;
    } else {
      count += countOf(part);
      if (count < digits) continue;
      end = index + 1;
      break;
    }
  }
  const first = parts.findIndex((part, index) => index >= from && countOf(part) > 0);
  return { first: first < 0 ? parts.length : first, end };
}

/** The parts before the first cluster with so many digits. */
function leadOf(parts: readonly Part[], digits: number): readonly Part[] {
  return parts.slice(0, windowOf(parts, digits).first);
}

/** The signs between so many digits of the first cluster that has them. */
function innerSigns(parts: readonly Part[], digits: number): readonly string[] {
  const { first, end } = windowOf(parts, digits);
  return parts.slice(first, end).flatMap((part) => [...signsOf(part)]);
}

/** Are its first digits two at least, followed by a letter, a digit or a gap? */
function isLongFromDigits(parts: readonly Part[]): boolean {
  const first = parts.findIndex((part) => countOf(part) > 0);
  let digits = 0;
  for (const part of parts.slice(first)) {
    if (digits < 2 && countOf(part) === 0) return false;
    if (digits < 2) {
      if (part.type === 'run' && part.spaced) return false;
      digits += countOf(part);
      if (digits > 2) return true;
      continue;
    }
    if (![...signsOf(part)].every((sign) => FOLLOWERS.includes(sign))) return false;
    if (part.type === 'break' || (part.type === 'run' && !part.optional)) return true;
  }
  return false;
}

function shortest({ parts }: ParsedShape): number {
  return parts.reduce(
    (sum, part) => sum + (part.type === 'run' && !part.optional ? part.min : 0),
    0,
  );
}

/** Characters of the longest run of letters and digits. */
function longestToken(parts: readonly Part[]): number {
  let longest = 0;
  let length = 0;
  for (const part of parts) {
    if (part.type !== 'run') continue;
    if (hasWordSign(part)) length += part.max;
    else if (!part.optional) length = 0;
    longest = Math.max(longest, length);
  }
  return longest;
}

/** The word before a shape's first digits; null where they do not stand behind one of a certain length. */
function wordBefore({ parts, pairs }: ParsedShape): LeadingWord | null {
  const first = parts.findIndex((part) => countOf(part) > 0);
  const head = parts.slice(0, first);
  if (first < 1) return null;
  // By letter, what it may be.
  let sets: string[] = [];
  let begins = true;
  let isTouching = true;
  let isBehindGap = false;
  for (const part of head) {
    if (part.type === 'same') return null;
    if (part.type === 'run' && !isLetters(part)) {
      if (part.optional || ![...part.set].every((sign) => GAP.test(sign))) return null;
      isTouching = false;
      isBehindGap = true;
    } else if (part.type === 'run') {
      if (part.optional || part.spaced || part.min !== part.max) return null;
      if (isBehindGap) {
        sets = [];
        begins = false;
      }
      sets.push(...Array.from({ length: part.min }, () => part.set));
      isTouching = true;
      isBehindGap = false;
    } else if (part.type === 'break') {
      isTouching = false;
      isBehindGap = true;
    } else if (head.indexOf(part) < head.length - 1) {
      // Whether the letters before it are the same word is open.
      return null;
    }
  }
  const [one, other = ''] = sets;
  if (one === undefined || sets.length > LONGEST_WORD) return null;
  const all = begins && pairs ? pairs : product(one, other);
  return { letters: sets.length, pairs: all, isTouching };
}

/** Signs that may stand in a row; a line break has a line feed among them and is told apart by it. */
function longestGap(parts: readonly Part[]): number {
  let longest = 0;
  let length = 0;
  for (const part of parts) {
    if (part.type === 'run' && hasWordSign(part)) {
      if (!part.optional && part.min > 0) length = 0;
      if (part.spaced) longest = Math.max(longest, 1);
    } else if (part.type === 'run') {
      length += part.max;
    } else {
      length += part.type === 'same' ? 1 : part.type === 'free' ? 2 : 0;
    }
    longest = Math.max(longest, length);
  }
  return longest;
}
