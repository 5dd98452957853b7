/**
 * The one pass over the text, as SIMD WebAssembly. 64 bytes at a time become masks of bits; where
 * none is a digit, an `@`, a `<`, a border or two mask signs nothing can begin, and that is most
 * of most texts. Of the digits most die by counting: a cluster of digits and separators too short
 * for any identifier. What is left goes through a rough automaton, which knows digits, letters and
 * signs by the length of their runs and takes one step a run; only where that one accepts does the
 * exact automaton run, from each place where a match may begin.
 *
 * Every place is tried once and every run bounded by the longest identifier, so the work grows with
 * the text whatever the text is.
 */
import {
  BEFORES, BEGINNINGS, BOUNDARIES, CLASSES, END_STATES, ENDS, FIRSTS, IS_BORDER, IS_INNER, IS_MASK,
  KNOWN, NUMBERS, PAIRS, ROUGH, ROUGH_STARTS, SETS, STATE, SYMBOLS,
} from './layout';
import {
  before, beforeNext, bits, bits32, bordersIn, digitsIn, gapsOrLettersOf, halves, hasSingles,
  innerOrLettersOf, kindsOf, lettersIn, lettersOf, looksOf, lookUp, mixOf, singlesIn, zerosIn,
} from './kinds';
import {
  apart, byteAt, clusters, digitBits, everyDigit, fewestDigits, innerDigitBits, isDigit, isGap,
  isLetter, isLongBehindWord, isWord, lax, shortestMixed, sieve, sieveNothing, text, tokens, touching,
  useText, wordBits, wordsBefore,
} from './sieve';
import {
  ADDRESS, beginTable, endTable, inertsAt, isOn, longCell, nextRow, settledAt, shortCell, UNSETTLED, upper,
} from './table';
import { isDoneWith } from './forms';
import { endOf, origin, originLength, startOf } from './origin';
import { hasBit, isSilentAfter, isSilentBefore, isSilentBetween } from './words';

/** Builds the state that a class leads to from a row of an automaton's table: its entry, or 0 when the table was started over. */
@external('env', 'step')
declare function step(group: i32, row: i32, reads: i32): i32;
/** The same for the rough automaton. */
@external('env', 'roughStep')
declare function roughStep(state: i32, symbol: i32): i32;
/** Where the rough automaton starts behind a sign. */
@external('env', 'roughStart')
declare function roughStart(sign: i32): i32;
/** By looks, sign by sign: might there be a match at a cluster that begins at the second of so many signs? */
@external('env', 'mayHold')
declare function mayHold(at: usize, size: i32): i32;
/**
 * Of looks that {@link mayHold}: address of what is known where nothing comes of a match unless a word
 * speaks for its detector; 0 where something might.
 */
@external('env', 'stillness')
declare function stillness(at: usize, size: i32): i32;
/** Does nothing come, in the column of a cell, of what is complete in a state of the digits' automaton unless a word speaks for it? */
@external('env', 'learnInert')
declare function learnInert(cell: i32, state: i32): i32;
/** Is what stands behind an `@`, so many signs at an address, no host of mailboxes, wherever it ends? */
@external('env', 'vainHost')
declare function vainHost(at: usize, size: i32): i32;
/** Tells of a place where shapes matched; their ends lie in memory. */
@external('env', 'visit')
declare function visit(group: i32, start: i32, found: i32): void;

const DIGIT: i32 = 0;
const AT: i32 = 1;
const ANGLE: i32 = 2;
const MASK: i32 = 3;

const DEAD: i32 = 1;
const ROUGH_START: i32 = 2;
const ROUGH_ACCEPTS: i32 = 0x8000;
/** Longer runs count as this. */
const LONGEST_RUN: i32 = 40;
const MAX_ENDS: i32 = 512;
/** Three lines of at most 44 characters with their line ends. */
const MRZ_REACH: i32 = 140;

const CELL: i32 = 0x1f;
const ROW: i32 = 0x1e;
const LINE_FEED: i32 = 10;
const CARRIAGE_RETURN: i32 = 13;
const DOT: i32 = 46;
const AT_SIGN: i32 = 64;
const ANGLE_SIGN: i32 = 60;

/** Bytes of the text at hand. */
let length: i32 = 0;
/** Before each floor every start of that anchor has been tried. */
let digitFloor: i32 = 0;
let atFloor: i32 = 0;
let angleFloor: i32 = 0;
let maskFloor: i32 = 0;
/** Before it the rough automaton has been, or no cluster is long enough. */
let walked: i32 = 0;
let cold: i32 = 0;
/** Before it each token with digits is tried. */
let hotUntil: i32 = 0;
let blockEnd: i32 = 0;
let steps: f64 = 0;
/** Are places left out of which nothing can come? */
let isHushed: bool = false;

// Numbers by automaton, eight words each: table, entry of the start, classes, lookback, boundaries, is there one,
// what was seen in vain.
// @ts-ignore: decorator
@inline
function numberOf(group: i32, index: i32): i32 {
  return load<i32>(NUMBERS + ((group << 3) + index << 2));
}

/** Are there signs beside the match that no shape of this state bears? */
function isRefused(group: i32, state: i32, start: i32, end: i32): bool {
  const number = load<u8>(<usize>numberOf(group, 4) + state);
  if (number == 0) return false;
  const signs = BOUNDARIES + (<usize>number << 8);
  if (start > 0 && load<u8>(signs + byteAt(start - 1)) != 0) return true;
  const next = byteAt(end);
  if (end >= length || load<u8>(signs + next) == 0) return false;
  return next != DOT || isDigit(byteAt(end + 1));
}

