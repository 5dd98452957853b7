/** Hands a piece on, telling the sink's own errors from a damaged file's. */
import type { Piece } from '../model/piece.ts';
import { type Context, SinkError } from './context.ts';
import { decodedPiece } from './percent.ts';

export function guardedPiece(context: Context, piece: Piece): void {
  if (piece.text.length === 0) return;
  const decoded = decodedPiece(context, piece);
  try {
    context.sink.piece(piece);
    if (decoded) context.sink.piece(decoded);
  } catch (error) {
    throw new SinkError(error);
  }
}
