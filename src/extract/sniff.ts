/**
 * Is this text a table, and which?
 *
 * A delimiter is believed when it cuts nearly all sampled rows into the same number of cells. Prose
 * with commas fails that, or gives itself away by the space behind each comma.
 */
import { columnName, headerRow } from './header.ts';

export interface Dialect {
  /** A byte: `,` `;` tab or `|`; 1 in a list of one column. */
  readonly delimiter: number;
  /** Newline, or carriage return in files of old Macs. */
  readonly rowEnd: number;
  /** Column names; empty where the table has no header. */
  readonly names: readonly string[];
}

const SAMPLE_BYTES = 256 * 1024;
const SAMPLE_ROWS = 300;
const DELIMITERS: readonly string[] = ['\t', ',', ';', '|'];

/** A byte that no text holds. */
const NO_DELIMITER = '\u0001';

interface Shape {
  readonly delimiter: string;
  readonly rows: readonly (readonly string[])[];
  readonly columns: number;
  readonly score: number;
}

/** The dialect of a UTF-8 text by its head; null when it is no table. `whole`: the head is all of it. */
export function sniffDelimited(head: Uint8Array, whole: boolean): Dialect | null {
  const text = sampleText(head, whole);
  const rowEnd = text.includes('\n') ? '\n' : '\r';
  let best: Shape | null = null;
  for (const delimiter of DELIMITERS) {
    if (!text.includes(delimiter)) continue;
    const shape = shapeOf(text, delimiter, rowEnd);
    if (shape && (best === null || shape.score > best.score)) best = shape;
  }
  if (best === null) return sniffList(text, rowEnd);
  const header = headerRow(best.rows, best.columns);
  return {
    delimiter: best.delimiter.charCodeAt(0),
    rowEnd: rowEnd.charCodeAt(0),
    names: header === -1 ? [] : (best.rows[header] ?? []).map(columnName),
  };
}

/**
 * A list: a table of one column, so without a delimiter. Values of one length, or a header over short
 * values with digits in them. Machine-readable passport lines belong together and are none.
 */
function sniffList(text: string, rowEnd: string): Dialect | null {
  const rows = sampleRows(text, NO_DELIMITER, rowEnd);
  const values = rows.map((row) => row[0] ?? '');
  if (values.length < 4 || values.some((value) => value.length > 60 || value.includes('<<'))) {
    return null;
  }
  const named = headerRow(rows, 1) === 0;
  const body = named ? values.slice(1) : values;
  const data = body.filter(
    (value) => /\p{Nd}{2}|@/u.test(value) && !/\S\s+\S+\s+\S+\s/.test(value),
  );
  const lengths = body.map((value) => value.length).sort((a, b) => a - b);
  const middle = lengths[lengths.length >> 1] ?? 0;
  const even = lengths.filter((length) => Math.abs(length - middle) <= 3).length;
  const list = named
    ? data.length >= body.length * 0.7
    : body.length >= 5 && data.length >= body.length * 0.9 && even >= body.length * 0.9;
  if (!list) return null;
  return {
    delimiter: NO_DELIMITER.charCodeAt(0),
    rowEnd: rowEnd.charCodeAt(0),
    names: named ? [columnName(values[0] ?? '')] : [],
  };
}

function sampleText(head: Uint8Array, whole: boolean): string {
  const cut = head.subarray(0, SAMPLE_BYTES);
  const text = new TextDecoder().decode(cut);
  if (whole && cut.length === head.length) return text;
  const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
  return end > 0 ? text.slice(0, end + 1) : text;
}

/** Cells of the first rows, quotes respected, trimmed; blank rows left out. */
export function sampleRows(text: string, delimiter: string, rowEnd: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length && rows.length < SAMPLE_ROWS) {
    const cell = cellAt(text, at, delimiter, rowEnd);
    row.push(cell.value);
    at = cell.end;
    if (text[at] === delimiter) {
      at += 1;
      if (at < text.length) continue;
      row.push('');
    } else {
      at += 1;
    }
    if (row.some((value) => value !== '')) rows.push(row);
    row = [];
  }
  return rows;
}

