/**
 * XML → cells: the path of element names is the column (`/people/person/@id`), an element that comes
 * more than once under its parent is a record and so a row.
 */
import type { Column } from '../model/piece.ts';
import { CellTable, RowBuffer } from './cells.ts';
import { type Context, reportGap } from './context.ts';
import { type Embedded, embeddedFile, readEmbedded } from './embedded.ts';
import { lineCounter } from './lines.ts';
import type { ReadWhole } from './member.ts';
import { type MarkupEvents, readTags, type Tag } from './tags.ts';

const MAX_DEPTH = 1_000;
const MAX_PATHS = 20_000;

interface Element {
  readonly path: number;
  readonly ownsRow: boolean;
  text: string;
}

/** Paths of element names, numbered. */
class ElementPaths {
  readonly #ids = new Map<string, number>();
  readonly #names: string[] = [''];

  child(parent: number, name: string): number {
    const key = `${parent}/${name}`;
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    if (this.#names.length >= MAX_PATHS) return parent;
    this.#names.push(`${this.#names[parent] ?? ''}/${name}`);
    this.#ids.set(key, this.#names.length - 1);
    return this.#names.length - 1;
  }

  name(path: number): string {
    return this.#names[path] ?? '';
  }
}

/** First pass: which paths repeat under one parent and hold more than text. */
async function recordPaths(source: string, paths: ElementPaths): Promise<ReadonlySet<number>> {
  const stack: { readonly path: number; readonly seen: Set<number> }[] = [
    { path: 0, seen: new Set() },
  ];
  const repeated = new Set<number>();
  const structured = new Set<number>();
  await readTags(source, false, {
    tag(tag) {
      const top = stack.at(-1);
      if (top === undefined) return;
      if (tag.closing) {
        if (stack.length > 1) stack.pop();
        return;
      }
      const path = paths.child(top.path, tag.name);
      if (top.seen.has(path)) repeated.add(path);
      top.seen.add(path);
      structured.add(top.path);
      if (tag.attributes.length > 0) structured.add(path);
      if (!tag.empty && stack.length < MAX_DEPTH) stack.push({ path, seen: new Set() });
    },
    text() {},
    comment() {},
  });
  return new Set([...repeated].filter((path) => structured.has(path)));
}

class XmlReader implements MarkupEvents {
  readonly #context: Context;
  readonly #paths: ElementPaths;
  readonly #records: ReadonlySet<number>;
  readonly #table: CellTable;
  readonly #columns: Column[] = [];
  readonly #byName = new Map<string, number>();
  readonly #stack: Element[] = [];
  readonly #rows: RowBuffer[] = [new RowBuffer()];
  #rowDepth = 0;
  readonly #lineOf: (offset: number) => number;
  readonly #length: number;
  readonly embedded: Embedded[] = [];

  constructor(context: Context, source: string, paths: ElementPaths, records: ReadonlySet<number>) {
    this.#context = context;
    this.#lineOf = lineCounter(source);
    this.#length = source.length;
    this.#paths = paths;
    this.#records = records;
    this.#table = new CellTable(context, {
      column: (at) => this.#columns[at] ?? { index: at, name: '' },
      label: (_, column, mark) => `line ${mark} ${this.#columns[column]?.name ?? ''}`,
    });
  }

  #cell(path: number, suffix: string, text: string, at: number): void {
    if (text.trim() === '') return;
    const name = this.#paths.name(path) + suffix;
    let column = this.#byName.get(name);
    if (column === undefined) {
      column = this.#columns.length;
      this.#columns.push({ index: this.#context.ids.nextColumn, name });
      this.#context.ids.nextColumn += 1;
      this.#byName.set(name, column);
    }
    const row = this.#rows[this.#rowDepth] ?? new RowBuffer();
    if (row.length > this.#context.limits.pieceBytes) {
      this.#table.append(row, 0, []);
      row.clear();
    }
    row.open(column, this.#lineOf(at));
    row.text(text.trim());
  }

  tag(tag: Tag, at: number): void {
    if (tag.closing) {
      this.#close(at);
      return;
    }
    const parent = this.#stack.at(-1);
    if (parent) this.#flushText(parent, at);
    const path = this.#paths.child(parent?.path ?? 0, tag.name);
    const ownsRow = this.#records.has(path);
    if (ownsRow) this.#beginRow();
    for (const [name, value] of tag.attributes) {
      if (!name.startsWith('xmlns')) this.#cell(path, `/@${name}`, value, at);
    }
    if (tag.empty || this.#stack.length >= MAX_DEPTH) {
      if (ownsRow) this.#endRow();
    } else this.#stack.push({ path, ownsRow, text: '' });
  }

  text(text: string): void {
    const top = this.#stack.at(-1);
    if (top) top.text += text;
  }

  comment(text: string, at: number): void {
    this.#cell(this.#stack.at(-1)?.path ?? 0, '/comment()', text, at);
  }

  #flushText(element: Element, at: number): void {
    const bytes = embeddedFile(element.text);
    const name = this.#paths.name(element.path);
    if (bytes) this.embedded.push({ name: `line ${this.#lineOf(at)} ${name}`, bytes });
    else this.#cell(element.path, '', element.text, at);
    element.text = '';
  }

  #close(at: number): void {
    const element = this.#stack.pop();
    if (element === undefined) return;
    this.#flushText(element, at);
    if (element.ownsRow) this.#endRow();
  }

  #beginRow(): void {
    this.#rowDepth += 1;
    if (this.#rows.length === this.#rowDepth) this.#rows.push(new RowBuffer());
    this.#rows[this.#rowDepth]?.clear();
  }

  #endRow(): void {
    const row = this.#rows[this.#rowDepth];
    if (row) this.#table.append(row, 0, []);
    this.#rowDepth -= 1;
  }

  /** Elements that the file's end left open. */
  end(): number {
    const open = this.#stack.length;
    while (this.#stack.length > 0) this.#close(this.#length);
    const row = this.#rows[0];
    if (row) this.#table.append(row, 0, []);
    this.#table.flush();
    return open;
  }
}

/** Reads decoded XML, then the files that lie in it as base64. */
export async function readXml(
  context: Context,
  bytes: Uint8Array,
  readWhole: ReadWhole,
): Promise<void> {
  const source = new TextDecoder().decode(bytes);
  const paths = new ElementPaths();
  const reader = new XmlReader(context, source, paths, await recordPaths(source, paths));
  await readTags(source, false, reader);
  const open = reader.end();
  await readEmbedded(context, reader.embedded, readWhole);
  if (open === 0) return;
  const detail = 'The XML ends before its elements do; what stands there was read.';
  reportGap(context, 'truncated', detail);
}