/** Where the last run ended. */
let reached: i32 = 0;

/** Runs an automaton until nothing can match; returns how many ends were noted (accepting, with no letter or digit after). */
function run(group: i32, start: i32): i32 {
  const table = <usize>numberOf(group, 0);
  const classes = CLASSES + (<usize>group << 8);
  let entry = numberOf(group, 1);
  let at = start;
  let found = 0;
  while (at < length) {
    const reads = <i32>load<u8>(classes + byteAt(at));
    let next = load<i32>(table + (((entry >> 1) + reads) << 2));
    if (next <= DEAD) {
      if (next == DEAD) break;
      next = step(group, entry >> 1, reads);
      if (next == 0) {
        // The table was started over: its states mean others now, and this run is repeated on the empty one.
        store<i32>(STATE, load<i32>(STATE, 16) + 1, 16);
        return run(group, start);
      }
      if (next == DEAD) break;
    }
    entry = next;
    at++;
    if ((entry & 1) == 0 || found >= MAX_ENDS || (at < length && isWord(byteAt(at)))) continue;
    // Of a mask, all of it: judging.ts says the same.
    if (group == MASK && at < length && load<u8>(IS_MASK + byteAt(at)) != 0) continue;
    const state = (entry >> 1) / numberOf(group, 2);
    if (!lax && isRefused(group, state, start, at)) continue;
    store<i32>(ENDS + (found << 2), at);
    store<i32>(END_STATES + (found << 2), state);
    found++;
  }
  steps += <f64>(at - start + 1);
  reached = at;
  return found;
}

function tryAt(group: i32, start: i32): void {
  const found = run(group, start);
  if (found == 0) return;
  if (inerts != 0 && group == DIGIT && isInert(start, found)) return;
  if (isHushed) {
    if (isHush(group, start, found)) return;
    if (group == DIGIT && isDoneWith(text, start, found)) return;
  }
  visit(group, start, found);
}

/**
 * Of the cell at hand: what its column is known to make nothing of, where that is known; the cell and
 * its bounds. Columns of addresses are full of numbers that mean something only beside a word.
 */
let inerts: usize = 0;
let cellNumber: i32 = 0;
let cellFrom: i32 = 0;
let cellTo: i32 = 0;
/** Is the cell silent? Asked where something lies in it. */
let silence: i32 = 0;

// Of a column: the set of detectors that need a word, when the states were asked for, how many there are, and what was said of each.
const ASKED_FOR: usize = 32;
const STATE_COUNT: usize = 36;
const INERT_STATES: usize = 40;
const IS_INERT: i32 = 1;
const IS_NOT: i32 = 2;
/** Bytes before a match that are asked for words; words.as says the same. */
const REACH_BEFORE: i32 = 40;

/** Do all shapes found at a start need a word in their cell, and is there none? */
function isInert(start: i32, found: i32): bool {
  const times = load<i32>(STATE, 16);
  if (load<i32>(inerts, ASKED_FOR) != times) {
    store<i32>(inerts, times, ASKED_FOR);
    memory.fill(inerts + INERT_STATES, 0, load<i32>(inerts, STATE_COUNT));
  }
  for (let i = 0; i < found; i++) {
    const state = load<i32>(END_STATES + (i << 2));
    const at = inerts + INERT_STATES + <usize>state;
    let known = <i32>load<u8>(at);
    if (known == 0) {
      known = learnInert(cellNumber, state) != 0 ? IS_INERT : IS_NOT;
      store<u8>(at, <u8>known);
    }
    if (known == IS_NOT) return false;
  }
  if (silence == 0) {
    const isSilent = isSilentBetween(origin, startOf(cellFrom), endOf(cellTo), inerts);
    silence = isSilent ? IS_INERT : IS_NOT;
  }
  if (silence == IS_NOT) return false;
  // What is farther away is cut off, and a word may begin where it is.
  return start - cellFrom <= REACH_BEFORE || isSilentBefore(origin, startOf(start), inerts);
}

/** Leave out from now on, until the next text, places of which nothing can come. */
export function hush(): void {
  isHushed = true;
}

// How a match is written, as evidence.ts has it.
const PLAIN_LOOK: i32 = 0;
const PRINTED_LOOK: i32 = 1;
const DOTTED_LOOK: i32 = 2;
/** JavaScript has said of a state's shapes in which looks they need a word beside them. */
const IS_KNOWN: i32 = 0x80;

/** Do all shapes found at a start need a word beside them, and is there none? */
function isHush(group: i32, start: i32, found: i32): bool {
  const quiet = <usize>numberOf(group, 7);
  for (let i = 0; i < found; i++) {
    const said = <i32>load<u8>(quiet + load<i32>(END_STATES + (i << 2)));
    if ((said & IS_KNOWN) == 0) return false;
    if (((said >> lookOf(start, load<i32>(ENDS + (i << 2)))) & 1) == 0) return false;
  }
  if (!isSilentBefore(origin, startOf(start), 0)) return false;
  for (let i = 0; i < found; i++) {
    if (!isSilentAfter(origin, originLength, endOf(load<i32>(ENDS + (i << 2))), 0)) return false;
  }
  return true;
}

