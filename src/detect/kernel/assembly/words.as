/**
 * The words beside a match: the text around it in its plain form (upper case, one space for what is
 * neither letter nor digit; see plain.ts), and all hints in it, from a tree of words.
 *
 * The tree lies in a hundred kilobytes and most characters begin no word: two small sets of bits say
 * of a character, and of it with the next one, whether it is worth going to the tree.
 */
import { bits32, digitsIn, lettersIn } from './kinds';
import { CANDIDATES, FOUND, KINDS, PLAIN, ROOTS, TREE, WINDOW } from './layout';

const BEFORE: i32 = 40;
const AFTER: i32 = 20;
const MAX_FOUND: i32 = 1000;
/** The library must say what the text is in its plain form. */
export const UNKNOWN: i32 = -1;

/** Of the set of pairs; words.ts says the same. */
const PAIR_FACTOR: i32 = 40503;
const PAIR_MASK: i32 = 0x7fff;

const SPACE: i32 = 32;
const CAPITAL_S: i32 = 83;
/** Full-width `！` to `～` lie this far above ASCII. */
const FULL_WIDTH: i32 = 0xfee0;

/** Of a node: its word needs a border behind it; it is an ordinary word; above these bits, its row of voices. */
const NEEDS_BORDER: i32 = 2;
export const ORDINARY: i32 = 4;
export const ROW_SHIFT: i32 = 3;

const SEPARATOR: i32 = 1;
const SIGN: i32 = 2;
const LOWER: i32 = 4;
const DIGIT: i32 = 8;
const UPPER: i32 = 16;

// @ts-ignore: decorator
@inline
function isBorder(code: i32): bool {
  return code == 0x1e || code == 0x1f;
}

// @ts-ignore: decorator
@inline
function isContinuation(code: i32): bool {
  return (code & 0xc0) == 0x80;
}

// @ts-ignore: decorator
@inline
function continuations(bytes: v128): v128 {
  return i8x16.eq(v128.and(bytes, i8x16.splat(-64)), i8x16.splat(-128));
}

// @ts-ignore: decorator
@inline
function borders(bytes: v128): v128 {
  return v128.or(i8x16.eq(bytes, i8x16.splat(0x1e)), i8x16.eq(bytes, i8x16.splat(0x1f)));
}

/** Words in the characters before `end` of the text at `text`, within its cell; how many, or -1. */
export function wordsBefore(text: usize, end: i32): i32 {
  let from = end;
  let characters = 0;
  // Sixteen bytes at a time while all of them are within reach.
  while (from >= 16) {
    const bytes = v128.load(text + from - 16);
    const begun = 16 - popcnt(i8x16.bitmask(continuations(bytes)));
    if (v128.any_true(borders(bytes)) || characters + begun >= BEFORE) break;
    characters += begun;
    from -= 16;
  }
  if (from >= 16) {
    const bytes = v128.load(text + from - 16);
    if (!v128.any_true(borders(bytes))) {
      // The rest of them begins within these.
      let leads = ~i8x16.bitmask(continuations(bytes)) & 0xffff;
      for (characters++; characters < BEFORE && leads != 0; characters++) {
        leads ^= 1 << (31 - <i32>clz(leads));
      }
      if (leads != 0) from += 15 - <i32>clz(leads);
    }
  }
  // A character is counted where its first byte is passed.
  while (from > 0 && characters < BEFORE && !isBorder(load<u8>(text + from - 1))) {
    from--;
    if (!isContinuation(load<u8>(text + from))) characters++;
  }
  while (from < end && isContinuation(load<u8>(text + from))) from++;
  return words(text, from, end);
}

/** The same for the characters from `from` on, in a text of `length` bytes. */
export function wordsAfter(text: usize, length: i32, from: i32): i32 {
  let to = from;
  let characters = 0;
  while (to + 16 <= length) {
    const bytes = v128.load(text + to);
    const begun = 16 - popcnt(i8x16.bitmask(continuations(bytes)));
    if (v128.any_true(borders(bytes)) || characters + begun > AFTER) break;
    characters += begun;
    to += 16;
  }
  if (to + 16 <= length) {
    const bytes = v128.load(text + to);
    if (!v128.any_true(borders(bytes))) {
      // The first character that is too far begins within these.
      let leads = ~i8x16.bitmask(continuations(bytes)) & 0xffff;
      for (; characters < AFTER && leads != 0; characters++) leads &= leads - 1;
      if (leads != 0) return words(text, from, to + <i32>ctz(leads));
      to += 16;
    }
  }
  while (to < length && !isBorder(load<u8>(text + to))) {
    if (!isContinuation(load<u8>(text + to)) && ++characters > AFTER) break;
    to++;
  }
  return words(text, from, to);
}

