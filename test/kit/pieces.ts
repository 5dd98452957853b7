/** Runs extraction and collects what it gives, cell by cell. */
import { extract } from '../../src/extract/index.ts';
import type { ExtractionGap, ObjectBytes } from '../../src/model/extraction.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/model/limits.ts';
import { CELL, type Piece, ROW } from '../../src/model/piece.ts';

export interface Cell {
  readonly text: string;
  readonly label: string;
  readonly row: number | null;
  readonly column: string | null;
  readonly index: number | null;
}

export interface Extracted {
  readonly pieces: readonly Piece[];
  readonly cells: readonly Cell[];
  readonly gaps: readonly ExtractionGap[];
}

export function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

/** The non-empty cells of a piece; running text is one cell. */
function cellsOf(piece: Piece): Cell[] {
  const cells: Cell[] = [];
  let from = 0;
  for (let at = 0; at <= piece.text.length; at += 1) {
    const byte = piece.text[at];
    if (at < piece.text.length && byte !== CELL && byte !== ROW) continue;
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      piece.text.subarray(from, at),
    );
    if (text.trim() !== '') {
      const place = piece.locate(from);
      const column = place.column?.name ?? null;
      const index = place.column?.index ?? null;
      cells.push({ text, label: place.label, row: place.row, column, index });
    }
    from = at + 1;
  }
  return cells;
}

export async function extractObject(
  object: ObjectBytes,
  limits: Partial<Limits> = {},
): Promise<Extracted> {
  const pieces: Piece[] = [];
  const cells: Cell[] = [];
  const gaps: ExtractionGap[] = [];
  const sink = {
    piece(piece: Piece): void {
      pieces.push(piece);
      for (const cell of cellsOf(piece)) cells.push(cell);
    },
    gap(gap: ExtractionGap): void {
      gaps.push(gap);
    },
  };
  await extract(object, sink, { ...DEFAULT_LIMITS, ...limits });
  return { pieces, cells, gaps };
}

export function extractBytes(
  content: string | Uint8Array,
  limits: Partial<Limits> = {},
  name = 'file',
): Promise<Extracted> {
  const bytes = bytesOf(content);
  const parts = [{ start: 0, bytes }];
  return extractObject({ name, sizeBytes: bytes.length, parts }, limits);
}
