/**
 * The text as it came, in which words are looked for, and the way to it from the folded one: pairs of
 * a folded index and the original offset that it is from there on. Questions come nearly in order
 * and move a cursor; fold.ts answers the same ones for JavaScript.
 */

/** The original text. */
export let origin: usize = 0;
export let originLength: i32 = 0;
let breaks: usize = 0;
let breakTotal: i32 = 0;
/** How many breaks are at or before the index asked last. */
let cursor: i32 = 0;

/** Says where the text lies that is searched next, and its breaks. */
export function setOrigin(at: usize, length: i32, breaks_: usize, total: i32): void {
  origin = at;
  originLength = length;
  breaks = breaks_;
  breakTotal = total;
  cursor = 0;
}

/** Original offset of the character at a folded index. */
export function startOf(index: i32): i32 {
  if (breakTotal == 0) return index;
  while (cursor > 0 && foldedAt(cursor - 1) > index) cursor--;
  while (cursor < breakTotal && foldedAt(cursor) <= index) cursor++;
  if (cursor == 0) return index;
  return load<i32>(breaks + (<usize>(cursor - 1) << 3), 4) + index - foldedAt(cursor - 1);
}

/** Original offset just after the character before a folded index. */
export function endOf(index: i32): i32 {
  if (breakTotal == 0 || index == 0) return index;
  const last = startOf(index - 1);
  const lead = <i32>load<u8>(origin + last);
  const end = last + (lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4);
  return end < originLength ? end : originLength;
}

// @ts-ignore: decorator
@inline
function foldedAt(n: i32): i32 {
  return load<i32>(breaks + (<usize>n << 3));
}
