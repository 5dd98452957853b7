import { expect, test } from 'vitest';
import sin from '../../../detectors/ca/sin.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(sin);

test("numbers that begin with 0 or 8 are no person's", () => {
  expect(judged(sin, '046 454 286')).toBe('no');
  expect(judged(sin, '482 061 579')).toBe('proved');
});
