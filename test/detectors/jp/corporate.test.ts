import { expect, test } from 'vitest';
import corporate from '../../../detectors/jp/corporate.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged, matchOf } from '../../kit/judged.ts';

acceptDetector(corporate);

test('the check digit stands in front', () => {
  expect(judged(corporate, '2301482057936')).toBe('proved');
  expect(judged(corporate, '0301482057936')).toBe('no');
});

test('an invoice registration number is certain by its T', () => {
  expect(corporate.aloneFor?.(matchOf(corporate, 'T9301482057936', 1))).toBe('high');
  expect(corporate.aloneFor?.(matchOf(corporate, '9301482057936'))).toBe('none');
});
