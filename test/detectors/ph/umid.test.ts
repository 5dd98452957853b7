import { expect, test } from 'vitest';
import umid from '../../../detectors/ph/umid.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { matchOf } from '../../kit/judged.ts';

acceptDetector(umid);

test('twelve bare digits count only with a hint', () => {
  expect(umid.aloneFor?.(matchOf(umid, '248193507246', 2))).toBe('none');
  expect(umid.aloneFor?.(matchOf(umid, '2481-9350724-6'))).toBe('low');
});
