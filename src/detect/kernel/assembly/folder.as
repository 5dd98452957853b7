/**
 * Folding: the many ways one character is written → one ASCII byte, with the way back to the
 * original offsets. What folds to nothing that an identifier may hold (ideographs, kana, accents)
 * stays as it lies, byte by byte: any byte from 0x80 on is a fine boundary. Most texts of most
 * languages need no copy at all.
 */
import { lookUp } from './kinds';
import { FOLDS, SETS } from './layout';

/** Folded code of a character beyond the basic plane. */
@external('env', 'beyond')
declare function beyond(code: i32): i32;

const OTHER: i32 = 0x80;
/** In the fold table: the character is dropped. */
const DROP: i32 = 1;

let breaks: i32 = 0;

export function breakCount(): i32 {
  return breaks;
}

/**
 * Folds `size` bytes at `from` into `to`; returns the folded length, or -1 where nothing folds and
 * the text is good as it lies. At `table` pairs of words: from this folded index on, the original
 * offset is that many.
 */
export function fold(from: usize, size: i32, to: usize, table: usize): i32 {
  breaks = 0;
  // The scanner looks at the byte before a text, too.
  memory.fill(to - 64, 0, 64);
  let out = 0;
  let isCopy = false;
  let at = 0;
  while (at < size) {
    const bytes = v128.load(from + at);
    if (isCopy) v128.store(to + out, bytes);
    // Leads of sequences that may fold; those from e4 to e9 are ideographs, all of them.
    const isLead = i8x16.gt_u(bytes, i8x16.splat(-65));
    const isIdeograph = i8x16.gt_s(i8x16.splat(-122), i8x16.sub(bytes, i8x16.splat(100)));
    const mayFold = v128.andnot(isLead, isIdeograph);
    let leads = i8x16.bitmask(mayFold);
    if (leads != 0) leads = i8x16.bitmask(v128.andnot(mayFold, punctuationAt(bytes, from + at)));
    if (leads == 0) {
      at += 16;
      out += 16;
      continue;
    }
    const plain = ctz(leads);
    at += plain;
    out += plain;
    if (at >= size) break;
    const lead = <i32>load<u8>(from + at);
    const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    let folded = OTHER;
    if (lead == 0xff) {
      // No UTF-8, and the code of the prolonged sound mark here.
      if (!isCopy) memory.copy(to, from, at);
      isCopy = true;
      store<u8>(to + out, <u8>OTHER);
    } else if (at + length <= size) {
      folded = foldAt(from + at, lead, length);
    }
    if (folded == OTHER) {
      if (isCopy && lead != 0xff) store<u8>(to + out, <u8>lead);
      at++;
      out++;
      continue;
    }
    if (!isCopy) memory.copy(to, from, at);
    isCopy = true;
    if (folded != DROP) {
      store<u8>(to + out, <u8>folded);
      out++;
    }
    at += length;
    store<i32>(table + (breaks << 3), out);
    store<i32>(table + (breaks << 3), at, 4);
    breaks++;
  }
  // The last sixteen bytes may reach behind the end.
  out -= at - size;
  if (!isCopy) return -1;
  memory.fill(to + out, 0, 64);
  return out;
}

/**
 * Where punctuation of Chinese and Japanese begins that does not fold (`、`, `。`, `，`): the two blocks
 * of 64 characters from U+3000 and from U+FF00, whose last bytes that fold lie in a table.
 */
// @ts-ignore: decorator
@inline
function punctuationAt(bytes: v128, from: usize): v128 {
  const second = v128.load(from, 1);
  const isCommon = v128.and(
    i8x16.eq(bytes, i8x16.splat(<i8>0xe3)),
    i8x16.eq(second, i8x16.splat(<i8>0x80)),
  );
  const isWide = v128.and(
    i8x16.eq(bytes, i8x16.splat(<i8>0xef)),
    i8x16.eq(second, i8x16.splat(<i8>0xbc)),
  );
  const folds = lookUp(v128.load(from, 2), v128.load(SETS + 64), v128.load(SETS + 80), i8x16.splat(15));
  const block = v128.bitselect(i8x16.splat(0x0f), i8x16.splat(<i8>0xf0), isCommon);
  const stays = i8x16.eq(v128.and(folds, block), i8x16.splat(0));
  return v128.and(stays, v128.or(isCommon, isWide));
}

function foldAt(from: usize, lead: i32, length: i32): i32 {
  const second = <i32>load<u8>(from, 1);
  if ((second & 0xc0) != 0x80 || lead < 0xc2) return OTHER;
  if (length == 2) return load<u8>(FOLDS + (((lead & 31) << 6) | (second & 63)));
  const third = <i32>load<u8>(from, 2);
  if ((third & 0xc0) != 0x80) return OTHER;
  const two = ((second & 63) << 6) | (third & 63);
  if (length == 3) return load<u8>(FOLDS + (((lead & 15) << 12) | two));
  const last = <i32>load<u8>(from, 3);
  if ((last & 0xc0) != 0x80) return OTHER;
  const code = ((lead & 7) << 18) | (two << 6) | (last & 63);
  // From U+1F000 on there are pictures, but for the segmented digits at U+1FBF0.
  if (code > 0x10ffff || (code >= 0x1f000 && code < 0x1fb00)) return OTHER;
  return beyond(code);
}

/** How many line feeds lie from an address on, before another one. */
export function countFeeds(from: usize, to: usize): i32 {
  let count = 0;
  let at = from;
  const feed = i8x16.splat(10);
  for (; at + 16 <= to; at += 16) count += popcnt(i8x16.bitmask(i8x16.eq(v128.load(at), feed)));
  for (; at < to; at++) if (load<u8>(at) == 10) count++;
  return count;
}
