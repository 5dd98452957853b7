import { expect, test } from 'vitest';
import { deadlineFrom } from '../../src/remedy/index.ts';

test('seven days run from the instant the exposure was first known', () => {
  expect(deadlineFrom('2025-11-20T08:15:30.250Z', 7)).toBe('2025-11-27T08:15:30.250Z');
});

test('days run over the ends of months and leap days', () => {
  expect(deadlineFrom('2028-02-27T23:00:00Z', 3)).toBe('2028-03-01T23:00:00.000Z');
});

test('an instant with an offset gives the same deadline as the same instant in UTC', () => {
  expect(deadlineFrom('2025-11-20T16:00:00+08:00', 1)).toBe('2025-11-21T08:00:00.000Z');
});

test('no days means at once', () => {
  expect(deadlineFrom('2025-11-20T08:00:00.000Z', 0)).toBe('2025-11-20T08:00:00.000Z');
});

test('a date that is none is a bug, not a deadline', () => {
  expect(() => deadlineFrom('soon', 7)).toThrow('ISO 8601');
});
