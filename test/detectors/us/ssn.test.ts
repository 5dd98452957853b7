import { expect, test } from 'vitest';
import ssn from '../../../detectors/us/ssn.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged, matchOf } from '../../kit/judged.ts';

acceptDetector(ssn);

test('the numbers printed in advertisements are void', () => {
  expect(judged(ssn, '078-05-1120')).toBe('no');
  expect(judged(ssn, '219-09-9999')).toBe('no');
  expect(judged(ssn, '219-09-9998')).toBe('plausible');
});

test('bare digits count only with a hint', () => {
  expect(ssn.aloneFor?.(matchOf(ssn, '482061573'))).toBe('none');
  expect(ssn.aloneFor?.(matchOf(ssn, '482-06-1573'))).toBe('low');
});