function words(text: usize, from: i32, to: i32): i32 {
  store<i32>(WINDOW, from);
  store<i32>(WINDOW, to, 4);
  if (from >= to) {
    store<i32>(WINDOW, 0, 8);
    return 0;
  }
  if (isSilent(text + from, to - from, 0)) return 0;
  const length = plainForm(text + from, text + to);
  store<i32>(WINDOW, length, 8);
  return length < 0 ? UNKNOWN : search(length);
}

/**
 * Is there ASCII before an offset, as far as words reach, in which none can begin? `rules`: none that
 * speaks for a detector of the set at this address; 0: none at all.
 */
export function isSilentBefore(text: usize, end: i32, rules: usize): bool {
  const from = end > BEFORE ? end - BEFORE : 0;
  return isSilent(text + from, end - from, rules);
}

/** The same from an offset on, in a text of `length` bytes. */
export function isSilentAfter(text: usize, length: i32, from: i32, rules: usize): bool {
  return isSilent(text + from, length - from < AFTER ? length - from : AFTER, rules);
}

/** The same between two offsets. */
export function isSilentBetween(text: usize, from: i32, to: i32, rules: usize): bool {
  return isSilent(text + from, to - from, rules);
}

/**
 * Up to 64 bytes of ASCII in which no word can begin: most of what stands beside the numbers of logs
 * and source code. False where that cannot be told so soon.
 */
function isSilent(from: usize, size: i32, rules: usize): bool {
  if (size > 64) return false;
  const a = v128.load(from);
  const b = v128.load(from, 16);
  const inside: u64 = size == 64 ? <u64>-1 : ((<u64>1) << <u64>size) - 1;
  let letters: u64 = bits32(lettersIn(a), lettersIn(b));
  let digits: u64 = bits32(digitsIn(a), digitsIn(b));
  let small: u64 = bits32(i16x8.shl(a, 2), i16x8.shl(b, 2));
  let others: u64 = bits32(a, b);
  if (size > 32) {
    const c = v128.load(from, 32);
    const d = v128.load(from, 48);
    letters |= <u64>bits32(lettersIn(c), lettersIn(d)) << 32;
    digits |= <u64>bits32(digitsIn(c), digitsIn(d)) << 32;
    small |= <u64>bits32(i16x8.shl(c, 2), i16x8.shl(d, 2)) << 32;
    others |= <u64>bits32(c, d) << 32;
  }
  if ((others & inside) != 0) return false;
  letters &= inside;
  digits &= inside;
  const signs = letters | digits;
  // A capital behind a small letter or a digit begins a word, too.
  const humps = letters & ~small & (((letters & small) | digits) << 1);
  const starts = (signs & ~(signs << 1)) | humps;
  // Mostly no word begins with a digit.
  const firsts = letters | <u64>(<i64>load<i32>(TREE, 44));
  const openings = <usize>load<i32>(TREE, 12);
  for (let left = starts & firsts; left != 0; left &= left - 1) {
    const at = <i32>ctz(left);
    // What follows in the same word.
    const word = at == 63 ? 0 : (signs & ~starts) >> <u64>(at + 1);
    // Of three signs the lower five bits, zeros where the word ends before: openingsOf() in words.ts.
    const second = <i32>word & 1;
    const third = second & (<i32>word >> 1);
    const three = load<i32>(from + at) & (0x1f | (-second & 0x1f00) | (-third & 0x1f0000));
    const opening = ((three << 10) & 0x7c00) | ((three >> 3) & 0x3e0) | (three >> 16);
    if (!hasBit(openings, opening)) continue;
    const node = mayGoOn(from + at, <i32>ctz(~word) + 1);
    if (node != 0 && (rules == 0 || speaksFor(node, rules))) return false;
  }
  return true;
}

