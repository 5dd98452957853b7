import { expect, test } from 'vitest';
import cf from '../../../detectors/it/cf.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

acceptDetector(cf);

test('omocodia replaces digits by letters', () => {
  expect(judged(cf, 'KRTGNN84C57H50ME')).toBe('proved');
  expect(judged(cf, 'KRTGNN84C57H50MA')).toBe('no');
});

test("a woman's day has 40 added, and no month has 32 days", () => {
  expect(judged(cf, 'KRTGNN84C71H501X')).toBe('proved');
  for (const check of LETTERS) expect(judged(cf, `KRTGNN84C72H501${check}`)).toBe('no');
});
