/**
 * Long lists on one page: the first rows are markup, the rest lies packed beside them until
 * somebody asks for it.
 *
 * 100,000 findings as markup are half a gigabyte that no browser opens. Packed (gzip, base64) in
 * script elements of a type that browsers do not run, they are a file that opens in a second; the
 * page's script unpacks a portion with DecompressionStream and puts it in its place. The markup
 * in a portion comes from the same templates, so it is escaped in the same way.
 */
import { gzipSync } from 'node:zlib';
import type { Locale } from '../locale.ts';
import { html, type Markup, trusted } from './markup.ts';

export interface LongList<T> {
  readonly items: readonly T[];
  /** How many stand on the page as they are. */
  readonly shown: number;
  /** How many are unpacked at once. */
  readonly portion: number;
  readonly render: (item: T) => Markup;
  /** Severity, id and words to search by, for rows that can be filtered and linked to. */
  readonly index?: (item: T) => readonly [level: string, id: string, words: string];
}

/** Level 6 is a third smaller than 1; above 6 costs time and saves next to nothing here. */
const LEVEL = 6;

/** Elements that stand where the rows belong; each portion takes the place of its own. */
export function inPortions<T>({ items, shown, portion, render, index }: LongList<T>): Markup {
  const first = items.slice(0, shown).map(render);
  if (items.length <= shown) return html`${first}`;
  const packed: Markup[] = [];
  const entries: (readonly (readonly string[])[])[] = [];
  for (let from = shown; from < items.length; from += portion) {
    const part = items.slice(from, from + portion);
    const text = part.map((item) => render(item).markup).join('');
    packed.push(packedScript('portion', String(part.length), text));
    if (index) entries.push(part.map(index));
  }
  const known = index ? packedScript('index', '', JSON.stringify(entries)) : null;
  return html`${first}${packed}${known}`;
}

function packedScript(kind: string, count: string, text: string): Markup {
  const packed = gzipSync(text, { level: LEVEL }).toString('base64');
  return html`<script type="application/gzip" class="${kind}" data-n="${count}">${trusted(packed)}</script>`;
}

/**
 * What stands below a list of which `rest` rows lie packed: a button, hidden until the script runs;
 * without a script, and on paper, a sentence that names the `file` which has them.
 */
export function moreBelow(rest: number, file: string, { words }: Locale): Markup | null {
  if (rest <= 0) return null;
  const { noScript } = words.page;
  const sentence = noScript(words.count(rest), file);
  return html`<p class="more" hidden><button type="button"></button></p><p class="paper" data-text="${noScript('{n}', file)}">${sentence}</p><noscript><p class="list-note late">${sentence}</p></noscript>`;
}
