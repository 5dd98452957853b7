import { expect, test } from 'vitest';
import id from '../../../detectors/sa/id.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(id);

test('any single digit changed is noticed', () => {
  expect(judged(id, '1482061577')).toBe('proved');
  expect(judged(id, '1482061570')).toBe('no');
  expect(judged(id, '2482061575')).toBe('proved');
});
