import { expect, test } from 'vitest';
import { oneLine, plain } from '../../src/model/plain.ts';

test('control characters and broken surrogates are shown, not sent', () => {
  expect(plain('a\u001b[31mb\u009b\ud800c')).toBe('a\ufffd[31mb\ufffd\ufffdc');
});

test('line breaks stay', () => {
  expect(plain('a\r\nb\nc')).toBe('a\nb\nc');
});

test('on one line, line breaks and tabs are spaces', () => {
  expect(oneLine('a\r\n\tb\nc')).toBe('a b c');
});
