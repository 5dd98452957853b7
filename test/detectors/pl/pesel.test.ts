import { expect, test } from 'vitest';
import pesel from '../../../detectors/pl/pesel.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

const DIGITS = '0123456789';

acceptDetector(pesel);

test('the month carries the century', () => {
  expect(judged(pesel, '04231748203')).toBe('proved');
  for (const check of DIGITS) expect(judged(pesel, `8423174820${check}`)).toBe('no');
});
