/**
 * Sixteen bytes at a time: of which kind each is. A kind is a bit, and a byte is of one kind at most;
 * two tables of sixteen bytes, by the lower and the upper half of a byte, give them all at once.
 */
import { NUMBERING, SETS } from './layout';

// Digits 0x80, letters 0x40 and 0x20, blanks and hyphens 0x10, line ends 0x08, the prolonged sound mark
// 0x04, what else may stand inside a cluster 0x02 and 0x01: comparing tells what is above another.
const BELOW_LETTERS: i8 = 0x1f;
const BELOW_GAPS: i8 = 0x03;

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
  return lookUp(bytes, v128.load(SETS), v128.load(SETS + 16), i8x16.splat(15));
}

// @ts-ignore: decorator
@inline
export function zerosIn(bytes: v128): v128 {
  return i8x16.eq(bytes, i8x16.splat(0));
}

// @ts-ignore: decorator
@inline
export function lettersOf(kinds: v128): v128 {
  return i8x16.gt_s(kinds, i8x16.splat(BELOW_LETTERS));
}

/** What stands between the words of a spaced identifier, and letters. */
// @ts-ignore: decorator
@inline
export function gapsOrLettersOf(kinds: v128): v128 {
  return i8x16.gt_s(kinds, i8x16.splat(BELOW_GAPS));
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
  return i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(48)), i8x16.splat(10));
}

// @ts-ignore: decorator
@inline
export function lettersIn(bytes: v128): v128 {
  return i8x16.lt_u(
    i8x16.sub(v128.or(bytes, i8x16.splat(32)), i8x16.splat(97)),
    i8x16.splat(26),
  );
}

// @ts-ignore: decorator
@inline
export function feedsIn(bytes: v128): v128 {
  return i8x16.eq(bytes, i8x16.splat(10));
}

/** `@`, `<`, borders. */
// @ts-ignore: decorator
@inline
export function singlesIn(bytes: v128): v128 {
  const border = i8x16.eq(v128.and(bytes, i8x16.splat(-2)), i8x16.splat(0x1e));
  const at = i8x16.eq(bytes, i8x16.splat(64));
  return v128.or(border, v128.or(at, i8x16.eq(bytes, i8x16.splat(60))));
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
