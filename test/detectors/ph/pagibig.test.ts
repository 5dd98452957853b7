import { expect, test } from 'vitest';
import pagibig from '../../../detectors/ph/pagibig.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { matchOf } from '../../kit/judged.ts';

acceptDetector(pagibig);

test('twelve bare digits count only with a hint', () => {
  expect(pagibig.aloneFor?.(matchOf(pagibig, '248193507246'))).toBe('none');
  expect(pagibig.aloneFor?.(matchOf(pagibig, '2481-9350-7246'))).toBe('low');
});
