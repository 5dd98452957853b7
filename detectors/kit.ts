/**
 * Arithmetic that several detectors share: weighted sums, the standard check-digit systems, dates.
 *
 * All functions take the compact form (no separators) and are pure. What only one identifier does
 * stays in that identifier's file.
 */

import type { Confidence, Match, SumCheck } from '../src/model/detector.ts';

/** `0`–`9` as 0–9, `A`–`Z` as 10–35 (ISO 7064, ICAO 9303); anything else is NaN. */
export function charValue(char: string): number {
  return codeValue(char.charCodeAt(0));
}

/** The same by character code; a string for each character would cost more than the sum. */
function codeValue(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 65 && code <= 90) return code - 55;
  return Number.NaN;
}

/** Sum of character value × weight over the first `weights.length` characters; missing characters make NaN. */
export function weightedSum(text: string, weights: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    sum += codeValue(text.charCodeAt(i)) * (weights[i] ?? 0);
  }
  return sum;
}

/** What the signs before the last add up to. One that is neither digit nor letter (`840317-4827`) counts nothing. */
function sumOf(text: string, { weights, offset = 0, isCrossed }: SumCheck): number {
  let sum = offset;
  for (let i = 0; i < weights.length; i++) {
    const product = (codeValue(text.charCodeAt(i)) || 0) * (weights[i] ?? 0);
    sum += isCrossed ? Math.floor(product / 10) + (product % 10) : product;
  }
  return sum;
}

/** Is the last sign the one that the sum of the others names? A value of another length is none. */
export function passesSum(compact: string, sum: SumCheck): boolean {
  const { weights, modulus, signs } = sum;
  if (compact.length !== weights.length + 1) return false;
  const row = typeof signs === 'string' ? signs : (signs[compact.charAt(0)] ?? '');
  return row.charAt(sumOf(compact, sum) % modulus) === compact.charAt(weights.length);
}

/** `signs` of a {@link SumCheck} where the last digit makes the sum a multiple of ten. */
export const TO_TEN = '0987654321';
/** The same for eleven, where a number that wants a check digit of ten is not given. */
export const TO_ELEVEN = '0-987654321';

/** {@link luhn} of numbers of so many digits. */
export function luhnSum(length: number): SumCheck {
  const weights = Array.from({ length: length - 1 }, (_, i) => 1 + ((length - 1 - i) % 2));
  return { weights, modulus: 10, isCrossed: true, signs: TO_TEN };
}

/** Weights with which so many digits are worth, by a modulus, the number that they write. */
export function decimalWeights(count: number, modulus: number): number[] {
  const weights = [1];
  while (weights.length < count) weights.unshift(((weights[0] ?? 0) * 10) % modulus);
  return weights;
}

/** Luhn (ISO/IEC 7812-1, annex B) over digits, the last being the check digit. */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    let digit = codeValue(digits.charCodeAt(digits.length - 1 - i));
    if (i % 2 === 1) {
      digit *= 2;
      if (digit > 9) digit -= 9;
    }
    sum += digit;
  }
  return digits.length > 0 && sum % 10 === 0;
}

const DIHEDRAL: readonly Uint8Array[] = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
].map((row) => Uint8Array.from(row, Number));
const PERMUTATION: readonly Uint8Array[] = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
].map((row) => Uint8Array.from(row, Number));

/** Stays in no table: no number with a foreign sign is valid. */
const NO_DIGIT = 99;

/** Verhoeff (dihedral group D5), the last digit being the check digit. */
export function verhoeff(digits: string): boolean {
  let check = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = codeValue(digits.charCodeAt(digits.length - 1 - i));
    const permuted = PERMUTATION[i % 8]?.[digit] ?? NO_DIGIT;
    check = DIHEDRAL[check]?.[permuted] ?? NO_DIGIT;
  }
  return digits.length > 0 && check === 0;
}

/** {@link verhoeff} from left to right: what the digits so far come to (from 0) by one more with so many behind it. */
export function verhoeffStep(so: number, digit: number, behind: number): number {
  return DIHEDRAL[PERMUTATION[behind % 8]?.[digit] ?? NO_DIGIT]?.[so] ?? NO_DIGIT;
}