/** The node of a word that the first `size` signs begin, or of all of them where one begins so; 0 for none. */
function mayGoOn(from: usize, size: i32): i32 {
  const steps = <usize>load<i32>(TREE);
  const mask = load<i32>(TREE, 4);
  const nodes = <usize>load<i32>(TREE, 8);
  let node = <i32>load<u16>(ROOTS + (capital(<i32>load<u8>(from)) << 1));
  for (let at = 1; node != 0; at++) {
    // A word, or what is a word's beginning up to a space.
    if (load<i32>(nodes + (<usize>node << 3)) != 0 || at == size) return node;
    node = stepFrom(steps, mask, node, capital(<i32>load<u8>(from + at)));
  }
  return 0;
}

/** Is there a word from a node on that speaks for a detector of a set? */
function speaksFor(node: i32, rules: usize): bool {
  const set = <usize>load<i32>(TREE, 32) + (<usize>node << 5);
  return v128.any_true(
    v128.or(
      v128.and(v128.load(set), v128.load(rules)),
      v128.and(v128.load(set, 16), v128.load(rules, 16)),
    ),
  );
}

// @ts-ignore: decorator
@inline
function capital(code: i32): i32 {
  return <u32>(code - 97) < 26 ? code - 32 : code;
}

// @ts-ignore: decorator
@inline
function unitAt(at: i32): i32 {
  return load<u16>(PLAIN + (at << 1));
}

/** How many units of the plain form may begin a word. */
let candidates: i32 = 0;

/**
 * Writes the plain form of UTF-8; returns its length, or -1. Notes each unit that may begin a word
 * with the one behind it, without a branch, which would be a guess at each sign.
 */
function plainForm(from: usize, to: usize): i32 {
  const pairs = <usize>load<i32>(TREE, 16);
  const singles = <usize>load<i32>(TREE, 28);
  store<u16>(PLAIN, <u16>SPACE);
  let next = PLAIN + 2;
  let noted = CANDIDATES;
  let last = SPACE;
  let kindBefore = SEPARATOR;
  let at = from;
  while (at < to) {
    let unit = <i32>load<u8>(at);
    if (unit < 0x80) {
      at++;
    } else {
      if (unit < 0xe0 || unit > 0xef || at + 3 > to) return UNKNOWN;
      const bytes = load<i32>(at);
      unit = ((bytes & 15) << 12) | (((bytes >> 8) & 63) << 6) | ((bytes >> 16) & 63);
      at += 3;
      if (unit > 0xff00 && unit < 0xff5f) unit -= FULL_WIDTH;
      else if (unit == 0x3000) unit = SPACE;
    }
    // Ideographs, of which there are too many to look each up.
    if (<u32>(unit - 0x4e00) > 0x51ff) {
      const kind = <i32>load<u8>(KINDS + unit);
      if (kind == 0) return UNKNOWN;
      const isCut = kind == UPPER && (kindBefore & (LOWER | DIGIT)) != 0;
      const wasSeparator = kindBefore == SEPARATOR;
      kindBefore = kind;
      if (kind == SEPARATOR) {
        if (wasSeparator) continue;
        unit = SPACE;
      } else if (isCut) {
        store<u16>(noted, <u16>((next - PLAIN) >> 1) - 1);
        noted += <usize>(bitOf(pairs, pairOf(last, SPACE)) | bitOf(singles, last)) << 1;
        store<u16>(next, <u16>SPACE);
        next += 2;
        last = SPACE;
      } else if (kind == LOWER) {
        unit -= 32;
      }
    } else {
      kindBefore = SIGN;
    }
    store<u16>(noted, <u16>((next - PLAIN) >> 1) - 1);
    noted += <usize>(bitOf(pairs, pairOf(last, unit)) | bitOf(singles, last)) << 1;
    store<u16>(next, <u16>unit);
    next += 2;
    last = unit;
  }
  // One space ends the text; alone, two do, as in the plain form of nothing.
  if (kindBefore != SEPARATOR || next == PLAIN + 2) {
    store<u16>(noted, <u16>((next - PLAIN) >> 1) - 1);
    noted += <usize>(bitOf(pairs, pairOf(last, SPACE)) | bitOf(singles, last)) << 1;
    store<u16>(next, <u16>SPACE);
    next += 2;
  }
  candidates = <i32>((noted - CANDIDATES) >> 1);
  return <i32>((next - PLAIN) >> 1);
}

