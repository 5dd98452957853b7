/**
 * Cells of settled columns. Once a column's detectors are decided, what a cell can be follows from
 * its looks (digits made one, letters another): nothing, or one form of a few detectors, whose
 * check is a table. Such cells are judged, hashed and counted here, without an object a cell, and
 * the rest of the search leaves them out. What a row holds is kept until the row ends: rows with
 * the same forms are counted together; of a row in which anything was found the long way
 * JavaScript gets it as it is.
 */
import {
  CELLS, ENTRY, INERTS, LOOK, PATTERNS, PLACES, ROW_ENTRIES, SETS, SIGNATURES,
  TABLE_VALUE,
} from './layout';
import { atsIn, before, beforeNext, bits32, bordersIn, digitsIn, halves, lettersIn, looksOf, lookUp, mixOf } from './kinds';
import { sipOf, sipOfShort } from './siphash';

/** Asks for what is known of cells that look like this one. True when something new was written down. */
@external('env', 'learn')
declare function learn(cell: i32, at: i32, size: i32): i32;
/** Asks whether people have mailboxes at a host: 1 yes, 2 no, 3 all of them are nobody's, 0 when no more is to be written down. */
@external('env', 'learnHost')
declare function learnHost(cell: i32, at: i32, size: i32): i32;
/**
 * Has a cell judged by a detector that has no tables; answers as judgeSlot does. Of what is accepted
 * the slot's number and the hash lie at TABLE_VALUE.
 */
@external('env', 'tell')
declare function tell(told: i32, at: i32): i32;
/** Asks for a place where rows like the one at hand are counted; 0 when there is none left. */
@external('env', 'signature')
declare function signature(entries: i32): i32;
/** The hashes of a signature are to be fetched: its room is full. */
@external('env', 'fetch')
declare function fetch(signature: i32): void;
/** The entries of a row are to be taken as they are. */
@external('env', 'takeRow')
declare function takeRow(row: i32): void;

/** Of a slot. */
const QUICK: usize = 80;
const ASKS: usize = 82;
/** The first four digits do not tell which pattern it is. */
const MIXED: i32 = 255;

export const REFUSED: i32 = 0;
export const ACCEPTED: i32 = 1;
export const ASK: i32 = 2;
/** Of a length that no value has: it was no try. */
export const NOT_ONE: i32 = 3;

/** In place of a worth: the sign is JavaScript's affair. */
const ASKED: i32 = -2;

/** Bytes before a column's looks. */
const LOOKS_BEGIN: usize = 16;
/** In place of a slot's number. */
const TOLD: i32 = -2;

const NOTHING: i32 = 1;
const JUDGE: i32 = 2;
/** Nothing, but for two letters beside each other that may be mask signs: `SXXXX567D` looks like a part's number. */
const UNMASKED: i32 = 4;
/** Judged where none of those two are. */
const JUDGE_UNMASKED: i32 = 5;

/** Entries of one row. */
const ROW_MAX: i32 = 32;

const ROW: i32 = 0x1e;
/** Places for addresses of signatures, by a hash of their slots; a power of two. */
const SIGNATURE_PLACES: i32 = 1024;

/** Of an `@` that needs no search: its cell is judged. */
export let settledAt: i32 = -1;

/** Is there a table at hand? */
export let isOn: bool = false;
let text: usize = 0;
let columns: i32 = 0;
/** Entries of the row at hand. */
let count: i32 = 0;
/** The row goes the long way, or it is not whole. */
let isTaken: bool = true;
/** Something in the row was found the long way: what else it holds is JavaScript's, too. */
let isSplit: bool = false;
let lastSignature: usize = 0;
/** Rows go the long way until further notice. */
let isHeld: bool = false;

/** For the next scan: how many cells of a row have an address at CELLS; 0 for no table. */
export function useTable(size: i32): void {
  columns = size;
}

/** Nonzero: rows go the long way from now on; zero: no longer from the next one on. */
export function holdTable(holds: i32): void {
  isHeld = holds != 0;
  if (isHeld) isTaken = true;
}

