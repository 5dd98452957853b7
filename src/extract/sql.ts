/**
 * SQL dumps → cells: the rows of INSERT and COPY statements, with the column names they or the
 * CREATE TABLE before them give. All else (comments, definitions) is running text.
 */
import type { Column } from '../model/piece.ts';
import { CellTable, RowBuffer } from './cells.ts';
import { type Context, reportGap } from './context.ts';
import { type Embedded, hexFile, readEmbedded } from './embedded.ts';
import { lineCounter } from './lines.ts';
import type { ReadWhole } from './member.ts';
import { openProse, type Prose } from './prose.ts';
import { sampleRows } from './sniff.ts';

const IDENTIFIER =
  '(?:[`"\\[]?[\\w$\\u0080-\\uffff -]{1,128}[`"\\]]?\\.){0,2}[`"\\[]?[\\w$\\u0080-\\uffff-]{1,128}[`"\\]]?';
const INSERT = new RegExp(
  `\\s*(?:insert|replace)\\s+(?:low_priority\\s+|delayed\\s+|ignore\\s+)*(?:into\\s+)?(${IDENTIFIER})\\s*(?:\\(([^()]{1,20000})\\)\\s*)?(?:overriding\\s+\\w+\\s+value\\s+)?values\\s*`,
  'iuy',
);
const COPY = new RegExp(
  `\\s*copy\\s+(${IDENTIFIER})\\s*(?:\\(([^()]{1,20000})\\)\\s*)?from\\s+stdin([^\\n]{0,200});[^\\n]*\\n`,
  'iuy',
);
const CREATE = new RegExp(
  `\\s*create\\s+table\\s+(?:if\\s+not\\s+exists\\s+)?(${IDENTIFIER})\\s*\\(`,
  'iuy',
);

