import { expect, test } from 'vitest';
import { createHolder, type Holder, isAlive, LEASE_MS } from '../../src/store/process.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const beat = (agoMs: number): string => new Date(NOW.getTime() - agoMs).toISOString();
const holder = (more: Partial<Holder> = {}): string =>
  JSON.stringify({ ...createHolder(), ...more });
/** Above what Linux gives out. */
const NO_PID = 4_194_305;

test('this process lives, however long it was held up', () => {
  expect(isAlive(holder(), beat(0), NOW)).toBe(true);
  // Where the system does not tell when a process started, only the lease counts.
  if (createHolder().started !== null) {
    expect(isAlive(holder(), beat(LEASE_MS * 10), NOW)).toBe(true);
  }
});

test('a process of this machine that is gone is dead at once', () => {
  expect(isAlive(holder({ pid: NO_PID }), beat(0), NOW)).toBe(false);
});

test('another process under the same number is not the one that was', () => {
  expect(isAlive(holder({ started: '1' }), beat(0), NOW)).toBe(false);
});

test('on another machine, or in another container, the lease decides', () => {
  const elsewhere = holder({ place: 'elsewhere', pid: NO_PID });
  expect(isAlive(elsewhere, beat(LEASE_MS - 1), NOW)).toBe(true);
  expect(isAlive(elsewhere, beat(LEASE_MS + 1), NOW)).toBe(false);
});

test('a sign of life from before the clock was set back is an old one', () => {
  const elsewhere = holder({ place: 'elsewhere' });
  expect(isAlive(elsewhere, beat(-LEASE_MS + 1), NOW)).toBe(true);
  expect(isAlive(elsewhere, beat(-LEASE_MS - 1), NOW)).toBe(false);
});

test('what nobody holds, or an older ajar wrote, is dead', () => {
  expect(isAlive(null, beat(0), NOW)).toBe(false);
  expect(isAlive(holder(), null, NOW)).toBe(false);
});
