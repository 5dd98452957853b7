/**
 * Pages → running text and tables: HTML, and the XML inside docx, pptx and odt, which differs only
 * in the names of its tags. What a reader of the page does not see counts too: hidden inputs,
 * attributes, comments, scripts.
 */
import { CellTable, RowBuffer } from './cells.ts';
import type { Context } from './context.ts';
import { columnName, headerRow } from './header.ts';
import { lineCounter } from './lines.ts';
import { openProse } from './prose.ts';
import { readTags, type Tag } from './tags.ts';

/** Which tags mean what. */
export interface PageDialect {
  readonly html: boolean;
  readonly table: ReadonlySet<string>;
  readonly row: ReadonlySet<string>;
  readonly cell: ReadonlySet<string>;
  readonly headCell: ReadonlySet<string>;
  /** Does this tag end a run of text? Others leave a word whole. */
  breaks(name: string): boolean;
  /** What running text is counted in: `line` of the source, or `paragraph`. */
  readonly unit: 'line' | 'paragraph';
  readonly paragraph: ReadonlySet<string>;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const INLINE = words(
  'a abbr acronym b bdi bdo big cite code data dfn em font i ins kbd mark q s samp small span strike strong sub sup time tt u var wbr nobr label',
);
const BREAKING = words(
  'w:p w:br w:cr w:tab a:p a:br text:p text:h text:line-break text:tab text:s text:list-item w:txbxcontent dc:creator cp:lastmodifiedby dc:title dc:subject dc:description cp:keywords',
);

export const HTML: PageDialect = {
  html: true,
  table: words('table'),
  row: words('tr'),
  cell: words('td th'),
  headCell: words('th'),
  breaks: (name) => !INLINE.has(name),
  unit: 'line',
  paragraph: new Set(),
};

export const OFFICE: PageDialect = {
  html: false,
  table: words('w:tbl a:tbl table:table'),
  row: words('w:tr a:tr table:table-row'),
  cell: words('w:tc a:tc table:table-cell'),
  headCell: new Set(),
  breaks: (name) => BREAKING.has(name),
  unit: 'paragraph',
  paragraph: words('w:p a:p text:p text:h'),
};

/** Attributes that carry what people typed; the rest is layout. */
const CARRYING =
  /^(value|content|alt|title|placeholder|href|src|action|label|summary|datetime|cite|data-.*|aria-label|aria-description)$/;
const HEADER_ROWS = 40;

class PageReader {
  readonly #dialect: PageDialect;
  readonly #prose: ReturnType<typeof openProse>;
  readonly #cells: CellTable;
  readonly #context: Context;
  readonly #columns: { readonly index: number; readonly name: string }[] = [];
  readonly #byName = new Map<string, number>();
  readonly #row = new RowBuffer();
  #tables = 0;
  #depth = 0;
  /** Rows of the outermost open table, until it ends. */
  #rows: { readonly cells: readonly string[]; readonly head: boolean }[] = [];
  #names: readonly string[] | null = null;
  #rowNumber = 0;
  #current: string[] | null = null;
  #headCells = 0;
  #cell: string | null = null;
  #paragraphs = 1;
  readonly #lineAt: (offset: number) => number;

