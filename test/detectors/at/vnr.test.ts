import { expect, test } from 'vitest';
import vnr from '../../../detectors/at/vnr.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

const DIGITS = '0123456789';

acceptDetector(vnr);

test('months 13 to 15 are given when numbers run out', () => {
  expect(judged(vnr, '4822171384')).toBe('proved');
  for (const check of DIGITS) expect(judged(vnr, `482${check}171684`)).toBe('no');
});
