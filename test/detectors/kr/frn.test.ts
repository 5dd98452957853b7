import { expect, test } from 'vitest';
import frn from '../../../detectors/kr/frn.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(frn);

test('either of the two formulas in use proves it', () => {
  expect(judged(frn, '860217-5034562')).toBe('proved');
  expect(judged(frn, '860217-5034560')).toBe('plausible');
});

test('the seventh digit gives the century', () => {
  expect(judged(frn, '000229-7081274')).toBe('plausible');
  expect(judged(frn, '000229-5081274')).toBe('no');
});
