/**
 * CSV and its kin → pieces that keep the file's own offsets: in a copy the delimiter byte becomes
 * {@link CELL} and the row's end {@link ROW}; quotes and all else stay, so a hit's offset in the
 * first piece is its offset in the (UTF-8) file.
 */
import { Buffer } from 'node:buffer';
import { CELL, type Column, type Place, ROW } from '../model/piece.ts';
import { type Context, placePrefix } from './context.ts';
import { joined } from './decoder.ts';
import { guardedPiece } from './emit.ts';
import type { Dialect } from './sniff.ts';
import type { TextReader } from './text.ts';

const QUOTE = 0x22;
const SPACE = 0x20;
const RETURN = 0x0d;
const NEWLINE = 0x0a;

/** A cell in quotes that runs longer than this, or over more lines, was no quoted cell. */
const MAX_QUOTED_BYTES = 256 * 1024;
const MAX_QUOTED_LINES = 500;
/** After so many such mistakes the file does not quote at all; looking further costs time only. */
const MAX_STRAY_QUOTES = 16;
/** A row without an end is cut here, so that memory stays bounded. */
const MAX_ROW_BYTES = 16 * 1024 * 1024;
/** Columns beyond this share one. */
const MAX_COLUMNS = 16_384;

const DELIMITER = 1;
const END = 2;
const OPEN = 3;
const BORDER = 4;

/** The columns of one table, made as they are met. */
function openColumns(context: Context, names: readonly string[]): (at: number) => Column {
  const columns: Column[] = [];
  const first = context.ids.nextColumn;
  return (at) => {
    const capped = Math.min(at, MAX_COLUMNS - 1);
    while (columns.length <= capped) {
      const index = first + columns.length;
      columns.push({ index, name: names[columns.length] ?? '' });
    }
    context.ids.nextColumn = Math.max(context.ids.nextColumn, first + capped + 1);
    const column = columns[capped];
    return column ?? { index: first + capped, name: '' };
  };
}

export function openDelimited(context: Context, dialect: Dialect): TextReader {
  const scanner = new Scanner(dialect);
  const columnAt = openColumns(context, dialect.names);
  // Columns are made while pieces are looked at; the next member must not take these.
  columnAt(Math.max(0, dialect.names.length - 1));
  const prefix = placePrefix(context);
  const firstRow = context.ids.nextRow;
  let held: Uint8Array = new Uint8Array(0);
  let row = 1;
  let jumpedAt = 0;
  let after = '';

  function emit(text: Uint8Array, startRow: number): void {
    const label = (at: number, name: string) =>
      `${prefix}row ${at - jumpedAt}${after}${name === '' ? '' : ` column ${name}`}`;
    const locate = cellLocator(text, startRow, (at, cell): Place => {
      const column = columnAt(cell);
      return { label: label(at, column.name), row: firstRow + at - 1, column };
    });
    const grid = { firstRow: firstRow + startRow - 1, column: columnAt };
    guardedPiece(context, { text, locate, grid });
  }

  function drain(final: boolean): void {
    // Not slice(): on a Buffer that is a view, and the file would be changed under the caller.
    const work = new Uint8Array(held);
    const whole = final || held.length > MAX_ROW_BYTES;
    let from = 0;
    let startRow = row;
    const consumed = scanner.scan(work, whole, (end) => {
      row += 1;
      if (end - from < context.limits.pieceBytes) return;
      emit(work.subarray(from, end), startRow);
      from = end;
      startRow = row;
    });
    if (consumed > from) emit(work.subarray(from, consumed), startRow);
    if (whole && consumed > 0 && work[consumed - 1] !== ROW) row += 1;
    held = held.subarray(consumed);
    context.ids.nextRow = Math.max(context.ids.nextRow, firstRow + row - 1);
  }

  return {
    push(bytes) {
      held = held.length === 0 ? bytes : joined(held, bytes);
      // Small chunks of a stream are gathered: a piece wants its size.
      if (held.length >= context.limits.pieceBytes) drain(false);
    },
    jump(offset) {
      drain(true);
      jumpedAt = row - 1;
      after = ` after byte ${offset}`;
    },
    end: () => drain(true),
  };
}

