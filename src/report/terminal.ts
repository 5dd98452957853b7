/** Colour and columns on a terminal. */
import type { Severity } from '../model/finding.ts';
import { type Align, columns, cutTo, pad, wrap } from './text.ts';

export interface Terminal {
  /** Columns. */
  readonly width: number;
  readonly color: boolean;
}

export type Paint = 'red' | 'yellow' | 'green' | 'bold' | 'dim';

/** SGR codes of the 16 colours that every terminal has, on light and dark grounds. */
const SGR: Readonly<Record<Paint, string>> = {
  red: '1;31',
  yellow: '33',
  green: '32',
  bold: '1',
  dim: '2',
};

export const SEVERITY_PAINT: Readonly<Record<Severity, Paint>> = {
  critical: 'red',
  high: 'yellow',
  medium: 'bold',
  low: 'dim',
};

export function paint(text: string, color: Paint, terminal: Terminal): string {
  return terminal.color ? `\u001b[${SGR[color]}m${text}\u001b[0m` : text;
}

/** Wrapped first and painted line by line, so that the colour codes take no columns. */
export function painted(
  text: string,
  color: Paint,
  width: number,
  terminal: Terminal,
): readonly string[] {
  return wrap(text, width).map((line) => paint(line, color, terminal));
}

export interface TableColumn {
  readonly head: string;
  readonly align: Align;
  readonly cells: readonly string[];
}

/** The first column names the row and may be cut to this; figures are never cut. */
const MIN_NAME_COLUMNS = 16;

/**
 * Columns as wide as their text, two spaces between; the first gives way where there is no room.
 * Where even that does not help, each row becomes a short list, for a cut figure is a wrong one.
 */
export function grid(
  table: readonly TableColumn[],
  width: number,
  terminal: Terminal,
  rowPaint: (row: number) => Paint | null,
): readonly string[] {
  const widths = table.map((column) =>
    Math.max(columns(column.head), ...column.cells.map((cell) => columns(cell))),
  );
  const rest = widths.slice(1).reduce((sum, each) => sum + each + 2, 0);
  const name = Math.min(widths[0] ?? 0, width - rest);
  if (name < Math.min(widths[0] ?? 0, MIN_NAME_COLUMNS)) {
    return stacked(table, width, terminal, rowPaint);
  }
  widths[0] = name;
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => pad(cell, widths[i] ?? 0, table[i]?.align ?? 'left'))
      .join('  ')
      .trimEnd();
  const head = paint(line(table.map((column) => column.head)), 'dim', terminal);
  return [head, ...rowsOf(table).map((cells, i) => inColor(line(cells), rowPaint(i), terminal))];
}

function stacked(
  table: readonly TableColumn[],
  width: number,
  terminal: Terminal,
  rowPaint: (row: number) => Paint | null,
): readonly string[] {
  return rowsOf(table).flatMap((cells, row) => {
    const facts = table.slice(1).map((column, i) => `${column.head}: ${cells[i + 1] ?? ''}`);
    return [
      inColor(cutTo(cells[0] ?? '', width), rowPaint(row), terminal),
      ...wrap(facts.join(', '), width - 2).map((line) => `  ${line}`),
    ];
  });
}

function rowsOf(table: readonly TableColumn[]): readonly (readonly string[])[] {
  const count = Math.max(0, ...table.map((column) => column.cells.length));
  return Array.from({ length: count }, (_, row) => table.map((column) => column.cells[row] ?? ''));
}

function inColor(text: string, color: Paint | null, terminal: Terminal): string {
  return color === null ? text : paint(text, color, terminal);
}
