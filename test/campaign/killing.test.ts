/** Ten rounds of killing.ts; `node test/campaign/killing.ts 50` plays as many as one likes. */
import { beforeAll, expect, test, vi } from 'vitest';
import { playRound, random, undisturbedMs, type Verb } from './killing.ts';

// Real processes one after the other, on machines that may be busy.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const took = { start: 0, remind: 0 };
beforeAll(async () => {
  took.start = await undisturbedMs('start');
  took.remind = await undisturbedMs('remind');
});

const ROUNDS: readonly (readonly [Verb, number])[] = Array.from({ length: 10 }, (_, i) => [
  i % 2 === 0 ? 'start' : 'remind',
  20_261 + i,
]);

test.each(ROUNDS)(
  'campaign %s, killed at random points (seed %i), loses nothing and sends nothing twice',
  async (verb, seed) => {
    const round = await playRound(verb, took[verb], random(seed));
    expect(round).toMatchObject({ problems: [] });
  },
);
