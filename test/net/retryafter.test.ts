import { expect, test } from 'vitest';
import { retryAfterMs } from '../../src/net/retryafter.ts';

test('seconds and dates both say how long to wait', () => {
  expect(retryAfterMs('2')).toBe(2000);
  const inAnHour = new Date(Date.now() + 3_600_000).toUTCString();
  expect(retryAfterMs(inAnHour)).toBeGreaterThan(3_590_000);
  expect(retryAfterMs(inAnHour)).toBeLessThanOrEqual(3_600_000);
});

test.each([undefined, '', '-5', 'soon', 'Thu, 01 Jan 1970 00:00:00 GMT', 'Infinity'])(
  'what names no time to come is no wait: %j',
  (header) => {
    expect(retryAfterMs(header)).toBe(0);
  },
);
