import { expect, test } from 'vitest';
import passport from '../../../detectors/hk/passport.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';

acceptDetector(passport);

test('without context it is no passport', () => {
  expect(passport.alone).toBe('none');
});
