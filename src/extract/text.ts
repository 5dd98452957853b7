/** Running text → pieces, cut where no identifier can be cut: at line ends, else between words. */
import { Buffer } from 'node:buffer';
import { CELL, type Place, ROW } from '../model/piece.ts';
import { type Context, placePrefix } from './context.ts';
import { joined } from './decoder.ts';
import { guardedPiece } from './emit.ts';

/** Takes UTF-8 bytes in order; the caller keeps the arrays unchanged. */
export interface TextReader {
  push(bytes: Uint8Array): void;
  /** What follows comes from further on: `offset` is its byte in the object. */
  jump(offset: number): void;
  end(): void;
}

const NEWLINE = 10;
const SPACE = 32;

/** `firstLine`: where the text starts in its file. */
export function openText(context: Context, firstLine = 1): TextReader {
  const prefix = placePrefix(context);
  const target = context.limits.pieceBytes;
  let held: Uint8Array = new Uint8Array(0);
  let line = firstLine;
  let after = '';

  function emit(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const text = searchable(bytes);
    const piece = withoutBorders(text);
    const place = lineLocator(piece, line, (at) => `${prefix}line ${at}${after}`);
    guardedPiece(context, { text: piece, locate: place });
    for (let at = text.indexOf(NEWLINE); at !== -1; at = text.indexOf(NEWLINE, at + 1)) line += 1;
  }

  function drain(keep: number): void {
    let from = 0;
    while (held.length - from > keep) {
      const cut = cutAt(held, from, target);
      emit(held.subarray(from, cut));
      from = cut;
    }
    held = held.subarray(from);
  }

  return {
    push(bytes) {
      held = held.length === 0 ? bytes : joined(held, bytes);
      drain(target * 2);
    },
    jump(offset) {
      drain(0);
      line = 1;
      after = ` after byte ${offset}`;
    },
    end: () => drain(0),
  };
}

/** The same bytes as a buffer: it is searched for one of them in a tenth of the time. */
function searchable({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** A locator that counts lines forward from the last question. */
function lineLocator(
  text: Uint8Array,
  first: number,
  label: (line: number) => string,
): (offset: number) => Place {
  let at = 0;
  let line = first;
  return (offset) => {
    if (offset < at) {
      at = 0;
      line = first;
    }
    // The platform finds a line end ten times as fast as a loop over bytes.
    for (let next = text.indexOf(NEWLINE, at); next >= 0 && next < offset; ) {
      line += 1;
      next = text.indexOf(NEWLINE, next + 1);
    }
    at = Math.max(at, Math.min(offset, text.length));
    return { label: label(line), row: null, column: null };
  };
}

/** Border bytes that the file itself holds become spaces: in a piece they mean something. */
export function withoutBorders(bytes: Uint8Array): Uint8Array {
  const text = searchable(bytes);
  if (!text.includes(CELL) && !text.includes(ROW)) return text;
  return text.map((byte) => (byte === CELL || byte === ROW ? SPACE : byte));
}

/**
 * Where the piece that starts at `from` ends: after the last newline before the target; else at a
 * space that is not between two digits; else, in a text without either, between two characters of
 * which neither is an ASCII letter, digit or sign that identifiers are written with.
 */
function cutAt(text: Uint8Array, from: number, target: number): number {
  const ideal = from + target;
  if (ideal >= text.length) return text.length;
  const newline = text.lastIndexOf(NEWLINE, ideal - 1);
  if (newline >= from + target / 2) return newline + 1;
  for (let at = ideal; at > from + target / 2; at -= 1) {
    if (text[at - 1] === SPACE && !(digit(text[at - 2]) && digit(text[at]))) return at;
  }
  for (let at = ideal; at > from + target / 2; at -= 1) {
    if (loose(text[at]) && loose(text[at - 1]) && ((text[at] ?? 0) & 0xc0) !== 0x80) return at;
  }
  return ideal;
}

function digit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function loose(byte: number | undefined): boolean {
  if (byte === undefined || byte === 0xef) return true;
  if (byte >= 0x80) return true;
  return !/[A-Za-z0-9 @._+()/-]/.test(String.fromCharCode(byte));
}
