/** Aligned columns for terminals: figures are never cut, texts give way. */
import { oneLine } from '../model/plain.ts';
import { columns, cutTo, pad } from '../report/text.ts';

export interface PlainColumn {
  readonly head: string;
  /** `text` may be cut where the line is too short, in proportion to what it wants. */
  readonly kind: 'text' | 'fixed' | 'number';
}

const GAP = 2;
const TEXT_COLUMNS_AT_LEAST = 8;

/** Lines of at most `width` columns, the first with the heads; CJK counts two. */
export function plainTable(
  heads: readonly PlainColumn[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly string[] {
  const shown = rows.map((cells) => cells.map(oneLine));
  const wanted = heads.map(({ head }, index) =>
    shown.reduce((most, cells) => Math.max(most, columns(cells[index] ?? '')), columns(head)),
  );
  const widths = fitted(heads, wanted, width);
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => pad(cell, widths[i] ?? 0, heads[i]?.kind === 'number' ? 'right' : 'left'))
      .join(' '.repeat(GAP))
      .trimEnd();
  return [heads.map(({ head }) => head), ...shown].map(line);
}

/** Fixed columns get what they want; texts share the rest, the short ones whole. */
function fitted(
  heads: readonly PlainColumn[],
  wanted: readonly number[],
  width: number,
): readonly number[] {
  const texts = heads.flatMap(({ kind }, i) => (kind === 'text' ? [i] : []));
  const taken = wanted.reduce((sum, each, i) => sum + (texts.includes(i) ? 0 : each), 0);
  let room = Math.max(0, width - taken - GAP * (heads.length - 1));
  const result = [...wanted];
  const open = texts.toSorted((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  open.forEach((index, done) => {
    const share = Math.floor(room / (open.length - done));
    const given = Math.min(wanted[index] ?? 0, Math.max(TEXT_COLUMNS_AT_LEAST, share));
    result[index] = given;
    room = Math.max(0, room - given);
  });
  return result;
}

/** Cut to the width, on one line. */
export function shortened(text: string, width: number): string {
  return cutTo(oneLine(text), width);
}
