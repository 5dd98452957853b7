import { expect, test } from 'vitest';
import pps from '../../../detectors/ie/pps.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(pps);

test('the second letter counts in the sum since 2013', () => {
  expect(judged(pps, '4820615HA', 1)).toBe('proved');
  expect(judged(pps, '4820615VW', 1)).toBe('proved');
});

test('T and X behind older numbers do not count', () => {
  expect(judged(pps, '4820616AT', 1)).toBe('proved');
  expect(judged(pps, '4820616AX', 1)).toBe('proved');
});
