/** Files of keys: one a line, or Amazon's inventory. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { namedKeys } from '../../src/scan/keys.ts';
import { collect } from '../kit/collect.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ajar-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function keysOf(text: string | Uint8Array, name = 'keys.txt'): Promise<readonly unknown[]> {
  writeFileSync(join(folder, name), text);
  return collect(namedKeys(join(folder, name), 'lands'));
}

test('every line is a key, spaces and commas included', async () => {
  expect(await keysOf('a/1.csv\r\n b,c.txt\n\nd"e\n')).toEqual([
    { key: 'a/1.csv' },
    { key: ' b,c.txt' },
    { key: 'd"e' },
  ]);
});

test('an inventory gives the bucket’s own rows, decoded', async () => {
  const rows = '"lands","a%2F%E5%9C%B0.csv","12"\n"taxes","b.csv","1"\n"lands","c+d.csv","3"\n';
  expect(await keysOf(rows)).toEqual([{ key: 'a/地.csv' }, { key: 'c d.csv' }]);
});

test('an inventory of all versions gives old ones with their id and no delete markers', async () => {
  const rows = [
    '"lands","a.csv","v2","true","false","12"',
    '"lands","a.csv","v1","false","false","9"',
    '"lands","b.csv","v3","true","true","0"',
  ];
  expect(await keysOf(rows.join('\n'))).toEqual([
    { key: 'a.csv' },
    { key: 'a.csv', version: 'v1' },
  ]);
});

test('a compressed inventory is read as it comes from Amazon', async () => {
  expect(await keysOf(gzipSync('"lands","a.csv"\n'), 'inventory.csv.gz')).toEqual([
    { key: 'a.csv' },
  ]);
});

test('a file that is not there is told without its name', async () => {
  const reading = collect(namedKeys(join(folder, 'nobody'), 'lands'));
  await expect(reading).rejects.toMatchObject({ code: 'not-found' });
});

test('a file that breaks off is told', async () => {
  const whole = gzipSync('"lands","a.csv"\n'.repeat(1000));
  await expect(keysOf(whole.subarray(0, whole.length - 12), 'cut.gz')).rejects.toMatchObject({
    code: 'malformed',
  });
});