/** Letters, in upper case, of scripts that part words with spaces. */
function isSpacedLetter(unit: i32): bool {
  if (unit < 0xc0) return unit >= 65 && unit <= 90;
  return unit <= 0x24f || (unit >= 0x400 && unit <= 0x52f) || (unit >= 0x1e00 && unit <= 0x1eff);
}

function isDigit(unit: i32): bool {
  return unit >= 48 && unit <= 57;
}

// @ts-ignore: decorator
@inline
function isSpacedSign(unit: i32): bool {
  if (unit >= 0x2000) return false;
  return isSpacedLetter(unit) || isDigit(unit);
}

/** Does a word that needs a border behind it end here? */
function endsFreely(end: i32, length: i32): bool {
  const next = end < length ? unitAt(end) : 0;
  const second = end + 1 < length ? unitAt(end + 1) : 0;
  const third = end + 2 < length ? unitAt(end + 2) : 0;
  // A number of its own (`SS4820671`) holds no word before it.
  if (isDigit(next) && isDigit(second) && isDigit(third)) return false;
  // A plural s may follow, and a short number: `phone1`.
  return !isSpacedLetter(next == CAPITAL_S ? second : next);
}

/** Slot of a step in the table, whose size is a power of two. */
// @ts-ignore: decorator
@inline
function stepFrom(steps: usize, mask: i32, node: i32, unit: i32): i32 {
  const key = (node << 16) | unit;
  const mixed = <u32>((node * <i32>0x9e3779b1) ^ unit) * 0x85ebca6b;
  let slot = <i32>(mixed ^ (mixed >> 15)) & mask;
  while (true) {
    const target = load<i32>(steps + (<usize>slot << 3), 4);
    if (target == 0 || load<i32>(steps + (<usize>slot << 3)) == key) return target;
    slot = (slot + 1) & mask;
  }
}

/** Number of two units, or of a pair and a third one, in the sets of bits. */
// @ts-ignore: decorator
@inline
function pairOf(unit: i32, following: i32): i32 {
  return ((unit * PAIR_FACTOR) ^ following) & PAIR_MASK;
}

// @ts-ignore: decorator
@inline
function bitOf(bits: usize, index: i32): i32 {
  return (<i32>load<u8>(bits + (index >> 3)) >> (index & 7)) & 1;
}

// @ts-ignore: decorator
@inline
export function hasBit(bits: usize, index: i32): bool {
  return (<i32>load<u8>(bits + (index >> 3)) & (1 << (index & 7))) != 0;
}

/** From each place where a word may begin, down the tree. */
function search(length: i32): i32 {
  const steps = <usize>load<i32>(TREE);
  const mask = load<i32>(TREE, 4);
  // Two words a node: length and borders of its own word.
  const nodes = <usize>load<i32>(TREE, 8);
  const shorts = <usize>load<i32>(TREE, 20);
  const triples = <usize>load<i32>(TREE, 24);
  const singles = <usize>load<i32>(TREE, 28);
  let found = 0;
  for (let n = 0; n < candidates; n++) {
    const start = <i32>load<u16>(CANDIDATES + (<usize>n << 1));
    const unit = unitAt(start);
    // What begins with a letter or digit needs a border before it.
    if (start > 0 && isSpacedSign(unit) && isSpacedSign(unitAt(start - 1))) continue;
    const pair = pairOf(unit, unitAt(start + 1));
    if ((bitOf(shorts, pair) | bitOf(singles, unit)) == 0) {
      const third = start + 2 < length ? unitAt(start + 2) : 0;
      if (!hasBit(triples, pairOf(pair, third))) continue;
    }
    let node = <i32>load<u16>(ROOTS + (unit << 1));
    let at = start;
    while (node != 0) {
      at++;
      const entry = nodes + (<usize>node << 3);
      if (load<i32>(entry) != 0 && found < MAX_FOUND) {
        if ((load<i32>(entry, 4) & NEEDS_BORDER) == 0 || endsFreely(at, length)) {
          const noted = FOUND + (found * 12);
          store<i32>(noted, node);
          store<i32>(noted, start, 4);
          store<i32>(noted, at, 8);
          found++;
        }
      }
      node = at < length ? stepFrom(steps, mask, node, unitAt(at)) : 0;
    }
  }
  return found;
}
