/** Running text of one place, a page or a picture, → pieces. */
import { LimitError } from './budget.ts';
import type { Context } from './context.ts';
import { guardedPiece } from './emit.ts';
import { withoutBorders } from './text.ts';

const encoder = new TextEncoder();
const NEWLINE = 10;

/** `label` is the place of all of it. Throws {@link LimitError}. */
export function emitText(context: Context, text: string, label: string): void {
  const bytes = withoutBorders(encoder.encode(text));
  const limit = context.budget.spend(bytes.length);
  if (limit !== null) throw new LimitError(limit);
  const locate = () => ({ label, row: null, column: null });
  const { pieceBytes } = context.limits;
  for (let from = 0; from < bytes.length; ) {
    const line = bytes.lastIndexOf(NEWLINE, from + pieceBytes);
    const end =
      bytes.length - from <= pieceBytes ? bytes.length : line > from ? line + 1 : from + pieceBytes;
    guardedPiece(context, { text: bytes.subarray(from, end), locate });
    from = end;
  }
}