function lookOf(start: i32, end: i32): i32 {
  let dots = 0;
  let isDotted = true;
  let wasDigit = false;
  for (let at = start; at < end; at++) {
    const code = byteAt(at);
    if (isDigit(code)) {
      wasDigit = true;
      continue;
    }
    if (code == DOT && wasDigit) dots++;
    else if (at > start && isPrinted(code)) return PRINTED_LOOK;
    else isDotted = false;
    wasDigit = false;
  }
  return isDotted && wasDigit && dots > 0 ? DOTTED_LOOK : PLAIN_LOOK;
}

/** `-/()[]`, as decoys.ts has it. */
// @ts-ignore: decorator
@inline
function isPrinted(code: i32): bool {
  return code == 45 || code == 47 || code == 40 || code == 41 || code == 91 || code == 93;
}

/** Of a word so many signs are looked at; beginnings.ts says the same. */
const BEGINNING: i32 = 12;

/** May a match begin with a word of such letters and digits? */
// @ts-ignore: decorator
@inline
function mayBegin(start: i32): bool {
  const kinds = kindsOf(v128.load(text + start));
  const ds = i8x16.bitmask(kinds);
  const ls = i8x16.bitmask(lettersOf(kinds));
  const end = 1 << ctz(~(ds | ls) | (1 << BEGINNING));
  return hasBit(BEGINNINGS, (ds & (end - 1)) | end);
}

/** Where the letters and digits before an offset begin, from a floor on. */
function wordStart(at: i32, floor: i32): i32 {
  let start = at;
  let words = 0xffff;
  while (words == 0xffff && start > floor) {
    words = wordsAt(start - 16);
    start -= <i32>clz(~(words << 16));
  }
  return start > floor ? start : floor;
}

/** Where the letters and digits from an offset on end. */
function wordEnd(at: i32): i32 {
  let end = at;
  let words = 0xffff;
  while (words == 0xffff) {
    words = wordsAt(end);
    end += <i32>ctz(~words);
  }
  return end < length ? end : length;
}

/** Which of sixteen bytes are letters and digits. */
// @ts-ignore: decorator
@inline
function wordsAt(at: i32): i32 {
  const kinds = kindsOf(v128.load(text + at));
  return i8x16.bitmask(kinds) | i8x16.bitmask(lettersOf(kinds));
}

/** Tries the token of its first digit and what may stand before it; returns the token's end. */
function digits(at: i32): i32 {
  const end = wordEnd(at + 1);
  tryToken(wordStart(at, digitFloor), end);
  return end;
}

/** The same for a token of which the bounds are known. */
function tryToken(token: i32, end: i32): void {
  const first = FIRSTS;
  const before = BEFORES;
  const reach = token - numberOf(DIGIT, 3);
  const limit = reach > digitFloor ? reach : digitFloor;
  let start = token;
  // A digit before it: that token's starts were tried, or nothing can begin there.
  while (start > limit && load<u8>(before + byteAt(start - 1)) != 0 && !isDigit(byteAt(start - 1))) {
    start--;
  }
  for (; start <= token; start++) {
    if (load<u8>(first + byteAt(start)) == 0) continue;
    if (start > 0 && isWord(byteAt(start - 1))) continue;
    if (!lax && start > 0 && load<u8>(IS_BORDER + byteAt(start - 1)) != 0) continue;
    if (mayBegin(start)) tryAt(DIGIT, start);
  }
  digitFloor = end;
}

/** The exact automaton on each token with digits. */
function digitsBetween(from: i32, to: i32): void {
  let at = from > digitFloor ? from : digitFloor;
  while (at < to) at = isDigit(byteAt(at)) ? digits(at) : at + 1;
}

/** Does a match that ends here end beside a sign that none of them bears? */
// @ts-ignore: decorator
@inline
function endsFreely(end: i32): bool {
  if (end >= length) return true;
  const next = byteAt(end);
  if (isWord(next)) return false;
  if (load<u8>(IS_BORDER + next) == 0) return true;
  return next == DOT && !isDigit(byteAt(end + 1));
}

/**
 * Clusters that were walked before, by what they look like: digits made one, letters another. Logs
 * and source code are full of the same few. An entry holds the looks, how far the walk went, and
 * where the rough automaton accepted last.
 */
const LOOKS: i32 = 32;
const ENTRY_BITS: i32 = 6;
const ENTRY_COUNT_BITS: i32 = 11;
/** Of an entry: has JavaScript been asked whether its looks may hold anything? */
const ASKED: usize = 48;
/** How often it was spared since it was asked for last, and how often it may be. */
const SPARED: usize = 52;
const OFTEN_SPARED: i32 = 64;
/** Where the other entry for the same looks lies. */
const OTHER: usize = <usize>1 << ENTRY_BITS;

/** The entry asked for last. */
let lastEntry: usize = 0;
let looksLow: v128 = i8x16.splat(0);
let looksHigh: v128 = i8x16.splat(0);

/** Address of the entry for the text from `from` on, of which `size` bytes count. */
// @ts-ignore: decorator
@inline
function entryOf(from: i32, size: i32): usize {
  const wanted = i8x16.splat(<i8>size);
  const low = v128.load(text + from);
  const high = v128.load(text + from, 16);
  looksLow = v128.and(looksOf(low), before(wanted));
  looksHigh = v128.and(looksOf(high), beforeNext(wanted));
  // Where the digits and letters stand, and the sign before: the rest is compared.
  const inside = (<u64>-1) >> <u64>(64 - size);
  const ds = <u64>bits32(digitsIn(low), digitsIn(high)) & inside;
  const ls = <u64>bits32(lettersIn(low), lettersIn(high)) & inside;
  const mixed = ((ls << 32) + ds + (<u64>load<u8>(text + from) << 28) + <u64>size) * 0x9e3779b97f4a7c15;
  lastEntry = KNOWN + (<usize>(mixed >> (64 - ENTRY_COUNT_BITS)) << ENTRY_BITS);
  return lastEntry;
}

