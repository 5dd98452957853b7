/**
 * Placed text → what a reader sees: lines, and tables where lines stand in columns. A PDF draws
 * strings at points in any order; a number may be drawn in five strings, a row of a table in any.
 */

import { LINE_GAP, unwrapped } from './pdfwrap.ts';

/** A drawn string, turned so that it runs to the right: `x` grows to the right, `y` downwards. */
export interface Drawn {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Of the font, in the unit of the coordinates. */
  readonly size: number;
}

export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'table';
      readonly rows: readonly (readonly string[])[];
      /** Where each column starts, to know the table again on the next page. */
      readonly starts: readonly number[];
    };

interface Segment {
  text: string;
  readonly start: number;
  end: number;
}

interface Line {
  readonly segments: readonly Segment[];
  readonly y: number;
  readonly size: number;
}

/** In font sizes. Less than the first joins strings to a word, more than the second parts cells. */
const WORD_GAP = 0.16;
const CELL_GAP = 1.6;
/** Part of the font size by which baselines of one line may differ. */
const SAME_LINE = 0.45;
/** A box for each character: that many of them are one value. */
const COMB = 5;
const TABLE_LINES = 3;
/** Cells with more words than that are prose set in columns. */
const PROSE_WORDS = 5;

/** What one page shows, top to bottom. */
export function layOut(drawn: readonly Drawn[]): readonly Block[] {
  const lines = linesOf(drawn);
  const blocks: Block[] = [];
  let text: string[] = [];
  const endText = () => {
    if (text.length > 0) blocks.push({ kind: 'text', text: `${text.join('\n')}\n` });
    text = [];
  };
  for (let at = 0; at < lines.length; ) {
    const end = runEnd(lines, at);
    const run = lines.slice(at, end);
    const table = run.length >= TABLE_LINES ? tableOf(run) : null;
    if (table === null) text.push(...run.map(joined));
    else if (table.kind === 'text') text.push(table.text);
    else {
      endText();
      blocks.push(table);
    }
    at = end;
  }
  endText();
  return blocks;
}

function joined({ segments }: Line): string {
  return segments.map(({ text }) => text).join('\t');
}

/** Behind the last of the lines from `at` on that have several segments, one without let pass; never `at` itself. */
function runEnd(lines: readonly Line[], at: number): number {
  let end = at;
  let single = 0;
  let row: Line | null = null;
  for (let next = at; next < lines.length && single <= 1; next += 1) {
    const line = lines[next];
    if (!line) break;
    if (line.segments.length >= 2) {
      end = next + 1;
      single = 0;
      row = line;
    } else if (next === at) return at + 1;
    else if (row && end === next && wraps(row, lines[next - 1], line)) end = next + 1;
    else single += 1;
  }
  return end;
}

/** Does a line go on below a cell of the row, other than its first? */
function wraps(row: Line, before: Line | undefined, line: Line): boolean {
  const [first] = line.segments;
  if (!first || !before || line.y - before.y > LINE_GAP * line.size) return false;
  return row.segments
    .slice(1)
    .some(({ start, end }) => first.start >= start - line.size && first.start < end);
}

function linesOf(drawn: readonly Drawn[]): readonly Line[] {
  const sorted = drawn
    .filter(({ text }) => text.trim() !== '')
    .sort((one, other) => one.y - other.y || one.x - other.x);
  const lines: Line[] = [];
  let current: Drawn[] = [];
  for (const item of sorted) {
    const first = current[0];
    if (first && item.y - first.y > SAME_LINE * Math.min(first.size, item.size)) {
      lines.push(lineOf(current));
      current = [];
    }
    current.push(item);
  }
  if (current.length > 0) lines.push(lineOf(current));
  return lines;
}

