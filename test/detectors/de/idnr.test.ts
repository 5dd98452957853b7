import { expect, test } from 'vitest';
import idnr from '../../../detectors/de/idnr.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

const DIGITS = '0123456789';

acceptDetector(idnr);

test('three equal digits in a row are rejected, three apart are not', () => {
  for (const check of DIGITS) expect(judged(idnr, `4820444156${check}`)).toBe('no');
  for (const check of DIGITS) expect(judged(idnr, `4824044156${check}`)).toBe('no');
  for (const check of DIGITS) expect(judged(idnr, `4824041457${check}`)).toBe('no');
});

test('all ten digits different is no number', () => {
  for (const check of DIGITS) expect(judged(idnr, `4820615739${check}`)).toBe('no');
});
