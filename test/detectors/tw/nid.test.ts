import { expect, test } from 'vitest';
import nid from '../../../detectors/tw/nid.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

acceptDetector(nid);

test("the letter's two digits both count", () => {
  expect(judged(nid, 'I100000003')).toBe('proved');
  expect(judged(nid, 'A100000001')).toBe('proved');
  expect(judged(nid, 'I100000000')).toBe('no');
});

test('a place letter out of alphabetical order has its own value', () => {
  expect(judged(nid, 'W258390143')).toBe('proved');
  expect(judged(nid, 'Z258390144')).toBe('proved');
});
