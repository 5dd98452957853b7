import { expect, test } from 'vitest';
import nik from '../../../detectors/id/nik.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(nik);

test("a woman's day of birth has 40 added", () => {
  expect(judged(nik, '3374015508870003')).toBe('plausible');
  expect(judged(nik, '3374017208870003')).toBe('no');
});

test('sequence 0000 is never given', () => {
  expect(judged(nik, '3374011208870000')).toBe('no');
});
