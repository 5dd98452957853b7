import { expect, test } from 'vitest';
import nin from '../../../detectors/np/nin.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { matchOf } from '../../kit/judged.ts';

acceptDetector(nin);

test('ten bare digits count only with a hint', () => {
  expect(nin.aloneFor?.(matchOf(nin, '4820615739', 2))).toBe('none');
  expect(nin.aloneFor?.(matchOf(nin, '482-061-573-9'))).toBe('low');
});