/** A quoted cell longer than this was no quoting: the quote belongs to the text. */
const MAX_QUOTED = 20_000;

function cellAt(
  text: string,
  from: number,
  delimiter: string,
  rowEnd: string,
): { readonly value: string; readonly end: number } {
  const start = text[from] === ' ' ? (text[from + 1] === ' ' ? from + 2 : from + 1) : from;
  if (text[start] === '"') {
    let at = start + 1;
    while (at < text.length && at - start < MAX_QUOTED) {
      const quote = text.indexOf('"', at);
      if (quote === -1) break;
      const next = text[quote + 1];
      if (next === '"') {
        at = quote + 2;
        continue;
      }
      if (next === undefined || next === delimiter || next === '\n' || next === '\r') {
        const value = text
          .slice(start + 1, quote)
          .replaceAll('""', '"')
          .trim();
        return { value, end: next === '\r' && text[quote + 2] === rowEnd ? quote + 2 : quote + 1 };
      }
      at = quote + 1;
    }
  }
  let end = from;
  while (end < text.length && text[end] !== delimiter && text[end] !== rowEnd) end += 1;
  return { value: text.slice(from, end).trim(), end };
}

/** How table-like the text is under this delimiter; null when it is not. */
function shapeOf(text: string, delimiter: string, rowEnd: string): Shape | null {
  const rows = sampleRows(text, delimiter, rowEnd);
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  let columns = 1;
  let most = 0;
  for (const [count, times] of counts) {
    if (count >= 2 && (times > most || (times === most && count > columns))) {
      columns = count;
      most = times;
    }
  }
  const consistent = consistency(rows, columns, most);
  if (rows.length < 2 || most < 2 || consistent < 0.8) return null;
  if (!cellsLikeData(rows, columns, delimiter, text)) return null;
  const bonus = delimiter === '\t' ? 0.05 : 0;
  return { delimiter, rows, columns, score: consistent + Math.min(columns, 20) / 100 + bonus };
}

/** Share of the rows that fit. Title rows above do not count; a cell or two too few or many at the end may be. */
function consistency(rows: readonly (readonly string[])[], columns: number, most: number): number {
  const first = rows.findIndex((row) => row.length === columns);
  const body = first > 0 && first <= 20 ? rows.slice(first) : rows;
  const exact = most / body.length;
  if (exact >= 0.8 || columns < 3) return Math.min(1, exact);
  const near = body.filter((row) => row.length >= columns - 1 && row.length <= columns + 4).length;
  return exact >= 0.5 ? Math.min(0.9, near / body.length) : exact;
}

/** Rules out prose and program text, whose commas and semicolons now and then line up. */
function cellsLikeData(
  rows: readonly (readonly string[])[],
  columns: number,
  delimiter: string,
  text: string,
): boolean {
  if (delimiter === '\t') return true;
  const body = rows.filter((row) => row.length === columns);
  const lastEmpty = body.filter((row) => (row.at(-1) ?? '') === '').length;
  if (columns === 2 && lastEmpty > body.length * 0.7) return false;
  const spaced = text.split(`${delimiter} `).length - 1;
  const all = text.split(delimiter).length - 1;
  let long = 0;
  for (const row of body) {
    for (const cell of row) if (cell.split(/\s+/).length > 4) long += 1;
  }
  const wordy = long / (body.length * columns);
  const sentences = body.filter((row) => /\p{L}[.!?:]$/u.test(row.at(-1) ?? '')).length;
  if (columns <= 4 && sentences > body.length * 0.6) return false;
  if (spaced > all * 0.8 && delimiter !== '|') return wordy < 0.25 && rows.length >= 3;
  return !(wordy > 0.6 && columns === 2 && rows.length < 5);
}