  constructor(context: Context, source: string, dialect: PageDialect) {
    this.#context = context;
    this.#lineAt = lineCounter(source);
    this.#dialect = dialect;
    this.#prose = openProse(context, dialect.unit);
    this.#cells = new CellTable(context, {
      column: (at) => this.#columns[at] ?? { index: at, name: '' },
      label: ({ node, tuple }, column, mark) => {
        const name = this.#columns[column]?.name ?? '';
        if (node === 0) return `line ${tuple[0] ?? 0} ${name}`;
        return `table ${node} row ${mark}${name === '' ? '' : ` column ${name}`}`;
      },
    });
  }

  #column(key: string, name: string): number {
    const known = this.#byName.get(key);
    if (known !== undefined) return known;
    const index = this.#context.ids.nextColumn;
    this.#context.ids.nextColumn += 1;
    this.#columns.push({ index, name });
    this.#byName.set(key, this.#columns.length - 1);
    return this.#columns.length - 1;
  }

  text(text: string, at: number): void {
    if (this.#cell !== null) {
      this.#cell += text;
      return;
    }
    if (this.#dialect.unit === 'paragraph') {
      if (text.trim() !== '' || !text.includes('\n')) this.#prose.add(text, this.#paragraphs);
    } else this.#prose.add(text, this.#lineAt(at));
  }

  comment(text: string, at: number): void {
    this.#prose.add(`\n${text}\n`, this.#lineAt(at));
  }

  tag(tag: Tag, at: number): void {
    const { name, closing } = tag;
    const dialect = this.#dialect;
    if (!closing && dialect.html) this.#attributes(tag, at);
    if (dialect.table.has(name)) this.#table(closing || tag.empty);
    else if (this.#depth === 1 && dialect.row.has(name)) this.#rowTag(closing);
    else if (this.#depth === 1 && dialect.cell.has(name)) this.#cellTag(tag);
    else if (dialect.breaks(name)) this.#break(name, closing, at);
  }

  #break(name: string, closing: boolean, at: number): void {
    if (closing && this.#dialect.paragraph.has(name)) this.#paragraphs += 1;
    const tab = /^(w:tab|text:(tab|s))$/.test(name) ? ' ' : '\n';
    if (this.#cell !== null) this.#cell += tab;
    else this.#prose.add(tab, this.#dialect.unit === 'line' ? this.#lineAt(at) : this.#paragraphs);
  }

  #attributes(tag: Tag, at: number): void {
    const carried = tag.attributes.filter(
      ([key, value]) => value.trim() !== '' && CARRYING.test(key),
    );
    if (carried.length === 0) return;
    const all = new Map(tag.attributes);
    const own = all.get('name') ?? all.get('property') ?? all.get('id') ?? '';
    this.#row.clear();
    for (const [key, value] of carried) {
      const named = key === 'value' || key === 'content';
      const name = named && own !== '' ? columnName(own) : `${tag.name} ${key}`;
      this.#row.open(this.#column(`@${name}`, name), 0);
      this.#row.text(/^mailto:|^tel:|%/.test(value) ? unescaped(value) : value);
    }
    this.#cells.append(this.#row, 0, [this.#lineAt(at)]);
  }

  #table(ends: boolean): void {
    if (!ends) {
      this.#depth += 1;
      if (this.#depth > 1) return;
      this.#tables += 1;
      this.#rows = [];
      this.#names = null;
      this.#rowNumber = 0;
      return;
    }
    if (this.#depth === 1) this.#endTable();
    this.#depth = Math.max(0, this.#depth - 1);
  }

  #rowTag(closing: boolean): void {
    this.#endRow();
    if (!closing) this.#current = [];
  }

  #cellTag(tag: Tag): void {
    this.#endCell();
    if (tag.closing) return;
    this.#current ??= [];
    if (tag.empty) this.#current.push('');
    else this.#cell = '';
    if (this.#dialect.headCell.has(tag.name)) this.#headCells += 1;
  }

  #endCell(): void {
    if (this.#cell === null) return;
    this.#current?.push(this.#cell.trim());
    this.#cell = null;
  }

  #endRow(): void {
    this.#endCell();
    const cells = this.#current;
    this.#current = null;
    if (cells === null) return;
    const head = this.#headCells > cells.length / 2;
    this.#headCells = 0;
    this.#rows.push({ cells, head });
    if (this.#rows.length >= HEADER_ROWS) this.#writeRows();
  }

  #endTable(): void {
    this.#endRow();
    this.#writeRows();
    this.#prose.add('\n', this.#dialect.unit === 'line' ? 0 : this.#paragraphs);
  }

  #writeRows(): void {
    const rows = this.#rows;
    this.#rows = [];
    this.#names ??= headerNames(rows);
    for (const { cells } of rows) {
      this.#rowNumber += 1;
      this.#row.clear();
      for (const [at, cell] of cells.entries()) {
        if (cell === '') continue;
        const name = this.#names[at] ?? '';
        this.#row.open(this.#column(`${this.#tables}/${at}`, name), this.#rowNumber);
        this.#row.text(cell);
      }
      this.#cells.append(this.#row, this.#tables, []);
    }
  }

  end(): void {
    if (this.#depth > 0) this.#endTable();
    this.#prose.end();
    this.#cells.flush();
  }
}

function headerNames(
  rows: readonly { readonly cells: readonly string[]; readonly head: boolean }[],
): readonly string[] {
  const marked = rows.find((row) => row.head && row.cells.length > 1);
  if (marked) return marked.cells.map(columnName);
  const cells = rows.map((row) => row.cells);
  const header = headerRow(cells, Math.max(0, ...cells.map((row) => row.length)));
  return header === -1 ? [] : (cells[header] ?? []).map(columnName);
}

function unescaped(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value; // a stray percent sign: the value as it stands
  }
}

/** Reads a page of decoded UTF-8. */
export function readPage(context: Context, bytes: Uint8Array, dialect: PageDialect): void {
  const source = new TextDecoder().decode(bytes);
  const reader = new PageReader(context, source, dialect);
  readTags(source, dialect.html, reader);
  reader.end();
}
