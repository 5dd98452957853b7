import { expect, test } from 'vitest';
import uscc from '../../../detectors/cn/uscc.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged, matchOf } from '../../kit/judged.ts';

acceptDetector(uscc);

test('a check character of 0 is valid', () => {
  expect(judged(uscc, '91330106MA2CG7Y4H0')).toBe('proved');
});

test('eighteen digits alone are no company for certain', () => {
  expect(uscc.aloneFor?.(matchOf(uscc, '913301061234567890'))).toBe('none');
  expect(uscc.aloneFor?.(matchOf(uscc, '91330106MA2CG7Y41R'))).toBe('high');
});
