/** What mail programs pack mails into, damaged or deep; whole ones are cases (make-mail.py). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { extractBytes } from '../kit/pieces.ts';

function source(name: string): Buffer {
  return readFileSync(join(import.meta.dirname, 'cases', name, 'source'));
}

test('a signed message that was cut gives what is there, and says so', async () => {
  const { cells, gaps } = await extractBytes(source('p7m-signed').subarray(0, 250));
  expect(cells.some(({ text }) => text === 'Ann Example')).toBe(true);
  expect(gaps.map(({ code }) => code)).toContain('truncated');
});

test.each(['p7m-signed', 'p7m-streamed'])('%s in itself stops at nestingDepth', async (name) => {
  const { gaps } = await extractBytes(source(name), { nestingDepth: 0 });
  expect(gaps[0]?.detail).toContain('nestingDepth (0)');
});

test('elements that open and never end take no time', async () => {
  const head = Buffer.from('308006092a864886f70d010702a0803080', 'hex');
  const deep = Buffer.concat([head, Buffer.alloc(1_000_000, Buffer.from('3080', 'hex'))]);
  const { cells } = await extractBytes(deep);
  expect(cells).toEqual([]);
});

test('a uuencoded file without an end is read and told', async () => {
  const whole = source('eml-uuencoded').toString('latin1');
  const { cells, gaps } = await extractBytes(whole.slice(0, whole.indexOf('`\r\nend')));
  expect(cells.some(({ text }) => text === 'Ann Example')).toBe(true);
  expect(gaps).toMatchObject([{ code: 'truncated' }]);
});

test('a text that speaks of begin 644 is text', async () => {
  const { cells } = await extractBytes('begin 644 words are no file\n\nand 91230001 follows\n');
  expect(cells.map(({ text }) => text).join('')).toContain('91230001');
});

test('a hundred thousand beginnings without an end take no time', async () => {
  const { gaps } = await extractBytes('begin 644 a\n#86)C\n'.repeat(100_000), {
    archiveMembers: 50,
  });
  expect(gaps.length).toBeLessThan(5);
});

test('of a winmail.dat that was cut, what is there is read', async () => {
  const { cells, gaps } = await extractBytes(source('tnef').subarray(0, 600));
  expect(cells.some(({ text }) => text === 'Ann Example')).toBe(true);
  expect(gaps.map(({ code }) => code)).toContain('truncated');
});
