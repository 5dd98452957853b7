import { expect, test } from 'vitest';
import eid from '../../../detectors/ae/eid.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

const DIGITS = '0123456789';

acceptDetector(eid);

test('the birth year cannot lie in the future', () => {
  expect(judged(eid, '784-1984-4820615-5')).toBe('proved');
  for (const check of DIGITS) expect(judged(eid, `784-2099-4820615-${check}`)).toBe('no');
});
