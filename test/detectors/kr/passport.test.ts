import { expect, test } from 'vitest';
import passport from '../../../detectors/kr/passport.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(passport);

test('the new form has a letter after three digits', () => {
  expect(judged(passport, 'M048B9215', 1)).toBe('plausible');
});
