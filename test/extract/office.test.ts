/** Documents and mails that other programs wrote (cases/office/make.py): each value, and where it must be found. */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recognise } from '../../src/extract/index.ts';
import { type Extracted, extractBytes } from '../kit/pieces.ts';

const CASES = join(import.meta.dirname, 'cases');
const VALUES: readonly string[] = Object.values(
  JSON.parse(readFileSync(join(CASES, 'office', 'ids.json'), 'utf8')) as Record<string, string>,
);

function sourceOf(name: string): string | undefined {
  const folder = join(CASES, name);
  if (!statSync(folder).isDirectory()) return undefined;
  return readdirSync(folder).find((file) => file.startsWith('source.'));
}

const names = readdirSync(CASES).filter((name) => sourceOf(name) !== undefined);

/** Value → its places, with the column behind an arrow. */
function places({ pieces }: Extracted): Record<string, readonly string[]> {
  const found: Record<string, string[]> = {};
  for (const piece of pieces) {
    const text = Buffer.from(piece.text);
    for (const value of VALUES) {
      for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + 1)) {
        const { label, column } = piece.locate(at);
        found[value] ??= [];
        found[value].push(column ? `${label} → ${column.name}` : label);
      }
    }
  }
  return found;
}

test.each(names)('every number in %s is found in its place', async (name) => {
  const file = sourceOf(name) ?? '';
  const source = readFileSync(join(CASES, name, file));
  const extracted = await extractBytes(source, {}, file);
  const outcome = {
    format: recognise(source, file),
    found: places(extracted),
    gaps: extracted.gaps,
  };
  const expected = join(CASES, name, 'expected.json');
  if (process.env.UPDATE_CASES === '1' || !existsSync(expected)) {
    writeFileSync(expected, `${JSON.stringify(outcome, null, 2)}\n`);
  }
  expect(outcome).toEqual(JSON.parse(readFileSync(expected, 'utf8')));
});
