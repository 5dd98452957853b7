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
  /** Text of one place, not yet encoded: encoding tag by tag would cost more than parsing. */
  let pending = '';
  let pendingPlace = 0;

  function settle(): void {
    if (pending === '') return;
    const bytes = encoder.encode(pending);
    if (blank && pending.trim() !== '') blank = false;
    starts.push(length);
    places.push(pendingPlace);
    parts.push(bytes);
    length += bytes.length;
    pending = '';
  }

  function flush(): void {
    settle();
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

  function append(text: string, place: number): void {
    if (place !== pendingPlace) settle();
    pendingPlace = place;
    pending += text;
    // A newline is where a piece may end: nothing reaches across.
    if (length + pending.length >= context.limits.pieceBytes && text.endsWith('\n')) flush();
  }

  return {
    add(text, place) {
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
}
