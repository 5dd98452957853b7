/** One page of a PDF: its drawn strings, its form fields and notes. */
import type { ReadableStreamReadResult } from 'node:stream/web';
import type { PDFPageProxy } from 'pdfjs-dist';
import type { Drawn } from './pdflayout.ts';

export interface PageText {
  /** Strings by the way they run: upright first, then turned ones. */
  readonly runs: readonly (readonly Drawn[])[];
  /** Characters, spaces left out. */
  readonly characters: number;
  /** There was more, or the time was over. */
  readonly cut: boolean;
}

interface Item {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
  readonly height: number;
  readonly fontName: string;
}

/** What the library hands on at a time. */
interface Content {
  readonly items: readonly Item[];
  readonly styles: Readonly<Record<string, { readonly vertical?: boolean }>>;
}

/** Above that many strings a page is a map or an attack. */
const MAX_STRINGS = 200_000;

/** `leftMs`: milliseconds until it gives up and says so with an error. */
export async function pageText(page: PDFPageProxy, leftMs: () => number): Promise<PageText> {
  const reader = page.streamTextContent().getReader();
  const byTurn = new Map<number, Drawn[]>();
  let characters = 0;
  let strings = 0;
  for (;;) {
    const { done, value } = (await reader.read()) as ReadableStreamReadResult<Content>;
    if (done) break;
    for (const item of value.items) {
      if (typeof item.str !== 'string' || item.str.trim() === '') continue;
      // Letters of a font that does not say which they are come out as private signs: such a page is a picture.
      characters += item.str.replace(/[\s\p{Co}\p{Cc}\ufffd]+/gu, '').length;
      strings += 1;
      const vertical = value.styles[item.fontName]?.vertical === true;
      const { turn, drawn } = turned(item, vertical);
      const run = byTurn.get(turn);
      if (run) run.push(drawn);
      else byTurn.set(turn, [drawn]);
    }
    if (strings < MAX_STRINGS && leftMs() > 0) continue;
    await reader.cancel(new Error('no more is wanted'));
    break;
  }
  const runs = [...byTurn].sort(([one], [other]) => one - other).map(([, run]) => run);
  return { runs, characters, cut: strings >= MAX_STRINGS || leftMs() <= 0 };
}

/** `turn` in quarters; 4 is vertical writing, whose lines go from right to left. */
function turned(item: Item, vertical: boolean): { readonly turn: number; readonly drawn: Drawn } {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = item.transform;
  const size = Math.hypot(c, d) || Math.hypot(a, b) || 1;
  const text = item.str;
  if (vertical) {
    return { turn: 4, drawn: { text, x: -f, y: -e, width: item.height, size } };
  }
  const turn = ((Math.round(Math.atan2(b, a) / (Math.PI / 2)) % 4) + 4) % 4;
  const at = [
    { x: e, y: -f },
    { x: f, y: e },
    { x: -e, y: f },
    { x: -f, y: -e },
  ][turn] ?? { x: e, y: -f };
  return { turn, drawn: { text, ...at, width: item.width, size } };
}

export interface PageNotes {
  readonly fields: readonly (readonly [name: string, text: string])[];
  /** Comments, free text, link targets. */
  readonly notes: readonly string[];
  /** Attached where a pin stands; the document gives the contents by the id. */
  readonly files: readonly { readonly name: string; readonly id: string }[];
}

/** What the library gives of an annotation; all of it may be missing or odd. */
interface Annotation {
  readonly fieldName?: unknown;
  readonly fieldValue?: unknown;
  readonly alternativeText?: unknown;
  readonly contentsObj?: { readonly str?: unknown };
  readonly titleObj?: { readonly str?: unknown };
  readonly richText?: { readonly str?: unknown };
  readonly url?: unknown;
  readonly unsafeUrl?: unknown;
  readonly fileId?: unknown;
  readonly file?: { readonly filename?: unknown };
}

export async function pageNotes(page: PDFPageProxy): Promise<PageNotes> {
  const annotations = (await page.getAnnotations()) as readonly Annotation[];
  const fields: (readonly [string, string])[] = [];
  const notes = new Set<string>();
  const files: { name: string; id: string }[] = [];
  const note = (text: unknown) => {
    if (typeof text === 'string' && text.trim() !== '') notes.add(text.trim());
  };
  for (const one of annotations) {
    const value = Array.isArray(one.fieldValue) ? one.fieldValue.join(', ') : one.fieldValue;
    if (typeof value === 'string' && value.trim() !== '') {
      fields.push([fieldName(one), value.trim()]);
    }
    note(one.contentsObj?.str);
    note(one.titleObj?.str);
    note(one.richText?.str);
    note(one.url ?? one.unsafeUrl);
    if (typeof one.fileId === 'string') {
      files.push({ name: String(one.file?.filename ?? 'attachment'), id: one.fileId });
    }
  }
  return { fields, notes: [...notes], files };
}

/** What the form calls the field for people, else its name inside. */
function fieldName({ alternativeText, fieldName: name }: Annotation): string {
  const shown = typeof alternativeText === 'string' && alternativeText.trim() !== '';
  return String(shown ? alternativeText : (name ?? ''))
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
}