/** What is known of the looks of so many signs; 0 where nothing is. */
// @ts-ignore: decorator
@inline
function knownOf(from: i32, size: i32): i32 {
  const entry = entryOf(from, size);
  if (isOf(entry, size)) return load<i32>(entry, 32);
  const other = entry ^ OTHER;
  if (!isOf(other, size)) return 0;
  lastEntry = other;
  return load<i32>(other, 32);
}

// @ts-ignore: decorator
@inline
function isOf(entry: usize, size: i32): bool {
  const other = v128.or(
    v128.xor(looksLow, v128.load(entry)),
    v128.xor(looksHigh, v128.load(entry, 16)),
  );
  // Zeros behind a text look like nothing.
  return !v128.any_true(other) && load<i32>(entry, 36) == size;
}

function remember(from: i32, size: i32, known: i32): void {
  let entry = entryOf(from, size);
  // Of hashes and the like each looks different: they do not soon drive out what was seen before.
  if (!isOf(entry, size) && (load<i32>(entry, ASKED) != 0 || isOf(entry ^ OTHER, size))) {
    entry ^= OTHER;
    if (!isOf(entry, size) && load<i32>(entry, ASKED) != 0) {
      const times = load<i32>(entry, SPARED) + 1;
      store<i32>(entry, times, SPARED);
      if (times < OFTEN_SPARED) return;
    }
  }
  v128.store(entry, looksLow);
  v128.store(entry, looksHigh, 16);
  store<i32>(entry, known, 32);
  store<i32>(entry, size, 36);
  store<i32>(entry, 0, 44);
  store<i32>(entry, 0, ASKED);
  store<i32>(entry, 0, SPARED);
}

/** Takes the rough automaton over the cluster whose digits lie in `at`..`end`, or remembers what it said. */
function walk(at: i32, end: i32): void {
  // The sign before decides what may begin, two behind whether it may end.
  const size = end + 2 - (at - 1);
  let known = 0;
  if (size <= LOOKS) {
    known = knownOf(at - 1, size);
    // Of these it takes so many signs more to know.
    if (known < 0) known = knownOf(at - 1, -known);
  }
  if (known <= 0) {
    const hotEnd = walkThrough(at, end);
    const wanted = walked + 2 - (at - 1);
    const isShort = size <= LOOKS && wanted <= LOOKS && walked > at;
    if (isShort && wanted > size) {
      remember(at - 1, size, -wanted);
      // It may be known of so many signs, where others begin alike.
      known = knownOf(at - 1, wanted);
    }
    if (known <= 0) {
      const hot = hotEnd > at ? hotEnd - at : 0;
      if (isShort) remember(at - 1, wanted > size ? wanted : size, ((walked - at) << 8) | hot);
      if (hot > 0) tryAll(at, hotEnd);
      return;
    }
  }
  walked = at + (known >> 8);
  steps++;
  const hot = known & 255;
  if (hot == 0) return;
  const entry = lastEntry;
  store<i32>(entry, 0, SPARED);
  if (load<i32>(entry, ASKED) == 0) {
    // The rough automaton does not know which signs stand beside which shapes. Asked at the second
    // sight: of hashes and the like each looks different.
    store<i32>(entry, 1, ASKED);
    if (mayHold(text + at - 1, load<i32>(entry, 36)) == 0) {
      store<i32>(entry, known & ~255, 32);
      return;
    }
    lastEntry = entry;
  }
  if (!(isHushed && isStill(at, at + hot))) tryAll(at, at + hot);
}

// Of looks in which nothing comes of a match without a word: the set of its detectors, how many
// starts and ends there may be, and which, from the cluster on.
const STARTS: usize = 34;
const STILL_ENDS: usize = 46;

/**
 * Is nothing to come of a hot cluster whose looks were asked for last, whatever its digits are, since
 * no word beside it speaks for any detector that it may be of? Then its tokens are done with.
 */
function isStill(at: i32, end: i32): bool {
  const entry = lastEntry;
  const times = load<i32>(STATE, 16);
  if (load<i32>(entry, 44) != times) {
    // What is asked has changed since.
    store<i32>(entry, stillness(text + at - 1, load<i32>(entry, 36)), 40);
    store<i32>(entry, times, 44);
  }
  const still = <usize>load<i32>(entry, 40);
  if (still == 0 || opensBefore(at)) return false;
  for (let i = <i32>load<u8>(still, 32) - 1; i >= 0; i--) {
    if (!isSilentBefore(origin, startOf(at + <i32>load<u8>(still + i, STARTS)), still)) return false;
  }
  for (let i = <i32>load<u8>(still, 33) - 1; i >= 0; i--) {
    const last = endOf(at + <i32>load<u8>(still + i, STILL_ENDS));
    if (!isSilentAfter(origin, originLength, last, still)) return false;
  }
  let done = end;
  if (isWord(byteAt(end - 1))) while (done < length && isWord(byteAt(done))) done++;
  if (done > digitFloor) digitFloor = done;
  return true;
}

