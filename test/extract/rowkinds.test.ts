import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { extract } from '../../src/extract/index.ts';
import { DEFAULT_LIMITS } from '../../src/model/limits.ts';
import { CELL, type Piece, ROW } from '../../src/model/piece.ts';

const CELL_SIGN = String.fromCharCode(CELL);
const ROW_SIGN = String.fromCharCode(ROW);

/** The pieces of some lines of JSON. */
async function piecesOf(lines: readonly object[], pieceBytes = 1_000_000): Promise<Piece[]> {
  const bytes = Buffer.from(lines.map((line) => JSON.stringify(line)).join('\n'));
  const pieces: Piece[] = [];
  await extract(
    { name: 'app.ndjson', sizeBytes: bytes.length, parts: [{ start: 0, bytes }] },
    { piece: (piece) => pieces.push(piece), gap: (gap) => expect.fail(gap.detail) },
    { ...DEFAULT_LIMITS, pieceBytes },
  );
  return pieces;
}

function rowsOf({ text }: Piece): string[][] {
  const rows = Buffer.from(text).toString().split(ROW_SIGN);
  return rows.map((row) => row.split(CELL_SIGN));
}

/** Holds what a grid says against what `locate` says, cell by cell. */
function holdGrid(piece: Piece): void {
  const { grid } = piece;
  if (!grid) throw new Error('no grid');
  let offset = 0;
  for (const [row, cells] of rowsOf(piece).entries()) {
    for (const [cell, text] of cells.entries()) {
      const place = piece.locate(offset);
      expect([place.row, place.column]).toEqual([grid.firstRow + row, grid.column(cell)]);
      offset += Buffer.byteLength(text) + 1;
    }
  }
}

const request = (n: number) => ({ at: `t${n}`, path: `/p/${n}`, ms: n });
const sign = (n: number) => ({ at: `t${n}`, user: `u${n}`, phone: `9123${1000 + n}` });

test('lines of two kinds in turns become tables, each with its rows in order', async () => {
  const lines = Array.from({ length: 200 }, (_, n) => (n % 3 === 0 ? sign(n) : request(n)));
  const pieces = await piecesOf(lines);
  expect(pieces).toHaveLength(2);
  for (const piece of pieces) holdGrid(piece);
  const [signs, requests] = pieces.map(rowsOf);
  expect(signs).toEqual(lines.filter((_, n) => n % 3 === 0).map((line) => Object.values(line)));
  expect(requests).toHaveLength(133);
  expect(pieces[0]?.locate(0).label).toBe('line 1 $.at');
});

test('small pieces of a kind go on with the same columns, and no row is numbered twice', async () => {
  const lines = Array.from({ length: 300 }, (_, n) => (n % 2 === 0 ? sign(n) : request(n)));
  const pieces = await piecesOf(lines, 400);
  expect(pieces.length).toBeGreaterThan(10);
  for (const piece of pieces) holdGrid(piece);
  const columns = pieces.map(({ grid }) => [0, 1, 2].map((cell) => grid?.column(cell).index));
  expect(new Set(columns.map((three) => three.join())).size).toBe(2);
  const numbers = pieces.flatMap((piece) =>
    rowsOf(piece).map((_, row) => (piece.grid?.firstRow ?? 0) + row),
  );
  expect(new Set(numbers).size).toBe(300);
});

test('of more kinds than are held the others share pieces, and none is lost', async () => {
  const lines = Array.from({ length: 240 }, (_, n) => ({ at: n, [`key${n % 12}`]: `v${n}` }));
  const pieces = await piecesOf(lines);
  expect(pieces.filter(({ grid }) => grid)).toHaveLength(8);
  expect(pieces.filter(({ grid }) => !grid)).toHaveLength(1);
  const found = pieces.flatMap(rowsOf).map(([, value]) => value);
  expect(new Set(found)).toEqual(new Set(lines.map((_, n) => `v${n}`)));
});
