/**
 * Cells of a table that go on in the next line: words wrap at spaces, addresses and numbers in the
 * middle. Lines of one row stand closer together than rows do.
 */

export interface TableLine {
  readonly y: number;
  /** Of the font. */
  readonly size: number;
  /** By column; empty where nothing stands. */
  readonly cells: readonly string[];
}

/** A line further below than that many font sizes is a row of its own. */
export const LINE_GAP: number = 1.6;
/** Part of the distance between rows below which two lines are one row. */
const CLOSER = 0.88;

export function unwrapped(lines: readonly TableLine[]): readonly (readonly string[])[] {
  const between = rowDistance(lines);
  const rows: string[][] = [];
  for (const [at, line] of lines.entries()) {
    const before = lines[at - 1];
    const row = rows.at(-1);
    const gap = before ? line.y - before.y : Number.POSITIVE_INFINITY;
    const close = gap < CLOSER * between && gap < LINE_GAP * line.size;
    if (row && close && goesOn(row, line.cells)) {
      for (const [column, cell] of line.cells.entries()) {
        if (cell !== '') row[column] = joined(row[column] ?? '', cell);
      }
    } else rows.push([...line.cells]);
  }
  return rows;
}

/** The middle one of the distances from line to line where a row begins; 0 when none does so visibly. */
function rowDistance(lines: readonly TableLine[]): number {
  const gaps = lines
    .flatMap((line, at) => {
      const before = lines[at - 1];
      return before && (line.cells[0] ?? '') !== '' ? [line.y - before.y] : [];
    })
    .sort((one, other) => one - other);
  return gaps[gaps.length >> 1] ?? 0;
}

/** Only below what stands in the row, and not below all of it. */
function goesOn(row: readonly string[], cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell !== '').length;
  const above = row.filter((cell) => cell !== '').length;
  return (
    filled > 0 &&
    filled < above &&
    cells.every((cell, column) => cell === '' || (row[column] ?? '') !== '')
  );
}

const NO_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}]/u;

function joined(first: string, second: string): string {
  const last = /\S+$/.exec(first)?.[0] ?? '';
  const next = /^\S+/.exec(second)?.[0] ?? '';
  const unspaced = NO_SPACES.test(last.slice(-1)) && NO_SPACES.test(next.slice(0, 1));
  const address = /[@/_-]$/.test(last) || last.includes('@') || /^[@./_-]/.test(next);
  // Two numbers below each other are of one length; of one number the rest is shorter.
  const number =
    /^[A-Z]{0,2}[\d-]{4,}$/.test(last) && /^[\d-]+[A-Z]?$/.test(next) && next.length < last.length;
  return unspaced || address || number ? first + second : `${first} ${second}`;
}