/** Entries of the row at hand so far, which the caller takes; what follows in the row is given to it, too. */
export function takenRow(): i32 {
  const entries = count;
  count = 0;
  isSplit = true;
  return entries;
}

export function beginTable(where: usize): void {
  isOn = columns > 0;
  columns = isOn ? columns : 0;
  text = where;
  count = 0;
  // Where a row goes on from the piece before cannot be told.
  isTaken = true;
  isSplit = false;
  lastSignature = 0;
  settledAt = -1;
}

export function endTable(row: i32): void {
  if (count > 0) takeRow(row);
  isOn = false;
  columns = 0;
}

/** A row begins, the one before is at its end. */
export function nextRow(row: i32): void {
  if (count > 0) {
    if (isSplit) takeRow(row);
    else endRow(row);
  }
  isSplit = false;
  isTaken = isHeld;
}

/** What is known of a cell: too little, all, all but of digits at its very beginning. */
export const UNSETTLED: i32 = 0;
const SETTLED: i32 = 1;
export const ADDRESS: i32 = 2;

/** Of a cell of less than sixteen bytes. */
// @ts-ignore: decorator
@inline
export function shortCell(cell: i32, at: i32, size: i32, bytes: v128): i32 {
  const looks = looksAt(cell);
  let low = i8x16.splat(0);
  if (looks != 0 && load<i32>(looks) != 0) {
    low = v128.and(looksOf(bytes), before(i8x16.splat(<i8>size)));
    // Mostly it looks like most of its column.
    const entry = looks + LOOKS_BEGIN;
    const other = v128.or(v128.xor(low, v128.load(entry)), v128.load(entry, 16));
    if (!v128.any_true(other) && load<i32>(entry, 32) == size) return act(entry, at, size);
  }
  const inside = (1 << size) - 1;
  if ((starts(bytes) & inside) == 0) return SETTLED;
  if (looks == 0) return UNSETTLED;
  const mailboxes = <usize>load<i32>(looks, 8);
  if (mailboxes != 0) {
    const answer = mailbox(mailboxes, cell, at);
    if (answer != UNSETTLED) return answer;
  }
  // Without a digit nothing is noted; addresses are judged whole or not at all.
  if ((i8x16.bitmask(digitsIn(bytes)) & inside) == 0) return UNSETTLED;
  if ((i8x16.bitmask(atsIn(bytes)) & inside) != 0) return UNSETTLED;
  low = v128.and(looksOf(bytes), before(i8x16.splat(<i8>size)));
  return look(looks, cell, at, size, low, i8x16.splat(0));
}

/** Of a longer one, of which the first sixteen are given. */
export function longCell(cell: i32, at: i32, size: i32, low: v128): i32 {
  if (size > 63) return UNSETTLED;
  const looks = looksAt(cell);
  const mailboxes = looks == 0 ? 0 : <usize>load<i32>(looks, 8);
  if (mailboxes != 0) {
    const answer = mailbox(mailboxes, cell, at);
    if (answer != UNSETTLED) return answer;
  }
  if (size > 31) return UNSETTLED;
  const high = v128.load(text + at, 16);
  if (looks != 0 && load<i32>(looks) != 0) {
    const wanted = i8x16.splat(<i8>size);
    const lowLooks = v128.and(looksOf(low), before(wanted));
    const highLooks = v128.and(looksOf(high), beforeNext(wanted));
    const entry = looks + LOOKS_BEGIN;
    const other = v128.or(
      v128.xor(lowLooks, v128.load(entry)),
      v128.xor(highLooks, v128.load(entry, 16)),
    );
    if (!v128.any_true(other) && load<i32>(entry, 32) == size) return act(entry, at, size);
  }
  const inside: u32 = ((<u32>1) << size) - 1;
  if (((starts(low) | (starts(high) << 16)) & inside) == 0) return SETTLED;
  return looks == 0 ? UNSETTLED : lookTwice(looks, cell, at, size, low);
}