/** Remainder of a digit string by `divisor` (< 2^40), letters taken as two digits (A = 10): any length. */
export function remainder(text: string, divisor: number): number {
  let rest = 0;
  for (let i = 0; i < text.length; i++) {
    const value = codeValue(text.charCodeAt(i));
    rest = (rest * (value > 9 ? 100 : 10) + value) % divisor;
  }
  return rest;
}

/** ISO 7064 MOD 97-10 as IBAN uses it: the first four characters count last, the rest is 1. */
export function mod97(text: string): boolean {
  return remainder(text.slice(4) + text.slice(0, 4), 97) === 1;
}

/** ISO 7064 MOD 11,10 (DE Steuer-ID, HR OIB), the last digit being the check digit. */
export function mod11by10(digits: string): boolean {
  let product = 10;
  for (let i = 0; i < digits.length - 1; i++) {
    const sum = (codeValue(digits.charCodeAt(i)) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (
    digits.length > 1 && (product + codeValue(digits.charCodeAt(digits.length - 1))) % 10 === 1
  );
}

/** `<` */
const FILLER = 60;

/** ICAO 9303 check digit: weights 7, 3, 1; `<` is 0. Returns 0–9, NaN for foreign characters. */
export function icaoCheckDigit(text: string): number {
  let sum = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    sum += (code === FILLER ? 0 : codeValue(code)) * ([7, 3, 1][i % 3] ?? 0);
  }
  return sum % 10;
}

/** Is there such a day in the Gregorian calendar? */
export function isDate(year: number, month: number, day: number): boolean {
  if (!(month >= 1 && month <= 12 && day >= 1)) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day <= days;
}

/** A day on which somebody alive or lately dead may be born: real, from 1800 to today. */
export function isBirthDate(year: number, month: number, day: number): boolean {
  if (year < 1800 || !isDate(year, month, day)) return false;
  return Date.UTC(year, month - 1, day) <= Date.now();
}

/** `yyyymmdd` as a possible day of birth. */
export function isBirthYmd(text: string): boolean {
  if (!/^\d{8}$/.test(text)) return false;
  return isBirthDate(Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6, 8)));
}

/** A pattern of two digits: the numbers from one to another, both included, each with one of `added`. */
export function twoDigits(from: number, to: number, added: readonly number[] = [0]): string {
  const numbers = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const written = added.flatMap((more) => numbers.map((n) => String(n + more).padStart(2, '0')));
  return `(?:${written.join('|')})`;
}

/** What some identifiers add to a month or a day: for a century, a sex, a kind of number. */
interface Added {
  readonly months?: readonly number[];
  readonly days?: readonly number[];
}

