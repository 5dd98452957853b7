import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { Layout } from '../../src/detect/kernel/layout.ts';
import { Machine } from '../../src/detect/kernel/machine.ts';
import { kindTable, plainWords } from '../../src/detect/plain.ts';
import { CELL, ROW } from '../../src/model/piece.ts';

/** Not ASCII: text of nothing else, in which no word can begin, is not made plain at all. */
const LEAD = '字';
const machine = new Machine();
machine.put(Layout.KINDS, kindTable());

/** What the kernel makes of a text behind LEAD, as assembly/words.as leaves it; null where Unicode is asked. */
function read(text: string): string | null {
  const bytes = Buffer.from(LEAD + text);
  const at = machine.forText(bytes.length, 0);
  machine.bytes.set(bytes, at);
  if (machine.run.wordsBefore(at, bytes.length) < 0) return null;
  const length = machine.words[(Layout.WINDOW >> 2) + 2] ?? 0;
  const plain = machine.bytes.slice(Layout.PLAIN, Layout.PLAIN + length * 2);
  return String.fromCharCode(...new Uint16Array(plain.buffer));
}

test.each([
  'staffIdNo: ',
  '身份證號碼：',
  'ＩＤ番号（カード）',
  '주민등록번호 no.1',
  '',
  ' - ',
  'phone2Home、々〇',
])('the plain form read from bytes is the one of Unicode: "%s"', (text) => {
  expect(read(text)).toBe(plainWords(LEAD + text));
});

test('every character is read as Unicode has it, or left to Unicode', () => {
  for (let code = 1; code < 0x10000; code++) {
    // Half a character, and the borders of cells, where the text beside a match ends.
    if ((code >= 0xd800 && code < 0xe000) || code === CELL || code === ROW) continue;
    const text = `a${String.fromCharCode(code)}B`;
    const plain = read(text);
    const expected = plainWords(LEAD + text);
    if (plain !== null && plain !== expected) expect(plain).toBe(expected);
  }
});

test('what composes or decomposes is left to Unicode', () => {
  expect(read('か\u3099')).toBeNull();
  expect(read('ﾊﾝ')).toBeNull();
  expect(read('số thẻ')).toBeNull();
});
