import { expect, test } from 'vitest';
import pension from '../../../detectors/jp/pension.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(pension);

test('without context it is no pension number', () => {
  expect(judged(pension, '4830-192057')).toBe('plausible');
  expect(pension.alone).toBe('none');
});
