import { expect, test } from 'vitest';
import cccd from '../../../detectors/vn/cccd.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(cccd);

test('a province that has no code is rejected', () => {
  expect(judged(cccd, '003184052937')).toBe('no');
  expect(judged(cccd, '001184052937')).toBe('plausible');
});

test('nobody is born in a year to come', () => {
  expect(judged(cccd, '079299052937')).toBe('no');
  expect(judged(cccd, '079199052937')).toBe('plausible');
});
