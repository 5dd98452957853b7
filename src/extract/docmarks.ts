/**
 * What the formatting pages of a doc say of its text: which paragraphs lie in a table, which end a
 * row, which characters are deleted or inserted. Source: [MS-DOC] 2.9.33 (ChpxFkp), 2.9.175 (PapxFkp).
 */

/** What holds from an offset of the WordDocument stream on. */
export interface Marks<T> {
  at(offset: number): T;
  /** The first offset behind this one where something else holds. */
  next(offset: number): number;
}

export interface ParagraphMark {
  readonly inTable: boolean;
  readonly endsRow: boolean;
}

export type Change = 'none' | 'deleted' | 'inserted';

const PAGE = 512;
/** Places of fcPlcfBteChpx and fcPlcfBtePapx in the FIB. */
const CHARACTERS_AT = 0xfa;
const PARAGRAPHS_AT = 0x102;
const MAX_PAGES = 100_000;

const IN_TABLE = 0x2416;
const ENDS_ROW = 0x2417;
const ENDS_INNER_ROW = 0x244c;
const DELETED = 0x0800;
const INSERTED = 0x0801;
const PLAIN: ParagraphMark = { inTable: false, endsRow: false };

/** One byte each is the place of a run's properties; a paragraph's has a height behind it. */
const CHARACTER_ENTRY = 1;
const PARAGRAPH_ENTRY = 13;

export function paragraphMarks(word: Buffer, table: Buffer): Marks<ParagraphMark> {
  return marks(word, table, PARAGRAPHS_AT, PARAGRAPH_ENTRY, PLAIN, (page, at) => {
    let from = at + 1;
    let length = (page[at] ?? 0) * 2 - 1;
    if (length < 0) {
      length = (page[at + 1] ?? 0) * 2;
      from = at + 2;
    }
    let inTable = false;
    let endsRow = false;
    // The first two bytes number the style.
    for (const { code, value } of properties(page, from + 2, from + length)) {
      if (code === IN_TABLE) inTable = value !== 0;
      if (code === ENDS_ROW || code === ENDS_INNER_ROW) endsRow = value !== 0;
    }
    return { inTable, endsRow };
  });
}

export function changeMarks(word: Buffer, table: Buffer): Marks<Change> {
  return marks<Change>(word, table, CHARACTERS_AT, CHARACTER_ENTRY, 'none', (page, at) => {
    let change: Change = 'none';
    for (const { code, value } of properties(page, at + 1, at + 1 + (page[at] ?? 0))) {
      if (code === DELETED && value !== 0) change = 'deleted';
      if (code === INSERTED && value !== 0 && change === 'none') change = 'inserted';
    }
    return change;
  });
}

function marks<T>(
  word: Buffer,
  table: Buffer,
  place: number,
  entry: number,
  none: T,
  read: (page: Buffer, at: number) => T,
): Marks<T> {
  const starts: number[] = [];
  const values: T[] = [];
  for (const page of formattingPages(word, table, place)) {
    const count = page[PAGE - 1] ?? 0;
    if ((count + 1) * 4 + count * entry > PAGE) continue;
    for (let index = 0; index < count; index += 1) {
      const at = (page[(count + 1) * 4 + index * entry] ?? 0) * 2;
      starts.push(page.readUInt32LE(index * 4));
      values.push(at === 0 ? none : read(page, at));
    }
  }
  return sorted(starts, values, none);
}

function sorted<T>(starts: readonly number[], values: readonly T[], none: T): Marks<T> {
  const order = starts.map((_, index) => index).sort((a, b) => (starts[a] ?? 0) - (starts[b] ?? 0));
  const from = order.map((index) => starts[index] ?? 0);
  const behind = (offset: number): number => {
    let low = 0;
    let high = from.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((from[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    at: (offset) => values[order[behind(offset) - 1] ?? -1] ?? none,
    next: (offset) => from[behind(offset)] ?? Number.POSITIVE_INFINITY,
  };
}

function* formattingPages(word: Buffer, table: Buffer, place: number): Generator<Buffer> {
  const start = word.readUInt32LE(place);
  const size = Math.min(word.readUInt32LE(place + 4), table.length - start);
  const count = Math.min(Math.floor((size - 4) / 8), MAX_PAGES);
  for (let index = 0; index < count; index += 1) {
    const number = table.readUInt32LE(start + (count + 1) * 4 + index * 4) & 0x3fffff;
    const page = word.subarray(number * PAGE, (number + 1) * PAGE);
    if (page.length === PAGE) yield page;
  }
}

function* properties(
  page: Buffer,
  from: number,
  to: number,
): Generator<{ readonly code: number; readonly value: number }> {
  const end = Math.min(PAGE, to);
  for (let at = from; at + 3 <= end; ) {
    const code = page.readUInt16LE(at);
    const value = page[at + 2] ?? 0;
    yield { code, value };
    at += 2 + operandBytes(code, value);
  }
}

/** How long a property's operand is: the top bits of its code say. */
function operandBytes(code: number, first: number): number {
  const kind = code >> 13;
  if (kind === 6) return first + 1;
  return [1, 1, 2, 4, 2, 2, 0, 3][kind] ?? 1;
}
