/** Passport lines that stand in cells of their own. The specimen is of ICAO Doc 9303, part 4. */
import { expect, test } from 'vitest';
import { extractBytes } from '../kit/pieces.ts';

const FIRST = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<';
const SECOND = 'L898902C36UTO7408122F1204159ZE184226B<<<<<10';

async function joined(content: string): Promise<readonly string[]> {
  const { cells } = await extractBytes(content);
  return cells.filter(({ text }) => text === `${FIRST}\n${SECOND}`).map(({ label }) => label);
}

test('two fields of a record are handed on below each other, in the place of the first', async () => {
  const places = await joined(JSON.stringify([{ id: 1, line1: FIRST, line2: SECOND, x: 'y' }]));
  expect(places).toEqual(['$[0].line1']);
});

test('so are two columns of a table', async () => {
  const rows = Array.from({ length: 3 }, (_, at) => `${at},${FIRST},${SECOND}`);
  expect(await joined(`id,first,second\n${rows.join('\n')}\n`)).toHaveLength(3);
});

test('lines of different length, and codes that only look alike, stay alone', async () => {
  const other = JSON.stringify([
    { a: FIRST.slice(0, 36), b: SECOND },
    { a: 'X'.repeat(44), b: SECOND },
  ]);
  const { cells } = await extractBytes(other);
  expect(cells.filter(({ text }) => text.includes('\n'))).toEqual([]);
});
