import { expect, test } from 'vitest';
import { localeOf } from '../../src/report/locale.ts';
import { bytesText, counted, durationText } from '../../src/report/numbers.ts';

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1_234, '1.2 kB'],
  [999_960, '1 MB'],
  [5_300_000_000, '5.3 GB'],
])('%i bytes are written %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

test('one is one, many are grouped', () => {
  expect(counted(1, 'person', 'people')).toBe('1 person');
  expect(counted(12_031, 'person', 'people')).toBe('12,031 people');
});

test.each([
  ['2025-11-20T23:00:00Z', 'today'],
  ['2025-11-21T01:00:00Z', 'tomorrow'],
  ['2025-11-23T08:00:00Z', 'in 3 days'],
  ['2025-11-20T08:00:00Z', 'overdue since today'],
  ['2025-11-19T23:00:00Z', '1 day overdue'],
  ['soon', ''],
])('on 20 Nov at noon, %s is %s', (deadline, text) => {
  expect(localeOf().words.until('2025-11-20T12:00:00Z', deadline)).toBe(text);
});

test.each([
  [400, '1 s'],
  [61_000, '2 min'],
  [3_600_000, '1 h'],
  [12_000_000, '3 h 20 min'],
  [180_000_000, '2 days 2 h'],
])('%i ms are %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});
