import { expect, test } from 'vitest';
import cuit from '../../../detectors/ar/cuit.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

const DIGITS = '0123456789';

acceptDetector(cuit);

test('a check of 11 is written 0 and one of 10 is written 9', () => {
  expect(judged(cuit, '20-24820610-2')).toBe('proved');
  expect(judged(cuit, '20-24820611-0')).toBe('proved');
  expect(judged(cuit, '20-24820612-9')).toBe('proved');
  expect(judged(cuit, '20-24820613-7')).toBe('proved');
  expect(judged(cuit, '20-24820614-5')).toBe('proved');
  expect(judged(cuit, '20-24820615-3')).toBe('proved');
  expect(judged(cuit, '20-24820616-1')).toBe('proved');
  expect(judged(cuit, '20-24820617-9')).toBe('proved');
  expect(judged(cuit, '20-24820618-8')).toBe('proved');
  expect(judged(cuit, '20-24820619-6')).toBe('proved');
});

test('kinds that are never given are rejected', () => {
  for (const check of DIGITS) expect(judged(cuit, `99-24820615-${check}`)).toBe('no');
});
