import { expect, test } from 'vitest';
import cnic from '../../../detectors/pk/cnic.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(cnic);

test('a last digit of 0 is never given', () => {
  expect(judged(cnic, '34101-4820615-7')).toBe('plausible');
  expect(judged(cnic, '34101-4820615-0')).toBe('no');
});