/** May a match begin in what stands right before a cluster? */
function opensBefore(at: i32): bool {
  if (isWord(byteAt(at - 1))) return true;
  const reach = at - numberOf(DIGIT, 3);
  const limit = reach > digitFloor ? reach : digitFloor;
  for (let start = at; start > limit; start--) {
    const code = byteAt(start - 1);
    if (load<u8>(BEFORES + code) == 0 || isDigit(code)) return false;
    if (load<u8>(FIRSTS + code) != 0) return true;
  }
  return false;
}

/**
 * The exact automaton on all that lies before the last place where the rough one accepted; behind the
 * block at hand when its turn comes, so that starts ascend.
 */
function tryAll(from: i32, to: i32): void {
  hotUntil = to;
  digitsBetween(from, to < blockEnd ? to : blockEnd);
}

/** Goes on behind the cluster as long as a match might; returns where the rough automaton accepted last, or 0. */
function walkThrough(from: i32, end: i32): i32 {
  let pos = from;
  const before = byteAt(from - 1);
  let state = <i32>load<u16>(ROUGH_STARTS + (before << 1));
  if (state == 0) state = roughStart(before);
  let hotEnd = 0;
  let windowAt = -64;
  let breaks: u32 = 0;
  let symbols = 0;
  while (pos < length) {
    const code = byteAt(pos);
    let symbol = <i32>load<u8>(SYMBOLS + code);
    if (symbol == 255) break;
    let n = 1;
    const isRun = symbol < LONGEST_RUN * 2;
    if (isRun) {
      if (pos - windowAt > 12) {
        windowAt = pos;
        const a = v128.load(text + pos);
        const b = v128.load(text + pos, 16);
        const ds = bits32(digitsIn(a), digitsIn(b));
        const ls = bits32(lettersIn(a), lettersIn(b));
        // Where a run of another kind begins.
        breaks = ~((ds & (ds << 1)) | (ls & (ls << 1)));
      }
      const behind = breaks >> <u32>(pos - windowAt + 1);
      if (behind == 0) {
        const kind = isDigit(code);
        while (pos + n < length && isWord(byteAt(pos + n)) && isDigit(byteAt(pos + n)) == kind) n++;
      } else {
        n = <i32>ctz(behind) + 1;
      }
      symbol += n < LONGEST_RUN ? n : LONGEST_RUN;
    } else {
      symbol++;
    }
    symbols++;
    let next = <i32>load<u16>(ROUGH + (((state << 7) + symbol) << 1));
    if (next == 0) next = roughStep(state, symbol);
    pos += n;
    state = next & 0x7fff;
    if ((next & ROUGH_ACCEPTS) != 0 && endsFreely(pos)) hotEnd = pos;
    // Not within a token: what begins behind it is another cluster's.
    if (state <= ROUGH_START && pos >= end && !(isRun && isWord(byteAt(pos)))) break;
  }
  if (pos > length) pos = length;
  walked = pos;
  steps += <f64>symbols;
  return hotEnd;
}

/** A digit with which a run of digits begins, from which on at least so many digits and separators stand in a row. */
// @ts-ignore: decorator
@inline
function cluster(at: i32, index: u64): void {
  const rest = ~(innerDigitBits >> index);
  const size = ctz(rest);
  if (index + size < 64) {
    const end = at + <i32>size;
    if (<i32>popcnt((digitBits >> index) & (((<u64>1) << size) - 1)) >= fewestDigits) {
      // Letters right behind a digit often belong to it.
      const letters = ctz(~(wordBits >> (index + size))) & (0 - ((digitBits >> (index + size - 1)) & 1));
      walk(at, end + <i32>letters);
    } else {
      cold = end;
    }
  } else {
    longCluster(at, index);
  }
}

/** The same for a cluster that reaches behind the block; most end within the next bytes. */
function longCluster(at: i32, index: u64): void {
  const kinds = kindsOf(v128.load(text + blockEnd));
  const ds = <u32>i8x16.bitmask(kinds);
  const ls = <u32>i8x16.bitmask(lettersOf(kinds));
  const size = ctz(~(ds | (<u32>i8x16.bitmask(innerOrLettersOf(kinds)) & ~ls)));
  let count = <i32>popcnt(digitBits >> index);
  let end = blockEnd + <i32>size;
  if (size < 16) {
    count += <i32>popcnt(ds & ((<u32>1 << size) - 1));
  } else {
    for (end = blockEnd; end < length; end++) {
      const code = byteAt(end);
      if (isDigit(code)) count++;
      else if (load<u8>(IS_INNER + code) == 0) break;
    }
  }
  if (count >= fewestDigits) walk(at, end);
  else cold = end;
}

/** A digit behind a token's letters, or a letter behind its digits: is the token long enough? */
function token(at: i32): void {
  const from = wordStart(at, digitFloor);
  const end = wordEnd(at + 1);
  if (everyDigit || lax || end >= from + shortestMixed) tryToken(from, end);
}

/** A digit behind letters, with a gap between them or not: how long is the word? */
function behindWord(at: i32): void {
  let before = at;
  while (before > digitFloor && at - before < 9 && isGap(byteAt(before - 1))) before--;
  let word = before;
  while (word > digitFloor && before - word < 31 && isLetter(byteAt(word - 1))) word--;
  if (word > 0 && isWord(byteAt(word - 1))) return;
  const letters = before - word;
  if ((((before < at ? apart : touching) >> letters) & 1) == 0) return;
  if (letters == 1 || hasBit(PAIRS, wordBit(word, letters))) digits(at);
}

/** Number of the bit for a word's first two letters; prefilter.ts says the same. */
// @ts-ignore: decorator
@inline
function wordBit(word: i32, letters: i32): i32 {
  const others = letters == 2 ? 0 : 1024;
  return others + ((byteAt(word) & 31) << 5) + (byteAt(word + 1) & 31);
}

