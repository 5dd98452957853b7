/** JSON strings on bytes: where they end, and what they say. */
import type { RowBuffer } from './cells.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Offset of the closing quote of the string whose first byte is at `start`; -1 without one. */
export function stringEnd(bytes: Uint8Array, start: number): number {
  const length = bytes.length;
  for (let at = start; at < length; at += 1) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) return at;
    if (byte === BACKSLASH) at += 1;
  }
  return -1;
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** The four hex digits at `at`; -1 when they are not. */
function codeUnit(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let next = at; next < at + 4; next += 1) {
    const digit = hexDigit(bytes[next] ?? 0);
    if (digit === -1) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/** Control signs decode to a space: none belongs in a cell, and two are borders. */
function simpleEscape(byte: number): number {
  return byte === QUOTE || byte === BACKSLASH || byte === 0x2f ? byte : 0x20;
}

/** Appends the decoded string `start`..`end` (its quotes outside). */
export function appendString(row: RowBuffer, bytes: Uint8Array, start: number, end: number): void {
  let from = start;
  for (let at = start; at < end; at += 1) {
    if (bytes[at] !== BACKSLASH) continue;
    row.copy(bytes, from, at);
    const kind = bytes[at + 1] ?? QUOTE;
    if (kind === 0x75) at = appendUnicode(row, bytes, at);
    else {
      row.byte(kind === 0x6e ? 0x0a : simpleEscape(kind));
      at += 1;
    }
    from = at + 1;
  }
  if (from < end) row.copy(bytes, from, end);
}

/** Appends the character of the escape at `at`; returns the offset of its last byte. */
function appendUnicode(row: RowBuffer, bytes: Uint8Array, at: number): number {
  const unit = codeUnit(bytes, at + 2);
  if (unit === -1) {
    row.byte(0x3f);
    return at + 1;
  }
  if (unit >= 0xd800 && unit < 0xdc00 && bytes[at + 6] === BACKSLASH && bytes[at + 7] === 0x75) {
    const low = codeUnit(bytes, at + 8);
    if (low >= 0xdc00 && low < 0xe000) {
      appendCodePoint(row, 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00));
      return at + 11;
    }
  }
  appendCodePoint(row, unit >= 0xd800 && unit < 0xe000 ? 0x3f : unit);
  return at + 5;
}

function appendCodePoint(row: RowBuffer, code: number): void {
  if (code < 0x80) {
    row.byte(code < 0x20 && code !== 0x0a ? 0x20 : code);
  } else if (code < 0x800) {
    row.byte(0xc0 | (code >> 6));
    row.byte(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    row.byte(0xe0 | (code >> 12));
    row.byte(0x80 | ((code >> 6) & 0x3f));
    row.byte(0x80 | (code & 0x3f));
  } else {
    row.byte(0xf0 | (code >> 18));
    row.byte(0x80 | ((code >> 12) & 0x3f));
    row.byte(0x80 | ((code >> 6) & 0x3f));
    row.byte(0x80 | (code & 0x3f));
  }
}
