/** Paragraphs of a document → running text, each with its place in words. */
import type { Place } from '../model/piece.ts';
import { type Context, placePrefix } from './context.ts';
import { guardedPiece } from './emit.ts';
import { withoutBorders } from './text.ts';

export interface Passages {
  /** A paragraph and its place: `paragraph 12`, `comment 1`. */
  add(text: string, label: string): void;
  end(): void;
}

/** Between two words of a paragraph that is longer than a piece; never between two digits. */
const LOOSE_SPACE = /(?<!\d)\s|\s(?!\d)/g;

export function openPassages(context: Context): Passages {
  const encoder = new TextEncoder();
  const prefix = placePrefix(context);
  const most = context.limits.pieceBytes;
  let parts: Uint8Array[] = [];
  let starts: number[] = [];
  let labels: string[] = [];
  let length = 0;

  function flush(): void {
    if (length === 0) return;
    const text = withoutBorders(Buffer.concat(parts));
    const from = starts;
    const named = labels;
    parts = [];
    starts = [];
    labels = [];
    length = 0;
    let part = 0;
    const locate = (offset: number): Place => {
      if (offset < (from[part] ?? 0)) part = 0;
      while (part + 1 < from.length && (from[part + 1] ?? 0) <= offset) part += 1;
      return { label: prefix + (named[part] ?? ''), row: null, column: null };
    };
    guardedPiece(context, { text, locate });
  }

  function append(text: string, label: string): void {
    const bytes = encoder.encode(`${text}\n`);
    if (length > 0 && length + bytes.length > most) flush();
    parts.push(bytes);
    starts.push(length);
    labels.push(label);
    length += bytes.length;
  }

  return {
    add(text, label) {
      if (text.trim() === '') return;
      let rest = text;
      while (rest.length > most) {
        LOOSE_SPACE.lastIndex = most >> 1;
        const found = LOOSE_SPACE.exec(rest)?.index ?? most;
        const cut = found > most ? most : found + 1;
        append(rest.slice(0, cut), label);
        rest = rest.slice(cut);
      }
      append(rest, label);
    },
    end: flush,
  };
}
