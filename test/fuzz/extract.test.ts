/** The short run of test/fuzz/extract.ts: `npm run -s fuzz` is the long one. */
import { expect, test } from 'vitest';
import { extractBytes } from '../kit/pieces.ts';
import { damagedFile, FUZZ_LIMITS, fuzz, sources } from './extract.ts';

test('damaged files end as hits, nothing or a gap, and what escapes a reader is none of them', async () => {
  const { outcomes, failures } = await fuzz(sources(), {
    seed: 7,
    from: 0,
    to: 300,
    processes: 2,
    limits: { ...FUZZ_LIMITS, objectTimeMs: 5_000 },
  });
  expect(failures).toEqual([]);
  expect(Object.values(outcomes).reduce((sum, count) => sum + count)).toBe(300);
}, 120_000);

test('what comes out of damaged files has places to its last byte', async () => {
  const all = sources();
  for (let at = 0; at < 100; at += 1) {
    const { bytes } = await damagedFile(all, 11, at);
    const { pieces } = await extractBytes(bytes, FUZZ_LIMITS);
    for (const { text, locate } of pieces) {
      expect(locate(Math.max(0, text.length - 1)).label).not.toBe('');
    }
  }
}, 120_000);
