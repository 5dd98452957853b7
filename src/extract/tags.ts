/**
 * Markup as a run of tags, texts and comments. Forgiving as browsers are: what is no tag is text,
 * what never closes ends with the file.
 */
import { decodeEntities } from './entities.ts';

export interface Tag {
  /** Lower case, prefix included: `td`, `w:tc`. */
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly closing: boolean;
  /** `<br/>`. */
  readonly empty: boolean;
}

/** `at` is an offset in the text, ascending. */
export interface MarkupEvents {
  tag(tag: Tag, at: number): void;
  text(text: string, at: number): void;
  comment(text: string, at: number): void;
}

/** Elements of HTML whose content is no markup. */
const RAW = new Set(['script', 'style', 'textarea', 'title', 'xmp']);
const MAX_TAG = 1_000_000;
const MAX_ATTRIBUTES = 1_000;

export function readTags(source: string, html: boolean, events: MarkupEvents): void {
  let at = 0;
  while (at < source.length) {
    const open = source.indexOf('<', at);
    const end = open === -1 ? source.length : open;
    if (end > at) events.text(decodeEntities(source.slice(at, end)), at);
    if (open === -1) return;
    at = readAt(source, open, html, events);
  }
}

/** Reads what begins with the `<` at `open`; returns the offset behind it. */
function readAt(source: string, open: number, html: boolean, events: MarkupEvents): number {
  if (source.startsWith('<!--', open)) {
    return until(source, open + 4, '-->', (text) => events.comment(text, open));
  }
  if (source.startsWith('<![CDATA[', open)) {
    return until(source, open + 9, ']]>', (text) => events.text(text, open));
  }
  const next = source[open + 1] ?? '';
  if (next === '?' || next === '!') return until(source, open + 2, '>', () => {});
  const closing = next === '/';
  if (!/[a-z_\u0080-\uffff]/i.test(source[open + (closing ? 2 : 1)] ?? '')) {
    events.text('<', open);
    return open + 1;
  }
  const { tag, end } = readTag(source, open + (closing ? 2 : 1), closing);
  events.tag(tag, open);
  if (!html || closing || tag.empty || !RAW.has(tag.name)) return end;
  const close = rawEnd(source, tag.name, end);
  const text = source.slice(end, close);
  events.text(tag.name === 'script' || tag.name === 'style' ? text : decodeEntities(text), end);
  return close;
}

function until(source: string, from: number, mark: string, take: (text: string) => void): number {
  const end = source.indexOf(mark, from);
  take(source.slice(from, end === -1 ? source.length : end));
  return end === -1 ? source.length : end + mark.length;
}

const CLOSING: ReadonlyMap<string, RegExp> = new Map(
  [...RAW].map((name) => [name, new RegExp(`</${name}`, 'gi')] as const),
);

/** Offset of the tag that closes a raw element; the length without one. */
function rawEnd(source: string, name: string, from: number): number {
  const pattern = CLOSING.get(name);
  if (pattern === undefined) return source.length;
  pattern.lastIndex = from;
  return pattern.exec(source)?.index ?? source.length;
}

const NAME = /[^\s/>=]+/y;
const SPACE = /[\s/]+/y;
const VALUE = /\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*))/y;

function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}

function readTag(
  source: string,
  from: number,
  closing: boolean,
): { readonly tag: Tag; readonly end: number } {
  const limit = Math.min(source.length, from + MAX_TAG);
  const name = (matchAt(NAME, source, from)?.[0] ?? '').slice(0, 200).toLowerCase();
  const attributes: [string, string][] = [];
  let at = from + (matchAt(NAME, source, from)?.[0].length ?? 0);
  while (at < limit && source[at] !== '>') {
    const space = matchAt(SPACE, source, at);
    if (space) {
      at += space[0].length;
      continue;
    }
    const found = matchAt(NAME, source, at);
    if (!found) {
      at += 1;
      continue;
    }
    at += found[0].length;
    const value = matchAt(VALUE, source, at);
    if (value) at += value[0].length;
    if (attributes.length >= MAX_ATTRIBUTES) continue;
    attributes.push([
      found[0].toLowerCase(),
      decodeEntities(value?.[1] ?? value?.[2] ?? value?.[3] ?? ''),
    ]);
  }
  const empty = source[at - 1] === '/';
  return { tag: { name, attributes, closing, empty }, end: Math.min(at + 1, source.length) };
}
