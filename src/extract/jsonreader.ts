/**
 * The reader of JSON: an automaton over bytes without recursion, for files of any depth, cut short,
 * with an odd line among good ones. A record is an object in an array, a line of NDJSON, or the
 * value under a key that is data; it is one row, written without interruption.
 */
import { RowBuffer } from './cells.ts';
import type { Context } from './context.ts';
import { Paths } from './jsonpath.ts';
import { appendString, stringEnd } from './jsonstring.ts';
import { RowKinds } from './rowkinds.ts';

const MAX_DEPTH = 2_000;

const OBJECT = 0;
const ARRAY = 1;

const NEWLINE = 10;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;

/** Why reading stopped; null at a proper end. */
export interface JsonStop {
  readonly code: 'malformed' | 'truncated';
  readonly at: number;
}

/** How a text is to be taken. */
export interface JsonShape {
  /** One value a line. */
  readonly sequence: boolean;
  /** A range out of the middle of a larger text: values with commas between, closing brackets that nothing opened. */
  readonly fragment?: boolean;
  /** Where the values of a fragment belong. */
  readonly root?: number;
  readonly paths?: Paths;
  /** The line of the file that the text starts in. */
  readonly firstLine?: number;
  /** Said behind every place. */
  readonly after?: string;
}

/** Between values; the record separator of RFC 7464 counts. */
function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 9 || byte === 0x1e;
}

export class JsonReader {
  readonly #bytes: Uint8Array;
  readonly #paths: Paths;
  readonly #table: RowKinds;
  readonly #shape: JsonShape;
  readonly #rows: RowBuffer[] = [];
  #rowDepth = -1;
  /** Containers that are open, from the outermost. */
  readonly #kinds = new Uint8Array(MAX_DEPTH);
  readonly #nodes = new Int32Array(MAX_DEPTH);
  /** Index of the current element, or of the current key. */
  readonly #counters = new Int32Array(MAX_DEPTH);
  /** How many keys of the object were met. */
  readonly #turns = new Int32Array(MAX_DEPTH);
  /** 1 where the container is a row of its own. */
  readonly #ownsRow = new Uint8Array(MAX_DEPTH);
  /** 1 where the current child takes an index in labels. */
  readonly #indexed = new Uint8Array(MAX_DEPTH);
  #depth = 0;
  #at = 0;
  #line = 1;
  #record = 0;
  values = 0;