/** Days, and the months that have them; 29 February is a case of its own. */
const LAST_DAYS: readonly (readonly [from: number, to: number, months: readonly number[]])[] = [
  [1, 28, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
  [29, 30, [1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
  [31, 31, [1, 3, 5, 7, 8, 10, 12]],
];

/** A pattern, in the language of `Quick.patterns`, of the days of a year but for 29 February. */
export function dayPattern(
  order: 'ddmm' | 'mmdd',
  { months = [0], days = [0] }: Added = {},
): string {
  const rows = LAST_DAYS.map(([from, to, some]) => {
    const day = twoDigits(from, to, days);
    const month = `(?:${some.map((one) => twoDigits(one, one, months)).join('|')})`;
    return order === 'ddmm' ? day + month : month + day;
  });
  return `(?:${rows.join('|')})`;
}

/** A pattern of two-digit years that are leap years: 1900 was none, but 2000 was. */
const LEAP_YY = '(?:[02468][048]|[13579][26])';

/**
 * A pattern of dates as `ddmmyy` or `yymmdd`, 29 February in every fourth year: just the days of
 * birth of {@link isShortBirthDate}, and for any one century no fewer than there are.
 */
export function shortDatePattern(order: 'ddmmyy' | 'yymmdd', added: Added = {}): string {
  const leapDay = twoDigits(29, 29, added.days);
  const leapMonth = twoDigits(2, 2, added.months);
  return order === 'ddmmyy'
    ? `(?:${dayPattern('ddmm', added)}\\d\\d|${leapDay}${leapMonth}${LEAP_YY})`
    : `(?:\\d\\d${dayPattern('mmdd', added)}|${LEAP_YY}${leapMonth}${leapDay})`;
}

/**
 * A pattern of days of birth as `yyyymmdd`, in the language of `Quick.patterns`: those from 1800 to
 * the end of last year but for 29 February. What it leaves out may be one all the same.
 */
export const BIRTH_YMD: string = between('1800', String(thisYear() - 1)) + dayPattern('mmdd');

/** A pattern of just what {@link isShortBirthYmd} takes: each day of the 20th century is past. */
export const SHORT_BIRTH_YMD: string = shortDatePattern('yymmdd');

function thisYear(): number {
  return new Date().getUTCFullYear();
}

/** `yymmdd` as a possible day of birth in the 20th or 21st century. */
export function isShortBirthYmd(text: string): boolean {
  return isBirthYmd(`19${text}`) || isBirthYmd(`20${text}`);
}

/** A pattern of the years from 1900 to this one. Not kept: years end. */
export function yearsFrom1900(): string {
  return between('1900', String(thisYear()));
}

/** The same of the years of this century, two digits each. */
export function yearsFrom00(): string {
  return between('00', String(thisYear() % 100));
}

/** A pattern of the numbers from one to another, all of as many digits. */
export function between(from: string, to: string): string {
  if (/^0+$/.test(from) && /^9+$/.test(to)) return `\\d{${from.length}}`;
  const low = from.charAt(0);
  const high = to.charAt(0);
  const rest = from.length - 1;
  if (rest === 0) return `[${low}-${high}]`;
  if (low === high) return low + between(from.slice(1), to.slice(1));
  const ways = [
    low + between(from.slice(1), '9'.repeat(rest)),
    high + between('0'.repeat(rest), to.slice(1)),
  ];
  if (Number(high) - Number(low) > 1) {
    ways.push(`[${Number(low) + 1}-${Number(high) - 1}]\\d{${rest}}`);
  }
  return `(?:${ways.join('|')})`;
}

/** A pattern of as many digits, not all of them 0. */
export function notZero(count: number): string {
  return between('1'.padStart(count, '0'), '9'.repeat(count));
}

/** All characters the same: 0000, 1111. */
export function isUniform(text: string): boolean {
  return text.length > 0 && text === text.charAt(0).repeat(text.length);
}

/** Taiwan's letters in the order of their values, from A = 10 to O = 35. */
const TAIWAN_LETTERS = 'ABCDEFGHJKLMNPQRSTUVXYWZIO';

/** What a letter adds to {@link taiwanSum}. */
const taiwanLetter = (value: number): number => Math.floor(value / 10) + (value % 10) * 9;

/** {@link taiwanSum} of a letter and nine digits: which check digit belongs to a remainder depends on the letter. */
export const TAIWAN_NUMBER: SumCheck = {
  weights: [0, 8, 7, 6, 5, 4, 3, 2, 1],
  modulus: 10,
  signs: Object.fromEntries(
    [...TAIWAN_LETTERS].map((letter, at) => {
      const added = taiwanLetter(10 + at) % 10;
      return [letter, '0987654321'.slice(added) + '0987654321'.slice(0, added)];
    }),
  ),
};

/** Taiwan's letter-and-digits sum (國民身分證, 統一證號): a multiple of 10 for a valid number. */
export function taiwanSum(compact: string): number {
  const letter = 10 + TAIWAN_LETTERS.indexOf(compact.charAt(0));
  const second = TAIWAN_LETTERS.indexOf(compact.charAt(1));
  const sex = second < 0 ? charValue(compact.charAt(1)) : second % 10;
  return taiwanLetter(letter) + sex * 8 + weightedSum(compact.slice(2), [7, 6, 5, 4, 3, 2, 1, 1]);
}

/** For `aloneFor`: bare digits are worth less than the same number as it is printed. */
export function bareOrGrouped(
  bare: 'none' | Confidence,
  grouped: 'none' | Confidence,
): (match: Match) => 'none' | Confidence {
  return ({ compact, folded }) => (compact === folded ? bare : grouped);
}

/** {@link isShortBirthYmd} on numbers, for identifiers that add something to the month or the day. */
export function isShortBirthDate(yy: number, month: number, day: number): boolean {
  return isBirthDate(1900 + yy, month, day) || isBirthDate(2000 + yy, month, day);
}

/** For `aloneFor`: does it begin with a day since 2000 as `yymmdd`? Tickets and batches are numbered `240305-0012`. */
export function beginsWithRecentDay({ compact }: Match): boolean {
  return isBirthYmd(`20${compact.slice(0, 6)}`);
}
