import { expect, test } from 'vitest';
import { keyPath } from '../../providers/key-path.ts';
import { failedProbe, keysToTry, unansweredGaps } from '../../providers/outsider.ts';
import { quoted } from '../../providers/shell.ts';
import type { Asset, ObjectRef } from '../../src/model/asset.ts';
import { ScanError } from '../../src/model/errors.ts';
import { shellWords } from '../kit/shell-words.ts';

async function* listing(sizes: readonly number[]): AsyncGenerator<ObjectRef> {
  for (const [at, sizeBytes] of sizes.entries()) yield { key: `k${at}`, sizeBytes };
}

test('the keys to try are spread over the beginning of the list, without empty objects', async () => {
  expect(await keysToTry(listing([0, 1, 1, 1, 0, 1]))).toEqual(['k1', 'k3', 'k5']);
  expect(await keysToTry(listing([0]))).toEqual(['k0']);
  expect(await keysToTry(listing([]))).toEqual([]);
});

test('of an endless list only the beginning is read', async () => {
  let read = 0;
  async function* endless(): AsyncGenerator<ObjectRef> {
    for (;;) yield { key: `k${read++}`, sizeBytes: 1 };
  }
  await keysToTry(endless());
  expect(read).toBe(100);
});

test('a failed request is unknown and its gap keeps the reason; an interruption goes on up', () => {
  const late = new ScanError('timeout', 'no answer');
  const fact = failedProbe('list', 'https://host/', late);
  const asset = { id: 'x:y/z' } as Asset;
  expect(fact.answer).toBe('unknown');
  expect(unansweredGaps(asset, [fact])).toEqual([
    { code: 'timeout', asset: 'x:y/z', what: 'unsigned list request', detail: 'no answer' },
  ]);
  const stopped = new ScanError('interrupted', 'stopped');
  expect(() => failedProbe('list', 'https://host/', stopped)).toThrow(stopped);
});

test('a key keeps its meaning in a URL, segments of dots included', () => {
  for (const key of ['a/b c.csv', '../up', 'a/./b', 'x?y#z%20', '名單/個.csv']) {
    const { pathname, search, hash } = new URL(`https://host/bucket/${keyPath(key)}`);
    expect([decodeURIComponent(pathname), search, hash]).toEqual([`/bucket/${key}`, '', '']);
  }
});

test('a quoted text is one word of a shell, whatever it holds', () => {
  const odd = 'it\'s $HOME `id` "x" \\ 名\n; rm';
  expect(shellWords(`az ${quoted(odd)} plain`)).toEqual([['az', odd, 'plain']]);
});