/** The same as in a short cell, in two halves. */
function lookTwice(looks: usize, cell: i32, at: i32, size: i32, low: v128): i32 {
  const high = v128.load(text + at, 16);
  const inside: u32 = ((<u32>1) << size) - 1;
  if ((bits32(digitsIn(low), digitsIn(high)) & inside) == 0) return UNSETTLED;
  if ((bits32(atsIn(low), atsIn(high)) & inside) != 0) return UNSETTLED;
  const wanted = i8x16.splat(<i8>size);
  const lowLooks = v128.and(looksOf(low), before(wanted));
  const highLooks = v128.and(looksOf(high), beforeNext(wanted));
  return look(looks, cell, at, size, lowLooks, highLooks);
}

/** Where a match may begin, be it of digits or of anything else. */
// @ts-ignore: decorator
@inline
function starts(bytes: v128): u32 {
  const kinds = lookUp(bytes, v128.load(SETS + 32), v128.load(SETS + 48), halves());
  return <u32>i8x16.bitmask(i8x16.ne(kinds, i8x16.splat(0)));
}

/** What is known of a cell's column; 0 for nothing. */
// @ts-ignore: decorator
@inline
function looksAt(cell: i32): usize {
  return isTaken || cell >= columns ? 0 : <usize>load<i32>(CELLS + (<usize>cell << 2));
}

/** What a cell's column is known to make nothing of; 0 for nothing. */
export function inertsAt(cell: i32): usize {
  return isTaken || cell >= columns ? 0 : <usize>load<i32>(INERTS + (<usize>cell << 2));
}

/** The mask sign that is a letter. */
// @ts-ignore: decorator
@inline
function marks(bytes: v128): v128 {
  return i8x16.eq(v128.or(bytes, i8x16.splat(32)), i8x16.splat(120));
}

/** Does with a cell what its looks call for. */
function act(entry: usize, at: i32, size: i32): i32 {
  store<i32>(entry, load<i32>(entry, 44) + 1, 44);
  const action = load<i32>(entry, 36);
  if (action == NOTHING) return SETTLED;
  if (action >= UNMASKED && hasMarks(at, size)) return UNSETTLED;
  if (action == UNMASKED) return SETTLED;
  if (action != JUDGE && action != JUDGE_UNMASKED) return UNSETTLED;
  return judge(<usize>load<i32>(entry, 40), at) ? SETTLED : UNSETTLED;
}

/** X twice is a mask sign, whatever else two letters are. */
// @ts-ignore: decorator
@inline
function hasMarks(at: i32, size: i32): bool {
  const inside: u32 = ((<u32>1) << size) - 1;
  const xs = bits32(marks(v128.load(text + at)), marks(v128.load(text + at, 16))) & inside;
  return (xs & (xs >> 1)) != 0;
}

/** What is done with a cell of such looks. */
function look(looks: usize, cell: i32, at: i32, size: i32, low: v128, high: v128): i32 {
  let known = load<i32>(looks);
  for (let i = 0; ; i++) {
    if (i == known) {
      // Closed: no more looks are noted.
      if (load<i32>(looks, 4) != 0 || learn(cell, at, size) == 0) return UNSETTLED;
      known++;
    }
    const entry = looks + LOOKS_BEGIN + <usize>i * LOOK;
    const other = v128.or(v128.xor(low, v128.load(entry)), v128.xor(high, v128.load(entry, 16)));
    if (v128.any_true(other) || load<i32>(entry, 32) != size) continue;
    const answer = act(entry, at, size);
    if (i > 0 && (load<i32>(entry, 44) & 31) == 0) forward(entry);
    return answer;
  }
}

/** Changes places with the look before, where that is rarer. */
function forward(entry: usize): void {
  const before = entry - LOOK;
  if (load<i32>(before, 44) >= load<i32>(entry, 44)) return;
  for (let i: usize = 0; i < LOOK; i += 16) {
    const other = v128.load(before + i);
    v128.store(before + i, v128.load(entry + i));
    v128.store(entry + i, other);
  }
}

