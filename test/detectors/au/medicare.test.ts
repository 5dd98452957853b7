import { expect, test } from 'vitest';
import medicare from '../../../detectors/au/medicare.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(medicare);

test('the issue and the person do not change the check digit', () => {
  expect(judged(medicare, '4820 61579 1')).toBe('proved');
  expect(judged(medicare, '4820 61579 2 5', 1)).toBe('proved');
});