function lineOf(items: Drawn[]): Line {
  items.sort((one, other) => one.x - other.x);
  const segments: Segment[] = [];
  let last: Drawn | null = null;
  for (const item of combined(items)) {
    // Bold is sometimes drawn as the same string twice, a hair apart.
    if (last && item.text === last.text && Math.abs(item.x - last.x) < 0.3 * item.size) continue;
    const segment = segments.at(-1);
    const gap = segment ? item.x - segment.end : 0;
    if (segment === undefined || gap > CELL_GAP * item.size) {
      segments.push({ text: item.text.trim(), start: item.x, end: item.x + item.width });
    } else {
      const space =
        gap > WORD_GAP * item.size && !/\s$/.test(segment.text) && !/^\s/.test(item.text);
      segment.text += (space ? ' ' : '') + item.text.trimEnd();
      segment.end = Math.max(segment.end, item.x + item.width);
    }
    last = item;
  }
  return { segments, y: items[0]?.y ?? 0, size: items[0]?.size ?? 1 };
}

/** Characters drawn one by one at even distances, as in the boxes of a form, are one string. */
function combined(items: readonly Drawn[]): readonly Drawn[] {
  const result: Drawn[] = [];
  for (let at = 0; at < items.length; ) {
    const first = items[at];
    if (first === undefined) break;
    let end = at + 1;
    const step = (items[end]?.x ?? 0) - first.x;
    while (single(items[end - 1]) && single(items[end]) && evenly(items, end, step)) end += 1;
    if (end - at < COMB) end = at + 1;
    const last = items[end - 1] ?? first;
    const text = items
      .slice(at, end)
      .map((item) => item.text.trim())
      .join('');
    result.push(end - at === 1 ? first : { ...first, text, width: last.x + last.width - first.x });
    at = end;
  }
  return result;
}

function single(item: Drawn | undefined): boolean {
  return item !== undefined && /^[\p{L}\p{N}()/-]$/u.test(item.text.trim());
}

function evenly(items: readonly Drawn[], at: number, step: number): boolean {
  const item = items[at];
  const before = items[at - 1];
  if (!item || !before) return false;
  const own = item.x - before.x;
  return own > 0 && own < 4 * item.size && Math.abs(own - step) < 0.3 * Math.max(step, own);
}

/** Lines of several segments as a table; as text, column by column, when they are prose; null when neither. */
function tableOf(lines: readonly Line[]): Block | null {
  const columns = columnsOf(lines);
  if (columns.length < 2) return null;
  const rows = lines.map((line) => {
    const row: string[] = columns.map(() => '');
    for (const segment of line.segments) {
      const found = columns.findIndex(({ end }) => segment.start <= end);
      const at = found === -1 ? columns.length - 1 : found;
      row[at] = row[at] ? `${row[at]} ${segment.text}` : segment.text;
    }
    return row;
  });
  if (isProse(lines)) {
    const texts = columns.map((_, at) =>
      rows
        .map((row) => row[at] ?? '')
        .filter((cell) => cell !== '')
        .join('\n'),
    );
    return { kind: 'text', text: texts.join('\n\n') };
  }
  const placed = lines.map(({ y, size }, at) => ({ y, size, cells: rows[at] ?? [] }));
  return { kind: 'table', rows: unwrapped(placed), starts: columns.map(({ start }) => start) };
}

/** The bands in which segments lie; a segment that spans several bands (a title) makes none. */
function columnsOf(lines: readonly Line[]): readonly { start: number; end: number }[] {
  const widest = Math.max(...lines.map(({ segments }) => segments.length));
  const bands: { start: number; end: number }[] = [];
  const telling = lines.filter(({ segments }) => segments.length >= Math.min(widest, 2));
  const all = telling.flatMap(({ segments }) => segments);
  for (const { start, end } of [...all].sort((one, other) => one.start - other.start)) {
    const band = bands.at(-1);
    if (band && start <= band.end) band.end = Math.max(band.end, end);
    else bands.push({ start, end });
  }
  return bands;
}

function isProse(lines: readonly Line[]): boolean {
  const texts = lines.flatMap(({ segments }) => segments.map(({ text }) => text));
  const wordy = texts.filter(
    (text) => text.split(/\s+/).length >= PROSE_WORDS || /\p{Script=Han}{15}/u.test(text),
  );
  return wordy.length > texts.length * 0.6;
}
