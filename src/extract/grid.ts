/** A table inside a document: rows as they come, its header found among the first of them. */
import { columnName, headerRow } from './header.ts';
import type { NamedCells } from './named.ts';

/** Rows that are looked at for a header before the first is handed on. */
const HEADER_ROWS = 40;
const MAX_WIDTH = 16_384;

interface GridRow {
  readonly cells: readonly string[];
  readonly head: boolean;
}

export class Grid {
  readonly #cells: NamedCells;
  readonly #where: string;
  readonly #place: number;
  #waiting: GridRow[] = [];
  #names: readonly string[] | null = null;
  #number = 0;

  /** `where`: its place in words, unique in the file: `table 2`. */
  constructor(cells: NamedCells, where: string) {
    this.#cells = cells;
    this.#where = where;
    this.#place = cells.place(`${where} row `, ' column ');
  }

  /** `head`: the file itself calls it a header. */
  row(cells: readonly string[], head: boolean): void {
    this.#waiting.push({ cells: cells.slice(0, MAX_WIDTH), head });
    if (this.#waiting.length >= HEADER_ROWS) this.end();
  }

  /** Hands on what waits; more rows may follow. */
  end(): void {
    const rows = this.#waiting;
    this.#waiting = [];
    if (rows.length === 0) return;
    this.#names ??= headerNames(rows);
    for (const { cells } of rows) {
      this.#number += 1;
      for (const [at, cell] of cells.entries()) {
        if (cell.trim() === '') continue;
        this.#cells.cell(this.#cells.column(`${this.#where}/${at}`, this.#names[at] ?? ''), cell);
      }
      this.#cells.end(this.#place, this.#number);
    }
  }
}

function headerNames(rows: readonly GridRow[]): readonly string[] {
  const marked = rows.find((row) => row.head && row.cells.length > 1);
  if (marked) return marked.cells.map(columnName);
  const cells = rows.map((row) => row.cells);
  const header = headerRow(cells, Math.max(0, ...cells.map((row) => row.length)));
  return header === -1 ? [] : (cells[header] ?? []).map(columnName);
}
