/** Rows of cells under named columns, for readers whose tables, fields and attributes come mixed. */
import { CellTable, RowBuffer } from './cells.ts';
import type { Context } from './context.ts';

interface Where {
  readonly words: string;
  /** What stands between the place and the column's name; null where the name is left out. */
  readonly names: string | null;
}

/** Columns of one file; what comes after them shares the last. */
const MAX_COLUMNS = 50_000;

export class NamedCells {
  readonly #context: Context;
  readonly #cells: CellTable;
  readonly #row = new RowBuffer();
  readonly #columns: { readonly index: number; readonly name: string }[] = [];
  readonly #byKey = new Map<string, number>();
  readonly #places: Where[] = [];

  constructor(context: Context) {
    this.#context = context;
    this.#cells = new CellTable(context, {
      column: (at) => this.#columns[at] ?? { index: at, name: '' },
      label: ({ node, tuple }, column) => {
        const where = this.#places[node];
        const name = this.#columns[column]?.name ?? '';
        const named = !where || where.names === null || name === '' ? '' : where.names + name;
        return `${where?.words ?? ''}${tuple[0] ?? ''}${named}`;
      },
    });
  }

  /** A kind of place: `table 2 row `, whose rows add their number, then `names` and the column. */
  place(words: string, names: string | null): number {
    return this.#places.push({ words, names }) - 1;
  }

  /** The column of this key, made at its first mention. */
  column(key: string, name: string): number {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    if (this.#columns.length >= MAX_COLUMNS) return this.#columns.length - 1;
    const at = this.#columns.push({ index: this.#context.ids.nextColumn, name }) - 1;
    this.#context.ids.nextColumn += 1;
    this.#byKey.set(key, at);
    return at;
  }

  /** A cell of the row that {@link end} will close; blank ones are left out. */
  cell(column: number, text: string): void {
    if (text.trim() === '') return;
    this.#row.open(column, 0);
    this.#row.text(text.trim());
  }

  end(place: number, number: number | null): void {
    this.#cells.append(this.#row, place, number === null ? [] : [number]);
    this.#row.clear();
  }

  flush(): void {
    this.#cells.flush();
  }
}
