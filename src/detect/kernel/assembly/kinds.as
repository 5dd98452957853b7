/**
 * Sixteen bytes at a time: of which kind each is. A kind is a bit, and a byte is of one kind at most;
 * two tables of sixteen bytes, by the lower and the upper half of a byte, give them all at once.
 */
import { NUMBERING, SETS, SPLATS } from './layout';

// Digits 0x80, letters 0x40 and 0x20, blanks and hyphens 0x10, line ends 0x08, the prolonged sound mark
// 0x04, what else may stand inside a cluster 0x02 and 0x01: comparing tells what is above another.
//
// The engine makes a constant of sixteen bytes anew wherever one is used, in three steps; loading it
// takes one.
const HALF: usize = SPLATS;
const BELOW_LETTERS: usize = SPLATS + 0x10;
const BELOW_GAPS: usize = SPLATS + 0x20;
// Digits moved to the least numbers, and what is above them; the same for small letters.
const DIGITS_TO_LEAST: usize = SPLATS + 0x30;
const ABOVE_DIGITS: usize = SPLATS + 0x40;
const SMALL: usize = SPLATS + 0x50;
const LETTERS_TO_LEAST: usize = SPLATS + 0x60;
const ABOVE_LETTERS: usize = SPLATS + 0x70;
const ZERO_DIGIT: usize = SPLATS + 0x80;
const LETTER_A: usize = SPLATS + 0x90;
const BUT_LAST_BIT: usize = SPLATS + 0xa0;
const BORDER: usize = SPLATS + 0xb0;
const AT_SIGN: usize = SPLATS + 0xc0;
const ANGLE_SIGN: usize = SPLATS + 0xd0;
const LINE_FEED: usize = SPLATS + 0xe0;
const SIXTEEN: usize = SPLATS + 0xf0;

/**
 * Sixteen times the same byte, as a value that only running tells: the engine makes a constant anew
 * wherever it is used, in loops too.
 */
// @ts-ignore: decorator
@inline
export function sixteen(value: i32): v128 {
  return i8x16.splat(<i8>(value + load<u8>(NUMBERING)));
}

/** Bits of a set in the lower half's table, of which the upper half's picks the row. */
// @ts-ignore: decorator
@inline
export function lookUp(bytes: v128, low: v128, high: v128, half: v128): v128 {
  // Indexes are below sixteen, where the relaxed form is the same everywhere.
  return v128.and(
    i8x16.relaxed_swizzle(low, v128.and(bytes, half)),
    i8x16.relaxed_swizzle(high, v128.and(i16x8.shr_u(bytes, 4), half)),
  );
}

/** The kind of each byte. */
// @ts-ignore: decorator
@inline
export function kindsOf(bytes: v128): v128 {
  return lookUp(bytes, v128.load(SETS), v128.load(SETS + 16), v128.load(HALF));
}

// @ts-ignore: decorator
@inline
export function zerosIn(bytes: v128): v128 {
  return i8x16.eq(bytes, i8x16.splat(0));
}

// @ts-ignore: decorator
@inline
export function lettersOf(kinds: v128): v128 {
  return i8x16.gt_s(kinds, v128.load(BELOW_LETTERS));
}

/** What stands between the words of a spaced identifier, and letters. */
// @ts-ignore: decorator
@inline
export function gapsOrLettersOf(kinds: v128): v128 {
  return i8x16.gt_s(kinds, v128.load(BELOW_GAPS));
}

/** Signs that may stand inside a cluster, and letters. */
// @ts-ignore: decorator
@inline
export function innerOrLettersOf(kinds: v128): v128 {
  return i8x16.gt_s(kinds, i8x16.splat(0));
}

// @ts-ignore: decorator
@inline
export function digitsIn(bytes: v128): v128 {
  return i8x16.gt_s(v128.load(ABOVE_DIGITS), i8x16.add(bytes, v128.load(DIGITS_TO_LEAST)));
}

// @ts-ignore: decorator
@inline
export function lettersIn(bytes: v128): v128 {
  const small = v128.or(bytes, v128.load(SMALL));
  return i8x16.gt_s(v128.load(ABOVE_LETTERS), i8x16.add(small, v128.load(LETTERS_TO_LEAST)));
}

/** Digits made one, letters another. */
// @ts-ignore: decorator
@inline
export function looksOf(bytes: v128): v128 {
  const digits = v128.bitselect(v128.load(ZERO_DIGIT), bytes, digitsIn(bytes));
  return v128.bitselect(v128.load(LETTER_A), digits, lettersIn(bytes));
}

/** Of sixteen bytes and sixteen more: those before the n-th. */
// @ts-ignore: decorator
@inline
export function before(n: v128): v128 {
  return i8x16.gt_s(n, v128.load(NUMBERING));
}

// @ts-ignore: decorator
@inline
export function beforeNext(n: v128): v128 {
  return i8x16.gt_s(i8x16.sub(n, v128.load(SIXTEEN)), v128.load(NUMBERING));
}

/** The halves of bytes, for {@link lookUp}. */
// @ts-ignore: decorator
@inline
export function halves(): v128 {
  return v128.load(HALF);
}

// @ts-ignore: decorator
@inline
export function feedsIn(bytes: v128): v128 {
  return i8x16.eq(bytes, v128.load(LINE_FEED));
}

/** Between cells and rows. */
// @ts-ignore: decorator
@inline
export function bordersIn(bytes: v128): v128 {
  return i8x16.eq(v128.and(bytes, v128.load(BUT_LAST_BIT)), v128.load(BORDER));
}

// @ts-ignore: decorator
@inline
export function atsIn(bytes: v128): v128 {
  return i8x16.eq(bytes, v128.load(AT_SIGN));
}

/** Is there an `@`, a `<` or a border among what stops the skipping? */
// @ts-ignore: decorator
@inline
export function hasSingles(stops: v128): bool {
  return v128.any_true(v128.and(stops, i8x16.splat(7)));
}

/** `@`, `<`, borders. */
// @ts-ignore: decorator
@inline
export function singlesIn(bytes: v128): v128 {
  const border = bordersIn(bytes);
  const at = i8x16.eq(bytes, v128.load(AT_SIGN));
  return v128.or(border, v128.or(at, i8x16.eq(bytes, v128.load(ANGLE_SIGN))));
}

/** The top bits of 64 bytes. */
// @ts-ignore: decorator
@inline
export function bits(a: v128, b: v128, c: v128, d: v128): u64 {
  return (
    <u64>(<u32>i8x16.bitmask(a)) |
    (<u64>(<u32>i8x16.bitmask(b)) << 16) |
    (<u64>(<u32>i8x16.bitmask(c)) << 32) |
    (<u64>(<u32>i8x16.bitmask(d)) << 48)
  );
}

/** The top bits of 32 bytes. */
// @ts-ignore: decorator
@inline
export function bits32(low: v128, high: v128): u32 {
  return <u32>i8x16.bitmask(low) | (<u32>i8x16.bitmask(high) << 16);
}

/** A hash of up to 24 signs, of which the upper bits are good; the rest of the second sixteen does not count. */
// @ts-ignore: decorator
@inline
export function mixOf(low: v128, high: v128): u64 {
  let hash = <u64>i64x2.extract_lane(low, 0) * 0x9e3779b97f4a7c15;
  hash = (hash ^ (hash >> 32) ^ <u64>i64x2.extract_lane(low, 1)) * 0xbf58476d1ce4e5b9;
  return (hash ^ (hash >> 29) ^ <u64>i64x2.extract_lane(high, 0)) * 0x94d049bb133111eb;
}
