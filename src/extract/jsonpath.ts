/**
 * The paths of a JSON text, each once. A path without its indices is a column (`$.people[].id`);
 * a key that is data itself (an object keyed by identity number) is `*` in it, and a cell of its own.
 */
import type { Column } from '../model/piece.ts';
import type { Context } from './context.ts';

/** Distinct keys under one path; more are taken for data. */
const MAX_KEYS = 300;
const MAX_PATHS = 50_000;
/** Positions told apart in arrays inside arrays. */
const MAX_POSITIONS = 256;

interface Path {
  readonly parent: number;
  /** `.name`, `.*`, `[]` or `[3]`. */
  readonly segment: string;
  /** Takes an index when a place is written out. */
  readonly indexed: boolean;
  readonly children: Map<string, number>;
  /** Keys in the order they were first met, as they are written, and their paths. */
  readonly written: Uint8Array[];
  readonly follow: number[];
  column: Column | null;
  keyColumn: Column | null;
}

export class Paths {
  readonly #context: Context;
  readonly #paths: Path[] = [];

  constructor(context: Context) {
    this.#context = context;
    this.#add(0, '$', false);
  }

  #add(parent: number, segment: string, indexed: boolean): number {
    const children = new Map<string, number>();
    const path = { parent, segment, indexed, children, written: [], follow: [] };
    this.#paths.push({ ...path, column: null, keyColumn: null });
    return this.#paths.length - 1;
  }

  #path(id: number): Path {
    const path = this.#paths[id];
    if (path === undefined) throw new RangeError(`no path ${id}`);
    return path;
  }

  #child(id: number, segment: string, indexed: boolean): number {
    const path = this.#path(id);
    const known = path.children.get(segment);
    if (known !== undefined) return known;
    if (this.#paths.length >= MAX_PATHS) return id;
    const made = this.#add(id, segment, indexed);
    path.children.set(segment, made);
    return made;
  }

  /**
   * The path of the key written at `start`..`end`, if it is the `turn`-th that objects here have;
   * -1 else. Records repeat their keys in order, so this spares decoding nearly all of them.
   */
  expected(id: number, turn: number, bytes: Uint8Array, start: number, end: number): number {
    const path = this.#path(id);
    const written = path.written[turn];
    if (written === undefined || written.length !== end - start) return -1;
    for (let at = 0; at < written.length; at += 1) {
      if (written[at] !== bytes[start + at]) return -1;
    }
    return path.follow[turn] ?? -1;
  }

  /** Notes how a key is written, for {@link expected}; returns which of the keys it is. */
  learn(id: number, child: number, written: Uint8Array): number {
    const path = this.#path(id);
    const known = path.follow.indexOf(child);
    if (known !== -1 || path.follow.length >= MAX_KEYS) return known;
    path.written.push(new Uint8Array(written));
    return path.follow.push(child) - 1;
  }

  /** The path of a key, or of `*` where the key is data. */
  key(id: number, key: string): number {
    const path = this.#path(id);
    const known = path.children.get(`.${key}`);
    if (known !== undefined) return known;
    const data = looksLikeData(key) || path.children.size >= MAX_KEYS;
    return data ? this.#child(id, '.*', true) : this.#child(id, `.${key}`, false);
  }

  isData(id: number): boolean {
    return this.#path(id).segment === '.*';
  }

  element(id: number): number {
    return this.#child(id, '[]', true);
  }

  /** A position in an array that is itself an element: a column of a table written as arrays. */
  position(id: number, at: number): number {
    return at < MAX_POSITIONS ? this.#child(id, `[${at}]`, true) : this.element(id);
  }

  /** How many indices a place on this path takes. */
  indices(id: number): number {
    let count = 0;
    for (let at = id; at !== 0; at = this.#path(at).parent) if (this.#path(at).indexed) count += 1;
    return count;
  }

  #name(id: number): string {
    let name = '';
    for (let at = id; at !== 0; at = this.#path(at).parent) name = this.#path(at).segment + name;
    return `$${name}`;
  }

  /** Even ids are values of a path, odd ones its keys. */
  column(id: number): Column {
    const path = this.#path(id >> 1);
    const isKey = id % 2 === 1;
    const known = isKey ? path.keyColumn : path.column;
    if (known) return known;
    const index = this.#context.ids.nextColumn;
    this.#context.ids.nextColumn += 1;
    const column = { index, name: this.#name(id >> 1) + (isKey ? ' (key)' : '') };
    if (isKey) path.keyColumn = column;
    else path.column = column;
    return column;
  }

  /** The path with indices: those of the row first, then `mark` for the array inside the row. */
  label(column: number, tuple: Int32Array, mark: number): string {
    const segments: Path[] = [];
    for (let at = column >> 1; at !== 0; at = this.#path(at).parent)
      segments.unshift(this.#path(at));
    const indexed = segments.filter((path) => path.indexed).length;
    let used = 0;
    let label = '$';
    for (const { segment, indexed: takes } of segments) {
      if (!takes) label += segment;
      else {
        used += 1;
        const index = tuple[used - 1] ?? (used === indexed && mark >= 0 ? mark : null);
        label +=
          index === null || index < 0 ? segment : segment === '.*' ? `.*{${index}}` : `[${index}]`;
      }
    }
    return column % 2 === 1 ? `${label} (key)` : label;
  }
}

/** A key with five digits, or an address: data, no name. */
export function looksLikeData(key: string): boolean {
  if (key.includes('@')) return true;
  let digits = 0;
  for (let at = 0; at < key.length; at += 1) {
    const code = key.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) digits += 1;
  }
  return digits >= 5 || (key.length > 64 && digits > 0);
}
