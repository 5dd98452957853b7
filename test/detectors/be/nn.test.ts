import { expect, test } from 'vitest';
import nn from '../../../detectors/be/nn.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(nn);

test('those born from 2000 have a 2 before the sum', () => {
  expect(judged(nn, '04.03.17-482.15')).toBe('proved');
  expect(judged(nn, '84.03.17-482.17')).toBe('proved');
});

test('a month or day that is not known is 00', () => {
  expect(judged(nn, '84.00.00-482.21')).toBe('proved');
  for (let check = 0; check < 100; check++) {
    const value = `84.13.17-482.${String(check).padStart(2, '0')}`;
    expect(judged(nn, value)).toBe('no');
  }
});

test('bis numbers add 20 or 40 to the month', () => {
  expect(judged(nn, '84.23.17-482.60')).toBe('proved');
  expect(judged(nn, '84.43.17-482.06')).toBe('proved');
});
