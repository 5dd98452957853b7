/** Running text that a parser strings together from parts of a file, with the place of each part. */
import type { Place } from '../model/piece.ts';
import { type Context, placePrefix } from './context.ts';
import { guardedPiece } from './emit.ts';
import { withoutBorders } from './text.ts';

export interface Prose {
  /** Appends text that stands in `place` of the file (a line, a paragraph). */
  add(text: string, place: number): void;
  end(): void;
}

/** `unit` is the word for a place: `line`, `paragraph`. */
export function openProse(context: Context, unit: string): Prose {
  const encoder = new TextEncoder();
  let parts: Uint8Array[] = [];
  let starts: number[] = [];
  let places: number[] = [];
  let length = 0;
  let blank = true;

  function flush(): void {
    const text = Buffer.concat(parts);
    const from = starts;
    const at = places;
    parts = [];
    starts = [];
    places = [];
    length = 0;
    if (blank) return;
    blank = true;
    const prefix = placePrefix(context);
    let part = 0;
    const locate = (offset: number): Place => {
      if (offset < (from[part] ?? 0)) part = 0;
      while (part + 1 < from.length && (from[part + 1] ?? 0) <= offset) part += 1;
      return { label: `${prefix}${unit} ${at[part] ?? 0}`, row: null, column: null };
    };
    guardedPiece(context, { text: withoutBorders(text), locate });
  }

  return {
    add(text, place) {
      if (text === '') return;
      // A newline between two parts is a place where a piece may end: nothing reaches across.
      if (length >= context.limits.pieceBytes && text.startsWith('\n')) flush();
      let from = 0;
      let line = place;
      for (
        let end = text.indexOf('\n');
        unit === 'line' && end !== -1;
        end = text.indexOf('\n', from)
      ) {
        append(text.slice(from, end + 1), line);
        from = end + 1;
        line += 1;
      }
      if (from < text.length) append(text.slice(from), line);
    },
    end: flush,
  };

  function append(text: string, place: number): void {
    const bytes = encoder.encode(text);
    starts.push(length);
    places.push(place);
    parts.push(bytes);
    length += bytes.length;
    if (blank && text.trim() !== '') blank = false;
    if (length >= context.limits.pieceBytes && text.endsWith('\n')) flush();
  }
}
