/** Large objects over the way from the reader's process to the bytes: ranges of that object, up to a limit. */
import { expect, test } from 'vitest';
import { ScanError } from '../../src/model/errors.ts';
import { DEFAULT_LIMITS } from '../../src/model/limits.ts';
import { capped, sent, serve } from '../../src/scan/morebytes.ts';
import { createPool } from '../../src/scan/pool.ts';
import { serve as overHttp } from '../kit/virtual.ts';
import { zipOf } from '../kit/zip.ts';

const MIB = 1024 * 1024;
// Made up, with a right check digit.
const PERSON = 'HKID Q372145(7)';

function object(read: () => Promise<Uint8Array>): Parameters<typeof serve>[0] {
  return { name: 'x', sizeBytes: 100, parts: [], more: { sample: [], read } };
}

test('a person far behind the head of a large zip is found by the process that has no network', async () => {
  const filler = { name: 'film.bin', data: new Uint8Array(90 * MIB), stored: true };
  const zip = zipOf([filler, { name: 'note.txt', data: Buffer.from(PERSON) }]);
  await using served = await overHttp([zip], 'x.zip');
  const pool = createPool({
    registry: new URL('../../detectors/registry.ts', import.meta.url).href,
    hashKey: new Uint8Array(16),
    limits: DEFAULT_LIMITS,
    threads: 1,
  });
  const { detection, gaps } = await pool.object(served.object, {}).finally(() => pool.close());
  expect(detection.persons).toHaveLength(1);
  expect(gaps.at(-1)).toMatchObject({ code: 'too-large', what: '' });
  expect(served.sentBytes()).toBeLessThan(2 * MIB);
});

test.each([
  [-1, 5],
  [5, 5],
  [90, 101],
  [0.5, 7],
  [Number.NaN, 7],
])('the range %s to %s is not the object’s own', async (start, end) => {
  let asked = 0;
  const given = object(async () => {
    asked += 1;
    return new Uint8Array(1);
  });
  const answer = await serve(given, { job: 0, want: 3, range: { start, end } });
  expect(answer).toMatchObject({ wanted: 3, bytes: null, code: 'malformed' });
  expect(asked).toBe(0);
});

test('more than the limit is not fetched, however often it is asked for', async () => {
  let fetched = 0;
  const read = async ({ start, end }: { start: number; end: number }): Promise<Uint8Array> => {
    fetched += end - start;
    return new Uint8Array(end - start);
  };
  const more = capped({ sample: [], read }, 100);
  await more.read({ start: 0, end: 60 });
  await expect(more.read({ start: 0, end: 60 })).rejects.toMatchObject({ code: 'too-large' });
  await expect(more.read({ start: 0, end: 60 })).rejects.toBeInstanceOf(ScanError);
  expect(fetched).toBe(60);
});

test('an error that is none of ours tells nothing of its words', async () => {
  const given = object(() => Promise.reject(new Error('secret')));
  const answer = await serve(given, { job: 0, want: 0, range: { start: 0, end: 1 } });
  expect(JSON.stringify(answer)).not.toContain('secret');
  expect(answer.code).toBe('unreachable');
});

test('an object that was read whole is sent as it is', () => {
  const whole = { name: 'x', sizeBytes: 1, parts: [{ start: 0, bytes: new Uint8Array(1) }] };
  expect(sent(whole)).toEqual(whole);
});
