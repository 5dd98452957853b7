import { expect, test } from 'vitest';
import pan from '../../../detectors/in/pan.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(pan);

test('the fourth letter is the kind of holder', () => {
  expect(judged(pan, 'BKTPR4819M')).toBe('plausible');
  expect(judged(pan, 'BKTDR4819M')).toBe('no');
});
