/**
 * Cells and rows that a parser finds → pieces. Where each cell lies is kept in flat arrays, not in
 * an object a cell: a file has millions, and detection asks about a few.
 */
import { CELL, type Column, type Grid, type Place, ROW } from '../model/piece.ts';
import { type Context, placePrefix } from './context.ts';
import { guardedPiece } from './emit.ts';

const SPACE = 0x20;
const encoder = new TextEncoder();

function grown<T extends Uint8Array | Int32Array>(array: T, needed: number): T {
  const size = Math.max(needed, array.length * 2);
  const bigger = array instanceof Uint8Array ? new Uint8Array(size) : new Int32Array(size);
  bigger.set(array);
  return bigger as T;
}

/** The cells of one row while they are collected. */
export class RowBuffer {
  bytes: Uint8Array = new Uint8Array(256);
  length = 0;
  count = 0;
  starts: Int32Array = new Int32Array(16);
  columns: Int32Array = new Int32Array(16);
  marks: Int32Array = new Int32Array(16);

  clear(): void {
    this.length = 0;
    this.count = 0;
  }

  /** Begins a cell of a column; `mark` is the reader's own, given back when its place is asked for. */
  open(column: number, mark: number): void {
    if (this.count === this.starts.length) {
      this.starts = grown(this.starts, this.count + 1);
      this.columns = grown(this.columns, this.count + 1);
      this.marks = grown(this.marks, this.count + 1);
    }
    if (this.count > 0) this.byte(CELL);
    this.starts[this.count] = this.length;
    this.columns[this.count] = column;
    this.marks[this.count] = mark;
    this.count += 1;
  }

  byte(value: number): void {
    if (this.length === this.bytes.length) this.bytes = grown(this.bytes, this.length + 1);
    this.bytes[this.length] = value;
    this.length += 1;
  }

  /** Appends UTF-8 bytes `from`..`to` of `source`; border bytes in them become spaces. */
  copy(source: Uint8Array, from: number, to: number): void {
    const needed = this.length + to - from;
    if (needed > this.bytes.length) this.bytes = grown(this.bytes, needed);
    const bytes = this.bytes;
    let at = this.length;
    for (let next = from; next < to; next += 1) {
      const value = source[next] as number;
      bytes[at] = value === CELL || value === ROW ? SPACE : value;
      at += 1;
    }
    this.length = needed;
  }

  text(value: string): void {
    if (value.length < 64 && this.#plain(value)) return;
    const bytes = encoder.encode(value);
    this.copy(bytes, 0, bytes.length);
  }

  /** Short ASCII, which most cells are, without the encoder's cost a call; false where it is none. */
  #plain(value: string): boolean {
    const start = this.length;
    for (let at = 0; at < value.length; at += 1) {
      const code = value.charCodeAt(at);
      if (code >= 0x80) {
        this.length = start;
        return false;
      }
      this.byte(code === CELL || code === ROW ? SPACE : code);
    }
    return true;
  }
}

/** A row as its place is asked for: what the reader gave with it. */
export interface RowMark {
  readonly node: number;
  readonly tuple: Int32Array;
}

/** How a reader names places. */
export interface PlaceNames {
  column(column: number): Column;
  /** Without the member's prefix. */
  label(row: RowMark, column: number, mark: number): string;
}

export class CellTable {
  readonly #context: Context;
  readonly #names: PlaceNames;
  readonly #isLate: boolean;
  #bytes: Uint8Array;
  #length = 0;
  #cells = 0;
  // All start small and grow: a mailbox has a hundred thousand mails, each with a table of its own.
  #starts: Int32Array = new Int32Array(64);
  #columns: Int32Array = new Int32Array(64);
  #marks: Int32Array = new Int32Array(64);
  #rows = 0;
  /** Have all rows so far the first one's columns? */
  #isGrid = true;
  #firstCount = 0;
  #firstCells: Int32Array = new Int32Array(16);
  #ids: Int32Array = new Int32Array(16);
  #nodes: Int32Array = new Int32Array(16);
  #tupleStarts: Int32Array = new Int32Array(17);
  #tuples: Int32Array = new Int32Array(32);

  /** `isLate`: rows get their numbers when they are handed on, in a row, where other tables take some in between. */
  constructor(context: Context, names: PlaceNames, isLate = false) {
    this.#context = context;
    this.#names = names;
    this.#isLate = isLate;
    this.#bytes = new Uint8Array(1024);
  }

