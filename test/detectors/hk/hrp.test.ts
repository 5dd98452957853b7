import { expect, test } from 'vitest';
import hrp from '../../../detectors/hk/hrp.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(hrp);

test('both lengths are plausible and never proved', () => {
  expect(judged(hrp, 'H04839215')).toBe('plausible');
  expect(judged(hrp, 'M0483921502', 1)).toBe('plausible');
});
