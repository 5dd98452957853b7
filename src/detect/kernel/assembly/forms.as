/**
 * Forms of running text. Numbers of a text are written in few ways: where it is known of a form what
 * each detector's check is and what comes of it with each voice of the words beside it, a place is
 * done with here, without an object of JavaScript. A form is the looks of the match with the signs
 * beside it, and what the automaton says it may be at each of its ends.
 */
import { before, beforeNext, bits32, looksOf, mixOf } from './kinds';
import { ENDS, END_STATES, FOUND, STATE, TABLE_VALUE, TREE, WINDOW } from './layout';
import { endOf, origin, originLength, startOf } from './origin';
import { ACCEPTED, ASK, decide, foundHash, NOT_ONE } from './table';
import { ORDINARY, ROW_SHIFT, UNKNOWN, wordsAfter, wordsBefore } from './words';

/** Asks for the program of the form at a place; 0 where its places go the long way. */
@external('env', 'learnForm')
declare function learnForm(start: i32, found: i32): i32;
/**
 * Has a place judged by a detector that has no tables for it, or that they leave it to; answers as
 * decide() does. Of what is accepted the number and the hash lie at TABLE_VALUE.
 */
@external('env', 'tellForm')
declare function tellForm(told: i32, start: i32, voice: i32): i32;
/** What was accepted is to be fetched: there is no more room, or a stretch of places is done with. */
@external('env', 'takeForms')
declare function takeForms(): void;

/** Signs of a match with one before and two behind it, and its ends. */
const LONGEST: i32 = 32;
const MOST_ENDS: i32 = 4;

// Of a known form: looks, ends and shapes, when it was noted, program, how often it was seen or, learned,
// how often JavaScript was asked.
const ENTRY_BITS: i32 = 6;
/** Four forms of one hash, so that two frequent ones need not drive each other out. */
const SET_BITS: i32 = 8;
const WAY_BITS: i32 = 2;
const TIMES: usize = 48;
const PROGRAM: usize = 52;
const SEEN: usize = 56;
/** A form is learned when it was seen so often, or so often more since it was forgotten: hostile text has each but once. */
const OFTEN: i32 = 16;
const AGAIN: i32 = 4;
/** Where JavaScript is asked so much more often than not, the form goes the long way. */
const TOO_OFTEN: i32 = 1024;
/** In place of a program: the form goes the long way. */
const NEVER: i32 = -1;

// Of a program: how many entries, how many ends from the last one have words behind them that matter.
const ENTRIES: usize = 8;
// Words of an entry: number of its end, detector, slot (0: JavaScript judges), what comes of it without a
// word, with one for it, with one against it; whether only a word for it has it judged; where its
// tries are counted, 0 for nowhere; whether it is judged though nothing comes of it; what JavaScript tells.
const ENTRY: i32 = 10;
const MOST_ENTRIES: i32 = 32;

// What comes of an entry that is accepted: the number under which it is recorded, or nothing, or its place
// goes the long way.
const IDLE: i32 = -1;
const ASKED: i32 = -2;

const FOR: i32 = 1;

/** Of what was accepted: start, end, number, nothing, hash. */
const TAKEN_BITS: i32 = 5;
const ROOM: i32 = 1024;

/** Places after which what was counted is settled; places.ts has as many wait. */
const STRETCH: i32 = 4096;
/** A word that follows counts as farther; surroundings.ts says the same. */
const BEHIND_PENALTY: i32 = 20;
/** Hundredths of a character: of two words that end together the longer one decides. */
const CHARACTER: i32 = 100;
const FAR: i32 = 0x7fffffff;

/** Addresses; 0 for none: known forms, what was accepted. */
let forms: usize = 0;
let accepted: usize = 0;
/** By entry of a program: score of the nearest word, and what it says; how the check went. */
let nearest: usize = 0;
let voices: usize = 0;
let answers: usize = 0;
/** By entry: does a word speak for its detector, near or far? */
let hinted: usize = 0;
let count: i32 = 0;
/** Places that were done with since the last stretch. */
let finished: i32 = 0;
let turn: i32 = 0;
/** By state of the digits' automaton: number of the shapes that are complete there, 0 for not known. */
let lists: usize = 0;

/**
 * From now on places are done with by their forms, which are known at an address; 0: no longer. What
 * was known in another turn is forgotten.
 */
export function useForms(at: usize, turn_: i32, lists_: usize): void {
  forms = at;
  lists = lists_;
  turn = turn_;
  accepted = at + (<usize>1 << (ENTRY_BITS + WAY_BITS + SET_BITS));
  nearest = accepted + (<usize>ROOM << TAKEN_BITS);
  voices = nearest + (MOST_ENTRIES << 2);
  answers = voices + MOST_ENTRIES;
  hinted = answers + MOST_ENTRIES;
  count = 0;
  finished = 0;
}

/** Forgets the forms that are known. */
export function forgetForms(turn_: i32): void {
  turn = turn_;
}

/** How many were accepted since the last time; they are the caller's. */
export function taken(): i32 {
  const all = count;
  count = 0;
  return all;
}

