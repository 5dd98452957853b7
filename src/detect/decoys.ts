/**
 * Values that fit a shape and are probably no person: published samples, uniform digits, epoch
 * times, article numbers, dates. They stay hits, at most `low`, and say why.
 */
import type { Detector, Match } from '../model/detector.ts';
import { Flag } from './flags.ts';
import { PROLONGED } from './shape.ts';

/** Assigned GS1 prefixes (gs1.org company prefix list), the unassigned ones left out. */
const GS1_PREFIXES =
  '000-139 200-380 383 385 387 389-390 400-440 450-471 474-509 520-521 528-531 535 539-549 560 ' +
  '569-579 590 594 599-601 603-604 607-609 611 613 615-616 618-630 640-649 680-681 690-709 ' +
  '729-746 750 754-755 758-771 773 775 777-780 784 786 789-790 800-850 858-860 865 867-871 ' +
  '880 883-885 888 890 893 896 899-919 930-951 955 958 960-969 977-980 990-999';

/** Characters of the longest value. */
const MAX_VALUE = 1024;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const HYPHEN = 45;
const DOT = 46;
const ZERO = 48;

const isGs1Prefix: Uint8Array = new Uint8Array(1000);
for (const range of GS1_PREFIXES.split(' ')) {
  const [from = '', to = from] = range.split('-');
  isGs1Prefix.fill(1, Number(from), Number(to) + 1);
}

/** The last value looked at: several detectors ask of the same one in turn. */
let last = { folded: '', compact: '', flags: 0 };

/** The flags of what speaks against this value. */
export function decoyFlags(rule: Detector, match: Match): number {
  const { folded, compact } = match;
  if (last.folded !== folded || last.compact !== compact) {
    last = { folded, compact, flags: generalFlags(folded, compact) };
  }
  const isSample = rule.samples?.includes(compact) || rule.isSample?.(match);
  return isSample ? last.flags | Flag.sample : last.flags;
}

/** The digits of the value at hand, 0 to 9. */
const digits = new Uint8Array(MAX_VALUE);

/** Asked of every candidate, hence loops over numbers and neither patterns nor new strings. */
function generalFlags(folded: string, compact: string): number {
  let count = 0;
  for (let i = 0; i < compact.length && count < MAX_VALUE; i++) {
    const code = compact.charCodeAt(i);
    if (isDigit(code)) digits[count++] = code - ZERO;
  }
  let flags = 0;
  if (count >= 6 && isMadeUp(count)) flags |= Flag.uniform;
  if (count !== folded.length) return isDotted(folded) ? flags | Flag.number : flags;
  // Separators and letters would show that it is no plain number.
  if (isEpoch(count)) flags |= Flag.epoch;
  if (isArticleNumber(count)) flags |= Flag.gs1;
  if (isTimestamp(count)) flags |= Flag.date;
  return flags;
}

/** Groups of digits parted by dots and nothing else: `1.234.567`, `10.0.0.1`. */
function isDotted(folded: string): boolean {
  let wasDigit = false;
  let dots = 0;
  for (let i = 0; i < folded.length; i++) {
    const code = folded.charCodeAt(i);
    if (code === DOT && wasDigit) dots++;
    else if (!isDigit(code)) return false;
    wasDigit = code !== DOT;
  }
  return wasDigit && dots > 0;
}

/** One digit throughout (but for a check digit), zeros with a short tail, or counted off. */
function isMadeUp(count: number): boolean {
  const first = digits[0];
  let same = 1;
  while (same < count && digits[same] === first) same++;
  if (same >= (count > 6 ? count - 1 : count)) return true;
  if (count >= 8 && first === 0 && same >= count - 3) return true;
  return count >= 9 && isCountedOff(count);
}

/** Holds `123456789` or `987654321`. */
function isCountedOff(count: number): boolean {
  let up = 1;
  let down = 1;
  for (let i = 1; i < count; i++) {
    const digit = digits[i] ?? 0;
    const step = digit - (digits[i - 1] ?? 0);
    up = step === 1 ? up + 1 : 1;
    down = step === -1 ? down + 1 : 1;
    if ((up >= 9 && digit === 9) || (down >= 9 && digit === 1)) return true;
  }
  return false;
}

/** The number that some of the digits make. */
function part(from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) value = value * 10 + (digits[i] ?? 0);
  return value;
}

/** Seconds or milliseconds since 1970, from September 2001 to July 2036. */
function isEpoch(count: number): boolean {
  if (count !== 10 && count !== 13) return false;
  const seconds = part(0, count) / (count === 13 ? 1000 : 1);
  return seconds >= 1.0e9 && seconds <= 2.1e9;
}

