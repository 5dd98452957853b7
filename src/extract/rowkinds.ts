/**
 * Rows of several kinds, each in pieces of its own: lines of a log in JSON have a few sets of keys in
 * turns, and a piece whose rows are all alike is a table.
 */
import { CellTable, type PlaceNames, type RowBuffer } from './cells.ts';
import type { Context } from './context.ts';

/** Kinds that are held at once, of a piece each; what is of none of them shares one. */
const MOST = 8;

export class RowKinds {
  readonly #context: Context;
  readonly #names: PlaceNames;
  /** In the order in which they were met. */
  readonly #kinds: CellTable[] = [];
  #last: CellTable | null = null;
  #others: CellTable | null = null;

  constructor(context: Context, names: PlaceNames) {
    this.#context = context;
    this.#names = names;
  }

  /** Takes a finished row; `buffer` may be used again. */
  append(buffer: RowBuffer, node: number, tuple: readonly number[]): void {
    this.#tableOf(buffer).append(buffer, node, tuple);
  }

  #tableOf(buffer: RowBuffer): CellTable {
    if (this.#last?.isLike(buffer)) return this.#last;
    const known = this.#kinds.find((table) => table.isLike(buffer));
    if (!known && this.#kinds.length === MOST) {
      this.#others ??= this.#made();
      return this.#others;
    }
    const table = known ?? this.#made();
    if (!known) this.#kinds.push(table);
    this.#last = table;
    return table;
  }

  #made(): CellTable {
    return new CellTable(this.#context, this.#names, true);
  }

  /** Hands on what there is. */
  flush(): void {
    for (const table of this.#kinds) table.flush();
    this.#others?.flush();
  }
}