  /** Takes a finished row; `buffer` may be used again. */
  append(buffer: RowBuffer, node: number, tuple: readonly number[]): void {
    if (buffer.count === 0) return;
    if (this.#length > 0 && this.#length + buffer.length > this.#context.limits.pieceBytes) {
      this.flush();
    }
    this.#reserve(buffer, tuple.length);
    if (this.#length > 0) {
      this.#bytes[this.#length] = ROW;
      this.#length += 1;
    }
    const row = this.#rows;
    this.#isGrid = row === 0 || (this.#isGrid && this.isLike(buffer));
    if (row === 0) this.#firstCount = buffer.count;
    this.#firstCells[row] = this.#cells;
    if (!this.#isLate) this.#ids[row] = this.#nextRow();
    this.#nodes[row] = node;
    let end = this.#tupleStarts[row] ?? 0;
    for (const value of tuple) {
      this.#tuples[end] = value;
      end += 1;
    }
    this.#tupleStarts[row + 1] = end;
    this.#rows += 1;
    for (let cell = 0; cell < buffer.count; cell += 1) {
      this.#starts[this.#cells] = (buffer.starts[cell] as number) + this.#length;
      this.#columns[this.#cells] = buffer.columns[cell] as number;
      this.#marks[this.#cells] = buffer.marks[cell] as number;
      this.#cells += 1;
    }
    this.#bytes.set(buffer.bytes.subarray(0, buffer.length), this.#length);
    this.#length += buffer.length;
  }

  #reserve(buffer: RowBuffer, tuple: number): void {
    const bytes = this.#length + buffer.length + 1;
    if (bytes > this.#bytes.length) this.#bytes = grown(this.#bytes, bytes);
    const cells = this.#cells + buffer.count;
    if (cells > this.#starts.length) {
      this.#starts = grown(this.#starts, cells);
      this.#columns = grown(this.#columns, cells);
      this.#marks = grown(this.#marks, cells);
    }
    if (this.#rows + 2 > this.#ids.length) {
      this.#ids = grown(this.#ids, this.#rows + 2);
      this.#firstCells = grown(this.#firstCells, this.#rows + 2);
      this.#nodes = grown(this.#nodes, this.#rows + 2);
      this.#tupleStarts = grown(this.#tupleStarts, this.#rows + 3);
    }
    const tuples = (this.#tupleStarts[this.#rows] ?? 0) + tuple;
    if (tuples > this.#tuples.length) this.#tuples = grown(this.#tuples, tuples);
  }

  #nextRow(): number {
    const { ids } = this.#context;
    ids.nextRow += 1;
    return ids.nextRow - 1;
  }

  /** Has a row the columns of the first one that is held, or that was handed on last? */
  isLike(buffer: RowBuffer): boolean {
    if (buffer.count !== this.#firstCount) return false;
    for (let cell = 0; cell < buffer.count; cell += 1) {
      if (buffer.columns[cell] !== this.#columns[cell]) return false;
    }
    return true;
  }

  /** Hands on what there is. The sink is done with it when it returns, so the arrays are used again. */
  flush(): void {
    if (this.#rows === 0) return;
    const text = this.#bytes.slice(0, this.#length);
    for (let row = 0; row < this.#rows && this.#isLate; row += 1) this.#ids[row] = this.#nextRow();
    const firstRow = this.#ids[0] ?? 0;
    const isCounted = this.#ids[this.#rows - 1] === firstRow + this.#rows - 1;
    const piece = { text, locate: this.#locator() };
    const grid = this.#isGrid && isCounted ? { grid: this.#grid(firstRow) } : {};
    guardedPiece(this.#context, { ...piece, ...grid });
    this.#length = 0;
    this.#cells = 0;
    this.#rows = 0;
    this.#tupleStarts[0] = 0;
  }

  #grid(firstRow: number): Grid {
    const first = this.#columns.subarray(0, this.#firstCount);
    const columns = Array.from(first, (one) => this.#names.column(one));
    return { firstRow, column: (cell) => columns[cell] ?? this.#names.column(0) };
  }

  #locator(): (offset: number) => Place {
    const starts = this.#starts.slice(0, this.#cells);
    const columns = this.#columns.slice(0, this.#cells);
    const marks = this.#marks.slice(0, this.#cells);
    const firstCells = this.#firstCells.slice(0, this.#rows);
    const ids = this.#ids.slice(0, this.#rows);
    const nodes = this.#nodes.slice(0, this.#rows);
    const tupleStarts = this.#tupleStarts.slice(0, this.#rows + 1);
    const tuples = this.#tuples.slice(0, tupleStarts[this.#rows] ?? 0);
    const prefix = placePrefix(this.#context);
    const names = this.#names;
    let cell = 0;
    let row = 0;
    return (offset) => {
      if (offset < (starts[cell] ?? 0)) {
        cell = 0;
        row = 0;
      }
      while (cell + 1 < starts.length && (starts[cell + 1] as number) <= offset) cell += 1;
      while (row + 1 < firstCells.length && (firstCells[row + 1] as number) <= cell) row += 1;
      const column = columns[cell] ?? 0;
      const tuple = tuples.subarray(tupleStarts[row] ?? 0, tupleStarts[row + 1] ?? 0);
      const label = names.label({ node: nodes[row] ?? 0, tuple }, column, marks[cell] ?? 0);
      return { label: prefix + label, row: ids[row] ?? null, column: names.column(column) };
    };
  }
}
