import { expect, test } from 'vitest';
import licence from '../../../detectors/kr/licence.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged, matchOf } from '../../kit/judged.ts';

acceptDetector(licence);

test('a region that has no office is rejected', () => {
  expect(judged(licence, '27-19-204857-30')).toBe('no');
  expect(judged(licence, '28-19-204857-30')).toBe('plausible');
});

test('bare digits are not told apart by their region', () => {
  expect(judged(licence, '271920485730', 1)).toBe('plausible');
  expect(licence.aloneFor?.(matchOf(licence, '271920485730', 1))).toBe('none');
});
