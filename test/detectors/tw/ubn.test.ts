import { expect, test } from 'vitest';
import ubn from '../../../detectors/tw/ubn.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(ubn);

test('a seventh digit of 7 counts as 1 or as 0', () => {
  expect(judged(ubn, '10458570')).toBe('proved');
});

test('since 2023 the sum divides by 5, not by 10', () => {
  expect(judged(ubn, '24819353')).toBe('proved');
});
