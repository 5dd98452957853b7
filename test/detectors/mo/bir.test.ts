import { expect, test } from 'vitest';
import bir from '../../../detectors/mo/bir.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged, matchOf } from '../../kit/judged.ts';

acceptDetector(bir);

test('a first digit that Macau does not give is rejected', () => {
  expect(judged(bir, '3203948(1)')).toBe('no');
  expect(judged(bir, '5203948(1)')).toBe('plausible');
});

test('brackets tell it from eight digits', () => {
  expect(bir.aloneFor?.(matchOf(bir, '5203948(1)'))).toBe('medium');
  expect(bir.aloneFor?.(matchOf(bir, '52039481', 2))).toBe('low');
});
