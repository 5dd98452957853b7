import { expect, test } from 'vitest';
import epic from '../../../detectors/in/epic.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(epic);

test('a number that fails Luhn stays plausible', () => {
  expect(judged(epic, 'RKT4819355')).toBe('proved');
  expect(judged(epic, 'RKT4819350')).toBe('plausible');
});