/** Judges a cell by its slots; false where it has to go the long way. */
function judge(program: usize, at: i32): bool {
  const before = count;
  const slots = load<i32>(program);
  const covers = load<u32>(program, 4);
  let accepted: u32 = 0;
  for (let i = 0; i < slots; i++) {
    const entry = program + 8 + (<usize>i << 3);
    // What was accepted may hide this one.
    if ((accepted & load<u32>(entry, 4)) != 0) continue;
    const answer = judgeSlot(<usize>load<i32>(entry), at);
    if (answer == ACCEPTED) accepted |= 1 << i;
    if (answer != ASK) continue;
    count = before;
    return false;
  }
  if (accepted == 0 || covers == 0 || (accepted & covers) != 0) return true;
  count = before;
  return false;
}

// Words of a slot: number (-1: only the shape is known, and what has it is asked for; -2: JavaScript
// tells, by the next word), offset of the match in its cell, signs that its compact form keeps,
// values by place and sign, offset of the sum, modulus (0: no sum), expected signs, remainders a
// row of them, heads, pattern automaton (0: none), its classes, their number, what its states
// accept, what to do where it accepts none, prefixes, digits, digits only, samples, 2^32 by the
// modulus, places of the first two digits. Then a byte: may all be summed at once? Then the heads of a
// pattern of nothing but digits, and whether JavaScript is asked of what passes, and the first pattern that refuses.
// @ts-ignore: decorator
@inline
function word(slot: usize, index: i32): i32 {
  return load<i32>(slot + (<usize>index << 2));
}

function judgeSlot(slot: usize, at: i32): i32 {
  if (word(slot, 0) == TOLD) return toldOf(word(slot, 1), at);
  const answer = decide(slot, text + at);
  if (answer == ACCEPTED) return append(word(slot, 0), at, foundHash);
  const told = <i32>load<u16>(slot, ASKS);
  return answer == ASK && told != 0 ? toldOf(told - 1, at) : answer;
}

function toldOf(told: i32, at: i32): i32 {
  const answer = tell(told, at);
  if (answer != ACCEPTED) return answer;
  return append(load<i32>(TABLE_VALUE), at, load<u64>(TABLE_VALUE, 8));
}

/** Of what {@link decide} accepted last. */
export let foundHash: u64 = 0;

/** What a slot with tables says of the value in the text at an address. */
export function decide(slot: usize, address: usize): i32 {
  const start = address + word(slot, 1);
  const keeps = word(slot, 2);
  const answer = load<u8>(slot, QUICK) != 0 ? sumAtOnce(slot, start) : sumBySign(slot, start, keeps);
  if (answer != ACCEPTED) {
    // Was it of a length that no value has?
    const isSized = word(slot, 13) == NOT_ONE;
    return answer == REFUSED && isSized && accepted(slot, keeps) < 0 ? NOT_ONE : answer;
  }
  let outcome = 0;
  if (word(slot, 9) != 0) {
    outcome = accepted(slot, keeps);
    if (outcome < 0) return word(slot, 13);
    if (outcome >= word(slot, 23)) return REFUSED;
  }
  if (word(slot, 22) != 0) return ASK;
  if (word(slot, 15) >= 6 && mayBeMadeUp(slot) && isMadeUp(keeps)) return ASK;
  if (word(slot, 16) != 0 && isTime(keeps)) return ASK;
  const prefixes = <usize>word(slot, 14);
  foundHash = hashOf(prefixes == 0 ? 0 : prefixes + (<usize>outcome << 4), keeps);
  const bit = <i32>foundHash & 4095;
  return (load<u8>(<usize>word(slot, 17) + (bit >> 3)) >> (bit & 7)) & 1 ? ASK : ACCEPTED;
}

/** The hash of the compact form with what stands before it, if anything does. */
// @ts-ignore: decorator
@inline
function hashOf(prefix: usize, keeps: i32): u64 {
  const more = prefix == 0 ? 0 : <i32>load<u8>(prefix);
  const size = keeps + more;
  if (size > 15) {
    if (more != 0) store<u64>(TABLE_VALUE - 8, load<u64>(prefix, 8));
    return sipOf(TABLE_VALUE - <usize>more, size);
  }
  let low = load<u64>(TABLE_VALUE);
  let high = keeps > 8 ? load<u64>(TABLE_VALUE, 8) & (((<u64>1) << <u64>((keeps - 8) << 3)) - 1) : 0;
  if (keeps < 8) low &= ((<u64>1) << <u64>(keeps << 3)) - 1;
  if (more != 0) {
    const bits = <u64>(more << 3);
    const before = load<u64>(prefix, 8) >> (64 - bits);
    high = more < 8 ? (high << bits) | (low >> (64 - bits)) : low;
    low = more < 8 ? (low << bits) | before : before;
  }
  return sipOfShort(low, high, size);
}

