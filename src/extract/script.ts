/**
 * Program text → the JSON in it and the text around it: `window.__STATE__ = {…}`, `callback([…])`,
 * `export default {…}`, a JSON script element of a page. Values that are JavaScript and no JSON stay
 * text, which is searched too, without columns.
 */
import type { Context } from './context.ts';
import { lookAtJson } from './json.ts';
import { Paths } from './jsonpath.ts';
import { JsonReader } from './jsonreader.ts';
import { openProse } from './prose.ts';

/** Shorter values are settings, and say as much as text. */
const MIN_VALUE = 16;
const MAX_VALUES = 2_000;
/** Characters of one value. */
const MAX_LOOK = 32 * 1024 * 1024;
const START = /(?:[=(:,[]|\breturn|\bdefault|^)\s*(?=[[{]\s*(?:["[{\]}]|-?\d))/g;

/** Reads the JSON values of `source`; gives what lies between them to `between`, with its line. */
export function readScript(
  context: Context,
  source: string,
  firstLine: number,
  between: (text: string, line: number) => void,
): void {
  const paths = new Paths(context);
  const encoder = new TextEncoder();
  let at = 0;
  let line = firstLine;
  let found = 0;
  // Brackets that are never closed are looked at again from each of them; that must not add up.
  let patience = source.length * 4 + 100_000;
  const skip = (to: number) => {
    const text = source.slice(at, to);
    between(text, line);
    line += lines(text);
    at = to;
  };
  START.lastIndex = 0;
  for (
    let match = START.exec(source);
    match && found < MAX_VALUES && patience > 0;
    match = START.exec(source)
  ) {
    const start = match.index + match[0].length;
    const end = valueEnd(source, start);
    patience -= end === -1 ? Math.min(source.length - start, MAX_LOOK) : 0;
    START.lastIndex = Math.max(START.lastIndex, match.index + 1);
    if (end === -1) continue;
    const bytes = encoder.encode(source.slice(start, end));
    if (end - start < MIN_VALUE || lookAtJson(bytes, context).stop !== null) continue;
    skip(start);
    const reader = new JsonReader(bytes, context, { sequence: false, paths, firstLine: line });
    reader.run();
    reader.flush();
    found += 1;
    line += lines(source.slice(start, end));
    at = end;
    START.lastIndex = end;
  }
  skip(source.length);
}

function lines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** Offset behind the bracket that closes the one at `start`; -1 when it is never closed or nested too oddly for data. */
function valueEnd(source: string, start: number): number {
  let depth = 0;
  const limit = Math.min(source.length, start + MAX_LOOK);
  for (let at = start; at < limit; at += 1) {
    const char = source[at];
    if (char === '"') {
      const quote = stringEnd(source, at + 1);
      if (quote === -1) return -1;
      at = quote;
    } else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (char === "'" || char === '`' || char === ';' || char === '=') return -1;
  }
  return -1;
}

function stringEnd(source: string, from: number): number {
  for (let at = from; at < source.length; at += 1) {
    const char = source[at];
    if (char === '\\') at += 1;
    else if (char === '"') return at;
    else if (char === '\n') return -1;
  }
  return -1;
}

/** Reads a program of decoded UTF-8: its JSON as JSON, the rest as text. */
export function readScriptFile(context: Context, bytes: Uint8Array): void {
  const prose = openProse(context, 'line');
  readScript(context, new TextDecoder().decode(bytes), 1, (text, line) => prose.add(text, line));
  prose.end();
}
