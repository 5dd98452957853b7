/**
 * Typed values out of databases and columnar files → cells. A column is a path: a struct's fields
 * and a list's items lie under it (`address.city`, `phones[]`). Binary values that are files of
 * their own (a photograph, a PDF in a database) are read as such.
 */
import { isUtf8 } from 'node:buffer';
import type { Column } from '../model/piece.ts';
import { LimitError } from './budget.ts';
import { CellTable, RowBuffer } from './cells.ts';
import { type Context, depth, inside, reportGap } from './context.ts';
import { looksLikeData } from './jsonpath.ts';
import type { ReadWhole } from './member.ts';
import { recognise } from './recognise.ts';

/** Paths of one table; deeper or wider values share their parent's column. */
const MAX_PATHS = 10_000;
const MAX_DEPTH = 20;
/** Shorter binary values are hashes, keys, coordinates: too short for a file. */
const MIN_FILE_BYTES = 32;

/** Signs that no text has. */
const CONTROLS = /[\u0000-\u0008\u000e-\u001f]/;

interface Path {
  readonly name: string;
  column: number | null;
  readonly children: Map<string, Path>;
}

interface Embedded {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The rows of one object's tables, given one after the other. */
export class ValueTable {
  readonly #context: Context;
  readonly #readWhole: ReadWhole;
  readonly #columns: Column[] = [];
  readonly #tables: string[] = [];
  readonly #row: RowBuffer = new RowBuffer();
  readonly #table: CellTable;
  #roots: readonly Path[] = [];
  #paths = 0;
  #rowNumber = 0;
  #embedded: Embedded[] = [];
  #unknown = 0;
  #indexed = false;

