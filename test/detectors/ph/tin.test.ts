import { expect, test } from 'vitest';
import tin from '../../../detectors/ph/tin.ts';
import { acceptDetector } from '../../kit/accept-detector.ts';
import { matchOf } from '../../kit/judged.ts';

acceptDetector(tin);

test('a branch does not make another taxpayer', () => {
  expect(tin.canonical?.(matchOf(tin, '248-193-507-000', 1))).toBe('248193507');
});
