/** JSON, NDJSON, GeoJSON → cells: the whole of a text, its head for a look, or ranges out of it. */
import { type Context, reportGap } from './context.ts';
import { joined } from './decoder.ts';
import { Paths } from './jsonpath.ts';
import { JsonReader, type JsonShape, type JsonStop } from './jsonreader.ts';
import { openProse } from './prose.ts';
import { openText, type TextReader } from './text.ts';

const NEWLINE = 10;
const SLASH = 0x2f;

/** Values read before the first stop, for a look at the head of a file. */
export interface JsonLook {
  readonly values: number;
  readonly stop: JsonStop | null;
}

/** Two values on the first two lines: NDJSON. */
export function isSequence(bytes: Uint8Array): boolean {
  const newline = bytes.indexOf(NEWLINE);
  if (newline === -1 || newline > 4 * 1024 * 1024) return false;
  const line = new TextDecoder().decode(bytes.subarray(0, newline)).trim();
  const rest = bytes.subarray(newline + 1, newline + 1000).find((byte) => byte > 0x20);
  if (rest !== 0x7b && rest !== 0x5b) return false;
  try {
    JSON.parse(line.replace(/^\u001e/, ''));
    return true;
  } catch {
    return false; // the first value goes on over the next lines
  }
}

/** How far the head of a text reads as JSON. */
export function lookAtJson(head: Uint8Array, context: Context): JsonLook {
  const silent: Context = {
    ...context,
    sink: { piece() {}, gap() {} },
    ids: { nextRow: 0, nextColumn: 0 },
  };
  const reader = new JsonReader(head, silent, { sequence: isSequence(head) });
  const stop = reader.run();
  return { values: reader.values, stop };
}

/** Reads a whole JSON text: UTF-8, without a byte order mark. */
export function readJson(context: Context, bytes: Uint8Array): void {
  if (isSequence(bytes)) {
    const lines = openJsonLines(context);
    lines.push(bytes);
    lines.end();
    return;
  }
  const reader = new JsonReader(bytes, context, { sequence: false });
  const stop = reader.run();
  reader.flush();
  if (stop === null) return;
  rest(context, bytes.subarray(stop.at), reader.line);
  if (bytes[stop.at] !== SLASH) reportStop(context, stop, reader.line);
}

/** Bytes of lines that are parsed together when they come as a stream. */
const WINDOW_BYTES = 4 * 1024 * 1024;

/** NDJSON as it comes. A line that is no JSON is read as text, and the next one is tried. */
export function openJsonLines(context: Context): TextReader {
  const paths = new Paths(context);
  const odd = openProse(context, 'line');
  let held: Uint8Array = new Uint8Array(0);
  let line = 1;
  let after = '';
  let oddLines = 0;

  function read(bytes: Uint8Array, ends: boolean): void {
    const shape = { sequence: true, paths, after, firstLine: line };
    const reader = new JsonReader(bytes, context, shape);
    for (let stop = reader.run(); stop !== null; stop = reader.run()) {
      const at = reader.line;
      if (stop.code === 'truncated') {
        if (ends) reportStop(context, stop, at);
        break;
      }
      oddLines += 1;
      const end = reader.skipLine(stop.at);
      odd.add(new TextDecoder().decode(bytes.subarray(stop.at, end)), at);
    }
    reader.flush();
    line = reader.line;
  }

  return {
    push(bytes) {
      held = held.length === 0 ? bytes : joined(held, bytes);
      if (held.length < WINDOW_BYTES) return;
      const cut = held.lastIndexOf(NEWLINE) + 1;
      if (cut === 0) return;
      read(held.subarray(0, cut), false);
      held = new Uint8Array(held.subarray(cut));
    },
    jump(offset) {
      read(held, false);
      held = new Uint8Array(0);
      line = 1;
      after = ` after byte ${offset}`;
    },
    end() {
      read(held, after === '');
      odd.end();
      if (oddLines === 0) return;
      const detail = `${oddLines} of its lines are not JSON; they were read as text. Check what writes the file.`;
      reportGap(context, 'malformed', detail);
    },
  };
}

/** A range of a large JSON text; `offset` is its byte in the object. Torn lines are off already. */
export interface JsonRange {
  readonly bytes: Uint8Array;
  readonly offset: number;
}

/**
 * Reads the head of a large JSON text and ranges further in. Lines of NDJSON are read as they are;
 * in one large array reading starts at the next border between two records.
 */
export function readJsonRanges(context: Context, ranges: readonly JsonRange[]): void {
  const [head, ...others] = ranges;
  if (head === undefined) return;
  if (isSequence(head.bytes)) {
    const lines = openJsonLines(context);
    for (const { bytes, offset } of ranges) {
      if (offset > 0) lines.jump(offset);
      lines.push(bytes);
    }
    lines.end();
    return;
  }
  const paths = new Paths(context);
  const reader = new JsonReader(head.bytes, context, { sequence: false, paths });
  const stop = reader.run();
  reader.flush();
  if (stop?.code === 'malformed') {
    rest(context, head.bytes.subarray(stop.at), reader.line);
    reportStop(context, stop, reader.line);
  }
  for (const { bytes, offset } of others) {
    const after = ` after byte ${offset}`;
    const shape = { sequence: false, paths, after, fragment: true, root: reader.record };
    readFragment(context, bytes, offset, shape);
  }
}

function readFragment(context: Context, bytes: Uint8Array, offset: number, shape: JsonShape): void {
  for (let at = 0; at < bytes.length; ) {
    const start = recordBorder(bytes, at);
    const between = openText(context);
    between.jump(offset + at);
    between.push(bytes.subarray(at, start));
    between.end();
    const reader = new JsonReader(bytes.subarray(start), context, shape);
    const stop = reader.run();
    reader.flush();
    if (stop === null || stop.code === 'truncated') return;
    at = start + Math.max(1, stop.at);
  }
}

/** Offset of the next `{` behind `},`; the length without one. */
function recordBorder(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0x7b, from); at !== -1; at = bytes.indexOf(0x7b, at + 1)) {
    let back = at - 1;
    while (back > from && ((bytes[back] ?? 0) <= 0x20 || bytes[back] === 0x2c)) back -= 1;
    if (bytes[back] === 0x7d) return at;
  }
  return bytes.length;
}

function rest(context: Context, bytes: Uint8Array, line: number): void {
  const text = openText(context, line);
  text.push(bytes);
  text.end();
}

function reportStop(context: Context, stop: JsonStop, line: number): void {
  const detail =
    stop.code === 'truncated'
      ? `The JSON ends in the middle, at line ${line}; what stands before was read. Upload it again whole.`
      : `The JSON breaks off at byte ${stop.at}, line ${line}; what follows was read as plain text.`;
  reportGap(context, stop.code, detail);
}
