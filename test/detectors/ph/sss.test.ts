import { expect, test } from 'vitest';
import sss from '../../../detectors/ph/sss.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { matchOf } from '../../kit/judged.ts';

acceptDetector(sss);

test('ten bare digits count only with a hint', () => {
  expect(sss.aloneFor?.(matchOf(sss, '2481935072', 2))).toBe('none');
  expect(sss.aloneFor?.(matchOf(sss, '24-8193507-2'))).toBe('low');
});
