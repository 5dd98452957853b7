/**
 * Which digits of 64 bytes are worth a look, as masks of bits: digits that begin a cluster, digits and
 * letters of a token, digits behind a word; prefilter.ts says of which kind. Hardly a branch: digits lie
 * in another place in every block, and a processor that guesses wrong loses more than it was spared.
 */
import { bits, feedsIn, gapsOrLettersOf, innerOrLettersOf, kindsOf, lettersOf } from './kinds';
import { IS_WORD } from './layout';

const LINE_FEED: i32 = 10;
const CARRIAGE_RETURN: i32 = 13;

/** A gap is wide that holds so many signs. */
const WIDE: i32 = 6;

/** The text at hand. */
export let text: usize = 0;
/** Only letters and digits bound a match, as in object keys. */
export let lax: bool = false;

/** From now on this is the text, which lies 64 zeros from anything else. */
export function useText(where: usize, isLax: bool): void {
  text = where;
  lax = isLax;
}

// @ts-ignore: decorator
@inline
export function byteAt(at: i32): i32 {
  return load<u8>(text + at);
}

// @ts-ignore: decorator
@inline
export function isWord(code: i32): bool {
  return load<u8>(IS_WORD + code) != 0;
}

// @ts-ignore: decorator
@inline
export function isDigit(code: i32): bool {
  return <u32>(code - 48) < 10;
}

/** What tells a cluster that is worth a look; see prefilter.ts. */
export let fewestDigits: i32 = 1;
export let shortestMixed: i32 = 1;
export let touching: i32 = 0;
export let apart: i32 = 0;
export let everyDigit: bool = true;
/** Digits so near the beginning of a block may stand behind a word that begins before it. */
let edge: u64 = 0;
/** Behind a word stand two digits, and behind these a letter, a digit or a gap. */
export let isLongBehindWord: bool = false;
/** Most signs that stand in a row inside an identifier, on one line. */
let longestGap: i32 = 255;

export function configure(
  fewestDigits_: i32, shortestMixed_: i32, touching_: i32, apart_: i32, everyDigit_: i32,
  longestGap_: i32, isLongBehindWord_: i32,
): void {
  longestGap = longestGap_;
  isLongBehindWord = isLongBehindWord_ != 0;
  const words = touching_ | apart_;
  edge = words == 0 ? 0 : ((<u64>1) << (34 - <u64>clz(words))) - 1;
  fewestDigits = fewestDigits_;
  shortestMixed = shortestMixed_;
  touching = touching_;
  apart = apart_;
  everyDigit = everyDigit_ != 0;
}

/** Of the block at hand: digits; digits and signs that may stand between them. */
export let digitBits: u64 = 0;
export let innerDigitBits: u64 = 0;
/** Letters and digits of it. */
export let wordBits: u64 = 0;

// @ts-ignore: decorator
@inline
export function isLetter(code: i32): bool {
  return <u32>((code | 32) - 97) < 26;
}

// @ts-ignore: decorator
@inline
export function isGap(code: i32): bool {
  return code == 32 || code == 45 || code == LINE_FEED || code == CARRIAGE_RETURN || code == 0xff;
}

/** Digits of the block that are worth a look, by the way that leads in; see prefilter.ts. */
export let clusters: u64 = 0;
export let tokens: u64 = 0;
export let wordsBefore: u64 = 0;

/** Nothing of a block without digits is worth a look. */
// @ts-ignore: decorator
@inline
export function sieveNothing(): void {
  clusters = 0;
  tokens = 0;
  wordsBefore = 0;
}

/** First digits of tokens, or letters behind them, where all tokens with digits are looked at. */
function everyToken(ds: u64, ls: u64, starts: u64): u64 {
  return ((ls + (starts & ls)) & ds) | (starts & ds);
}

/**
 * Tokens of letters and digits that are long enough: the first digit behind letters, or the first
 * letter behind digits. Adding carries through a run.
 */
// @ts-ignore: decorator
@inline
function longTokens(ds: u64, ls: u64, words: u64, starts: u64): u64 {
  let long = starts;
  if (shortestMixed >= 4) {
    const two = words & ((words >> 1) | ((<u64>1) << 63));
    const four = two & ((two >> 2) | ((<u64>3) << 62));
    long &= shortestMixed >= 7 ? four & ((four >> 3) | ((<u64>7) << 61)) : four;
  }
  const behindLetters = (ls + (long & ls)) & ds & ~long;
  const behindDigits = (ds + (long & ds)) & ls;
  return behindLetters | behindDigits;
}

