/**
 * The words beside a match: the text around it in its plain form (upper case, one space for what is
 * neither letter nor digit; see plain.ts), and all hints in it, in one walk over a tree of words.
 */
import { FOUND, KINDS, PLAIN, ROOTS, TREE, WINDOW } from './layout';

const BEFORE: i32 = 40;
const AFTER: i32 = 20;
const MAX_FOUND: i32 = 1000;
/** The library must say what the text is in its plain form. */
const UNKNOWN: i32 = -1;

const SPACE: i32 = 32;
const CAPITAL_S: i32 = 83;
/** Full-width `！` to `～` lie this far above ASCII. */
const FULL_WIDTH: i32 = 0xfee0;

const SEPARATOR: i32 = 1;
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

/** Words in the characters before `end` of the text at `text`, within its cell; how many, or -1. */
export function wordsBefore(text: usize, end: i32): i32 {
  let from = end;
  let characters = 0;
  while (from > 0 && !isBorder(load<u8>(text + from - 1))) {
    if (!isContinuation(load<u8>(text + from)) && ++characters > BEFORE) break;
    from--;
  }
  while (from < end && isContinuation(load<u8>(text + from))) from++;
  return words(text, from, end);
}

/** The same for the characters from `from` on, in a text of `length` bytes. */
export function wordsAfter(text: usize, length: i32, from: i32): i32 {
  let to = from;
  let characters = 0;
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
  const length = plainForm(text + from, text + to);
  store<i32>(WINDOW, length, 8);
  return length < 0 ? UNKNOWN : search(length);
}

// @ts-ignore: decorator
@inline
function unitAt(at: i32): i32 {
  return load<u16>(PLAIN + (at << 1));
}

/** Writes the plain form of UTF-8; returns its length, or -1. */
function plainForm(from: usize, to: usize): i32 {
  store<u16>(PLAIN, <u16>SPACE);
  let length = 1;
  let before = SEPARATOR;
  let at = from;
  while (at < to) {
    const lead = <i32>load<u8>(at);
    let code = lead;
    if (lead < 0x80) {
      at++;
    } else {
      if (lead < 0xe0 || lead > 0xef || at + 3 > to) return UNKNOWN;
      code = ((lead & 15) << 12) | ((<i32>load<u8>(at, 1) & 63) << 6) | (<i32>load<u8>(at, 2) & 63);
      if (code > 0xff00 && code < 0xff5f) code -= FULL_WIDTH;
      else if (code == 0x3000) code = SPACE;
      at += 3;
    }
    const kind = <i32>load<u8>(KINDS + code);
    if (kind == 0) return UNKNOWN;
    if (kind == SEPARATOR) {
      if (before != SEPARATOR) store<u16>(PLAIN + (length++ << 1), <u16>SPACE);
    } else {
      if (kind == UPPER && (before & (LOWER | DIGIT)) != 0) {
        store<u16>(PLAIN + (length++ << 1), <u16>SPACE);
      }
      store<u16>(PLAIN + (length++ << 1), <u16>(kind == LOWER ? code - 32 : code));
    }
    before = kind;
  }
  // One space ends the text; alone, two do, as in the plain form of nothing.
  if (before != SEPARATOR || length == 1) store<u16>(PLAIN + (length++ << 1), <u16>SPACE);
  return length;
}

/** Letters, in upper case, of scripts that part words with spaces. */
function isSpacedLetter(unit: i32): bool {
  if (unit < 0xc0) return unit >= 65 && unit <= 90;
  return unit <= 0x24f || (unit >= 0x400 && unit <= 0x52f) || (unit >= 0x1e00 && unit <= 0x1eff);
}

function isDigit(unit: i32): bool {
  return unit >= 48 && unit <= 57;
}

function isSpacedSign(unit: i32): bool {
  return isSpacedLetter(unit) || isDigit(unit);
}

/** Needs a border before (1), behind (2). */
function hasBorders(needs: i32, start: i32, end: i32, length: i32): bool {
  if ((needs & 1) != 0 && start > 0 && isSpacedSign(unitAt(start - 1))) return false;
  if ((needs & 2) == 0) return true;
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

function search(length: i32): i32 {
  const steps = <usize>load<i32>(TREE);
  const mask = load<i32>(TREE, 4);
  // Four words a node: where to go on when nothing fits, the next shorter word, length and borders of its own.
  const nodes = <usize>load<i32>(TREE, 8);
  let found = 0;
  let node = 0;
  for (let at = 0; at < length; at++) {
    const unit = unitAt(at);
    let next = node == 0 ? 0 : stepFrom(steps, mask, node, unit);
    while (next == 0 && node != 0) {
      node = load<i32>(nodes + (<usize>node << 4));
      if (node != 0) next = stepFrom(steps, mask, node, unit);
    }
    node = node == 0 ? load<u16>(ROOTS + (unit << 1)) : next;
    for (let end = node; end != 0; end = load<i32>(nodes + (<usize>end << 4), 4)) {
      const size = load<i32>(nodes + (<usize>end << 4), 8);
      if (size == 0 || found >= MAX_FOUND) continue;
      const start = at + 1 - size;
      if (!hasBorders(load<i32>(nodes + (<usize>end << 4), 12), start, at + 1, length)) continue;
      const entry = FOUND + (found * 12);
      store<i32>(entry, end);
      store<i32>(entry, start, 4);
      store<i32>(entry, at + 1, 8);
      found++;
    }
  }
  return found;
}
