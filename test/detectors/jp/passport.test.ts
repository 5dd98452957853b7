import { expect, test } from 'vitest';
import passport from '../../../detectors/jp/passport.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(passport);

test('without context it is no passport', () => {
  expect(judged(passport, 'TR4839215')).toBe('plausible');
  expect(passport.alone).toBe('none');
});