/** Digits behind a word of as many letters as a spaced identifier begins with. */
// @ts-ignore: decorator
@inline
function behindWords(base: i32, ds: u64, ls: u64, starts: u64, gaps: u64): u64 {
  const behindGap = starts & ds & (gaps << 1);
  let found = behindGap & (gaps << 2);
  const open = ls | gaps;
  // What can follow those digits.
  let follows: u64 = -1;
  if (isLongBehindWord) {
    follows = ((ds >> 1) | ((<u64>1) << 63)) & (((ds | open) >> 2) | ((<u64>3) << 62));
  }
  if ((((ds & (ls << 1)) | (behindGap & (ls << 2))) & follows) != 0) {
    let begins = starts & ls;
    for (let n: u64 = 1, left = (touching | apart) >> 1; left != 0; n++, left >>= 1) {
      // Words of n letters at least: where they begin.
      if ((touching >> <i32>n) & 1) found |= (begins << n) & ds;
      if ((apart >> <i32>n) & 1) found |= behindGap & ((begins & ~(ls >> n)) << (n + 1));
      begins &= ls >> n;
    }
  }
  // The word may begin before the block: nothing but letters and gaps up to the digit.
  const reach = ~open & (open + 1) & ds & edge & follows;
  if (reach != 0 && base > 0 && (reach > 1 || isLetterOrGap(byteAt(base - 1)))) found |= reach;
  return found & follows;
}

// @ts-ignore: decorator
@inline
function isLetterOrGap(code: i32): bool {
  return isLetter(code) || isGap(code);
}

// @ts-ignore: decorator
@inline
export function sieve(base: i32, a: v128, b: v128, c: v128, d: v128, ds: u64): void {
  const ls = bits(lettersOf(a), lettersOf(b), lettersOf(c), lettersOf(d));
  const before = byteAt(base - 1);
  const isIn = <u64>load<u8>(IS_WORD + before);
  const words = ds | ls;
  const starts = words & ~((words << 1) | isIn);
  // Of a token that began before the block, the first digit in the block, if it is the token's.
  const rest = ~words;
  const behindLetter = <u64>(isIn != 0 && !isDigit(before));
  const inRun = ds & ((rest & (0 - rest)) - 1) & (0 - behindLetter);
  let begun: u64 = inRun & (0 - inRun);
  if (begun != 0 && hasDigitBefore(base)) begun = 0;
  if (everyDigit || lax) {
    tokens = everyToken(ds, ls, starts) | begun;
    return;
  }
  tokens = begun | longTokens(ds, ls, words, starts);
  // A run of digits at the end of the block may have letters behind it.
  if ((ds >> 63) != 0 && hasLetterBehind(base + 64)) {
    tokens |= starts & ds & (<u64>-1 << (64 - <u64>clz(~ds)));
  }
  const gaps =
    bits(gapsOrLettersOf(a), gapsOrLettersOf(b), gapsOrLettersOf(c), gapsOrLettersOf(d)) & ~ls;
  wordsBefore = behindWords(base, ds, ls, starts, gaps);
  const inner =
    bits(innerOrLettersOf(a), innerOrLettersOf(b), innerOrLettersOf(c), innerOrLettersOf(d)) & ~ls;
  const x = ds | (inner & ~wideGaps(base, inner));
  digitBits = ds;
  innerDigitBits = x;
  wordBits = words;
  let row = x & ((x >> 1) | ((<u64>1) << 63));
  if (fewestDigits >= 4) row &= (row >> 2) | ((<u64>3) << 62);
  if (fewestDigits >= 6) row &= (row >> 2) | ((<u64>3) << 62);
  clusters = ds & ~(ds << 1) & row;
}

/** Where a gap begins that is too wide for any identifier, and that holds no line end. */
// @ts-ignore: decorator
@inline
function wideGaps(base: i32, inner: u64): u64 {
  let wide = inner & (inner >> 1);
  wide &= wide >> 2;
  wide &= (inner >> 4) & (inner >> 5);
  return wide == 0 || longestGap >= WIDE ? 0 : wide & ~nearFeeds(base);
}

/** Within eight bytes of a line feed, or of the block's ends. */
function nearFeeds(base: i32): u64 {
  const at = text + base;
  const feeds = bits(
    feedsIn(v128.load(at)),
    feedsIn(v128.load(at, 16)),
    feedsIn(v128.load(at, 32)),
    feedsIn(v128.load(at, 48)),
  );
  let up = feeds | (feeds << 1);
  up |= up << 2;
  up |= up << 4;
  let down = feeds | (feeds >> 1);
  down |= down >> 2;
  down |= down >> 4;
  return up | down | 0xff | ((<u64>0xff) << 56);
}

/** Does a letter stand behind an offset and the digits there, if any? True where there are many. */
function hasLetterBehind(at: i32): bool {
  const kinds = kindsOf(v128.load(text + at));
  const digits = <u32>i8x16.bitmask(kinds);
  const others = ~digits;
  return ((<u32>i8x16.bitmask(lettersOf(kinds)) | 0x10000) & others & (0 - others)) != 0;
}

function hasDigitBefore(base: i32): bool {
  for (let at = base - 1; at >= 0; at--) {
    const code = byteAt(at);
    if (isDigit(code)) return true;
    if (!isWord(code)) return false;
  }
  return false;
}
