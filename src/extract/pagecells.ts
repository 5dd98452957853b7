/** Tables, forms and properties → cells. A table that goes on over pages keeps its columns and header. */
import type { Column } from '../model/piece.ts';
import { CellTable, RowBuffer } from './cells.ts';
import type { Context } from './context.ts';
import { columnName, headerRow } from './header.ts';
import type { Block } from './pdflayout.ts';

type Table = Extract<Block, { readonly kind: 'table' }>;

interface Known {
  readonly starts: readonly number[];
  readonly columns: readonly number[];
}

/** Points by which a column's start may differ from page to page. */
const SAME_START = 8;

export class PageCells {
  readonly #context: Context;
  readonly #cells: CellTable;
  readonly #row: RowBuffer = new RowBuffer();
  readonly #columns: Column[] = [];
  readonly #fields: Map<string, number> = new Map();
  readonly #places: string[] = [];
  #known: Known | null = null;

  constructor(context: Context) {
    this.#context = context;
    this.#cells = new CellTable(context, {
      column: (at) => this.#columns[at] ?? { index: at, name: '' },
      label: ({ node, tuple }, column) => {
        const name = this.#columns[column]?.name ?? '';
        const row = tuple[0] === undefined ? '' : ` row ${tuple[0]}`;
        return `${this.#places[node] ?? ''}${row}${name === '' ? '' : ` ${row === '' ? '' : 'column '}${name}`}`;
      },
    });
  }

  /** `place`: `page 3`. */
  table(place: string, { rows, starts }: Table): void {
    const header = headerRow(rows, starts.length);
    const names = header === -1 ? null : (rows[header] ?? []).map(columnName);
    const columns = this.#columnsOf(starts, names);
    const node = this.#places.push(place) - 1;
    for (const [at, row] of rows.entries()) {
      this.#row.clear();
      for (const [column, text] of row.entries()) {
        if (text === '') continue;
        this.#row.open(columns[column] ?? 0, 0);
        this.#row.text(text);
      }
      this.#cells.append(this.#row, node, [at + 1]);
    }
  }

  /** Named values that belong together: the fields of a form, the properties of the document. */
  record(place: string, values: readonly (readonly [name: string, text: string])[]): void {
    const node = this.#places.push(place) - 1;
    this.#row.clear();
    for (const [name, text] of values) {
      let column = this.#fields.get(name);
      if (column === undefined) {
        column = this.#addColumn(name);
        this.#fields.set(name, column);
      }
      this.#row.open(column, 0);
      this.#row.text(text);
    }
    this.#cells.append(this.#row, node, []);
  }

  end(): void {
    this.#cells.flush();
  }

  #columnsOf(starts: readonly number[], names: readonly string[] | null): readonly number[] {
    const known = this.#known;
    const same =
      known !== null &&
      known.starts.length === starts.length &&
      known.starts.every((start, at) => Math.abs(start - (starts[at] ?? 0)) < SAME_START);
    const headed =
      names === null ||
      (known?.columns.every((column, at) => this.#columns[column]?.name === names[at]) ?? false);
    if (known && same && headed) return known.columns;
    const columns = starts.map((_, at) => this.#addColumn(names?.[at] ?? ''));
    this.#known = { starts, columns };
    return columns;
  }

  #addColumn(name: string): number {
    this.#columns.push({ index: this.#context.ids.nextColumn, name });
    this.#context.ids.nextColumn += 1;
    return this.#columns.length - 1;
  }
}