/** Mask signs that led to nothing, by the bytes around them; source code is full of the same few. */
const VAIN_BEFORE: i32 = 8;
const VAIN_BEHIND: i32 = 5;
const VAIN_COUNT_BITS: i32 = 10;

/** Tries what may end in a run of mask signs; returns the run's end. */
function masks(at: i32): i32 {
  const from = at - VAIN_BEFORE;
  if (lax || from < maskFloor) {
    tryMasks(at);
    return endOfMasks(at);
  }
  const wanted = i8x16.splat(<i8>(VAIN_BEFORE + VAIN_BEHIND));
  const around = v128.and(v128.load(text + from), before(wanted));
  const hash =
    i64x2.extract_lane(around, 0) * 0x9e3779b97f4a7c15 +
    i64x2.extract_lane(around, 1) * 0xbf58476d1ce4e5b9;
  const mixed = <u64>(hash ^ (hash >>> 32)) * 0x94d049bb133111eb;
  const entry = <usize>numberOf(MASK, 6) + (<usize>(mixed >> (64 - VAIN_COUNT_BITS)) << 4);
  const end = endOfMasks(at);
  if (!v128.any_true(v128.xor(around, v128.load(entry)))) return end;
  const last = tryMasks(at);
  if (last < at + VAIN_BEHIND - 1 && end < at + VAIN_BEHIND) v128.store(entry, around);
  return end;
}

function endOfMasks(at: i32): i32 {
  let end = at + 2;
  while (end < length && load<u8>(IS_MASK + byteAt(end)) != 0) end++;
  return end;
}

/** Returns how far it looked; beyond all where it looked far back or something matched. */
function tryMasks(at: i32): i32 {
  const first = FIRSTS + (MASK << 8);
  const reach = at - numberOf(MASK, 3);
  const limit = reach > maskFloor ? reach : maskFloor;
  let start = at;
  while (start > limit && load<u8>(BEFORES + (MASK << 8) + byteAt(start - 1)) != 0) start--;
  let last = at - start < VAIN_BEFORE ? at : i32.MAX_VALUE;
  let isInside = start > 0 && isPart(byteAt(start - 1));
  for (; start <= at; start++) {
    const code = byteAt(start);
    if (!isInside && load<u8>(first + code) != 0) {
      const found = run(MASK, start);
      if (found > 0) {
        visit(MASK, start, found);
        last = i32.MAX_VALUE;
      } else if (reached > last) {
        last = reached;
      }
    }
    isInside = isPart(code);
  }
  return last;
}

/** Neither begins a masked form behind it nor ends one before it. */
// @ts-ignore: decorator
@inline
function isPart(code: i32): bool {
  return isWord(code) || load<u8>(IS_MASK + code) != 0;
}

// Of a host that was asked for: itself, in capitals; what is known of it; its size.
const HOST_ENTRY_BITS: i32 = 6;
const HOST_COUNT_BITS: i32 = 8;

// @ts-ignore: decorator
@inline
function hostSigns(bytes: v128): v128 {
  return v128.or(
    v128.or(digitsIn(bytes), lettersIn(bytes)),
    v128.or(i8x16.eq(bytes, i8x16.splat(45)), i8x16.eq(bytes, i8x16.splat(46))),
  );
}

/** Can nobody have a mailbox at what stands behind an `@`? Names of pictures are full of such: `hero@2x.png`. */
function isVainHost(at: i32): bool {
  const low = v128.load(text + at, 1);
  const high = v128.load(text + at, 17);
  const size = <i32>ctz(~bits32(hostSigns(low), hostSigns(high)));
  if (size > 31) return false;
  const wanted = i8x16.splat(<i8>size);
  const a = v128.and(upper(low), before(wanted));
  const b = v128.and(upper(high), beforeNext(wanted));
  const entry =
    <usize>numberOf(AT, 6) + (<usize>(mixOf(a, b) >> (64 - HOST_COUNT_BITS)) << HOST_ENTRY_BITS);
  const other = v128.or(v128.xor(a, v128.load(entry)), v128.xor(b, v128.load(entry, 16)));
  if (!v128.any_true(other) && load<i32>(entry, 36) == size) return load<i32>(entry, 32) != 0;
  const answer = vainHost(text + at + 1, size);
  v128.store(entry, a);
  v128.store(entry, b, 16);
  store<i32>(entry, answer, 32);
  store<i32>(entry, size, 36);
  return answer != 0;
}

/** Back over the local part of an e-mail address, then forward from its start. */
function address(at: i32): void {
  // In tables what is refused counts.
  if (isHushed && isVainHost(at)) return;
  const before = BEFORES + (AT << 8);
  const first = FIRSTS + (AT << 8);
  const reach = at - numberOf(AT, 3);
  const limit = reach > atFloor ? reach : atFloor;
  let start = at;
  while (start > limit && load<u8>(before + byteAt(start - 1)) != 0) start--;
  while (start < at && load<u8>(first + byteAt(start)) == 0) start++;
  if (start < at) tryAt(AT, start);
}

// @ts-ignore: decorator
@inline
function isZone(code: i32): bool {
  return code == ANGLE_SIGN || isWord(code);
}