  constructor(bytes: Uint8Array, context: Context, shape: JsonShape) {
    this.#bytes = bytes;
    this.#shape = shape;
    this.#line = shape.firstLine ?? 1;
    this.#paths = shape.paths ?? new Paths(context);
    const after = shape.after ?? '';
    this.#table = new RowKinds(context, {
      column: (id) => this.#paths.column(id),
      label: ({ node, tuple }, column, mark) => {
        const path = this.#paths.label(column, tuple, mark);
        return (shape.sequence ? `line ${node} ${path}` : path) + after;
      },
    });
  }

  /** The path of the first record met, 0 without one: where the values of later ranges belong. */
  get record(): number {
    return this.#record;
  }

  get at(): number {
    return this.#at;
  }

  get line(): number {
    return this.#line;
  }

  /** Reads on from where it stands until the end or an error; what was read is in the table then. */
  run(): JsonStop | null {
    const stop = this.#loop();
    this.#unwind();
    return stop;
  }

  flush(): void {
    this.#table.flush();
  }

  /** Goes behind the end of the current line, and returns where the line ended. */
  skipLine(from: number): number {
    const newline = this.#bytes.indexOf(NEWLINE, from);
    const end = newline === -1 ? this.#bytes.length : newline + 1;
    this.#countLines(this.#at, end);
    this.#at = end;
    return end;
  }

  #countLines(from: number, to: number): void {
    let at = this.#bytes.indexOf(NEWLINE, from);
    for (; at !== -1 && at < to; at = this.#bytes.indexOf(NEWLINE, at + 1)) this.#line += 1;
  }

  #loop(): JsonStop | null {
    const bytes = this.#bytes;
    for (;;) {
      let byte = this.#skipSpace();
      if (this.#depth > 0) while (byte === COMMA) byte = this.#skipSpaceFrom(this.#at + 1);
      if (this.#at >= bytes.length) {
        return this.#depth === 0 ? null : { code: 'truncated', at: bytes.length };
      }
      const top = this.#depth - 1;
      let stop: JsonStop | null = null;
      if (top < 0) stop = this.#root(byte);
      else if (byte === 0x7d || byte === 0x5d) stop = this.#close(byte === 0x5d ? ARRAY : OBJECT);
      else if (this.#kinds[top] === OBJECT) stop = this.#member(top, byte);
      else stop = this.#element(top, byte);
      if (stop) return stop;
    }
  }

  #skipSpace(): number {
    const bytes = this.#bytes;
    let at = this.#at;
    let byte = bytes[at] ?? 0;
    while (isSpace(byte)) {
      if (byte === NEWLINE) this.#line += 1;
      at += 1;
      byte = bytes[at] ?? 0;
    }
    this.#at = at;
    return byte;
  }

  #skipSpaceFrom(at: number): number {
    this.#at = at;
    return this.#skipSpace();
  }

  #malformed(): JsonStop {
    return { code: 'malformed', at: this.#at };
  }

  #root(byte: number): JsonStop | null {
    const container = byte === 0x7b || byte === 0x5b;
    if (this.#shape.fragment && (byte === COMMA || byte === 0x7d || byte === 0x5d)) {
      this.#at += 1;
      return null;
    }
    if (this.values > 0 && !this.#shape.sequence && !container) return this.#malformed();
    // Of `138 1234 5678 called` each number would be a value.
    if (this.#shape.sequence && !container && !this.#isAloneInLine()) return this.#malformed();
    this.#beginRow();
    const stop = this.#value(byte, this.#shape.root ?? 0, -1, true);
    if (!container) this.#endRow();
    return stop;
  }

  /** Does nothing follow in its line what is no object and no array? */
  #isAloneInLine(): boolean {
    const bytes = this.#bytes;
    const start = this.#at;
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline === -1 ? bytes.length : newline;
    let at = start;
    if (bytes[at] === QUOTE) at = stringEnd(bytes, start + 1) + 1;
    // A string that the text's end cuts is read as far as it goes.
    if (at === 0) return true;
    while (at < end && !isSpace(bytes[at] ?? 0)) at += 1;
    while (at < end && isSpace(bytes[at] ?? 0)) at += 1;
    return at >= end;
  }

  #member(top: number, byte: number): JsonStop | null {
    if (byte !== QUOTE) return this.#malformed();
    const start = this.#at + 1;
    const end = stringEnd(this.#bytes, start);
    if (end === -1) return this.#cutString(start, this.#nodes[top] as number);
    const parent = this.#nodes[top] as number;
    const node = this.#key(top, parent, start, end);
    const next = this.#skipSpaceFrom(end + 1);
    if (this.#at >= this.#bytes.length) return { code: 'truncated', at: this.#at };
    if (next !== COLON) return this.#malformed();
    const first = this.#skipSpaceFrom(this.#at + 1);
    if (this.#at >= this.#bytes.length) return { code: 'truncated', at: this.#at };
    this.#counters[top] = (this.#counters[top] as number) + 1;
    const data = this.#paths.isData(node);
    this.#indexed[top] = data ? 1 : 0;
    if (!data) return this.#value(first, node, -1, false);
    this.#beginRow();
    const row = this.#row();
    row.open(node * 2 + 1, this.#counters[top] as number);
    appendString(row, this.#bytes, start, end);
    const container = first === 0x7b || first === 0x5b;
    const stop = this.#value(first, node, -1, true);
    if (!container) this.#endRow();
    return stop;
  }

  #key(top: number, parent: number, start: number, end: number): number {
    const turn = this.#turns[top] as number;
    this.#turns[top] = turn + 1;
    const expected = this.#paths.expected(parent, turn, this.#bytes, start, end);
    if (expected !== -1) return expected;
    const node = this.#paths.key(parent, keyText(this.#bytes, start, end));
    if (!this.#paths.isData(node)) {
      // Where an optional key is left out, expectation goes on behind the key that came instead.
      this.#turns[top] = this.#paths.learn(parent, node, this.#bytes.subarray(start, end)) + 1;
    }
    return node;
  }

  #element(top: number, byte: number): JsonStop | null {
    const index = (this.#counters[top] as number) + 1;
    this.#counters[top] = index;
    this.#indexed[top] = 1;
    const parent = this.#nodes[top] as number;
    const nested = top > 0 && this.#kinds[top - 1] === ARRAY;
    const node = nested ? this.#paths.position(parent, index) : this.#paths.element(parent);
    const container = byte === 0x7b || byte === 0x5b;
    const { sequence, fragment } = this.#shape;
    const alone = this.#rowDepth === 0 && !sequence && !fragment;
    const own = byte === 0x7b || (alone && (container ? byte === 0x5b : true));
    if (!own) return this.#value(byte, node, index, false);
    if (byte === 0x7b && this.#record === 0) this.#record = node;
    this.#beginRow();
    const stop = this.#value(byte, node, index, true);
    if (!container) this.#endRow();
    return stop;
  }

  #value(byte: number, node: number, mark: number, ownsRow: boolean): JsonStop | null {
    this.values += 1;
    if (byte === 0x7b || byte === 0x5b)
      return this.#open(byte === 0x5b ? ARRAY : OBJECT, node, ownsRow);
    if (byte === QUOTE) {
      const start = this.#at + 1;
      const end = stringEnd(this.#bytes, start);
      if (end === -1) return this.#cutString(start, node);
      if (end > start) {
        const row = this.#row();
        row.open(node * 2, mark);
        appendString(row, this.#bytes, start, end);
      }
      this.#at = end + 1;
      return null;
    }
    return this.#scalar(node, mark);
  }

  /** A number is a cell as it is written; true, false and null hold nothing. */
  #scalar(node: number, mark: number): JsonStop | null {
    const bytes = this.#bytes;
    const start = this.#at;
    let at = start;
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at] as number;
      const word = (byte >= 0x30 && byte <= 0x39) || ((byte | 32) >= 0x61 && (byte | 32) <= 0x7a);
      if (!word && byte !== 0x2d && byte !== 0x2b && byte !== 0x2e) break;
    }
    const first = bytes[start] as number;
    const number = first === 0x2d || (first >= 0x30 && first <= 0x39);
    if (at === start || (!number && !literal(bytes, start, at))) return this.#malformed();
    if (number) {
      const row = this.#row();
      row.open(node * 2, mark);
      row.copy(bytes, start, at);
    }
    this.#at = at;
    return null;
  }

  /** A string that the end of the file cut: what there is of it counts. */
  #cutString(start: number, node: number): JsonStop {
    const row = this.#row();
    row.open(node * 2, -1);
    appendString(row, this.#bytes, start, this.#bytes.length);
    this.#at = this.#bytes.length;
    return { code: 'truncated', at: this.#at };
  }

  #open(kind: number, node: number, ownsRow: boolean): JsonStop | null {
    if (this.#depth === MAX_DEPTH) return this.#malformed();
    const top = this.#depth;
    this.#kinds[top] = kind;
    this.#nodes[top] = node;
    this.#counters[top] = -1;
    this.#turns[top] = 0;
    this.#ownsRow[top] = ownsRow ? 1 : 0;
    this.#indexed[top] = 0;
    this.#depth += 1;
    this.#at += 1;
    return null;
  }

  #close(kind: number): JsonStop | null {
    const top = this.#depth - 1;
    if (this.#kinds[top] !== kind) return this.#malformed();
    this.#depth = top;
    this.#at += 1;
    if (this.#ownsRow[top] === 1) this.#endRow();
    return null;
  }

  #row(): RowBuffer {
    const row = this.#rows[this.#rowDepth];
    if (row === undefined) throw new RangeError('no row is open');
    return row;
  }

  #beginRow(): void {
    this.#rowDepth += 1;
    if (this.#rows.length === this.#rowDepth) this.#rows.push(new RowBuffer());
    this.#row().clear();
  }

  #endRow(): void {
    // Of a fragment nobody knows which record it is: its own indices stay open.
    const unknown = this.#paths.indices(this.#shape.root ?? 0);
    const tuple: number[] = Array.from({ length: unknown }, () => -1);
    for (let at = 0; at < this.#depth; at += 1) {
      if (this.#indexed[at] === 1) tuple.push(this.#counters[at] as number);
    }
    this.#table.append(this.#row(), this.#line, tuple);
    this.#rowDepth -= 1;
  }

  /** Ends what an error left open, so that all that was read is handed on. */
  #unwind(): void {
    while (this.#depth > 0) {
      this.#depth -= 1;
      if (this.#ownsRow[this.#depth] === 1 && this.#rowDepth >= 0) this.#endRow();
    }
    while (this.#rowDepth >= 0) this.#endRow();
  }
}

function literal(bytes: Uint8Array, from: number, to: number): boolean {
  const word = String.fromCharCode(...bytes.subarray(from, Math.min(to, from + 10)));
  return /^(true|false|null|NaN|Infinity)$/.test(word);
}

/** Keys are few and mostly short ASCII; the rare escaped one goes the long way. */
function keyText(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] as number;
    if (byte >= 0x80 || byte === 0x5c) {
      const buffer = new RowBuffer();
      appendString(buffer, bytes, start, end);
      return new TextDecoder().decode(buffer.bytes.subarray(0, buffer.length));
    }
    text += String.fromCharCode(byte);
  }
  return text;
}
