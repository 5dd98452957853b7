import { expect, test } from 'vitest';
import itin from '../../../detectors/us/itin.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(itin);

test('groups 66 to 69, 89 and 93 are never given', () => {
  expect(judged(itin, '982-66-1573')).toBe('no');
  expect(judged(itin, '982-89-1573')).toBe('no');
  expect(judged(itin, '982-93-1573')).toBe('no');
  expect(judged(itin, '982-94-1573')).toBe('plausible');
});
