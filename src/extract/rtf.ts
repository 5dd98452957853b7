/**
 * RTF → a flow: control words, characters in the code page of their font, groups that hold no text
 * left out. Tables, headers, footnotes, comments and tracked deletions keep apart what a page keeps
 * apart. Source: Rich Text Format specification 1.9.1.
 */
import { isAscii } from 'node:buffer';
import { charsetCodepage, codepageLabel } from './codepages.ts';
import { type Context, reportGap } from './context.ts';
import { type Embedded, readEmbedded } from './embedded.ts';
import { Flow } from './flow.ts';
import type { ReadWhole } from './member.ts';
import { plainUrl } from './officexml.ts';
import { readPage } from './page.ts';
import { FIRST, type Group } from './rtfgroup.ts';
import { embeddedObject, SKIPPED, SPECIAL, sectionOf } from './rtfwords.ts';

const MAX_GROUPS = 5_000;
const RUN_BYTES = 64 * 1024;

const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;

class RtfReader {
  readonly #bytes: Buffer;
  readonly #flow: Flow;
  readonly #groups: Group[] = [];
  #group: Group = { ...FIRST };
  #at = 0;
  #tooDeep = 0;
  /** Bytes of characters that are not decoded yet, in the code page of the font. */
  readonly #run: number[] = [];
  #codepage = 1252;
  #defaultFont = -1;
  readonly #fonts = new Map<number, number>();
  readonly #decoders = new Map<number, InstanceType<typeof TextDecoder>>();
  #now = '';
  #before = '';
  #code = '';
  #value = '';
  /** Characters to leave out behind `\u`. */
  #leave = 0;
  #inTable = false;
  #tableOpen = false;
  #counts = new Map<string, number>();
  #hex: string[] = [];
  readonly embedded: Embedded[] = [];
  /** Pieces of the page that the RTF was made of; null where it was made of none. */
  readonly page: string[] | null;

  constructor(bytes: Uint8Array, flow: Flow) {
    this.page = wasPage(bytes) ? [] : null;
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#flow = flow;
  }

