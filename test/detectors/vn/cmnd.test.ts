import { expect, test } from 'vitest';
import cmnd from '../../../detectors/vn/cmnd.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(cmnd);

test('without context it is no identity card', () => {
  expect(judged(cmnd, '024819357')).toBe('plausible');
  expect(cmnd.alone).toBe('none');
});