// @ts-ignore: decorator
@inline
function smallLetters(bytes: v128): v128 {
  return i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(97)), i8x16.splat(26));
}

/** Is all done that is to be done at a place where a match of digits could end so often? */
export function isDoneWith(text: usize, start: i32, found: i32): bool {
  if (forms == 0 || found > MOST_ENDS) return false;
  const size = load<i32>(ENDS + ((found - 1) << 2)) + 3 - start;
  if (size > LONGEST) return false;
  const at = text + start - 1;
  const a = v128.load(at);
  const b = v128.load(at, 16);
  // How a word is written decides little, but in lower case it may be a hash.
  const inside = ((<u32>1) << (size - 2)) - 2;
  if ((bits32(smallLetters(a), smallLetters(b)) & inside) != 0) return false;
  // What is no ASCII is alike.
  const high = i8x16.splat(-128);
  const wanted = i8x16.splat(<i8>size);
  const looksLow = v128.and(looksOf(i8x16.min_u(a, high)), before(wanted));
  const looksHigh = v128.and(looksOf(i8x16.min_u(b, high)), beforeNext(wanted));
  // How long it is at each end, and what it may be there.
  let spans = i32x4.splat(0);
  for (let n = 0; n < found; n++) {
    const list = <i32>load<u16>(lists + (<usize>load<i32>(END_STATES + (n << 2)) << 1));
    if (list == 0) return false;
    const span = ((load<i32>(ENDS + (n << 2)) - start) << 16) | list;
    spans = i8x16.shuffle(
      spans, i32x4.splat(span), 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
    );
  }
  // Both only grow.
  const times = load<i32>(STATE, 16) + turn;
  const entry = entryOf(looksLow, looksHigh, spans, times);
  if (entry == 0) return false;
  let program = load<i32>(entry, PROGRAM);
  if (program == 0) {
    const seen = load<i32>(entry, SEEN) + 1;
    store<i32>(entry, seen, SEEN);
    if (seen < OFTEN) return false;
    program = learnForm(start, found);
    if (program == 0) program = NEVER;
    store<i32>(entry, program, PROGRAM);
    store<i32>(entry, 0, SEEN);
  }
  if (program == NEVER) return false;
  const asked = load<i32>(entry, SEEN);
  if (
    hears(<usize>program, start, found) &&
    judges(<usize>program, at, start)
  ) {
    if (asked > 0) store<i32>(entry, asked - 1, SEEN);
    return true;
  }
  store<i32>(entry, asked + 3, SEEN);
  if (asked >= TOO_OFTEN) store<i32>(entry, NEVER, PROGRAM);
  return false;
}

/** The form's entry; 0 where it was not known, from now on it is. */
// @ts-ignore: decorator
@inline
function entryOf(low: v128, high: v128, spans: v128, times: i32): usize {
  const looks = mixOf(low, high);
  const hash = (looks ^ (looks >> 32) ^ <u64>i64x2.extract_lane(spans, 1)) * 0x9e3779b97f4a7c15;
  const first = forms + (<usize>(hash >> (64 - SET_BITS)) << (ENTRY_BITS + WAY_BITS));
  let victim = first;
  let least = 0x7fffffff;
  for (let way = 0; way < 1 << WAY_BITS; way++) {
    const entry = first + (<usize>way << ENTRY_BITS);
    const isOld = load<i32>(entry, TIMES) != times;
    const other = v128.or(
      v128.or(v128.xor(low, v128.load(entry)), v128.xor(high, v128.load(entry, 16))),
      v128.xor(spans, v128.load(entry, 32)),
    );
    const isLearned = load<i32>(entry, PROGRAM) != 0;
    if (!v128.any_true(other)) {
      if (isOld) {
        // What is settled by now decides anew what comes of it.
        store<i32>(entry, times, TIMES);
        store<i32>(entry, isLearned ? OFTEN - AGAIN : load<i32>(entry, SEEN) >> 1, SEEN);
        store<i32>(entry, 0, PROGRAM);
      }
      return entry;
    }
    // What was learned stays longest, then what was seen more often.
    const worth = isLearned ? (isOld ? OFTEN >> 1 : OFTEN) : load<i32>(entry, SEEN);
    if (worth >= least) continue;
    least = worth;
    victim = entry;
  }
  v128.store(victim, low);
  v128.store(victim, high, 16);
  v128.store(victim, spans, 32);
  store<i32>(victim, times, TIMES);
  store<i32>(victim, 0, PROGRAM);
  store<i32>(victim, 0, SEEN);
  return 0;
}

// @ts-ignore: decorator
@inline
function wordOf(entry: usize, index: i32): i32 {
  return load<i32>(entry + (<usize>index << 2));
}