/** Writes the compact form down and sums it up, a sign at a time. */
function sumBySign(slot: usize, start: usize, keeps: i32): i32 {
  const table = <usize>word(slot, 3);
  let sum = word(slot, 4);
  let code = 0;
  for (let i = 0; i < keeps; i++) {
    code = <i32>load<u8>(start + load<u8>(slot + PLACES + i));
    const worth = <i32>load<i16>(table + (<usize>i << 8) + (<usize>code << 1));
    if (worth < 0) return worth == ASKED ? ASK : REFUSED;
    sum += worth;
    if (<u32>(code - 97) < 26) code -= 32;
    store<u8>(TABLE_VALUE + i, <u8>code);
  }
  // Of another detector than those known here.
  if (word(slot, 0) < 0) return ASK;
  return isExpected(slot, sum, code);
}

/**
 * The same for up to sixteen signs of which the looks say all, but for the first and the last one:
 * those are looked up. Behind the slot lie the places, what a sign's code is above its worth, and weights.
 */
// @ts-ignore: decorator
@inline
function sumAtOnce(slot: usize, start: usize): i32 {
  const bytes = v128.load(slot + PLACES);
  const compact = upper(i8x16.swizzle(v128.load(start), bytes));
  v128.store(TABLE_VALUE, compact);
  const keeps = word(slot, 2);
  const heads = <usize>word(slot, 3);
  const head = <i32>load<i16>(heads + (<usize>load<u8>(TABLE_VALUE) << 1));
  if (head < 0) return head == ASKED ? ASK : REFUSED;
  if (word(slot, 5) == 0) return ACCEPTED;
  const worths = i8x16.sub(compact, v128.load(slot + PLACES, 16));
  const low = i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_s(worths), v128.load(slot + PLACES, 32));
  const high = i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_s(worths), v128.load(slot + PLACES, 48));
  const sums = i32x4.add(low, high);
  const sum =
    i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1) +
    i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3);
  return isExpected(slot, sum + word(slot, 4), <i32>load<u8>(TABLE_VALUE + keeps - 1));
}

/** Does the sum name the last sign? */
// @ts-ignore: decorator
@inline
function isExpected(slot: usize, sum: i32, last: i32): i32 {
  const modulus = word(slot, 5);
  if (modulus == 0) return ACCEPTED;
  const head = <i32>load<u8>(<usize>word(slot, 8) + load<u8>(TABLE_VALUE));
  const row = <usize>word(slot, 6) + head * word(slot, 7);
  // Divided by multiplying.
  const quotient = <i32>((<u64>(<u32>sum) * <u64>(<u32>word(slot, 18))) >> 32);
  const rest = sum - quotient * modulus;
  return <i32>load<u8>(row + rest) == last ? ACCEPTED : REFUSED;
}

/** Fewer than nine digits that begin with two different ones are not. */
// @ts-ignore: decorator
@inline
function mayBeMadeUp(slot: usize): bool {
  const places = word(slot, 19);
  return (
    word(slot, 15) > 8 ||
    load<u8>(TABLE_VALUE + (places & 255)) == load<u8>(TABLE_VALUE + (places >> 8))
  );
}

/** Notes what was found in the cell that begins at an offset. */
function append(slot: i32, at: i32, hash: u64): i32 {
  if (count >= ROW_MAX) return ASK;
  const entry = ROW_ENTRIES + <usize>count * ENTRY;
  store<i32>(entry, slot);
  store<i32>(entry, at, 4);
  store<u64>(entry, hash, 8);
  count++;
  return ACCEPTED;
}

