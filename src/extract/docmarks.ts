/** Which paragraphs of a doc lie in a table, and which end a row: the formatting pages of its stream. */

export interface Mark {
  readonly inTable: boolean;
  readonly endsRow: boolean;
}

export interface Paragraphs {
  /** The paragraph whose text covers this offset of the WordDocument stream. */
  at(offset: number): Mark;
}

const PAGE = 512;
/** Place of fcPlcfBtePapx in the FIB. */
const PAGES_AT = 0x102;
const MAX_PAGES = 100_000;

const IN_TABLE = 0x2416;
const ENDS_ROW = 0x2417;
const ENDS_INNER_ROW = 0x244c;
const PLAIN: Mark = { inTable: false, endsRow: false };

export function paragraphMarks(word: Buffer, table: Buffer): Paragraphs {
  const starts: number[] = [];
  const marks: Mark[] = [];
  for (const page of formattingPages(word, table)) readPage(page, starts, marks);
  const order = starts.map((_, index) => index).sort((a, b) => (starts[a] ?? 0) - (starts[b] ?? 0));
  const sorted = order.map((index) => starts[index] ?? 0);
  return {
    at(offset) {
      let low = 0;
      let high = sorted.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((sorted[middle] ?? 0) <= offset) low = middle + 1;
        else high = middle;
      }
      return marks[order[low - 1] ?? -1] ?? PLAIN;
    },
  };
}

function* formattingPages(word: Buffer, table: Buffer): Generator<Buffer> {
  const start = word.readUInt32LE(PAGES_AT);
  const size = Math.min(word.readUInt32LE(PAGES_AT + 4), table.length - start);
  const count = Math.min(Math.floor((size - 4) / 8), MAX_PAGES);
  for (let index = 0; index < count; index += 1) {
    const number = table.readUInt32LE(start + (count + 1) * 4 + index * 4) & 0x3fffff;
    const page = word.subarray(number * PAGE, (number + 1) * PAGE);
    if (page.length === PAGE) yield page;
  }
}

function readPage(page: Buffer, starts: number[], marks: Mark[]): void {
  const count = page[PAGE - 1] ?? 0;
  if ((count + 1) * 4 + count * 13 > PAGE) return;
  for (let index = 0; index < count; index += 1) {
    starts.push(page.readUInt32LE(index * 4));
    const at = (page[(count + 1) * 4 + index * 13] ?? 0) * 2;
    marks.push(at === 0 ? PLAIN : markOf(page, at));
  }
}

/** Walks the properties of one paragraph. */
function markOf(page: Buffer, at: number): Mark {
  let from = at + 1;
  let length = (page[at] ?? 0) * 2 - 1;
  if (length < 0) {
    length = (page[at + 1] ?? 0) * 2;
    from = at + 2;
  }
  const end = Math.min(PAGE, from + length);
  let inTable = false;
  let endsRow = false;
  // The first two bytes number the style.
  for (let next = from + 2; next + 3 <= end; ) {
    const code = page.readUInt16LE(next);
    const value = page[next + 2] ?? 0;
    if (code === IN_TABLE) inTable = value !== 0;
    if (code === ENDS_ROW || code === ENDS_INNER_ROW) endsRow = value !== 0;
    next += 2 + operandBytes(code, value);
  }
  return { inTable, endsRow };
}

/** How long a property's operand is: the top bits of its code say. */
function operandBytes(code: number, first: number): number {
  const kind = code >> 13;
  if (kind === 6) return first + 1;
  return [1, 1, 2, 4, 2, 2, 0, 3][kind] ?? 1;
}
