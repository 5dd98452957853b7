import { expect, test } from 'vitest';
import pesel from '../../../detectors/pl/pesel.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

const DIGITS = '0123456789';

acceptDetector(pesel);

test('the month carries the century', () => {
  expect(judged(pesel, '04231748203')).toBe('proved');
  for (const check of DIGITS) expect(judged(pesel, `8413174820${check}`)).toBe('no');
});

test('a day to come is well formed and no proof', () => {
  expect(judged(pesel, '84231748205')).toBe('plausible');
  expect(judged(pesel, '84231748206')).toBe('no');
});
