/**
 * Codes → string. A value has a dozen characters: one call with as many arguments takes half the time
 * of some calls put together, and a quarter of the platform's decoders.
 */

const of = String.fromCharCode;

/** By length, of the codes from an index on. */
const MAKERS: readonly ((c: Uint8Array, i: number) => string)[] = [
  () => '',
  (c, i) => of(c[i]!),
  (c, i) => of(c[i]!, c[i + 1]!),
  (c, i) => of(c[i]!, c[i + 1]!, c[i + 2]!),
  (c, i) => of(c[i]!, c[i + 1]!, c[i + 2]!, c[i + 3]!),
  (c, i) => of(c[i]!, c[i + 1]!, c[i + 2]!, c[i + 3]!, c[i + 4]!),
  (c, i) => of(c[i]!, c[i + 1]!, c[i + 2]!, c[i + 3]!, c[i + 4]!, c[i + 5]!),
  (c, i) => of(c[i]!, c[i + 1]!, c[i + 2]!, c[i + 3]!, c[i + 4]!, c[i + 5]!, c[i + 6]!),
  (c, i) => of(c[i]!, c[i + 1]!, c[i + 2]!, c[i + 3]!, c[i + 4]!, c[i + 5]!, c[i + 6]!, c[i + 7]!),
  (c, i) =>
    of(
      c[i]!,
      c[i + 1]!,
      c[i + 2]!,
      c[i + 3]!,
      c[i + 4]!,
      c[i + 5]!,
      c[i + 6]!,
      c[i + 7]!,
      c[i + 8]!,
    ),
  (c, i) =>
    of(
      c[i]!,
      c[i + 1]!,
      c[i + 2]!,
      c[i + 3]!,
      c[i + 4]!,
      c[i + 5]!,
      c[i + 6]!,
      c[i + 7]!,
      c[i + 8]!,
      c[i + 9]!,
    ),
  (c, i) =>
    of(
      c[i]!,
      c[i + 1]!,
      c[i + 2]!,
      c[i + 3]!,
      c[i + 4]!,
      c[i + 5]!,
      c[i + 6]!,
      c[i + 7]!,
      c[i + 8]!,
      c[i + 9]!,
      c[i + 10]!,
    ),
  (c, i) =>
    of(
      c[i]!,
      c[i + 1]!,
      c[i + 2]!,
      c[i + 3]!,
      c[i + 4]!,
      c[i + 5]!,
      c[i + 6]!,
      c[i + 7]!,
      c[i + 8]!,
      c[i + 9]!,
      c[i + 10]!,
      c[i + 11]!,
    ),
  (c, i) =>
    of(
      c[i]!,
      c[i + 1]!,
      c[i + 2]!,
      c[i + 3]!,
      c[i + 4]!,
      c[i + 5]!,
      c[i + 6]!,
      c[i + 7]!,
      c[i + 8]!,
      c[i + 9]!,
      c[i + 10]!,
      c[i + 11]!,
      c[i + 12]!,
    ),
  (c, i) =>
    of(
      c[i]!,
      c[i + 1]!,
      c[i + 2]!,
      c[i + 3]!,
      c[i + 4]!,
      c[i + 5]!,
      c[i + 6]!,
      c[i + 7]!,
      c[i + 8]!,
      c[i + 9]!,
      c[i + 10]!,
      c[i + 11]!,
      c[i + 12]!,
      c[i + 13]!,
    ),
  (c, i) =>
    of(
      c[i]!,
      c[i + 1]!,
      c[i + 2]!,
      c[i + 3]!,
      c[i + 4]!,
      c[i + 5]!,
      c[i + 6]!,
      c[i + 7]!,
      c[i + 8]!,
      c[i + 9]!,
      c[i + 10]!,
      c[i + 11]!,
      c[i + 12]!,
      c[i + 13]!,
      c[i + 14]!,
    ),
  (c, i) =>
    of(
      c[i]!,
      c[i + 1]!,
      c[i + 2]!,
      c[i + 3]!,
      c[i + 4]!,
      c[i + 5]!,
      c[i + 6]!,
      c[i + 7]!,
      c[i + 8]!,
      c[i + 9]!,
      c[i + 10]!,
      c[i + 11]!,
      c[i + 12]!,
      c[i + 13]!,
      c[i + 14]!,
      c[i + 15]!,
    ),
];

const LONGEST = MAKERS.length - 1;

/** The text of the first `length` codes, all below 256. */
export function textOf(codes: Uint8Array, length: number): string {
  if (length <= LONGEST) return MAKERS[length]!(codes, 0);
  let text = '';
  let at = 0;
  for (; at + LONGEST <= length; at += LONGEST) text += MAKERS[LONGEST]!(codes, at);
  return text + MAKERS[length - at]!(codes, at);
}
