/** Hands a piece on, telling the sink's own errors from a damaged file's. */
import type { Piece } from '../model/piece.ts';
import { type Context, SinkError } from './context.ts';
import { machineLines } from './machinelines.ts';
import { decodedPiece } from './percent.ts';

export function guardedPiece(context: Context, piece: Piece): void {
  if (piece.text.length === 0) return;
  const more = [decodedPiece(context, piece), machineLines(piece)];
  try {
    context.sink.piece(piece);
    for (const one of more) if (one) context.sink.piece(one);
  } catch (error) {
    throw new SinkError(error);
  }
}