/** The machine-readable zone: the run of its characters and up to two lines of them before; returns its end. */
function angles(at: i32): i32 {
  let start = at;
  let second = -1;
  let third = -1;
  let last = at;
  for (let line = 0; line < 3; line++) {
    while (start > angleFloor && at - start < MRZ_REACH && isZone(byteAt(start - 1))) start--;
    if (line == 0) last = start;
    else if (line == 1) second = start;
    else third = start;
    if (start <= angleFloor || byteAt(start - 1) != LINE_FEED) break;
    start--;
    if (start > angleFloor && byteAt(start - 1) == CARRIAGE_RETURN) start--;
  }
  if (third >= 0) tryAt(ANGLE, third);
  if (second >= 0) tryAt(ANGLE, second);
  tryAt(ANGLE, last);
  let end = at + 1;
  while (end < length && isZone(byteAt(end))) end++;
  return end;
}

function border(sign: i32, next: i32): void {
  store<i32>(STATE + 12, load<i32>(STATE + 12) + 1);
  store<i32>(STATE + 8, next);
  if (sign == CELL) {
    store<i32>(STATE + 4, load<i32>(STATE + 4) + 1);
  } else {
    store<i32>(STATE, load<i32>(STATE) + 1);
    store<i32>(STATE + 4, 0);
  }
  leave(next);
}

function sign(at: i32): void {
  const code = byteAt(at);
  if (load<u8>(IS_MASK + code) != 0) {
    if (at >= maskFloor && load<u8>(IS_MASK + byteAt(at + 1)) != 0) maskFloor = masks(at);
  } else if (code == AT_SIGN) {
    if (at != settledAt) address(at);
    atFloor = at + 1;
  } else if (code == ANGLE_SIGN) {
    if (at >= angleFloor) angleFloor = angles(at);
  } else {
    border(code, at + 1);
  }
}

/** A table, a cell at a time: most are settled, or hold nothing in which a match could begin. */
function scanTable(size: i32): void {
  const hasDigit = numberOf(DIGIT, 5) != 0;
  let at = 0;
  let row = 0;
  let cell = 0;
  while (true) {
    const bytes = v128.load(text + at);
    const ends = i8x16.bitmask(bordersIn(bytes));
    let end = ends != 0 ? at + <i32>ctz(ends) : endOfCell(at + 16, size);
    if (end > size) end = size;
    const cellSize = end - at;
    const settled =
      cellSize < 16 ? shortCell(cell, at, cellSize, bytes) : longCell(cell, at, cellSize, bytes);
    if (settled == UNSETTLED) {
      if (cellSize >= 32 || !holdsNothing(at, cellSize)) {
        enter(row, cell, at);
        inerts = inertsAt(cell);
        cellNumber = cell;
        cellFrom = at;
        cellTo = end;
        silence = 0;
        searchCell(at, end);
        inerts = 0;
      }
    } else if (settled == ADDRESS && hasDigit && load<u8>(FIRSTS + byteAt(at)) != 0) {
      // Signs stand before all its other words beside which nothing begins.
      enter(row, cell, at);
      tryAt(DIGIT, at);
    }
    if (end >= size) break;
    at = end + 1;
    cell++;
    if (byteAt(end) == ROW) {
      nextRow(row);
      row++;
      cell = 0;
    }
  }
  endTable(row);
}

/**
 * Does a cell of less than 32 bytes hold too few digits for a cluster, none beside a letter, none
 * behind a word, and nothing else that is looked at? As sieve() has it, for a cell that is all.
 */
function holdsNothing(at: i32, size: i32): bool {
  if (everyDigit) return false;
  const a = v128.load(text + at);
  const b = v128.load(text + at, 16);
  const inside: u32 = ((<u32>1) << size) - 1;
  const ka = kindsOf(a);
  const kb = kindsOf(b);
  const ds = bits32(ka, kb) & inside;
  if (<i32>popcnt(ds) >= fewestDigits) return false;
  const low = v128.load(SETS + 32);
  const high = v128.load(SETS + 48);
  const half = halves();
  const others = bits32(
    zerosIn(lookUp(a, low, high, half)),
    zerosIn(lookUp(b, low, high, half)),
  );
  if ((~others & inside & ~ds) != 0) return false;
  const ls = bits32(lettersOf(ka), lettersOf(kb)) & inside;
  if (((ds & (ls << 1)) | (ls & (ds << 1))) != 0) return false;
  const open = bits32(gapsOrLettersOf(ka), gapsOrLettersOf(kb)) & inside;
  const gaps = open & ~ls;
  let behind = ds & (gaps << 1) & (open << 2);
  if (isLongBehindWord) behind &= (ds >> 1) & ((ds | open) >> 2);
  return behind == 0;
}

/** Says where in the table the search is. */
function enter(row: i32, cell: i32, at: i32): void {
  store<i32>(STATE, row);
  store<i32>(STATE, cell, 4);
  store<i32>(STATE, at, 8);
  store<i32>(STATE, load<i32>(STATE, 12) + 1, 12);
  leave(at);
}

/** No match reaches from before an offset to behind it. */
// @ts-ignore: decorator
@inline
function leave(at: i32): void {
  digitFloor = at;
  atFloor = at;
  angleFloor = at;
  maskFloor = at;
  walked = at;
}

function endOfCell(from: i32, size: i32): i32 {
  for (let at = from; at < size; at += 16) {
    const ends = i8x16.bitmask(bordersIn(v128.load(text + at)));
    if (ends != 0) return at + <i32>ctz(ends);
  }
  return size;
}

/** The bytes before the n-th, zeros from there on. */
// @ts-ignore: decorator
@inline
function first(bytes: v128, n: i32): v128 {
  return v128.and(bytes, before(i8x16.splat(<i8>(n < 0 ? 0 : n > 16 ? 16 : n))));
}

