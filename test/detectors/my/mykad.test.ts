import { expect, test } from 'vitest';
import mykad from '../../../detectors/my/mykad.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged, matchOf } from '../../kit/judged.ts';

acceptDetector(mykad);

test('a place code that was never given is rejected', () => {
  expect(judged(mykad, '840317-00-5238')).toBe('no');
  expect(judged(mykad, '840317-82-5238')).toBe('plausible');
});

test('twelve bare digits may be a time and stay low', () => {
  expect(mykad.aloneFor?.(matchOf(mykad, '840317105238', 2))).toBe('low');
  expect(mykad.aloneFor?.(matchOf(mykad, '840317-10-5238'))).toBe('medium');
});
