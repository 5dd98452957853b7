/**
 * HTML → running text, tables and values. What a reader of the page does not see counts too: hidden
 * inputs, attributes, comments, the state that scripts are given.
 */
import type { Context } from './context.ts';
import { dataUrl, type Embedded, readEmbedded } from './embedded.ts';
import { Grid } from './grid.ts';
import { columnName } from './header.ts';
import { lineCounter } from './lines.ts';
import type { ReadWhole } from './member.ts';
import { NamedCells } from './named.ts';
import { plainUrl } from './officexml.ts';
import { openProse, type Prose } from './prose.ts';
import { readScript } from './script.ts';
import { type MarkupEvents, readTags, type Tag } from './tags.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Tags that leave a word whole; all others end a run of text. */
const INLINE = words(
  'a abbr acronym b bdi bdo big cite code data dfn em font i ins kbd mark q s samp small span strike strong sub sup time tt u var wbr nobr label',
);
/** Attributes that carry what people typed; the rest is layout. */
const CARRYING =
  /^(value|content|alt|title|placeholder|href|src|srcdoc|action|label|summary|datetime|cite|data|data-.*|onclick|onload|aria-label|aria-description)$/;
const MAX_TABLES = 100;

interface OpenTable {
  readonly grid: Grid;
  row: string[] | null;
  headCells: number;
  cell: string | null;
  span: number;
}

class PageReader implements MarkupEvents {
  readonly #context: Context;
  readonly #prose: Prose;
  readonly #cells: NamedCells;
  readonly #lineAt: (offset: number) => number;
  readonly #attributePlace: number;
  readonly #tables: OpenTable[] = [];
  readonly embedded: Embedded[] = [];
  #count = 0;
  #raw: 'script' | 'style' | null = null;

  constructor(context: Context, source: string) {
    this.#context = context;
    this.#lineAt = lineCounter(source);
    this.#prose = openProse(context, 'line');
    this.#cells = new NamedCells(context);
    this.#attributePlace = this.#cells.place('line ', ' ');
  }

  text(text: string, at: number): void {
    const cell = this.#tables.at(-1);
    const line = this.#lineAt(at);
    if (this.#raw === 'script') {
      readScript(this.#context, text, line, (rest, where) => this.#prose.add(rest, where));
    } else if (this.#raw === 'style') {
      // Of a style sheet only the comments are words.
      for (const comment of text.match(/\/\*[\s\S]*?\*\//g) ?? []) this.comment(comment, at);
    } else if (cell?.cell != null) cell.cell += text;
    else this.#prose.add(text, line);
  }

  comment(text: string, at: number): void {
    this.#prose.add(`\n${text}\n`, this.#lineAt(at));
  }

  tag(tag: Tag, at: number): void {
    const { name, closing } = tag;
    if (name === 'script' || name === 'style') this.#raw = closing || tag.empty ? null : name;
    if (!closing && tag.attributes.length > 0) this.#attributes(tag, at);
    if (name === 'table') this.#table(closing || tag.empty);
    else if (name === 'tr') this.#rowTag(closing);
    else if (name === 'td' || name === 'th') this.#cellTag(tag);
    else if (!INLINE.has(name)) this.#break(at);
  }

  #break(at: number): void {
    const table = this.#tables.at(-1);
    if (table?.cell != null) table.cell += '\n';
    else this.#prose.add('\n', this.#lineAt(at));
  }

  #attributes(tag: Tag, at: number): void {
    const all = new Map(tag.attributes);
    const own = all.get('name') ?? all.get('property') ?? all.get('id') ?? '';
    const line = this.#lineAt(at);
    for (const [key, value] of tag.attributes) {
      if (value.trim() === '' || !CARRYING.test(key)) continue;
      const named = (key === 'value' || key === 'content') && own !== '';
      const name = named ? columnName(own) : `${tag.name} ${key}`;
      const data = /^\s*data:/i.test(value) ? dataUrl(value.trim()) : null;
      if (data) this.embedded.push({ name: `line ${line} ${name}`, bytes: data });
      else if (/^\s*[{[]/.test(value)) {
        const column = this.#cells.column(`@${name}`, name);
        const rest = (text: string) => this.#cells.cell(column, text);
        readScript(this.#context, value, line, rest);
      } else this.#cells.cell(this.#cells.column(`@${name}`, name), plainUrl(value));
    }
    this.#cells.end(this.#attributePlace, line);
  }

  #table(ends: boolean): void {
    if (ends) {
      this.#endRow();
      this.#tables.pop()?.grid.end();
      this.#prose.add('\n', 0);
    } else if (this.#tables.length < MAX_TABLES) {
      this.#count += 1;
      const grid = new Grid(this.#cells, `table ${this.#count}`);
      this.#tables.push({ grid, row: null, headCells: 0, cell: null, span: 1 });
    }
  }

  #rowTag(closing: boolean): void {
    this.#endRow();
    const table = this.#tables.at(-1);
    if (!closing && table) table.row = [];
  }

  #cellTag(tag: Tag): void {
    this.#endCell();
    const table = this.#tables.at(-1);
    if (tag.closing || !table) return;
    table.row ??= [];
    table.span = Number(tag.attributes.find(([name]) => name === 'colspan')?.[1] ?? 1);
    if (tag.empty) table.row.push('');
    else table.cell = '';
    if (tag.name === 'th') table.headCells += 1;
  }

  #endCell(): void {
    const table = this.#tables.at(-1);
    if (table?.cell == null) return;
    table.row?.push(table.cell.trim());
    table.cell = null;
    for (let at = 1; at < table.span && at < MAX_TABLES; at += 1) table.row?.push('');
  }

  #endRow(): void {
    this.#endCell();
    const table = this.#tables.at(-1);
    if (!table?.row) return;
    table.grid.row(table.row, table.headCells > table.row.length / 2);
    table.row = null;
    table.headCells = 0;
  }

  end(): void {
    while (this.#tables.length > 0) this.#table(true);
    this.#prose.end();
    this.#cells.flush();
  }
}

/** Reads a page of decoded UTF-8, then the files that lie in its data: URLs. */
export async function readPage(
  context: Context,
  bytes: Uint8Array,
  readWhole: ReadWhole,
): Promise<void> {
  const source = new TextDecoder().decode(bytes);
  const reader = new PageReader(context, source);
  await readTags(source, true, reader);
  reader.end();
  await readEmbedded(context, reader.embedded, readWhole);
}
