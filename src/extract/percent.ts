/**
 * Percent-encoded values in text: `mail=ann%40example.org` in a log or a column of links is an
 * address, and no pattern finds it as it stands. Each is handed on once more as it reads, under its
 * parameter's name and in its own place; the text itself stays as it is, so that offsets hold.
 */
import { CELL, type Column, type Piece, type Place, ROW } from '../model/piece.ts';
import type { Context, Ids } from './context.ts';

const PERCENT = 0x25;
const MAX_VALUE = 2_000;
const MAX_NAMES = 1_000;
/** What ends a value on either side. */
const BORDERS: ReadonlySet<number> = new Set(
  [...' \t\r\n&?;#"\'<>=/,|()[]{}\\^`'].map((char) => char.charCodeAt(0)).concat(CELL, ROW),
);

const columns = new WeakMap<Ids, Map<string, Column>>();

interface Value {
  readonly name: string;
  readonly text: string;
  /** Where it starts in the piece. */
  readonly at: number;
}

/** The encoded values of a piece as a piece; null without any that could matter. */
export function decodedPiece(context: Context, piece: Piece): Piece | null {
  const text = Buffer.from(piece.text.buffer, piece.text.byteOffset, piece.text.length);
  if (text.indexOf(PERCENT) === -1) return null;
  const values = encodedValues(text);
  if (values.length === 0) return null;
  const parts: Buffer[] = [];
  const starts: number[] = [];
  let length = 0;
  for (const { text: value } of values) {
    const bytes = Buffer.from(value.replace(/[\x1e\x1f]/g, ' ') + String.fromCharCode(ROW));
    starts.push(length);
    parts.push(bytes);
    length += bytes.length;
  }
  const firstRow = context.ids.nextRow;
  context.ids.nextRow += values.length;
  const named = values.map(({ name }) => columnOf(context.ids, name));
  let at = 0;
  const locate = (offset: number): Place => {
    if (offset < (starts[at] ?? 0)) at = 0;
    while (at + 1 < starts.length && (starts[at + 1] ?? 0) <= offset) at += 1;
    const place = piece.locate(values[at]?.at ?? 0);
    return { label: place.label, row: place.row ?? firstRow + at, column: named[at] ?? null };
  };
  return { text: Buffer.concat(parts).subarray(0, length - 1), locate };
}

function columnOf(ids: Ids, name: string): Column {
  let known = columns.get(ids);
  if (!known) {
    known = new Map();
    columns.set(ids, known);
  }
  const key = known.size < MAX_NAMES ? name : '';
  const found = known.get(key);
  if (found) return found;
  const column = { index: ids.nextColumn, name: key };
  ids.nextColumn += 1;
  known.set(key, column);
  return column;
}

function encodedValues(text: Buffer): readonly Value[] {
  const values: Value[] = [];
  for (let at = text.indexOf(PERCENT); at !== -1; at = text.indexOf(PERCENT, at + 1)) {
    if (!isHex(text[at + 1]) || !isHex(text[at + 2])) continue;
    let start = at;
    while (start > 0 && at - start < MAX_VALUE && !BORDERS.has(text[start - 1] ?? 0)) start -= 1;
    let end = at + 3;
    while (end < text.length && end - at < MAX_VALUE && !BORDERS.has(text[end] ?? 0)) end += 1;
    const value = plain(text.toString('utf8', start, end));
    if (value !== null) values.push({ name: nameBefore(text, start), text: value, at: start });
    at = end;
  }
  return values;
}

/** Decoded, twice where it was encoded twice; null where nothing in it could be an identifier. */
function plain(text: string): string | null {
  try {
    let decoded = decodeURIComponent(text.replaceAll('+', ' '));
    if (/%[0-9a-f]{2}/i.test(decoded)) decoded = decodeURIComponent(decoded);
    return /@|\d[^\p{L}]*\d[^\p{L}]*\d/u.test(decoded) ? decoded : null;
  } catch {
    return null; // a percent sign that encodes nothing: the text stands as it is
  }
}

/** `mail` in `?mail=…`. */
function nameBefore(text: Buffer, start: number): string {
  if (text[start - 1] !== 0x3d) return '';
  const before = text.toString('latin1', Math.max(0, start - 60), start - 1);
  return /[\w.-]+$/.exec(before)?.[0] ?? '';
}

function isHex(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  const lower = byte | 0x20;
  return (byte >= 0x30 && byte <= 0x39) || (lower >= 0x61 && lower <= 0x66);
}