function plain(name: string): string {
  return name.replace(/[`"[\]]/g, '').trim();
}

/** The pattern at exactly this offset, where a statement starts. */
function match(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}

class DumpReader {
  readonly #source: string;
  readonly #context: Context;
  readonly #table: CellTable;
  readonly #prose: Prose;
  readonly #columns: Column[] = [];
  readonly #byName = new Map<string, number>();
  /** Column names by table, from its definition. */
  readonly #defined = new Map<string, readonly string[]>();
  readonly #row = new RowBuffer();
  readonly #lineOf: (offset: number) => number;
  cut = false;
  readonly embedded: Embedded[] = [];

  constructor(context: Context, source: string) {
    this.#context = context;
    this.#source = source;
    this.#lineOf = lineCounter(source);
    this.#prose = openProse(context, 'line');
    this.#table = new CellTable(context, {
      column: (at) => this.#columns[at] ?? { index: at, name: '' },
      label: ({ tuple }, column) =>
        `line ${tuple[0] ?? 0} column ${this.#columns[column]?.name ?? ''}`,
    });
  }

  run(): void {
    let at = 0;
    while (at < this.#source.length) at = this.#statement(at);
    this.#table.flush();
    this.#prose.end();
  }

  #column(table: string, names: readonly string[], at: number): number {
    const key = `${table}.${names[at] ?? at}`;
    const known = this.#byName.get(key);
    if (known !== undefined) return known;
    const name = names[at];
    this.#columns.push({
      index: this.#context.ids.nextColumn,
      name: name === undefined ? '' : `${table}.${name}`,
    });
    this.#context.ids.nextColumn += 1;
    this.#byName.set(key, this.#columns.length - 1);
    return this.#columns.length - 1;
  }

  #names(table: string, list: string | undefined): readonly string[] {
    return list === undefined ? (this.#defined.get(table) ?? []) : list.split(',').map(plain);
  }

  /** One statement or line; returns the offset behind it. */
  #statement(at: number): number {
    const insert = match(INSERT, this.#source, at);
    if (insert) {
      const table = plain(insert[1] ?? '');
      return this.#tuples(at + insert[0].length, table, this.#names(table, insert[2]));
    }
    const copy = match(COPY, this.#source, at);
    if (copy) {
      const table = plain(copy[1] ?? '');
      const options = copy[3] ?? '';
      const names = this.#names(table, copy[2]);
      return this.#copied(at + copy[0].length, table, names, /\bcsv\b/i.test(options));
    }
    const create = match(CREATE, this.#source, at);
    if (create) this.#define(plain(create[1] ?? ''), at + create[0].length);
    const newline = this.#source.indexOf('\n', at);
    const end = newline === -1 ? this.#source.length : newline + 1;
    this.#prose.add(this.#source.slice(at, end), this.#lineOf(at + 1));
    return end;
  }

  #define(table: string, from: number): void {
    const end = this.#source.indexOf(';', from);
    const body = this.#source.slice(
      from,
      Math.min(end === -1 ? from + 50_000 : end, from + 50_000),
    );
    const names = body
      .replace(/\([^()]*\)/g, '')
      .split(',')
      .map((part) => /^\s*([`"[]?[\w$\u0080-\uffff-]+[`"\]]?)\s/u.exec(part)?.[1] ?? '')
      .filter(
        (name) => !/^(primary|key|unique|constraint|index|foreign|check|fulltext|)$/i.test(name),
      );
    this.#defined.set(table, names.map(plain));
  }

  /** `(…),(…);` */
  #tuples(from: number, table: string, names: readonly string[]): number {
    const source = this.#source;
    let at = from;
    while (at < source.length) {
      const char = source[at] ?? '';
      if (char === '(') at = this.#tuple(at + 1, table, names);
      else if (char === ',' || /\s/.test(char)) at += 1;
      else if (source.startsWith('--', at)) at = this.#remark(at, '\n');
      else if (source.startsWith('/*', at)) at = this.#remark(at, '*/');
      else return char === ';' ? at + 1 : at;
    }
    this.cut = true;
    return at;
  }

  /** A comment between two rows. */
  #remark(at: number, mark: string): number {
    const found = this.#source.indexOf(mark, at + 2);
    const end = found === -1 ? this.#source.length : found + mark.length;
    this.#prose.add(`${this.#source.slice(at, end)}\n`, this.#lineOf(at + 1));
    return end;
  }

  #tuple(from: number, table: string, names: readonly string[]): number {
    const source = this.#source;
    this.#row.clear();
    let at = from;
    let column = 0;
    let depth = 0;
    let value = '';
    const close = () => {
      const text = value.trim();
      const bytes = hexFile(text);
      if (bytes) this.embedded.push({ name: `line ${this.#lineOf(from)} ${table}`, bytes });
      else if (text !== '' && !/^(null|default)$/i.test(text)) {
        this.#row.open(this.#column(table, names, column), 0);
        this.#row.text(text);
      }
      value = '';
      column += 1;
    };
    for (; at < source.length; at += 1) {
      const char = source[at] ?? '';
      if (char === "'") {
        const string = quoted(source, at);
        // N'…', E'…', X'…', _binary'…' say how the string is written.
        value = value.replace(/(?:^|\s)(?:[nexbu]|_[a-z]\w{0,20})\s*$/i, ' ') + string.text;
        at = string.end - 1;
      } else if (char === ')' && depth === 0) break;
      else if (char === ',' && depth === 0) close();
      else {
        if (char === '(') depth += 1;
        else if (char === ')') depth -= 1;
        value += char;
      }
    }
    close();
    if (at >= source.length) this.cut = true;
    this.#table.append(this.#row, 0, [this.#lineOf(from)]);
    return at + 1;
  }

  /** Lines of values, between tabs or as CSV, up to `\.`. */
  #copied(from: number, table: string, names: readonly string[], csv: boolean): number {
    let at = from;
    for (;;) {
      const newline = this.#source.indexOf('\n', at);
      const end = newline === -1 ? this.#source.length : newline;
      const line = this.#source.slice(at, end).replace(/\r$/, '');
      if (line === '\\.') return end + 1;
      this.#row.clear();
      const values = csv ? (sampleRows(line, ',', '\n')[0] ?? []) : line.split('\t');
      for (const [column, value] of values.entries()) {
        if (value === '' || value === '\\N') continue;
        const bytes = hexFile(value);
        if (bytes) this.embedded.push({ name: `line ${this.#lineOf(at + 1)} ${table}`, bytes });
        else {
          this.#row.open(this.#column(table, names, column), 0);
          this.#row.text(csv ? value : unescaped(value));
        }
      }
      this.#table.append(this.#row, 0, [this.#lineOf(at + 1)]);
      at = end + 1;
      if (newline === -1) {
        this.cut = true;
        return this.#source.length;
      }
    }
  }
}

function unescaped(text: string): string {
  return text.includes('\\')
    ? text.replace(/\\(.)/gs, (_, char: string) => (/[ntr0Zb]/.test(char) ? ' ' : char))
    : text;
}

/** The string whose opening quote is at `from`: doubled quotes and backslashes taken. */
function quoted(source: string, from: number): { readonly text: string; readonly end: number } {
  let at = from + 1;
  for (; at < source.length; at += 1) {
    const char = source[at];
    if (char === '\\') at += 1;
    else if (char === "'") {
      if (source[at + 1] !== "'") break;
      at += 1;
    }
  }
  return { text: unescaped(source.slice(from + 1, at).replaceAll("''", "'")), end: at + 1 };
}

/** Reads a dump of decoded UTF-8. */
export async function readSql(
  context: Context,
  bytes: Uint8Array,
  readWhole: ReadWhole,
): Promise<void> {
  const reader = new DumpReader(context, new TextDecoder().decode(bytes));
  reader.run();
  await readEmbedded(context, reader.embedded, readWhole);
  if (reader.cut) {
    reportGap(
      context,
      'truncated',
      'The SQL dump ends in the middle of a statement; what stands before was read.',
    );
  }
}
