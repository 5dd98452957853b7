import { expect, test } from 'vitest';
import ssn from '../../../detectors/us/ssn.ts';
import { acceptDetector, detect, textPiece } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(ssn);

test('the numbers printed in advertisements are void', () => {
  expect(judged(ssn, '078-05-1120')).toBe('no');
  expect(judged(ssn, '219-09-9999')).toBe('no');
  expect(judged(ssn, '219-09-9998')).toBe('plausible');
});

test('without a word it is low, bare or with hyphens', () => {
  const { hits } = detect([ssn], textPiece('482061573 and 482-06-1573'));
  expect(hits.map(({ confidence }) => confidence)).toEqual(['low', 'low']);
});
