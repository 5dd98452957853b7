import { expect, test } from 'vitest';
import arc from '../../../detectors/tw/arc.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(arc);

test("of an old number's second letter only the units count", () => {
  expect(judged(arc, 'FC04392178', 1)).toBe('proved');
  expect(judged(arc, 'FC04392170', 1)).toBe('no');
});

test('the new form begins with 8 for men and 9 for women', () => {
  expect(judged(arc, 'F804392170')).toBe('proved');
  expect(judged(arc, 'F904392172')).toBe('proved');
});