/** Which pattern the compact form is of, by its automaton; -1 for none. */
function accepted(slot: usize, keeps: i32): i32 {
  const steps = <usize>word(slot, 9);
  const classes = <usize>word(slot, 10);
  const width = word(slot, 11);
  let state = 1;
  if (word(slot, 16) != 0) {
    const heads = <usize>word(slot, 21);
    if (heads != 0) {
      // Mostly the first four digits settle it.
      const ones = load<u32>(TABLE_VALUE) & 0x0f0f0f0f;
      const tens = (ones * 10 + (ones >> 8)) & 0x00ff00ff;
      const outcome = <i32>load<u8>(heads + ((tens & 255) * 100 + (tens >> 16)));
      if (outcome != MIXED) return outcome - 1;
    }
    // Nothing but digits, in rows of sixteen.
    for (let i = 0; i < keeps; i++) {
      state = <i32>load<u16>(steps + (((state << 4) | (load<u8>(TABLE_VALUE + i) & 15)) << 1));
    }
    return <i32>load<u8>(<usize>word(slot, 12) + state) - 1;
  }
  for (let i = 0; i < keeps; i++) {
    const reads = <i32>load<u8>(classes + load<u8>(TABLE_VALUE + i));
    state = <i32>load<u16>(steps + ((state * width + reads) << 1));
    if (state == 0) return -1;
  }
  return <i32>load<u8>(<usize>word(slot, 12) + state) - 1;
}

// @ts-ignore: decorator
@inline
function digitAt(at: i32): i32 {
  return <i32>load<u8>(PATTERNS + at);
}

/** One digit throughout, zeros with a short tail, or counted off: decoys.ts says the same. */
function isMadeUp(keeps: i32): bool {
  let size = 0;
  for (let i = 0; i < keeps; i++) {
    const digit = <i32>load<u8>(TABLE_VALUE + i) - 48;
    store<u8>(PATTERNS + size, <u8>digit);
    size += <u32>digit < 10 ? 1 : 0;
  }
  const first = digitAt(0);
  let same = 1;
  while (same < size && digitAt(same) == first) same++;
  if (same >= (size > 6 ? size - 1 : size)) return true;
  if (size >= 8 && first == 0 && same >= size - 3) return true;
  if (size < 9) return false;
  let up = 1;
  let down = 1;
  for (let i = 1; i < size; i++) {
    const digit = digitAt(i);
    const step = digit - digitAt(i - 1);
    up = step == 1 ? up + 1 : 1;
    down = step == -1 ? down + 1 : 1;
    if ((up >= 9 && digit == 9) || (down >= 9 && digit == 1)) return true;
  }
  return false;
}

/** Of a compact form of nothing but digits. */
// @ts-ignore: decorator
@inline
function bareDigitAt(at: i32): i32 {
  return <i32>load<u8>(TABLE_VALUE + at) - 48;
}

// @ts-ignore: decorator
@inline
function two(at: i32): i32 {
  return bareDigitAt(at) * 10 + bareDigitAt(at + 1);
}

/** Might bare digits be a time or an article's number? Rather too often: JavaScript decides then. */
function isTime(size: i32): bool {
  if (size == 13) return true;
  if (size == 10) return bareDigitAt(0) == 1 || (bareDigitAt(0) == 2 && bareDigitAt(1) < 2);
  if (size == 12 && isDay(2)) return true;
  if (size != 8 && size != 12 && size != 14) return false;
  const century = two(0);
  return (century == 19 || century == 20) && isDay(4);
}

// @ts-ignore: decorator
@inline
function isDay(at: i32): bool {
  return <u32>(two(at) - 1) < 12 && <u32>(two(at + 2) - 1) < 31;
}

/** Bytes of the longest host that is judged here, and one more. */
const HOST_ROOM: i32 = 32;
const HOSTS: i32 = 256;
const KNOWN_HOST: i32 = 1;
/** All its mailboxes are nobody's. */
const EMPTY_HOST: i32 = 3;

// @ts-ignore: decorator
@inline
function signs(a: v128, b: v128, code: i8): u32 {
  const sign = i8x16.splat(code);
  return bits32(i8x16.eq(a, sign), i8x16.eq(b, sign));
}