  constructor(context: Context, readWhole: ReadWhole) {
    this.#context = context;
    this.#readWhole = readWhole;
    this.#table = new CellTable(context, {
      column: (at) => this.#columns[at] ?? { index: at, name: '' },
      label: ({ node, tuple }, column) => {
        const name = this.#columns[column]?.name ?? '';
        return `${this.#tables[node] ?? ''}row ${tuple[0] ?? 0}${name === '' ? '' : ` column ${name}`}`;
      },
    });
  }

  /**
   * Begins a table; `name` is empty where the file has but one. `indexed`: binary values of unknown
   * kind are an index's and no gap.
   */
  open(name: string, columns: readonly string[], indexed = false): void {
    this.#indexed = indexed;
    this.#tables.push(name === '' ? '' : `table "${name}" `);
    this.#paths = columns.length;
    this.#roots = columns.map((column) => ({ name: column, column: null, children: new Map() }));
  }

  /** Values in the order of the columns; `number` as a person counts, from 1. Throws {@link LimitError}. */
  row(number: number, values: readonly unknown[]): void {
    this.#row.clear();
    this.#rowNumber = number;
    for (let at = 0; at < values.length; at += 1) {
      const root = this.#roots[at];
      if (root) this.#value(root, values[at], 0);
    }
    const limit = this.#context.budget.spend(this.#row.length);
    if (limit !== null) throw new LimitError(limit);
    this.#table.append(this.#row, this.#tables.length - 1, [number]);
  }

  /** Are there files in what was read, for {@link files}? */
  get hasFiles(): boolean {
    return this.#embedded.length > 0;
  }

  /** Reads the files that lay in binary values since the last call. */
  async files(): Promise<void> {
    const waiting = this.#embedded;
    this.#embedded = [];
    for (const { name, bytes } of waiting) {
      if (!this.#context.budget.member()) {
        const { archiveMembers } = this.#context.limits;
        throw new LimitError(`archiveMembers (${archiveMembers}): it holds more files than that`);
      }
      await this.#readWhole(inside(this.#context, name), bytes);
    }
  }

  end(): void {
    this.#table.flush();
    if (this.#unknown === 0) return;
    const detail = `${this.#unknown} binary values are of a kind that ajar does not know; they were not read.`;
    reportGap(this.#context, 'unsupported', detail);
  }

  #value(path: Path, value: unknown, level: number): void {
    if (value === null || value === undefined || typeof value === 'boolean') return;
    if (typeof value === 'string') this.#cell(path, value);
    else if (typeof value === 'number') this.#cell(path, numberText(value));
    else if (typeof value === 'bigint') this.#cell(path, value.toString());
    else if (value instanceof Date) this.#cell(path, dateText(value));
    else if (value instanceof Uint8Array) this.#binary(path, value);
    else if (typeof value === 'object' && level < MAX_DEPTH) this.#nested(path, value, level);
  }

  #nested(path: Path, value: object, level: number): void {
    if (Array.isArray(value) || ArrayBuffer.isView(value)) {
      const items = this.#child(path, '[]', `${path.name}[]`);
      for (const item of value as unknown as Iterable<unknown>) this.#value(items, item, level + 1);
      return;
    }
    for (const [key, item] of value instanceof Map ? value : Object.entries(value)) {
      const name = String(key);
      if (!looksLikeData(name)) {
        this.#value(this.#child(path, name, `${path.name}.${name}`), item, level + 1);
        continue;
      }
      const values = this.#child(path, '*', `${path.name}.*`);
      this.#cell(this.#child(path, '* key', `${path.name}.* key`), name);
      this.#value(values, item, level + 1);
    }
  }

  #child(path: Path, key: string, name: string): Path {
    const known = path.children.get(key);
    if (known) return known;
    if (this.#paths >= MAX_PATHS) return path;
    this.#paths += 1;
    const made: Path = { name, column: null, children: new Map() };
    path.children.set(key, made);
    return made;
  }

  #cell(path: Path, text: string): void {
    if (text === '') return;
    if (path.column === null) {
      path.column = this.#columns.length;
      this.#columns.push({ index: this.#context.ids.nextColumn, name: path.name });
      this.#context.ids.nextColumn += 1;
    }
    this.#row.open(path.column, 0);
    this.#row.text(text);
  }

  #binary(path: Path, bytes: Uint8Array): void {
    const text = isUtf8(bytes)
      ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()
      : null;
    if (text !== null && !CONTROLS.test(text)) {
      this.#cell(path, text);
      return;
    }
    if (bytes.length < MIN_FILE_BYTES || geometry(bytes)) return;
    if (recognise(bytes, '') === 'binary') {
      if (!this.#indexed) this.#unknown += 1;
      return;
    }
    const { limits } = this.#context;
    if (depth(this.#context) >= limits.nestingDepth) {
      throw new LimitError(`nestingDepth (${limits.nestingDepth}): files lie deeper than that`);
    }
    const table = this.#tables.at(-1) ?? '';
    this.#embedded.push({ name: `${table}row ${this.#rowNumber} column ${path.name}`, bytes });
  }
}

/** Shapes on a map, as GeoPackage and well-known binary: no text in them. */
function geometry(bytes: Uint8Array): boolean {
  if (bytes[0] === 0x47 && bytes[1] === 0x50 && bytes[2] === 0) return true;
  const little = bytes[0] === 1;
  if (!little && bytes[0] !== 0) return false;
  const type = new DataView(bytes.buffer, bytes.byteOffset).getUint32(1, little) & 0x0fffffff;
  return type % 1000 >= 1 && type % 1000 <= 17 && type < 4000;
}

/** A whole number in full: tables with gaps keep telephone numbers as floats. */
function numberText(value: number): string {
  if (!Number.isFinite(value)) return '';
  return Number.isInteger(value) ? BigInt(value).toString() : String(value);
}

/** ISO 8601, the day alone where the time is midnight: a date of birth. */
function dateText(value: Date): string {
  if (Number.isNaN(value.getTime())) return '';
  return value.toISOString().replace(/(T00:00:00)?\.000Z$/, '');
}
