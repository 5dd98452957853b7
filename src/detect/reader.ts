/** Walks through one piece: where each candidate lies, on which line, in which overlap. */
import { Buffer } from 'node:buffer';
import { CELL, type Piece, type Place, ROW } from '../model/piece.ts';
import type { CellPlace, Engine } from './engine.ts';
import { Surroundings } from './surroundings.ts';

/** More than a piece can have. */
const LINES_BETWEEN_PIECES = 2 ** 32;
/** Bytes to a neighbour in running text: a bundle may be one line of a megabyte. */
export const NEAR_BYTES = 300;
/**
 * What is farther is no neighbour on whatever line, nor is what is found around it, and its lines are
 * not counted: then it makes no difference which places between the two were looked at.
 */
const COUNTED_BYTES = 1024;
const FAR_LINES = 2;
/** Bytes of a cell that lie within reach of every match in it. */
const MAX_MUTE = 40;
/** A wider table is looked at by its first columns. */
const MAX_LAYOUT = 500;

/** Folded indexes, half open. */
interface Spanned {
  readonly start: number;
  readonly end: number;
}

/** Follows the candidates through one piece: where each lies, on which line, in which overlap. */
export class PieceReader {
  readonly #piece: Piece;
  readonly #engine: Engine;
  /** The text again: a search for one byte takes a tenth of the time in it. */
  readonly #bytes: Buffer;
  readonly surroundings: Surroundings;
  readonly #first: Place[] = [];
  readonly #firstStarts: number[] = [];
  place: Place = { label: '', row: null, column: null };
  /** Offsets in the piece's text. */
  start = -1;
  end = -1;
  /** Of the candidate at hand, folded indexes. */
  #foldedStart = -1;
  #foldedEnd = -1;
  /** Line feeds before the candidate, with a gap between pieces and for what is far; tells lines apart that lie beside each other. */
  line: number;
  /** Before it the line feeds are counted. */
  #counted = 0;
  #cellStart = 0;
  #groupEnd = 0;
  #groupSize = 0;
  #groupLast = -1;

  constructor(piece: Piece, engine: Engine, number: number) {
    this.#piece = piece;
    const { buffer, byteOffset, byteLength } = piece.text;
    this.#bytes = Buffer.from(buffer, byteOffset, byteLength);
    this.line = number * LINES_BETWEEN_PIECES;
    this.#engine = engine;
    this.surroundings = new Surroundings(piece.text, engine);
  }

  get text(): Uint8Array {
    return this.#piece.text;
  }

  /** Has it cells or rows? */
  get hasBorders(): boolean {
    return this.#bytes.includes(ROW) || this.#bytes.includes(CELL);
  }

  /** Places of the first row's cells. They are kept: an extractor's cursor does not go back. */
  firstRow(): readonly Place[] {
    if (this.#first.length > 0) return this.#first;
    const text = this.#bytes;
    const end = text.indexOf(ROW);
    const rowEnd = end < 0 ? text.length : end;
    for (let at = 0; at <= rowEnd && this.#first.length < MAX_LAYOUT; ) {
      this.#firstStarts.push(at);
      this.#first.push(this.#piece.locate(at));
      const next = text.indexOf(CELL, at);
      at = next < 0 || next > rowEnd ? rowEnd + 1 : next + 1;
    }
    return this.#first;
  }

  /** The headers of the table and the cells of the row at hand. */
  row(): [headers: readonly string[], cells: readonly string[]] {
    const text = this.#bytes;
    const from = text.lastIndexOf(ROW, this.start) + 1;
    const end = text.indexOf(ROW, this.start);
    const row = text.toString('utf8', from, end < 0 ? text.length : end);
    const headers = this.#first.map(({ column }) => column?.name ?? '');
    return [headers, row.split(String.fromCharCode(CELL))];
  }

  /** Goes to a cell: row and column are the same throughout. */
  enter({ cellStart, row, cell }: CellPlace): void {
    this.#cellStart = this.#engine.folder.start(cellStart);
    const { grid } = this.#piece;
    if (grid) this.place = { label: '', row: grid.firstRow + row, column: grid.column(cell) };
    else this.goTo(this.#cellStart);
  }

  /** Is the cell at hand too short to cut a word in it, without one, and under a header, so that the cell beside it is not asked? */
  isMute(header: string): boolean {
    if (header === '') return false;
    const { text } = this.#piece;
    const from = this.#cellStart;
    const limit = Math.min(text.length, from + MAX_MUTE);
    let end = from;
    while (end < limit && text[end] !== CELL && text[end] !== ROW) end++;
    if (end === limit && end < text.length) return false;
    return !this.#engine.hints.mayHold(text, from, end);
  }

  goTo(offset: number): void {
    this.place = this.#locate(offset);
  }

  #locate(offset: number): Place {
    const last = this.#firstStarts.at(-1);
    if (last === undefined || offset > last) return this.#piece.locate(offset);
    const cell = this.#firstStarts.findLastIndex((start) => start <= offset);
    return this.#first[cell] ?? this.#piece.locate(offset);
  }

  /** Goes to folded indexes, half open. */
  moveTo({ start, end }: Spanned): void {
    // Several detectors ask of one span in turn.
    if (start === this.#foldedStart && end === this.#foldedEnd) return;
    this.#foldedStart = start;
    this.#foldedEnd = end;
    this.start = this.#engine.folder.start(start);
    this.end = this.#engine.folder.end(end);
    this.surroundings.moveTo(this.start, this.end);
  }

  /** Where the candidate lies, as a person reads it. */
  label(): string {
    return this.#locate(this.start).label;
  }

  /** True when the candidate overlaps none of those before it. */
  startsGroup(candidate: Spanned, max: number): boolean {
    this.#countLines();
    const isNew =
      candidate.start >= this.#groupEnd ||
      (this.#groupSize >= max && candidate.start > this.#groupLast);
    if (isNew) this.#groupSize = 0;
    this.#groupSize++;
    this.#groupLast = candidate.start;
    this.#groupEnd = isNew ? candidate.end : Math.max(this.#groupEnd, candidate.end);
    return isNew;
  }

  /** The cell at hand holds one match from end to end, which further ones overlap; returns where it ends. */
  openGroup(): number {
    // Candidates lie in the folded text, which may be shorter than the piece.
    const { folder, scanner } = this.#engine;
    const { text, length } = folder;
    let end = scanner.cellStart;
    this.#groupLast = end;
    while (end < length && text[end] !== CELL && text[end] !== ROW) end++;
    this.#groupEnd = end;
    this.#groupSize = 1;
    return folder.end(end);
  }

  #countLines(): void {
    if (this.place.row !== null) return;
    if (this.start <= this.#counted) return;
    const isNear = this.start - this.#counted <= COUNTED_BYTES;
    this.line += isNear ? this.#engine.folder.feeds(this.#counted, this.start) : FAR_LINES;
    this.#counted = this.start;
  }
}
