/**
 * Word 97 to 2003 (doc) → a flow. The text lies in pieces, in an order that a table gives; paragraphs
 * carry whether they lie in a table and end its row. Word 6 and 95 hold one run of bytes.
 * Source: [MS-DOC] 2.4.1 (text), 2.8.25 (PlcPcd), 2.9.175 (PapxFkp).
 */
import type { CfbEntry, CompoundFile } from './cfb.ts';
import { type Context, reportGap } from './context.ts';
import {
  type Change,
  changeMarks,
  type Marks,
  type ParagraphMark,
  paragraphMarks,
} from './docmarks.ts';
import { detectEncoding } from './encoding.ts';
import { Flow } from './flow.ts';
import { plainUrl } from './officexml.ts';

interface TextPiece {
  readonly cpStart: number;
  readonly cpEnd: number;
  /** Offset in the WordDocument stream. */
  readonly at: number;
  /** One byte a character. */
  readonly narrow: boolean;
}

interface Formatting {
  readonly paragraphs: Marks<ParagraphMark>;
  readonly changes: Marks<Change>;
}

const WORD_97 = 0xa5ec;
const ENCRYPTED = 0x0100;
const SECOND_TABLE = 0x0200;
const MAX_PIECES = 200_000;

/** The parts of the text in their order, and the places of their counts of characters in the FIB. */
const STORIES: readonly (readonly [string, number])[] = [
  ['', 0x4c],
  ['footnotes', 0x50],
  ['headers and footers', 0x54],
  ['macros', 0x58],
  ['comments', 0x5c],
  ['endnotes', 0x60],
  ['text boxes', 0x64],
  ['text boxes of headers', 0x68],
];

/** Reads the Word document in a storage; false when there is none. */
export function readDoc(context: Context, file: CompoundFile, storage: CfbEntry): boolean {
  const word = file.named(storage, 'WordDocument');
  if (word.length < 0x200) return false;
  const flags = word.readUInt16LE(0x0a);
  if ((flags & ENCRYPTED) !== 0) {
    reportGap(context, 'encrypted', 'The document is protected with a password; it was not read.');
    return true;
  }
  if (word.readUInt16LE(0) !== WORD_97 || word.readUInt16LE(2) < 0xc1) {
    readOld(context, word);
    return true;
  }
  const table = file.named(storage, (flags & SECOND_TABLE) !== 0 ? '1Table' : '0Table');
  const pieces = textPieces(word, table);
  if (pieces.length === 0) {
    const detail = 'The document’s text table is damaged; its text was not found.';
    reportGap(context, 'malformed', detail);
    return true;
  }
  readStories(context, word, pieces, {
    paragraphs: paragraphMarks(word, table),
    changes: changeMarks(word, table),
  });
  return true;
}

function readStories(
  context: Context,
  word: Buffer,
  pieces: readonly TextPiece[],
  marks: Formatting,
): void {
  const flow = new Flow(context);
  let cp = 0;
  for (const [label, at] of STORIES) {
    const count = word.readUInt32LE(at);
    if (count === 0) continue;
    const opened = label !== '' && flow.open(label);
    const story = new StoryReader(flow);
    for (const piece of pieces) {
      const from = Math.max(cp, piece.cpStart);
      const to = Math.min(cp + count, piece.cpEnd);
      if (from < to) readPiece(story, word, piece, from, to, marks);
    }
    story.end();
    if (opened) flow.close();
    cp += count;
  }
  flow.end();
}

function readPiece(
  story: StoryReader,
  word: Buffer,
  piece: TextPiece,
  from: number,
  to: number,
  marks: Formatting,
): void {
  const width = piece.narrow ? 1 : 2;
  const start = piece.at + (from - piece.cpStart) * width;
  const end = Math.min(word.length, piece.at + (to - piece.cpStart) * width);
  if (start >= end) return;
  const bytes = word.subarray(start, end);
  const text = piece.narrow
    ? new TextDecoder('windows-1252').decode(bytes)
    : bytes.toString('utf16le');
  let taken = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const offset = start + at * width;
    const code = text.charCodeAt(at);
    const marked = code === 13 || code === 7 || code === 12;
    const changed = at > taken && offset >= marks.changes.next(start + taken * width);
    if (!marked && !changed && at < text.length) continue;
    story.text(text.slice(taken, at), marks.changes.at(start + taken * width));
    taken = at;
    if (!marked) continue;
    taken += 1;
    story.mark(code, marks.paragraphs.at(offset));
  }
}

