/**
 * What a document is made of, whatever its format: paragraphs, tables, comments beside them, named
 * values. Readers say what begins and ends; this gives each its place and keeps apart what a page
 * keeps apart.
 */
import type { Context } from './context.ts';
import { Grid } from './grid.ts';
import { NamedCells } from './named.ts';
import { openPassages, type Passages } from './passages.ts';

interface OpenTable {
  readonly grid: Grid;
  row: string[] | null;
  head: boolean;
  cell: string | null;
}

interface Section {
  readonly label: string;
  /** Count paragraphs in labels: `paragraph 12`; else the section alone is the place. */
  readonly counted: boolean;
  paragraphs: number;
  readonly tables: OpenTable[];
}

/** Sections and tables inside one another; deeper ones are read as their parent's text. */
const MAX_NESTING = 100;

export class Flow {
  readonly #cells: NamedCells;
  readonly #prose: Passages;
  readonly #sections: Section[];
  readonly #values = new Map<string, number>();
  #tables = 0;

  /** `label`: the place of what lies in no section: empty, `header 1`, `slide 4`. */
  constructor(context: Context, label = '') {
    this.#cells = new NamedCells(context);
    this.#prose = openPassages(context);
    this.#sections = [{ label, counted: label === '', paragraphs: 0, tables: [] }];
  }

  get #section(): Section {
    const section = this.#sections.at(-1);
    if (section === undefined) throw new RangeError('a flow always has a section');
    return section;
  }

  /** Begins what stands beside the text: a comment, a note, a slide. False when it is nested too deep. */
  open(label: string): boolean {
    if (this.#sections.length >= MAX_NESTING) return false;
    this.#sections.push({ label, counted: false, paragraphs: 0, tables: [] });
    return true;
  }

  close(): void {
    if (this.#sections.length === 1) return;
    this.#endTables();
    this.#sections.pop();
  }

  /** The section that is open; empty in the body. */
  get section(): string {
    return this.#section.label;
  }

  /** Where the next paragraph will stand. */
  get place(): string {
    const { label, counted, paragraphs } = this.#section;
    return counted ? `${label}${label === '' ? '' : ' '}paragraph ${paragraphs + 1}` : label;
  }

  paragraph(text: string, note = ''): void {
    const place = this.place;
    if (note === '') this.#section.paragraphs += 1;
    const table = this.#section.tables.at(-1);
    // Formats that mark only the ends of cells begin one with its first paragraph.
    if (table?.row && table.cell === null) table.cell = '';
    if (table?.cell != null) table.cell += table.cell === '' ? text : `\n${text}`;
    else this.#prose.add(text, note === '' ? place : `${place} ${note}`);
  }

  openTable(): boolean {
    const { tables, label } = this.#section;
    if (tables.length >= MAX_NESTING) return false;
    this.#tables += 1;
    const where = `${label}${label === '' ? '' : ' '}table ${this.#tables}`;
    tables.push({ grid: new Grid(this.#cells, where), row: null, head: false, cell: null });
    return true;
  }

  closeTable(): void {
    this.closeRow();
    this.#section.tables.pop()?.grid.end();
  }

  #endTables(): void {
    while (this.#section.tables.length > 0) this.closeTable();
  }

  openRow(): void {
    this.closeRow();
    const table = this.#section.tables.at(-1);
    if (table) table.row = [];
  }

  /** The file calls the row that is open a header. */
  headRow(): void {
    const table = this.#section.tables.at(-1);
    if (table) table.head = true;
  }

  closeRow(): void {
    this.closeCell();
    const table = this.#section.tables.at(-1);
    if (!table?.row) return;
    table.grid.row(table.row, table.head);
    table.row = null;
    table.head = false;
  }

  openCell(): void {
    this.closeCell();
    const table = this.#section.tables.at(-1);
    if (!table) return;
    table.row ??= [];
    table.cell = '';
  }

  /** `columns`: how many it spans. */
  closeCell(columns = 1): void {
    const table = this.#section.tables.at(-1);
    if (table?.cell == null) return;
    table.row?.push(table.cell);
    table.cell = null;
    for (let at = 1; at < columns; at += 1) table.row?.push('');
  }

  /** A named value that is a row of its own: `value('author', …, 'property ')` lies at `property author`. */
  value(name: string, text: string, where: string): void {
    if (text.trim() === '') return;
    let place = this.#values.get(where);
    if (place === undefined) {
      place = this.#cells.place(where, '');
      this.#values.set(where, place);
    }
    this.#cells.cell(this.#cells.column(`${where}${name}`, name), text);
    this.#cells.end(place, null);
  }

  end(): void {
    while (this.#sections.length > 1) this.close();
    this.#endTables();
    this.#prose.end();
    this.#cells.flush();
  }
}
