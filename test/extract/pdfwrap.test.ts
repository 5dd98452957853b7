/** Cells of a drawn table that take more than one line. */
import { expect, test } from 'vitest';
import { type Drawn, layOut } from '../../src/extract/pdflayout.ts';

const SIZE = 10;
const COLUMNS = [40, 100, 220];

/** Lines of cells, `null` where a line has none; `y` of each line. */
function drawn(lines: readonly (readonly [number, ...(string | null)[]])[]): Drawn[] {
  return lines.flatMap(([y, ...cells]) =>
    cells.flatMap((text, at) =>
      text === null ? [] : [{ text, x: COLUMNS[at] ?? 0, y, width: text.length * 5, size: SIZE }],
    ),
  );
}

function rowsOf(lines: Parameters<typeof drawn>[0]): unknown {
  const [block] = layOut(drawn(lines));
  return block?.kind === 'table' ? block.rows : block;
}

test('an address and a number that wrap in their cells are whole, words stay words', () => {
  expect(
    rowsOf([
      [0, 'No.', 'Name', 'Contact'],
      [30, '1', 'Ann Example', 'ann.example@exa'],
      [42, null, 'Long', 'mple.org'],
      [72, '2', 'Bob', '3-8001-61206-'],
      [84, null, null, '65-1'],
      [114, '3', 'Cid', '44030519870'],
      [126, null, null, '2264139'],
    ]),
  ).toEqual([
    ['No.', 'Name', 'Contact'],
    ['1', 'Ann Example Long', 'ann.example@example.org'],
    ['2', 'Bob', '3-8001-61206-65-1'],
    ['3', 'Cid', '440305198702264139'],
  ]);
});

test('two numbers of one length below each other in a cell stay two', () => {
  expect(
    rowsOf([
      [0, '1', 'Ann', '91230001'],
      [12, null, null, '91230002'],
      [40, '2', 'Bob', '91230003'],
      [80, '3', 'Cid', '91230004'],
    ]),
  ).toEqual([
    ['1', 'Ann', '91230001 91230002'],
    ['2', 'Bob', '91230003'],
    ['3', 'Cid', '91230004'],
  ]);
});

test('rows at even distances stay rows, though their first cell is empty', () => {
  expect(
    rowsOf([
      [0, 'North', 'Ann', '91230001'],
      [14, null, 'Bob', '91230002'],
      [28, 'South', 'Cid', '91230003'],
      [42, null, 'Dan', '91230004'],
    ]),
  ).toHaveLength(4);
});

test('a cell of three lines at the end of a table belongs to it', () => {
  expect(
    rowsOf([
      [0, '1', 'Ann', 'ann@example.org'],
      [40, '2', 'Bob', 'bob@example.org'],
      [80, '3', 'Cid', 'cid@'],
      [92, null, null, 'example.'],
      [104, null, null, 'org'],
    ]),
  ).toEqual([
    ['1', 'Ann', 'ann@example.org'],
    ['2', 'Bob', 'bob@example.org'],
    ['3', 'Cid', 'cid@example.org'],
  ]);
});
