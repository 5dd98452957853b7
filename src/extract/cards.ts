/**
 * vCard and iCalendar → rows: a card, an event, an alarm each one, its properties the columns. Lines
 * are unfolded, quoted-printable and its charset decoded (phones write vCard 2.1 so), attached files
 * read; portraits and sounds are left out. Source: RFC 6350, RFC 5545, vCard 2.1.
 */
import { type Context, reportGap } from './context.ts';
import { dataUrl, type Embedded, readEmbedded } from './embedded.ts';
import { decodable } from './encoding.ts';
import type { ReadWhole } from './member.ts';
import { NamedCells } from './named.ts';
import { plainUrl } from './officexml.ts';

interface Line {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly value: string;
}

interface Component {
  readonly place: number;
  readonly number: number;
  readonly cells: (readonly [number, string])[];
}

const PORTRAITS = /^(PHOTO|LOGO|SOUND|KEY)$/;
const MAX_DEPTH = 50;
const MAX_LINE = 16 * 1024 * 1024;
const KINDS: Readonly<Record<string, string>> = {
  VCARD: 'card',
  VEVENT: 'event',
  VTODO: 'task',
  VJOURNAL: 'journal entry',
  VALARM: 'alarm',
  VCALENDAR: 'calendar',
};

class CardReader {
  readonly #cells: NamedCells;
  readonly #open: Component[] = [];
  readonly #counts = new Map<string, number>();
  readonly embedded: Embedded[] = [];

  constructor(context: Context) {
    this.#cells = new NamedCells(context);
    this.#open.push({ place: this.#cells.place('file ', ''), number: 1, cells: [] });
  }

  line({ name, parameters, value }: Line): void {
    if (name === 'BEGIN') this.#begin(value.trim().toUpperCase());
    else if (name === 'END') this.#end();
    else this.#property(name, parameters, value);
  }

  #begin(kind: string): void {
    if (this.#open.length >= MAX_DEPTH) return;
    const word = KINDS[kind] ?? 'entry';
    const number = (this.#counts.get(word) ?? 0) + 1;
    this.#counts.set(word, number);
    this.#open.push({ place: this.#cells.place(`${word} `, ' '), number, cells: [] });
  }

  #end(): void {
    if (this.#open.length === 1) return;
    this.#write(this.#open.pop());
  }

  #write(component: Component | undefined): void {
    if (!component || component.cells.length === 0) return;
    for (const [column, text] of component.cells) this.#cells.cell(column, text);
    this.#cells.end(component.place, component.number);
  }

  #property(name: string, parameters: ReadonlyMap<string, string>, value: string): void {
    const component = this.#open.at(-1);
    if (!component) return;
    const person = parameters.get('CN');
    const columnOf = (column: string) => this.#cells.column(column, column);
    if (person) component.cells.push([columnOf(`${name} CN`), person]);
    const encoding = (parameters.get('ENCODING') ?? '').toUpperCase();
    const packed = encoding === 'B' || encoding === 'BASE64' || parameters.has('BASE64');
    const bytes = packed ? Buffer.from(value, 'base64') : dataUrl(value);
    if (bytes) {
      if (PORTRAITS.test(name)) return;
      const file = parameters.get('FILENAME') ?? parameters.get('X-FILENAME') ?? name.toLowerCase();
      this.embedded.push({ name: file, bytes });
      return;
    }
    component.cells.push([columnOf(name), plainUrl(unescaped(value))]);
  }

  /** Components that the file's end left open. */
  end(): number {
    const open = this.#open.length - 1;
    while (this.#open.length > 0) this.#write(this.#open.pop());
    this.#cells.flush();
    return open;
  }
}

/** `\n` `\,` `\;` and the border between the parts of a name or an address. */
function unescaped(value: string): string {
  return value
    .replace(/\\([nN,;:\\])|;/g, (whole, char: string | undefined) =>
      whole === ';' || char === undefined ? ' ' : /[nN]/.test(char) ? ' ' : char,
    )
    .trim();
}

/** Logical lines: folds undone, soft line breaks of quoted-printable too. */
function* logicalLines(source: string): Generator<string> {
  const lines = source.split(/\r\n|\n|\r/);
  for (let at = 0; at < lines.length; at += 1) {
    let line = lines[at] ?? '';
    const quoted = /^[^:]*;(?:ENCODING=)?QUOTED-PRINTABLE/i.test(line);
    while (at + 1 < lines.length && line.length < MAX_LINE) {
      const next = lines[at + 1] ?? '';
      if (quoted && line.endsWith('=')) line = line.slice(0, -1) + next;
      else if (/^[ \t]/.test(next)) line += next.slice(1);
      else break;
      at += 1;
    }
    if (line !== '') yield line;
  }
}

function parseLine(line: string): Line | null {
  const head = /^(?:[\w-]{1,60}\.)?([\w-]{1,80})((?:;(?:"[^"]{0,2000}"|[^":]){0,500})?):/.exec(
    line,
  );
  if (!head) return null;
  const parameters = new Map<string, string>();
  for (const part of (head[2] ?? '').match(/;(?:"[^"]*"|[^";])*/g) ?? []) {
    const [key = '', ...rest] = part.slice(1).split('=');
    parameters.set(key.toUpperCase(), rest.join('=').replaceAll('"', ''));
  }
  let value = line.slice(head[0].length);
  const quoted =
    /^quoted-printable$/i.test(parameters.get('ENCODING') ?? '') ||
    parameters.has('QUOTED-PRINTABLE');
  if (quoted) value = quotedPrintable(value, parameters.get('CHARSET') ?? 'utf-8');
  return { name: (head[1] ?? '').toUpperCase(), parameters, value };
}

function quotedPrintable(text: string, charset: string): string {
  return text.replace(/(?:=[0-9A-Fa-f]{2})+/g, (run) => {
    const bytes = Buffer.from(run.replaceAll('=', ''), 'hex');
    return new TextDecoder(decodable(charset) ? charset : 'utf-8').decode(bytes);
  });
}

/** Reads cards or a calendar of decoded UTF-8. */
export async function readCards(
  context: Context,
  bytes: Uint8Array,
  readWhole: ReadWhole,
): Promise<void> {
  const reader = new CardReader(context);
  for (const line of logicalLines(new TextDecoder().decode(bytes))) {
    // A line that is no property continues nothing, but is searched like one.
    reader.line(parseLine(line) ?? { name: 'TEXT', parameters: new Map(), value: line });
  }
  const open = reader.end();
  await readEmbedded(context, reader.embedded, readWhole);
  if (open > 0) {
    const detail =
      'It ends in the middle of an entry; what stands there was read. Upload it again whole.';
    reportGap(context, 'truncated', detail);
  }
}
