/**
 * Folding: the many ways one character is written → one ASCII byte, with the way back to the
 * original offsets. What folds to nothing that an identifier may hold (ideographs, kana, accents)
 * stays as it lies, byte by byte: any byte from 0x80 on is a fine boundary. Most texts of most
 * languages need no copy at all.
 */
import { bits, sixteen } from './kinds';
import { FOLDS } from './layout';

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
  const sixtyFour = sixteen(64);
  const minusSixtyFour = sixteen(-64);
  const hundred = sixteen(100);
  const behindIdeographs = sixteen(-122);
  while (at < size) {
    if (!isCopy) {
      at = staysUntil(from, at, size);
      out = at;
      if (at >= size) break;
    }
    const bytes = v128.load(from + at);
    if (isCopy) v128.store(to + out, bytes);
    // Leads of sequences that may fold; those from e4 to e9 are ideographs, all of them.
    const leads = i8x16.bitmask(
      leadsIn(bytes, sixtyFour, minusSixtyFour, hundred, behindIdeographs),
    );
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

/** Leads of sequences that may fold; those from e4 to e9 are ideographs, all of them. */
// @ts-ignore: decorator
@inline
function leadsIn(
  bytes: v128, sixtyFour: v128, minusSixtyFour: v128, hundred: v128, behindIdeographs: v128,
): v128 {
  const isLead = i8x16.gt_s(minusSixtyFour, i8x16.sub(bytes, sixtyFour));
  return v128.andnot(isLead, i8x16.gt_s(behindIdeographs, i8x16.sub(bytes, hundred)));
}

/** From a place on nothing folds before the one that is returned. */
function staysUntil(from: usize, place: i32, size: i32): i32 {
  const sixtyFour = sixteen(64);
  const minusSixtyFour = sixteen(-64);
  const hundred = sixteen(100);
  const behindIdeographs = sixteen(-122);
  for (let at = place; at < size; at += 64) {
    const bytes = from + at;
    let leads = bits(
      leadsIn(v128.load(bytes), sixtyFour, minusSixtyFour, hundred, behindIdeographs),
      leadsIn(v128.load(bytes, 16), sixtyFour, minusSixtyFour, hundred, behindIdeographs),
      leadsIn(v128.load(bytes, 32), sixtyFour, minusSixtyFour, hundred, behindIdeographs),
      leadsIn(v128.load(bytes, 48), sixtyFour, minusSixtyFour, hundred, behindIdeographs),
    );
    while (leads != 0) {
      const index = ctz(leads);
      const lead = bytes + <usize>index;
      const code = load<u32>(lead);
      let point: u32 = 0;
      if ((code & 0xc0c0f0) == 0x8080e0) {
        point = ((code & 15) << 12) | ((code >> 2) & 0xfc0) | ((code >> 16) & 63);
      } else if ((code & 0xc0e0) == 0x80c0) {
        point = ((code & 31) << 6) | ((code >> 8) & 63);
      }
      // Anything else is left to the caller: what is at zero is not OTHER.
      if (load<u8>(FOLDS + point) != OTHER) return at + <i32>index;
      leads &= leads - 1;
    }
  }
  return size;
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