function isArticleNumber(count: number): boolean {
  if (count !== 13 || isGs1Prefix[part(0, 3)] !== 1) return false;
  let sum = 0;
  for (let i = 0; i < 13; i++) sum += (digits[i] ?? 0) * (i % 2 === 0 ? 1 : 3);
  return sum % 10 === 0;
}

/** `yyyymmdd`, `yyyymmddHHMM`, `yyyymmddHHMMSS` or `yymmddHHMMSS`. */
function isTimestamp(count: number): boolean {
  if (count === 12 && isMoment(2, count)) return true;
  if (count !== 8 && count !== 12 && count !== 14) return false;
  const century = part(0, 2);
  return (century === 19 || century === 20) && isMoment(4, count);
}

/** Is there a month from digit `from` on, then a day and as much of the time as there is? */
function isMoment(from: number, count: number): boolean {
  const month = part(from, from + 2);
  const day = part(from + 2, from + 4);
  if (month < 1 || month > 12 || day < 1 || day > 31) return false;
  const two = (at: number): number => (from + at < count ? part(from + at, from + at + 2) : 0);
  return two(4) < 24 && two(6) < 60 && two(8) < 60;
}

/** Groups shorter than this stand beside a number for many reasons: a house, a year's half. */
const CARD_GROUP = 4;

/**
 * Are the groups of digits of a match part of a longer row of groups: `9012 3456` in
 * `1234 5678 9012 3456`? `cut` where the next group is as long as the one beside it, so that the
 * grouping itself goes on; `sequence` where other digits follow.
 */
export function seriesFlags(text: Uint8Array, length: number, start: number, end: number): number {
  if (!isDigit(text[start])) return 0;
  let firstGroup = 0;
  let lastGroup = 0;
  let isSpaced = true;
  for (let i = start; i < end; i++) {
    const code = text[i] ?? 0;
    if (isDigit(code)) {
      lastGroup++;
    } else if (code === SPACE) {
      // Two spaces in a row part more than groups.
      if (lastGroup === 0) isSpaced = false;
      if (firstGroup === 0) firstGroup = lastGroup;
      lastGroup = 0;
    } else if (code === LINE_FEED || code === CARRIAGE_RETURN) {
      return Flag.broken;
    } else if (code === DOT || code === HYPHEN || code === PROLONGED) {
      isSpaced = false;
    } else {
      return 0;
    }
  }
  if (!isSpaced || firstGroup === 0 || lastGroup === 0) return 0;
  let flags = 0;
  const weigh = (group: number, beside: number): void => {
    if (group >= 3) flags |= group === beside && group >= CARD_GROUP ? Flag.cut : Flag.sequence;
  };
  if (start > 3 && text[start - 1] === SPACE) {
    weigh(digitsFrom(text, length, start - 2, -1), firstGroup);
  }
  if (text[end] === SPACE) weigh(digitsFrom(text, length, end + 1, 1), lastGroup);
  return flags;
}

/** The signs of a printed form. */
const IS_PRINTED = new Uint8Array(256);
for (const sign of '-/()[]') IS_PRINTED[sign.charCodeAt(0)] = 1;

export function isPrinted(code: number): boolean {
  return IS_PRINTED[code] === 1;
}

/** How a match is written: printed with its signs, or in lower case as hashes and file names are. */
export function spellingFlags(text: Uint8Array, start: number, end: number): number {
  let flags = 0;
  for (let i = start; i < end; i++) {
    const code = text[i] ?? 0;
    if (code >= 97 && code <= 122) flags |= Flag.lower;
    else if (i > start && IS_PRINTED[code] === 1) flags |= Flag.printed;
  }
  return flags;
}

/** The flags of both that no other digit and no other case of a letter changes: groups, separators, brackets. */
export function lastingFlags(text: Uint8Array, length: number, start: number, end: number): number {
  return seriesFlags(text, length, start, end) | (spellingFlags(text, start, end) & ~Flag.lower);
}

/** Length of the run of digits, when it is a word of its own and no longer than a group. */
function digitsFrom(text: Uint8Array, length: number, from: number, step: 1 | -1): number {
  let at = from;
  while (at >= 0 && at < length && isDigit(text[at])) at += step;
  const count = Math.abs(at - from);
  return count <= 6 ? count : 0;
}

function isDigit(code: number | undefined): boolean {
  return code !== undefined && code >= 48 && code <= 57;
}