// @ts-ignore: decorator
@inline
export function upper(bytes: v128): v128 {
  const lower = i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(97)), i8x16.splat(26));
  return i8x16.sub(bytes, v128.and(lower, i8x16.splat(32)));
}

/**
 * A cell that is one address of electronic mail and nothing else, of a host that is known, and
 * whose local part is no office's. Where a plus stands in it, its digits are still searched.
 */
function mailbox(program: usize, cell: i32, at: i32): i32 {
  const a = v128.load(text + at);
  const b = v128.load(text + at, 16);
  let ends: u64 = bits32(bordersIn(a), bordersIn(b));
  let ats: u64 = bits32(atsIn(a), atsIn(b));
  let ds: u64 = bits32(digitsIn(a), digitsIn(b));
  let ls: u64 = bits32(lettersIn(a), lettersIn(b));
  let dots: u64 = signs(a, b, 46);
  let hyphens: u64 = signs(a, b, 45);
  let lines: u64 = signs(a, b, 95);
  let rest: u64 = signs(a, b, 43) | signs(a, b, 37);
  let xs: u64 = bits32(marks(a), marks(b));
  // Most are shorter than 32 bytes.
  if (ends == 0) {
    const c = v128.load(text + at, 32);
    const d = v128.load(text + at, 48);
    ends = <u64>bits32(bordersIn(c), bordersIn(d)) << 32;
    if (ends == 0) return UNSETTLED;
    ats |= <u64>bits32(atsIn(c), atsIn(d)) << 32;
    ds |= <u64>bits32(digitsIn(c), digitsIn(d)) << 32;
    ls |= <u64>bits32(lettersIn(c), lettersIn(d)) << 32;
    dots |= <u64>signs(c, d, 46) << 32;
    hyphens |= <u64>signs(c, d, 45) << 32;
    lines |= <u64>signs(c, d, 95) << 32;
    rest |= <u64>(signs(c, d, 43) | signs(c, d, 37)) << 32;
    xs |= <u64>bits32(marks(c), marks(d)) << 32;
    v128.store(TABLE_VALUE, upper(c), 32);
    v128.store(TABLE_VALUE, upper(d), 48);
  }
  const size = <i32>ctz(ends);
  const inside = ((<u64>1) << <u64>size) - 1;
  const sign = ats & inside;
  if (sign == 0 || (sign & (sign - 1)) != 0) return UNSETTLED;
  const place = <i32>ctz(sign);
  const local = sign - 1;
  const words = ds | ls;
  if ((inside & ~(words | dots | hyphens | sign | ((lines | rest) & local))) != 0) return UNSETTLED;
  // It begins with a letter or a digit; dots part something.
  if ((words & 1) == 0 || (dots & (dots >> 1) & inside) != 0) return UNSETTLED;
  if ((dots & (sign >> 1)) != 0) return UNSETTLED;
  if ((xs & (xs >> 1) & inside) != 0 || (lines & (lines >> 1) & inside) != 0) return UNSETTLED;
  v128.store(TABLE_VALUE, upper(a));
  v128.store(TABLE_VALUE, upper(b), 16);
  const host = hostOf(program, cell, at, place + 1, size);
  if ((host != KNOWN_HOST && host != EMPTY_HOST) || isOffice(program, place)) return UNSETTLED;
  if (<i32>popcnt(ds & inside) >= 6 && isMadeUp(size)) return UNSETTLED;
  // Written with a hyphen: as it is printed.
  const slot = word(program, (hyphens & inside) != 0 ? 1 : 0);
  if (host == KNOWN_HOST && append(slot, at, sipOf(TABLE_VALUE, size)) == ASK) return UNSETTLED;
  settledAt = at + place;
  if ((rest & local) != 0) return UNSETTLED;
  // Letters, a dot, a letter: nothing else begins so.
  const dot = dots & local & (0 - (dots & local));
  const before = dot - 1;
  const isParted = dot != 0 && (ls & before) == before && ((ls >> 1) & dot) != 0;
  return isParted && word(program, 7) != 0 ? SETTLED : ADDRESS;
}

