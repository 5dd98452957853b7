import { expect, test } from 'vitest';
import type { Progress } from '../../src/model/event.ts';
import { plainProgress, progressLine } from '../../src/report/progress.ts';
import { columns } from '../../src/report/text.ts';

const HALF: Progress = {
  assetsDone: 3,
  assetsFound: 8,
  objectsRead: 1_204,
  objectsPlanned: 5_000,
  bytesRead: 1_200_000_000,
  bytesPlanned: 2_400_000_000,
  findings: 14,
  elapsedMs: 120_000,
};

test('a wide line tells share, findings, time left, bytes, objects and assets', () => {
  expect(progressLine(HALF, 160)).toBe(
    '██████░░░░░░  50 % · 14 findings · about 2 min left · 1.2 GB of 2.4 GB · ' +
      '1,204 of 5,000 objects · 3 of 8 assets',
  );
});

test.each([10, 20, 40, 60, 80])('the line never exceeds %i columns', (width) => {
  expect(columns(progressLine(HALF, width))).toBeLessThanOrEqual(width);
});

test('a log gets all of it in words', () => {
  expect(plainProgress(HALF)).toBe(
    '3 of 8 assets, 1,204 of 5,000 objects, 1.2 GB of 2.4 GB, 14 findings, 2 min so far, ' +
      'about 2 min left',
  );
});

test('no time is promised before a rate can be told', () => {
  expect(plainProgress({ ...HALF, elapsedMs: 500 })).not.toContain('left');
  expect(plainProgress({ ...HALF, bytesRead: 0 })).not.toContain('left');
});

test('nothing planned yet is no division by nought', () => {
  const start = { ...HALF, bytesRead: 0, bytesPlanned: 0, objectsRead: 0, objectsPlanned: 0 };
  expect(progressLine({ ...start, assetsDone: 0, assetsFound: 0 }, 120)).toContain('  0 %');
});

test('more read than planned is never more than all', () => {
  expect(progressLine({ ...HALF, bytesRead: 3_000_000_000 }, 120)).toContain('100 %');
});