  /** Groups that the file's end left open. */
  run(): number {
    const bytes = this.#bytes;
    while (this.#at < bytes.length) {
      const byte = bytes[this.#at] ?? 0;
      if (byte === OPEN) this.#openGroup();
      else if (byte === CLOSE) this.#closeGroup();
      else if (byte === BACKSLASH) this.#control();
      else if (this.#group.object && !this.#group.skip) this.#hexDigits();
      else {
        this.#at += 1;
        if (byte !== 10 && byte !== 13 && byte !== 0) this.#character(byte);
      }
    }
    const open = this.#groups.length;
    while (this.#groups.length > 0) this.#closeGroup();
    this.#paragraph();
    this.#closeTable();
    return open;
  }

  #openGroup(): void {
    this.#at += 1;
    this.#decode();
    if (this.#groups.length >= MAX_GROUPS) {
      this.#tooDeep += 1;
      return;
    }
    this.#groups.push(this.#group);
    this.#group = { ...this.#group, starred: false, section: false };
    this.#leave = 0;
  }

  #closeGroup(): void {
    this.#at += 1;
    this.#decode();
    if (this.#tooDeep > 0) {
      this.#tooDeep -= 1;
      return;
    }
    const ended = this.#group;
    const outer = this.#groups.pop();
    if (outer === undefined) return;
    if (ended.value !== null && outer.value === null) {
      const words = ended.value !== 'drawing' || /\p{L}/u.test(this.#value);
      if (words) this.#flow.value(ended.value, this.#value, 'property ');
      this.#value = '';
    }
    if (ended.object && !outer.object) this.#endObject();
    if (ended.section) {
      this.#paragraph();
      this.#flow.close();
      [this.#inTable, this.#tableOpen] = ended.around;
    }
    this.#group = outer;
    this.#leave = 0;
  }

  #endObject(): void {
    const bytes = embeddedObject(Buffer.from(this.#hex.join(''), 'hex'));
    this.#hex = [];
    if (bytes) this.embedded.push({ name: `object ${this.embedded.length + 1}`, bytes });
  }

  /** An object's bytes, up to the next group or control word. */
  #hexDigits(): void {
    const from = this.#at;
    let byte = this.#bytes[this.#at];
    while (byte !== undefined && byte !== OPEN && byte !== CLOSE && byte !== BACKSLASH) {
      this.#at += 1;
      byte = this.#bytes[this.#at];
    }
    this.#hex.push(this.#bytes.toString('latin1', from, this.#at).replace(/\s+/g, ''));
  }

  #character(byte: number): void {
    if (this.#leave > 0) {
      this.#leave -= 1;
      return;
    }
    if (this.#group.skip || this.#group.shadow) return;
    this.#run.push(byte);
    if (byte === 0x20 && this.#run.length > RUN_BYTES) this.#decode();
  }

  #decode(): void {
    if (this.#run.length === 0) return;
    const codepage = this.#fonts.get(this.#group.font) ?? this.#codepage;
    const bytes = Buffer.from(this.#run);
    this.#run.length = 0;
    this.#text(isAscii(bytes) ? bytes.toString('latin1') : this.#decoder(codepage).decode(bytes));
  }

  #decoder(codepage: number): InstanceType<typeof TextDecoder> {
    const known = this.#decoders.get(codepage);
    if (known) return known;
    const made = new TextDecoder(codepageLabel(codepage));
    this.#decoders.set(codepage, made);
    return made;
  }

  #text(text: string): void {
    const group = this.#group;
    if (group.skip || group.shadow || group.fonts) return;
    if (group.value !== null) this.#value += text;
    else if (this.page) this.page.push(text);
    else if (group.code) this.#code += text;
    else {
      if (!group.deleted) this.#now += text;
      if (!group.inserted) this.#before += text;
    }
  }

  #paragraph(): void {
    this.#decode();
    this.page?.push('\n');
    const now = this.#now;
    const before = this.#before;
    const code = this.#code;
    this.#now = '';
    this.#before = '';
    this.#code = '';
    this.#settle(now);
    if (before !== now) this.#flow.paragraph(before, 'before changes');
    if (code.trim() !== '') this.#flow.paragraph(plainUrl(code), 'field');
    this.#flow.paragraph(now);
  }

  /** Puts the text that follows into the table or outside of it. */
  #settle(text: string): void {
    if (this.#inTable) this.#openTable();
    else if (text.trim() !== '') this.#closeTable();
  }

  #openTable(): void {
    if (this.#tableOpen) return;
    this.#tableOpen = this.#flow.openTable();
    this.#flow.openRow();
  }

  #closeTable(): void {
    if (this.#tableOpen) this.#flow.closeTable();
    this.#tableOpen = false;
  }

  #control(): void {
    const bytes = this.#bytes;
    const next = bytes[this.#at + 1] ?? 0;
    const letter = (next | 0x20) >= 0x61 && (next | 0x20) <= 0x7a;
    if (!letter) {
      this.#symbol(next);
      return;
    }
    let at = this.#at + 1;
    while (((bytes[at] ?? 0) | 0x20) >= 0x61 && ((bytes[at] ?? 0) | 0x20) <= 0x7a) at += 1;
    const word = bytes.toString('latin1', this.#at + 1, Math.min(at, this.#at + 40));
    const from = at;
    if (bytes[at] === 0x2d) at += 1;
    while ((bytes[at] ?? 0) >= 0x30 && (bytes[at] ?? 0) <= 0x39) at += 1;
    const number = Number.parseInt(bytes.toString('latin1', from, Math.min(at, from + 12)), 10);
    if (bytes[at] === 0x20) at += 1;
    this.#at = at;
    this.#word(word, Number.isNaN(number) ? null : number);
  }

  #symbol(next: number): void {
    this.#at += 2;
    if (next === 0x27) {
      const byte = Number.parseInt(this.#bytes.toString('latin1', this.#at, this.#at + 2), 16);
      this.#at += 2;
      if (!Number.isNaN(byte)) this.#character(byte);
    } else if (next === 0x2a) this.#group.starred = true;
    else if (next === 0x7e) this.#character(0x20);
    else if (next === 0x5f) this.#character(0x2d);
    else if (next === 10 || next === 13) this.#paragraph();
    else if (next === BACKSLASH || next === OPEN || next === CLOSE) this.#character(next);
  }

  #word(word: string, number: number | null): void {
    const group = this.#group;
    if (word === 'u' && number !== null) {
      this.#unicode(number);
      return;
    }
    if (word === 'bin') {
      this.#at += Math.max(0, number ?? 0);
      return;
    }
    this.#decode();
    this.#leave = 0;
    if (this.#destination(word)) return;
    if (group.starred) group.skip = true;
    group.starred = false;
    const special = SPECIAL[word];
    if (special !== undefined) this.#text(special);
    else if (word === 'f' && number !== null) group.font = number;
    else if (word === 'uc') group.skipAfterUnicode = Math.max(0, number ?? 1);
    else if (word === 'deleted') group.deleted = number !== 0;
    else if (word === 'revised') group.inserted = number !== 0;
    else if (word === 'htmlrtf') group.shadow = number !== 0;
    else if (word === 'ansicpg' && number) this.#codepage = number;
    else if (word === 'mac') this.#codepage = 10000;
    else if (word === 'deff') {
      this.#defaultFont = number ?? -1;
      group.font = this.#defaultFont;
    } else if (word === 'fcharset' && group.fonts) this.#fontCodepage(charsetCodepage(number ?? 0));
    else if (word === 'cpg' && group.fonts) this.#fontCodepage(number);
    else if (word === 'plain') {
      group.font = this.#defaultFont;
      group.deleted = false;
      group.inserted = false;
    } else if (!group.skip) this.#layout(word);
  }

  #fontCodepage(codepage: number | null): void {
    if (codepage !== null && codepage !== 0) this.#fonts.set(this.#group.font, codepage);
  }

  #unicode(number: number): void {
    this.#decode();
    const group = this.#group;
    this.#leave = group.skipAfterUnicode;
    if (!group.skip)
      this.#text(String.fromCharCode(number < 0 ? number + 65_536 : number & 0xffff));
  }

  #layout(word: string): void {
    switch (word) {
      case 'par':
      case 'sect':
      case 'page':
        this.#paragraph();
        return;
      case 'pard':
        if (this.#now.trim() === '') this.#inTable = false;
        return;
      case 'intbl':
        this.#inTable = true;
        return;
      case 'trhdr':
        this.#inTable = true;
        this.#openTable();
        this.#flow.headRow();
        return;
      case 'cell':
      case 'nestcell':
        this.#inTable = true;
        this.#paragraph();
        this.#flow.closeCell();
        return;
      case 'row':
      case 'nestrow':
        this.#inTable = true;
        this.#openTable();
        this.#flow.openRow();
    }
  }

  /** Does the word make its group one of its own kind? */
  #destination(word: string): boolean {
    const group = this.#group;
    const outer = this.#groups.at(-1);
    if (word === 'fonttbl') group.fonts = true;
    else if (word === 'fldinst') group.code = true;
    else if (word === 'objdata' || word === 'pict') group.object = !group.skip;
    else if (this.page && word === 'htmltag') group.starred = false;
    else if (SKIPPED.has(word)) group.skip = true;
    else {
      const section = sectionOf(word);
      if (section === null) return this.#named(word);
      if (group.skip || group.section || outer === undefined) return true;
      if (section.value !== null) {
        group.value = section.value;
        this.#value = '';
      } else {
        this.#endBefore(word);
        const count = (this.#counts.get(section.label) ?? 0) + 1;
        this.#counts.set(section.label, count);
        group.section = this.#flow.open(`${section.label} ${count}`);
        group.around = [this.#inTable, this.#tableOpen];
        if (group.section) {
          this.#inTable = false;
          this.#tableOpen = false;
        }
      }
    }
    group.starred = false;
    return true;
  }

  /** A note stands in the middle of a paragraph, which goes on behind it. */
  #endBefore(word: string): void {
    if (this.#now.trim() === '') return;
    if (!/^(footnote|annotation)$/.test(word)) this.#paragraph();
    else {
      this.#settle(this.#now);
      this.#flow.paragraph(this.#now, 'up to a note');
      this.#now = '';
      this.#before = '';
    }
  }

  /** Starred groups whose contents are text like any other. */
  #named(word: string): boolean {
    if (!/^(shpinst|shptxt|ud|nonesttables|shppict|picprop|svb)$/.test(word)) return false;
    this.#group.starred = false;
    if (word === 'nonesttables') this.#group.skip = true;
    if (word === 'picprop') this.#group.object = false;
    return true;
  }
}

/** Outlook keeps a page as RTF, its tags in groups of their own. Source: [MS-OXRTFEX]. */
function wasPage(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 1024)).includes('\\fromhtml1');
}

export async function readRtf(
  context: Context,
  bytes: Uint8Array,
  readWhole: ReadWhole,
): Promise<void> {
  const flow = new Flow(context);
  const reader = new RtfReader(bytes, flow);
  const open = reader.run();
  flow.end();
  if (reader.page) {
    await readPage(context, new TextEncoder().encode(reader.page.join('')), readWhole);
  }
  await readEmbedded(context, reader.embedded, readWhole);
  if (open > 0) {
    const detail = 'The RTF ends in the middle; what stands there was read. Upload it again whole.';
    reportGap(context, 'truncated', detail);
  }
}
