import { expect, test } from 'vitest';
import { zip } from '../../src/report/zip.ts';

/** General purpose flags and DOS time of the first member, from its local header. */
function headOf(archive: Buffer): { readonly utf8: boolean; readonly time: number } {
  return { utf8: (archive.readUInt16LE(6) & 0x800) !== 0, time: archive.readUInt32LE(10) };
}

const bytes = Buffer.from('made up');

test('without a time the same members give the same bytes', () => {
  expect(zip([{ name: 'a.xml', bytes }])).toEqual(zip([{ name: 'a.xml', bytes }]));
  expect(headOf(zip([{ name: 'a.xml', bytes }])).time).toBe(0x0021_0000);
});

test('a time is kept to two seconds, in local time', () => {
  const modifiedAt = new Date(2026, 10, 22, 12, 30, 59);
  const time = headOf(zip([{ name: 'a', bytes, modifiedAt }])).time;
  expect([time >>> 25, (time >>> 21) & 15, (time >>> 16) & 31]).toEqual([46, 11, 22]);
  expect([(time >>> 11) & 31, (time >>> 5) & 63, (time & 31) * 2]).toEqual([12, 30, 58]);
});

test('a name in another script says that it is UTF-8', () => {
  expect(headOf(zip([{ name: '證據.json', bytes }])).utf8).toBe(true);
  expect(headOf(zip([{ name: 'evidence.json', bytes }])).utf8).toBe(false);
});

test('more members than the format counts are refused', () => {
  const one = { name: 'a', bytes: Buffer.alloc(0) };
  expect(() => zip(Array.from({ length: 65_536 }, () => one))).toThrow(RangeError);
});
