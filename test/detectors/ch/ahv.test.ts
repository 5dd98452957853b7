import { expect, test } from 'vitest';
import ahv from '../../../detectors/ch/ahv.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged, matchOf } from '../../kit/judged.ts';

acceptDetector(ahv);

test('it is checked like an article number', () => {
  expect(judged(ahv, '756.4820.6157.36')).toBe('proved');
  expect(judged(ahv, '756.4820.6157.30')).toBe('no');
});

test('bare, it is an article number as well', () => {
  expect(ahv.aloneFor?.(matchOf(ahv, '7564820615736'))).toBe('low');
});
