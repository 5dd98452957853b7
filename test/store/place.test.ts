import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { swapIn } from '../../src/store/place.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ajar-place-'));
  write('s.db', 'old');
  write('s.db-wal', 'old log');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);
const write = (name: string, text: string): void => writeFileSync(at(name), text);
const read = (name: string): string => readFileSync(at(name), 'utf8');

test('the new file takes the place, and what was there is kept with its log', () => {
  write('part', 'new');
  swapIn(at('part'), at('s.db'), at('kept'));
  expect(readdirSync(folder).sort()).toEqual(['kept', 'kept-wal', 's.db']);
  expect([read('s.db'), read('kept'), read('kept-wal')]).toEqual(['new', 'old', 'old log']);
});

test('where the new file cannot take the place, the store is back with its log', () => {
  expect(() => swapIn(at('none'), at('s.db'), at('kept'))).toThrow(/ENOENT/);
  expect(readdirSync(folder).sort()).toEqual(['s.db', 's.db-wal']);
  expect(read('s.db')).toBe('old');
});

test('where its log cannot be kept, the store stays', () => {
  write('part', 'new');
  mkdirSync(at('kept-wal/in-the-way'), { recursive: true });
  expect(() => swapIn(at('part'), at('s.db'), at('kept'))).toThrow();
  expect(readdirSync(folder).sort()).toEqual(['kept-wal', 'part', 's.db', 's.db-wal']);
  expect(read('s.db')).toBe('old');
});
