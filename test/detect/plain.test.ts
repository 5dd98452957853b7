import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { PlainText, plainWords } from '../../src/detect/plain.ts';

function read(text: string): string | null {
  const plain = new PlainText();
  const bytes = Buffer.from(text);
  if (!plain.read(bytes, 0, bytes.length)) return null;
  return String.fromCharCode(...plain.units.subarray(0, plain.length));
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
  expect(read(text)).toBe(plainWords(text));
});

test('every character is read as Unicode has it, or left to Unicode', () => {
  for (let code = 1; code < 0x10000; code++) {
    if (code >= 0xd800 && code < 0xe000) continue;
    const text = `a${String.fromCharCode(code)}B`;
    const plain = read(text);
    if (plain !== null && plain !== plainWords(text)) expect(plain).toBe(plainWords(text));
  }
});

test('what composes or decomposes is left to Unicode', () => {
  expect(read('か\u3099')).toBeNull();
  expect(read('ﾊﾝ')).toBeNull();
  expect(read('số thẻ')).toBeNull();
});
