import { expect, test } from 'vitest';
import philhealth from '../../../detectors/ph/philhealth.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { matchOf } from '../../kit/judged.ts';

acceptDetector(philhealth);

test('twelve bare digits count only with a hint', () => {
  expect(philhealth.aloneFor?.(matchOf(philhealth, '248193507246', 2))).toBe('none');
  expect(philhealth.aloneFor?.(matchOf(philhealth, '24-819350724-6'))).toBe('low');
});
