import { expect, test } from 'vitest';
import permit from '../../../detectors/tw/permit.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(permit);

test('without context it is no permit', () => {
  expect(judged(permit, '04839215')).toBe('plausible');
  expect(permit.alone).toBe('none');
});
