/** Files that other programs wrote (cases/make.py), and what must come out of each. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recognise } from '../../src/extract/index.ts';
import { extractBytes } from '../kit/pieces.ts';

const CASES = join(import.meta.dirname, 'cases');
const names = readdirSync(CASES).filter((name) => existsSync(join(CASES, name, 'source')));

async function outcome(name: string): Promise<unknown> {
  const source = readFileSync(join(CASES, name, 'source'));
  const { cells, gaps } = await extractBytes(source, {}, 'source');
  return {
    format: recognise(source, 'source'),
    cells: cells.map(({ text, label, column, row }) => ({ text, label, column, row })),
    gaps,
  };
}

test.each(names)('%s comes out as expected', async (name) => {
  const file = join(CASES, name, 'expected.json');
  const found = await outcome(name);
  if (process.env.UPDATE_CASES === '1') writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
  expect(found).toEqual(JSON.parse(readFileSync(file, 'utf8')));
});