/** Text and marks of one story, in order. */
class StoryReader {
  readonly #flow: Flow;
  #now = '';
  #before = '';
  #table = false;

  constructor(flow: Flow) {
    this.#flow = flow;
  }

  text(text: string, change: Change): void {
    if (change !== 'deleted') this.#now += text;
    if (change !== 'inserted') this.#before += text;
  }

  /** The end of a paragraph, cell, row or page. */
  mark(code: number, { inTable, endsRow }: ParagraphMark): void {
    const cell = code === 7;
    if (inTable || cell) this.#openTable();
    else if (this.#table) this.#closeTable();
    if (endsRow) {
      this.#now = '';
      this.#before = '';
      this.#flow.openRow();
      return;
    }
    this.#paragraph();
    if (cell) this.#flow.closeCell();
  }

  #paragraph(): void {
    const { shown, codes } = withoutFields(this.#now);
    const before = this.#before === this.#now ? shown : withoutFields(this.#before).shown;
    this.#now = '';
    this.#before = '';
    if (before !== shown) this.#flow.paragraph(before, 'before changes');
    if (codes !== '') this.#flow.paragraph(plainUrl(codes), 'field');
    this.#flow.paragraph(shown);
  }

  #openTable(): void {
    if (this.#table) return;
    this.#table = this.#flow.openTable();
    this.#flow.openRow();
  }

  #closeTable(): void {
    this.#flow.closeTable();
    this.#table = false;
  }

  end(): void {
    if (this.#now !== '' || this.#before !== '') this.#paragraph();
    if (this.#table) this.#closeTable();
  }
}

/** Takes field codes (between 0x13 and 0x14) out of the text, and the marks of pictures and notes. */
function withoutFields(text: string): { readonly shown: string; readonly codes: string } {
  let shown = '';
  let codes = '';
  let depth = 0;
  for (const char of text) {
    if (char === '\x13') depth += 1;
    else if (char === '\x14' || char === '\x15') depth = Math.max(0, depth - 1);
    else if (depth > 0) codes += char;
    else if (char === '\x0b') shown += '\n';
    else if (char === '\x1e') shown += '-';
    else if (char >= ' ' || char === '\t') shown += char;
  }
  return { shown, codes };
}

/** The piece table: where each run of characters lies. */
function textPieces(word: Buffer, table: Buffer): readonly TextPiece[] {
  const start = word.readUInt32LE(0x1a2);
  const end = Math.min(table.length, start + word.readUInt32LE(0x1a6));
  let at = start;
  // Property modifiers come first, each with its length.
  while (at + 3 <= end && table[at] === 1) at += 3 + table.readUInt16LE(at + 1);
  if (at + 5 > end || table[at] !== 2) return [];
  const size = Math.min(table.readUInt32LE(at + 1), end - at - 5);
  const count = Math.min(Math.floor((size - 4) / 12), MAX_PIECES);
  const pieces: TextPiece[] = [];
  const positions = at + 5;
  const descriptors = positions + (count + 1) * 4;
  for (let index = 0; index < count; index += 1) {
    const cpStart = table.readUInt32LE(positions + index * 4);
    const cpEnd = table.readUInt32LE(positions + index * 4 + 4);
    const fc = table.readUInt32LE(descriptors + index * 8 + 2);
    const narrow = (fc & 0x40000000) !== 0;
    const offset = fc & 0x3fffffff;
    if (cpEnd > cpStart)
      pieces.push({ cpStart, cpEnd, at: narrow ? offset >>> 1 : offset, narrow });
  }
  return pieces;
}

/** Word 6 and 95: the text from fcMin to fcMac, in the code page of whoever wrote it. */
function readOld(context: Context, word: Buffer): void {
  const start = word.readUInt32LE(0x18);
  const bytes = word.subarray(start, Math.max(start, word.readUInt32LE(0x1c)));
  const encoding = detectEncoding(bytes)?.encoding ?? 'windows-1252';
  const text = new TextDecoder(encoding.startsWith('utf-') ? 'windows-1252' : encoding).decode(
    bytes,
  );
  const flow = new Flow(context);
  const story = new StoryReader(flow);
  for (const part of text.split(/(?<=[\r\x07\x0c])/)) {
    story.text(part.replace(/[\r\x07\x0c]$/, ''), 'none');
    if (/[\r\x07\x0c]$/.test(part)) {
      story.mark(13, { inTable: false, endsRow: false });
    }
  }
  story.end();
  flow.end();
}