/** A locator that counts rows and cells forward from the last question. */
function cellLocator(
  text: Uint8Array,
  firstRow: number,
  place: (row: number, cell: number) => Place,
): (offset: number) => Place {
  const bytes = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
  let at = 0;
  let row = firstRow;
  let cell = 0;
  return (offset) => {
    if (offset < at) {
      at = 0;
      row = firstRow;
      cell = 0;
    }
    for (let end = bytes.indexOf(ROW, at); end >= 0 && end < offset; ) {
      row += 1;
      cell = 0;
      at = end + 1;
      end = bytes.indexOf(ROW, at);
    }
    for (; at < offset && at < text.length; at += 1) {
      if (text[at] === CELL) cell += 1;
    }
    return place(row, cell);
  };
}

/** Sets the borders in place. Knows the dialect, and how far quotes have been believed. */
class Scanner {
  readonly #delimiter: number;
  readonly #rowEnd: number;
  readonly #classes = new Uint8Array(256);
  #strayQuotes = 0;

  constructor(dialect: Dialect) {
    this.#delimiter = dialect.delimiter;
    this.#rowEnd = dialect.rowEnd;
    this.#classes[CELL] = BORDER;
    this.#classes[ROW] = BORDER;
    this.#classes[QUOTE] = OPEN;
    this.#classes[dialect.rowEnd] = END;
    this.#classes[dialect.delimiter] = DELIMITER;
  }

  /** Scans whole rows; `onRow` gets the offset behind each. Returns the bytes done: up to the last row's end, or all when `final`. */
  scan(text: Uint8Array, final: boolean, onRow: (end: number) => void): number {
    const classes = this.#classes;
    const length = text.length;
    let rowStart = 0;
    let cellStart = 0;
    for (let at = 0; at < length; at += 1) {
      const kind = classes[text[at] as number];
      if (kind === 0) continue;
      if (kind === DELIMITER) {
        text[at] = CELL;
        cellStart = at + 1;
      } else if (kind === END) {
        text[at] = ROW;
        rowStart = at + 1;
        cellStart = rowStart;
        onRow(rowStart);
      } else if (kind === BORDER) {
        text[at] = SPACE;
      } else if (opensCell(text, at, cellStart)) {
        const close = this.#close(text, at + 1, final);
        if (close === INCOMPLETE) return rowStart;
        if (close !== STRAY) at = close;
      }
    }
    return final ? length : rowStart;
  }

  /** The closing quote of the cell that opened before `from`: the first one with a border behind it. */
  #close(text: Uint8Array, from: number, final: boolean): number {
    if (this.#strayQuotes >= MAX_STRAY_QUOTES) return STRAY;
    const limit = Math.min(text.length, from + MAX_QUOTED_BYTES);
    let lines = 0;
    for (let at = from; at < limit && lines <= MAX_QUOTED_LINES; at += 1) {
      const byte = text[at];
      if (byte === NEWLINE) lines += 1;
      else if (byte === CELL || byte === ROW) text[at] = SPACE;
      else if (byte === QUOTE) {
        const next = text[at + 1];
        if (next === undefined && !final) return INCOMPLETE;
        if (next === QUOTE) at += 1;
        else if (this.#border(next)) return at;
      }
    }
    if (limit === text.length && !final && lines <= MAX_QUOTED_LINES) return INCOMPLETE;
    this.#strayQuotes += 1;
    return STRAY;
  }

  #border(byte: number | undefined): boolean {
    return (
      byte === undefined ||
      byte === this.#delimiter ||
      byte === this.#rowEnd ||
      byte === NEWLINE ||
      byte === RETURN
    );
  }
}

/** A quote opens a cell at its start, behind a space or two, or behind the byte order mark. */
function opensCell(text: Uint8Array, at: number, cellStart: number): boolean {
  if (at === cellStart) return true;
  if (at - cellStart <= 2) return text[cellStart] === SPACE && text[at - 1] === SPACE;
  return at === 3 && text[0] === 0xef && text[1] === 0xbb;
}

const INCOMPLETE = -1;
const STRAY = -2;
