import { expect, test } from 'vitest';
import eep from '../../../detectors/cn/eep.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(eep);

test('without context it is no permit', () => {
  expect(judged(eep, 'C04839215')).toBe('plausible');
  expect(eep.alone).toBe('none');
});