/** The search as in any text, within one cell. */
function searchCell(from: i32, end: i32): void {
  const low = v128.load(SETS + 32);
  const high = v128.load(SETS + 48);
  const half = halves();
  for (let base = from; base < end; base += 64) {
    const left = end - base;
    const a = first(v128.load(text + base), left);
    const b = first(v128.load(text + base, 16), left - 16);
    const c = first(v128.load(text + base, 32), left - 32);
    const d = first(v128.load(text + base, 48), left - 48);
    const sa = lookUp(a, low, high, half);
    const sb = lookUp(b, low, high, half);
    const sc = lookUp(c, low, high, half);
    const sd = lookUp(d, low, high, half);
    const all = v128.or(v128.or(sa, sb), v128.or(sc, sd));
    if (!v128.any_true(all)) continue;
    const any = ~bits(zerosIn(sa), zerosIn(sb), zerosIn(sc), zerosIn(sd));
    block(base, a, b, c, d, any, hasSingles(all));
  }
}

/** Searches `size` bytes at `where`, which lie 64 zeros from anything else. */
export function scan(where: usize, size: i32, isLax: i32): void {
  useText(where, isLax != 0);
  length = size;
  digitFloor = 0;
  atFloor = 0;
  angleFloor = 0;
  maskFloor = 0;
  walked = 0;
  cold = 0;
  hotUntil = 0;
  isHushed = false;
  inerts = 0;
  beginTable(where);
  if (isOn) {
    scanTable(size);
    return;
  }
  const low = v128.load(SETS + 32);
  const high = v128.load(SETS + 48);
  const half = halves();
  for (let base = 0; base < size; base += 64) {
    const a = v128.load(where + base);
    const b = v128.load(where + base, 16);
    const c = v128.load(where + base, 32);
    const d = v128.load(where + base, 48);
    const sa = lookUp(a, low, high, half);
    const sb = lookUp(b, low, high, half);
    const sc = lookUp(c, low, high, half);
    const sd = lookUp(d, low, high, half);
    const all = v128.or(v128.or(sa, sb), v128.or(sc, sd));
    if (!v128.any_true(all)) continue;
    const any = ~bits(zerosIn(sa), zerosIn(sb), zerosIn(sc), zerosIn(sd));
    block(base, a, b, c, d, any, hasSingles(all));
  }
}

/** What stops the skipping and is looked at by itself; of mask signs two in a row. */
// @ts-ignore: decorator
@inline
function signsAmong(
  base: i32, a: v128, b: v128, c: v128, d: v128, stops: u64, mayBeSingles: bool,
): u64 {
  let signs: u64 = 0;
  if (mayBeSingles) signs = stops & bits(singlesIn(a), singlesIn(b), singlesIn(c), singlesIn(d));
  const marks = stops & ~signs;
  const after = <u64>load<u8>(IS_MASK + byteAt(base + 64));
  return signs | (marks & ((marks >> 1) | (after << 63)));
}

/** `any`: its digits and what else stops the skipping; `mayBeSingles`: see kinds.as. */
function block(base: i32, a: v128, b: v128, c: v128, d: v128, any: u64, mayBeSingles: bool): void {
  blockEnd = base + 64;
  const low = v128.load(SETS);
  const high = v128.load(SETS + 16);
  const half = halves();
  const ka = lookUp(a, low, high, half);
  const kb = lookUp(b, low, high, half);
  const kc = lookUp(c, low, high, half);
  const kd = lookUp(d, low, high, half);
  const ds = bits(ka, kb, kc, kd) & any;
  const stops = any & ~ds;
  if (hotUntil > base && ds != 0) digitsBetween(base, hotUntil < blockEnd ? hotUntil : blockEnd);
  const signs = signsAmong(base, a, b, c, d, stops, mayBeSingles);
  sieveNothing();
  if (ds != 0) sieve(base, ka, kb, kc, kd, ds);
  let waiting = clusters;
  const others = signs | tokens | wordsBefore;
  if (others == 0) {
    onlyClusters(base);
    return;
  }
  let events = others | waiting;
  while (events != 0) {
    const bit = events & (0 - events);
    const index = ctz(events);
    const at = base + <i32>index;
    events ^= bit;
    if ((signs & bit) != 0) {
      sign(at);
      continue;
    }
    if ((waiting & bit) != 0) {
      if (at >= walked && at >= cold) cluster(at, index);
      // What was walked or is too short is done with.
      const done = (walked > cold ? walked : cold) - base;
      const left = waiting & (done >= 64 ? 0 : <u64>-1 << <u64>done);
      events &= ~(waiting ^ left) | signs | tokens | wordsBefore;
      waiting = left;
    }
    if (at < digitFloor) continue;
    if ((tokens & bit) != 0) token(at);
    if ((wordsBefore & bit) != 0 && at >= digitFloor) behindWord(at);
  }
}

/** Of most blocks nothing else is worth a look. */
// @ts-ignore: decorator
@inline
function onlyClusters(base: i32): void {
  let left = clusters;
  while (true) {
    // What was walked or is too short is done with.
    const done = (walked > cold ? walked : cold) - base;
    if (done > 0) left &= done >= 64 ? 0 : <u64>-1 << <u64>done;
    if (left == 0) return;
    const index = ctz(left);
    cluster(base + <i32>index, index);
  }
}

export function stepsTaken(): f64 {
  return steps;
}
