/**
 * The XML of office documents → a flow. Word, PowerPoint and OpenDocument differ in the names of the
 * same things, so one table says what each element means. An identifier may be cut over any number
 * of runs: a paragraph is put together before it is handed on, once as it stands and once as it
 * stood before tracked changes.
 */
import type { Flow } from './flow.ts';
import { Namespaces } from './namespaces.ts';
import type { MarkupEvents, Tag } from './tags.ts';

type Role =
  | 'paragraph'
  | 'text' // carries the characters of a paragraph
  | 'line' // a text of its own
  | 'value' // a text of its own with a name
  | 'code' // field codes: shown by no page, kept beside
  | 'break'
  | 'inserted'
  | 'deleted'
  | 'table'
  | 'row'
  | 'headrows'
  | 'cell'
  | 'section'
  | 'skip';

const ROLES: ReadonlyMap<string, Role> = new Map(
  (
    [
      ['paragraph', 'w:p a:p text:p text:h'],
      ['text', 'w:t w:delText a:t m:t'],
      ['line', 'c:v p:text svg:title svg:desc'],
      [
        'value',
        'dc:creator dc:title dc:subject dc:description meta:keyword meta:initial-creator meta:user-defined',
      ],
      ['code', 'w:instrText w:delInstrText'],
      ['break', 'w:tab w:br w:cr a:br text:tab text:line-break text:s w:noBreakHyphen'],
      ['inserted', 'w:ins w:moveTo'],
      ['deleted', 'w:del w:moveFrom'],
      ['table', 'w:tbl a:tbl table:table'],
      ['row', 'w:tr a:tr table:table-row'],
      ['headrows', 'table:table-header-rows'],
      ['cell', 'w:tc a:tc table:table-cell table:covered-table-cell'],
      [
        'section',
        'w:comment w:footnote w:endnote w:txbxContent p:cm p188:cm p188:reply office:annotation text:note draw:page presentation:notes style:header style:footer style:header-left style:footer-left text:deletion',
      ],
      ['skip', 'mc:Fallback text:index-entry-template office:binary-data'],
    ] as const
  ).flatMap(([role, names]) => names.split(' ').map((name) => [name, role] as const)),
);

/** What a section is called, and whether it is counted. */
const SECTIONS: Readonly<Record<string, string>> = {
  'w:comment': 'comment',
  'w:footnote': 'footnote',
  'w:endnote': 'endnote',
  'w:txbxContent': 'text box',
  'p:cm': 'comment',
  'p188:cm': 'comment',
  'p188:reply': 'reply to comment',
  'office:annotation': 'comment',
  'text:note': 'note',
  'draw:page': 'slide',
  'style:header': 'header',
  'style:footer': 'footer',
  'style:header-left': 'header',
  'style:footer-left': 'footer',
  'text:deletion': 'deleted text',
};

/** Attributes in which people's words stand. */
const SPEAKING: Readonly<Record<string, readonly string[]>> = {
  'wp:docPr': ['descr', 'title'],
  'pic:cNvPr': ['descr', 'title'],
  'p:cNvPr': ['descr', 'title'],
  'v:textpath': ['string'],
  'v:shape': ['alt'],
  'w:default': ['w:val'],
  'w:listEntry': ['w:val'],
  'w:fldSimple': ['w:instr'],
  'w:ins': ['w:author'],
  'w:del': ['w:author'],
  'w:comment': ['w:author'],
  'w15:presenceInfo': ['w15:userId'],
  'p:cmAuthor': ['name'],
  'p188:author': ['name', 'userId'],
  'text:a': ['xlink:href'],
  'draw:a': ['xlink:href'],
  'form:text': ['form:current-value', 'form:value', 'form:title'],
  'form:textarea': ['form:current-value', 'form:value', 'form:title'],
  'form:hidden': ['form:value'],
  'text:user-field-decl': ['office:string-value'],
  'text:variable-set': ['office:string-value'],
};

const MAX_DEPTH = 2_000;
/** Columns that one cell may be repeated or spread over. */
const MAX_SPAN = 1_000;

interface Paragraph {
  now: string;
  before: string;
  codes: string;
  /** OpenDocument: characters stand in the paragraph itself, and white space between them is layout. */
  readonly bare: boolean;
}

interface Open {
  readonly name: string;
  readonly role: Role;
  readonly accepted: boolean;
  /** Columns that a cell stands for. */
  span: number;
}

