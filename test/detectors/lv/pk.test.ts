import { expect, test } from 'vitest';
import pk from '../../../detectors/lv/pk.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

const DIGITS = '0123456789';

acceptDetector(pk);

test('numbers since 2017 hold no date and need not pass the check', () => {
  expect(judged(pk, '324820-61574')).toBe('proved');
  expect(judged(pk, '324820-61570')).toBe('plausible');
});

test('the seventh digit gives the century', () => {
  expect(judged(pk, '290200-24827')).toBe('proved');
  for (const check of DIGITS) expect(judged(pk, `290200-1482${check}`)).toBe('no');
});