/** What is known of the host, which lies from `from` on in the cell; see {@link learnHost}. */
function hostOf(program: usize, cell: i32, at: i32, from: i32, to: i32): i32 {
  const size = to - from;
  if (size >= HOST_ROOM) return 0;
  const wanted = i8x16.splat(<i8>size);
  // From the text: what was just written in two parts is slow to read across them.
  const low = v128.and(upper(v128.load(text + at + from)), before(wanted));
  const high = v128.and(upper(v128.load(text + at + from, 16)), beforeNext(wanted));
  const hosts = <usize>word(program, 2);
  let slot = <i32>(mixOf(low, high) >> 56);
  // Entries of 48 bytes: the host and what is known of it, 0 where the entry is free.
  for (let tries = 0; tries < HOSTS; tries++) {
    const entry = hosts + <usize>slot * 48;
    const known = load<i32>(entry, 32);
    if (known == 0) {
      const answer = learnHost(cell, at + from, size);
      if (answer == 0) return 0;
      v128.store(entry, low);
      v128.store(entry, high, 16);
      store<i32>(entry, answer, 32);
      return answer;
    }
    const same = v128.and(
      i8x16.eq(low, v128.load(entry)),
      i8x16.eq(high, v128.load(entry, 16)),
    );
    if (i8x16.all_true(same)) return known;
    slot = (slot + 1) & (HOSTS - 1);
  }
  return 0;
}

/** Is the local part, up to its end or a plus or a hyphen, one of the words that mean nobody? */
function isOffice(program: usize, size: i32): bool {
  const steps = <usize>word(program, 3);
  const classes = <usize>word(program, 4);
  const width = word(program, 5);
  const accepts = <usize>word(program, 6);
  let state = 1;
  for (let i = 0; i < size; i++) {
    const code = load<u8>(TABLE_VALUE + i);
    if ((code == 43 || code == 45) && load<u8>(accepts + state) != 0) return true;
    state = <i32>load<u16>(steps + ((state * width + <i32>load<u8>(classes + code)) << 1));
    if (state == 0) return false;
  }
  return load<u8>(accepts + state) != 0;
}

/** Counts the row at hand with those of the same forms. */
function endRow(row: i32): void {
  if (lastSignature == 0 || !isOf(lastSignature)) {
    lastSignature = find();
    if (lastSignature == 0) {
      takeRow(row);
      count = 0;
      return;
    }
  }
  const filled = load<i32>(lastSignature, 4);
  const hashes = <usize>load<i32>(lastSignature, 8);
  const room = load<i32>(lastSignature, 16);
  for (let i = 0; i < count; i++) {
    const hash = load<u64>(ROW_ENTRIES + <usize>i * ENTRY, 8);
    store<u64>(hashes + (<usize>(i * room + filled) << 3), hash);
  }
  count = 0;
  store<i32>(lastSignature, filled + 1, 4);
  if (filled + 1 == room) {
    fetch(load<i32>(lastSignature, 12));
    store<i32>(lastSignature, 0, 4);
  }
}

/** Words of a signature: its entries, rows, where their hashes lie, its number, rows it has room for; then a slot an entry. */
function isOf(address: usize): bool {
  if (load<i32>(address) != count) return false;
  for (let i = 0; i < count; i++) {
    const slot = load<i32>(ROW_ENTRIES + <usize>i * ENTRY);
    if (load<i32>(address + 20 + (<usize>i << 2)) != slot) return false;
  }
  return true;
}

function find(): usize {
  const places = <usize>load<i32>(SIGNATURES);
  let mixed: u32 = count;
  for (let i = 0; i < count; i++) {
    mixed = (mixed ^ load<u32>(ROW_ENTRIES + <usize>i * ENTRY)) * 0x9e3779b1;
    mixed ^= mixed >> 15;
  }
  let place = mixed & (SIGNATURE_PLACES - 1);
  while (true) {
    const at = places + (<usize>place << 2);
    const address = <usize>load<i32>(at);
    if (address == 0) {
      const made = signature(count);
      store<i32>(at, made);
      return <usize>made;
    }
    if (isOf(address)) return address;
    place = (place + 1) & (SIGNATURE_PLACES - 1);
  }
}
