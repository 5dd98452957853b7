/** Parsers that files have taken over: each ends as a gap, and the scan goes on. */
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ByteRange } from '../../src/model/asset.ts';
import { ScanError } from '../../src/model/errors.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/model/limits.ts';
import { whatHolds } from '../../src/scan/holds.ts';
import { createPool, type DetectionPool, type PoolOptions } from '../../src/scan/pool.ts';

const MIB = 1024 * 1024;
const LIMITS = { ...DEFAULT_LIMITS, objectTimeMs: 15_000, processMemoryBytes: 512 * MIB };
const REGISTRY = new URL('../../detectors/registry.ts', import.meta.url).href;
const HOSTILE = new URL('./isolated/hostile.ts', import.meta.url).href;
// Made up, with a right check digit.
const PERSON = 'HKID Q372145(7)';

let pool: DetectionPool;
let server: Server;
let visitors: number;
let port: number;
beforeEach(async () => {
  visitors = 0;
  server = createServer((socket) => {
    visitors += 1;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
  pool = open();
});
afterEach(async () => {
  await pool.close();
  server.close();
});

function open(over: Partial<Limits> = {}, options: Partial<PoolOptions> = {}): DetectionPool {
  return createPool({
    registry: REGISTRY,
    extraction: HOSTILE,
    hashKey: new Uint8Array(16),
    limits: { ...LIMITS, ...over },
    threads: 1,
    ...options,
  });
}

/** The gap's code and words, or the number of people found. */
async function outcome(name: string, text = PERSON): Promise<string | number> {
  const bytes = new Uint8Array(Buffer.from(text));
  const object = { name, sizeBytes: bytes.length, parts: [{ start: 0, bytes }] };
  try {
    const { detection, gaps } = await pool.object(object, {});
    const [gap] = gaps;
    return gap ? `${gap.code}: ${gap.detail}` : detection.persons.length;
  } catch (error) {
    if (!(error instanceof ScanError)) throw error;
    return `${error.code}: ${error.detail}`;
  }
}

test('a parser that hangs is ended at its time, and the next file is read', async () => {
  await pool.close();
  pool = open({ objectTimeMs: 2_000 });
  const [hung, next] = await Promise.all([outcome('hang'), outcome('a.txt')]);
  expect(hung).toMatch(/^timeout: .*objectTimeMs/);
  expect(next).toBe(1);
});

test.each(['buffers', 'heap'])(
  'a parser that takes memory without end (%s) is ended at the limit, and the next file is read',
  async (deed) => {
    const [grown, next] = await Promise.all([outcome(deed), outcome('a.txt')]);
    expect(grown).toMatch(/^too-large: processMemoryBytes \(536870912\)/);
    expect(next).toBe(1);
  },
);

test('a file does not pay for the memory that another left behind', async () => {
  expect(await outcome('leave')).toBe(1);
  // Together they are over the limit; each of them is not.
  expect(await outcome('some')).toBe(1);
});

test('a failure that a library leaves to nobody costs neither the file nor the process', async () => {
  const [leaking, next] = await Promise.all([outcome('leak'), outcome('a.txt')]);
  expect(leaking).toBe(1);
  expect(next).toBe(1);
});

test('the second attempt at a file may fetch as much as the first', async () => {
  await pool.close();
  pool = open({ objectBytes: 100 });
  expect(await outcome('a.txt')).toBe(1);
  let fetched = 0;
  const read = async ({ start, end }: ByteRange): Promise<Uint8Array> => {
    fetched += end - start;
    return new Uint8Array(end - start);
  };
  const parts = [{ start: 0, bytes: new Uint8Array(Buffer.from(PERSON)) }];
  const object = { name: 'fetchAndCrash', sizeBytes: 200, parts, more: { sample: [], read } };
  const { detection, gaps } = await pool.object(object, {});
  expect(gaps).toEqual([]);
  expect(detection.persons).toHaveLength(1);
  expect(fetched).toBe(120);
});

test('a process that does not start costs no file while another works', async () => {
  await pool.close();
  const folder = mkdtempSync(join(tmpdir(), 'ajar-isolation-'));
  const registry = join(folder, 'registry.mjs');
  const broken = join(folder, 'broken');
  writeFileSync(
    registry,
    `import { existsSync } from 'node:fs';
     if (existsSync(${JSON.stringify(broken)})) throw new Error('broken');
     export { loadDetectors } from ${JSON.stringify(REGISTRY)};`,
  );
  pool = open({}, { registry: pathToFileURL(registry).href, threads: 2 });
  expect(await outcome('a.txt')).toBe(1);
  writeFileSync(broken, '');
  const found = await Promise.all([outcome('slow'), outcome('a.txt'), outcome('b.txt')]);
  expect(found).toEqual([1, 1, 1]);
  rmSync(folder, { recursive: true });
});

test('a parser that crashes is a gap without its words, and the next file is read', async () => {
  const [crashed, next] = await Promise.all([outcome('crash'), outcome('a.txt')]);
  expect(crashed).toBe('malformed: the reader of this file type crashed on it');
  expect(next).toBe(1);
});

test.each(['read', 'program', 'thread', 'environment', 'name'])(
  'a parser that reaches for the machine (%s) gets nothing',
  async (deed) => {
    process.env.AJAR_TEST_SECRET = 'x';
    expect(await outcome(deed)).toBe('malformed: the file could not be parsed to its end');
    expect(await outcome('a.txt')).toBe(1);
  },
);

test('a parser that writes a file writes none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ajar-isolation-'));
  const path = join(folder, 'written');
  expect(await outcome('write', path)).toMatch(/^malformed/);
  expect(existsSync(path)).toBe(false);
  rmSync(folder, { recursive: true });
});

test.each(['connect', 'fetch'])('a parser that opens a connection (%s) gets none', async (deed) => {
  expect(await outcome(deed, String(port))).toMatch(/^malformed/);
  expect(visitors).toBe(0);
  expect(await outcome('a.txt')).toBe(1);
});

test('a limit too small to start with ends every file as a gap that names it', async () => {
  await pool.close();
  pool = open({ processMemoryBytes: 2 * MIB });
  expect(await outcome('a.txt')).toMatch(/^malformed: .*processMemoryBytes \(2097152\)/);
});

test('closing while a file is read ends it at once', async () => {
  const reading = outcome('hang');
  await pool.close();
  expect(await reading).toMatch(/^interrupted/);
});

test('files stay closed and memory is watched on this machine', async () => {
  const holds = await whatHolds();
  expect(holds?.files).toBe(true);
  if (process.platform === 'linux') expect(holds?.memory).toBe('proc');
});