/** Hears what the words say of each entry; false where only JavaScript can tell. */
function hears(program: usize, start: i32, found: i32): bool {
  const entries = load<i32>(program);
  if (entries == 0) return true;
  for (let i = 0; i < entries; i++) {
    store<i32>(nearest + (<usize>i << 2), FAR);
    store<u8>(voices + i, 0);
    store<u8>(hinted + i, 0);
  }
  const words = wordsBefore(origin, startOf(start));
  if (words != 0) {
    if (words == UNKNOWN) return false;
    const size = load<i32>(WINDOW, 8);
    for (let n = 0; n < words; n++) {
      const word = FOUND + <usize>n * 12;
      if (!weigh(program, word, -1, size - load<i32>(word, 8))) return false;
    }
  }
  const endings = load<i32>(program, 4);
  for (let end = found - 1; end >= 0; end--) {
    if (((endings >> end) & 1) == 0) continue;
    const behind = wordsAfter(origin, originLength, endOf(load<i32>(ENDS + (end << 2))));
    if (behind == UNKNOWN) return false;
    for (let n = 0; n < behind; n++) {
      const word = FOUND + <usize>n * 12;
      if (!weigh(program, word, end, load<i32>(word, 4) + BEHIND_PENALTY)) return false;
    }
  }
  return true;
}

/** What a word says of the entries of one end, or of all; false where it is an ordinary one that says something. */
function weigh(program: usize, word: usize, end: i32, distance: i32): bool {
  const node = <usize>load<i32>(TREE, 8) + (<usize>load<i32>(word) << 3);
  const kind = load<i32>(node, 4);
  const row = <usize>load<i32>(TREE, 36) + <usize>(kind >> ROW_SHIFT) * <usize>load<i32>(TREE, 40);
  const score = distance * CHARACTER - load<i32>(node);
  const entries = load<i32>(program);
  for (let i = 0; i < entries; i++) {
    const entry = program + ENTRIES + <usize>(i * ENTRY << 2);
    const says = load<u8>(row + wordOf(entry, 1));
    if (says == 0) continue;
    if ((kind & ORDINARY) != 0) return false;
    // Whichever end it stands behind, and whatever stands nearer.
    if (says == FOR) store<u8>(hinted + i, 1);
    if (end >= 0 && wordOf(entry, 0) != end) continue;
    if (score >= load<i32>(nearest + (<usize>i << 2))) continue;
    store<i32>(nearest + (<usize>i << 2), score);
    store<u8>(voices + i, says);
  }
  return true;
}

/** Judges the entries, the longer end first; false where JavaScript has to, which then begins anew. */
function judges(program: usize, at: usize, start: i32): bool {
  // What a text says is settled in stretches of so many places.
  if (count + MOST_ENTRIES > ROOM || ++finished >= STRETCH) {
    finished = 0;
    takeForms();
  }
  const entries = load<i32>(program);
  let filled = count;
  for (let i = 0; i < entries; i++) {
    const entry = program + ENTRIES + <usize>(i * ENTRY << 2);
    store<u8>(answers + i, 0);
    const voice = <i32>load<u8>(voices + i);
    if (wordOf(entry, 6) != 0 && load<u8>(hinted + i) == 0) continue;
    let outcome = wordOf(entry, 3 + voice);
    // What is counted, or what a shorter end depends on, is judged all the same.
    if (outcome == IDLE && (wordOf(entry, 7) | wordOf(entry, 8)) == 0) continue;
    if (isSettled(program, i)) continue;
    const slot = <usize>wordOf(entry, 2);
    let answer = slot == 0 ? ASK : decide(slot, at);
    let hash = foundHash;
    if (answer == ASK) {
      answer = tellForm(wordOf(entry, 9), start, voice);
      if (answer == ASK) return false;
      outcome = load<i32>(TABLE_VALUE);
      hash = load<u64>(TABLE_VALUE, 8);
    }
    if (answer == NOT_ONE) continue;
    store<u8>(answers + i, answer == ACCEPTED ? 2 : 1);
    if (answer != ACCEPTED || outcome == IDLE) continue;
    if (outcome == ASKED) return false;
    const one = accepted + (<usize>filled << TAKEN_BITS);
    store<i32>(one, start);
    store<i32>(one, load<i32>(ENDS + (wordOf(entry, 0) << 2)), 4);
    store<i32>(one, outcome, 8);
    store<u64>(one, hash, 16);
    filled++;
  }
  count = filled;
  for (let i = 0; i < entries; i++) {
    const answer = <usize>load<u8>(answers + i);
    const tries = <usize>wordOf(program + ENTRIES + <usize>(i * ENTRY << 2), 7);
    if (answer == 0 || tries == 0) continue;
    const tried = tries + ((answer - 1) << 2);
    store<i32>(tried, load<i32>(tried) + 1);
  }
  return true;
}

/** Was the detector of an entry accepted at a longer end? */
// @ts-ignore: decorator
@inline
function isSettled(program: usize, i: i32): bool {
  const rule = wordOf(program + ENTRIES + <usize>(i * ENTRY << 2), 1);
  for (let n = 0; n < i; n++) {
    if (load<u8>(answers + n) != 2) continue;
    if (wordOf(program + ENTRIES + <usize>(n * ENTRY << 2), 1) == rule) return true;
  }
  return false;
}
