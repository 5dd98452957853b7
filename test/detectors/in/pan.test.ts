import { expect, test } from 'vitest';
import pan from '../../../detectors/in/pan.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged, matchOf } from '../../kit/judged.ts';

acceptDetector(pan);

test('the fourth letter is the kind of holder', () => {
  expect(judged(pan, 'BKTPR4819M')).toBe('plausible');
  expect(judged(pan, 'BKTDR4819M')).toBe('no');
});

test("a company's number is worth less than a person's", () => {
  expect(pan.aloneFor?.(matchOf(pan, 'BKTPR4819M'))).toBe('medium');
  expect(pan.aloneFor?.(matchOf(pan, 'BKTCR4819M'))).toBe('low');
});