export class OfficeXml implements MarkupEvents {
  readonly #flow: Flow;
  readonly #names = new Namespaces();
  readonly #open: Open[] = [];
  readonly #openNames = new Map<string, number>();
  readonly #paragraphs: Paragraph[] = [];
  readonly #counts = new Map<string, number>();
  readonly #said = new Set<string>();
  /** Of OpenDocument: the change that is being listed, and the listed ones by kind. */
  #region = '';
  readonly #insertions = new Set<string>();
  readonly #deletions = new Set<string>();
  #line: string | null = null;
  #lineName = '';
  #texts = 0;
  #codes = 0;
  #inserted = 0;
  #deleted = 0;
  #headRows = 0;
  #skipped = 0;
  #slides = 0;

  constructor(flow: Flow) {
    this.#flow = flow;
  }

  tag(tag: Tag): void {
    if (tag.attributes.length > 0) this.#names.declare(tag.attributes);
    const name = this.#names.name(tag.name);
    if (tag.closing) this.#close(name);
    else {
      if (this.#skipped === 0) this.#attributes(name, tag.attributes);
      const role = ROLES.get(name);
      if (role === undefined) {
        if (name === 'w:tblHeader') this.#flow.headRow();
        else if (name === 'w:gridSpan') this.#spread(tag);
        else if (name.startsWith('text:')) this.#change(name, tag);
        return;
      }
      this.#begin(name, role, tag);
      if (tag.empty) this.#close(name);
    }
  }

  text(text: string): void {
    if (this.#skipped > 0) return;
    if (this.#line !== null) {
      this.#line += text;
      return;
    }
    const paragraph = this.#paragraphs.at(-1);
    if (!paragraph) return;
    if (this.#codes > 0) paragraph.codes += text;
    else if (paragraph.bare) this.#append(paragraph, text.replace(/[ \t\r\n]+/g, ' '));
    else if (this.#texts > 0) this.#append(paragraph, text);
  }

  /** Comments of office XML are the program's. */
  comment(): void {}

  #append(paragraph: Paragraph, text: string): void {
    if (this.#deleted === 0) paragraph.now += text;
    if (this.#inserted === 0) paragraph.before += text;
  }

  #attributes(name: string, attributes: Tag['attributes']): void {
    const speaking = SPEAKING[name];
    if (speaking === undefined) return;
    for (const [written, value] of attributes) {
      const attribute = this.#names.name(written);
      const own = attribute.slice(attribute.indexOf(':') + 1);
      if (!speaking.includes(attribute) || value.trim() === '' || value.startsWith('#')) continue;
      if (own === 'author' || own === 'userId' || own === 'name') {
        if (this.#said.has(value)) continue;
        this.#said.add(value);
      }
      this.#flow.value(own, plainUrl(value), `${this.#flow.place} `);
    }
  }

  #begin(name: string, role: Role, tag: Tag): void {
    if (this.#open.length >= MAX_DEPTH) return;
    const accepted = this.#skipped === 0 ? this.#enter(name, role, tag) : false;
    if (role === 'skip') this.#skipped += 1;
    this.#open.push({ name, role, accepted, span: span(tag, this.#names) });
    this.#openNames.set(name, (this.#openNames.get(name) ?? 0) + 1);
  }

  /** False where the flow refused, so that its end is not told either. */
  #enter(name: string, role: Role, tag: Tag): boolean {
    if (role === 'paragraph') {
      const bare = name.startsWith('text:');
      this.#paragraphs.push({ now: '', before: '', codes: '', bare });
    } else if (role === 'line' || role === 'value') this.#beginLine(tag);
    else if (role === 'text') this.#texts += 1;
    else if (role === 'code') this.#codes += 1;
    else if (role === 'break') this.#break(name, tag);
    else if (role === 'inserted') this.#inserted += 1;
    else if (role === 'deleted') this.#deleted += 1;
    else if (role === 'headrows') this.#headRows += 1;
    else if (role === 'table') return this.#flow.openTable();
    else if (role === 'row') {
      this.#flow.openRow();
      if (this.#headRows > 0) this.#flow.headRow();
    } else if (role === 'cell') this.#flow.openCell();
    else if (role === 'section') {
      if (name === 'text:deletion') this.#deletions.add(this.#region);
      if (!this.#flow.open(this.#sectionLabel(name, tag))) return false;
      // What stands in a note outside its paragraphs (a date) is no text of the paragraph around it.
      this.#paragraphs.push({ now: '', before: '', codes: '', bare: false });
    }
    return true;
  }

  /** OpenDocument lists its changes first and marks in the text where each begins and ends. */
  #change(name: string, tag: Tag): void {
    const id = (attribute: string) =>
      tag.attributes.find(([one]) => this.#names.name(one) === attribute)?.[1] ?? '';
    if (name === 'text:changed-region') this.#region = id('text:id') || id('xml:id');
    else if (name === 'text:insertion') this.#insertions.add(this.#region);
    else if (name === 'text:change-start' || name === 'text:change-end') {
      const region = id('text:change-id');
      const step = name === 'text:change-start' ? 1 : -1;
      if (this.#insertions.has(region)) this.#inserted = Math.max(0, this.#inserted + step);
      else if (this.#deletions.has(region)) this.#deleted = Math.max(0, this.#deleted + step);
    }
  }

  #spread(tag: Tag): void {
    const cell = this.#open.findLast((one) => one.role === 'cell');
    const value = Number(tag.attributes.find(([name]) => this.#names.name(name) === 'w:val')?.[1]);
    if (cell && value > 1) cell.span = Math.min(value, MAX_SPAN);
  }

  #sectionLabel(name: string, tag: Tag): string {
    if (name === 'presentation:notes') return `notes of slide ${this.#slides}`;
    if (name === 'draw:page') this.#slides += 1;
    const word = SECTIONS[name] ?? 'part';
    const id = tag.attributes.find(([one]) => this.#names.name(one) === 'w:id')?.[1];
    if (/^w:(footnote|endnote)$/.test(name) && id !== undefined) return `${word} ${id}`;
    const count = (this.#counts.get(word) ?? 0) + 1;
    this.#counts.set(word, count);
    const within = this.#slides > 0 && name !== 'draw:page' ? ` of slide ${this.#slides}` : '';
    return `${word} ${count}${within}`;
  }

  #break(name: string, tag: Tag): void {
    const paragraph = this.#paragraphs.at(-1);
    if (!paragraph) return;
    const count = tag.attributes.find(([one]) => this.#names.name(one) === 'text:c')?.[1] ?? '1';
    if (name === 'w:noBreakHyphen') this.#append(paragraph, '-');
    else if (name === 'text:s') {
      this.#append(paragraph, ' '.repeat(Math.min(Number(count) || 1, 100)));
    } else this.#append(paragraph, /tab$/.test(name) ? '\t' : '\n');
  }

  #close(name: string): void {
    // Counted, because a hostile file closes a million times what nobody opened.
    const open = this.#openNames.get(name) ?? 0;
    if (open === 0) return;
    while (this.#openNames.get(name) === open) this.#leave();
  }

  #leave(): void {
    const open = this.#open.pop();
    if (open === undefined) return;
    this.#openNames.set(open.name, (this.#openNames.get(open.name) ?? 1) - 1);
    if (open.role === 'skip') this.#skipped -= 1;
    if (!open.accepted) return;
    const { role } = open;
    if (role === 'paragraph') this.#endParagraph();
    else if (role === 'line' || role === 'value') this.#endLine(open);
    else if (role === 'text') this.#texts -= 1;
    else if (role === 'code') this.#codes -= 1;
    else if (role === 'inserted') this.#inserted -= 1;
    else if (role === 'deleted') this.#deleted -= 1;
    else if (role === 'headrows') this.#headRows -= 1;
    else if (role === 'table') this.#flow.closeTable();
    else if (role === 'row') this.#flow.closeRow();
    else if (role === 'cell') this.#flow.closeCell(open.span);
    else if (role === 'section') {
      this.#paragraphs.pop();
      this.#flow.close();
    }
  }

  #beginLine(tag: Tag): void {
    this.#line = '';
    const own = tag.attributes.find(([name]) => this.#names.name(name) === 'meta:name')?.[1];
    this.#lineName = own ?? tag.name.slice(tag.name.indexOf(':') + 1);
  }

  #endLine({ role }: Open): void {
    const text = this.#line ?? '';
    this.#line = null;
    if (role === 'line') this.#flow.paragraph(text);
    else this.#flow.value(this.#lineName, text, `${this.#flow.section || 'property'} `);
  }

  #endParagraph(): void {
    const paragraph = this.#paragraphs.pop();
    if (!paragraph) return;
    const { now, before, codes } = paragraph;
    if (before !== now) this.#flow.paragraph(before, 'before changes');
    if (codes.trim() !== '') this.#flow.paragraph(plainUrl(codes), 'field');
    this.#flow.paragraph(now);
  }

  /** Ends what damage left open. */
  end(): void {
    while (this.#open.length > 0) this.#leave();
  }
}

/** Columns that a cell stands for. */
function span(tag: Tag, names: Namespaces): number {
  for (const [written, value] of tag.attributes) {
    const name = names.name(written);
    if (name === 'table:number-columns-repeated') {
      return Math.max(1, Math.min(Number(value) || 1, MAX_SPAN));
    }
  }
  return 1;
}

/** Percent-encoding taken off; what is none stays. */
export function plainUrl(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run; // not UTF-8: shown as it stands
    }
  });
}
