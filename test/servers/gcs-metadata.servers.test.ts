/**
 * Google Cloud Storage's metadata, paging and bytes on two emulators. Neither enforces anything, so
 * they prove transport only; what is open is proved on the stand-in, and that is said.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePorts, type RunningServer, startServer } from '../../localstack/servers/process.ts';
import { findProgram } from '../../localstack/servers/programs.ts';
import { gcs } from '../../providers/gcs/provider.ts';
import type { Asset } from '../../src/model/asset.ts';
import { DEFAULT_LIMITS } from '../../src/model/limits.ts';
import type { Connection } from '../../src/model/provider.ts';
import { collect } from '../kit/collect.ts';
import { asked } from './asked.ts';

interface Emulator {
  readonly name: string;
  readonly args: (port: number) => readonly string[];
}

const EMULATORS: readonly Emulator[] = [
  {
    name: 'fake-gcs-server',
    args: (port) => {
      const address = `127.0.0.1:${port}`;
      const place = ['-host', '127.0.0.1', '-port', String(port), '-public-host', address];
      return [
        '-scheme',
        'http',
        '-backend',
        'memory',
        ...place,
        '-external-url',
        `http://${address}`,
      ];
    },
  },
  {
    name: 'gcp-storage-emulator',
    args: (port) => ['start', '--host', '127.0.0.1', '--port', String(port), '--in-memory'],
  },
];

const KEYS = ['a.csv', '名單/個人 資料.csv', 'a+b & c.csv'];

async function post(url: string, body: string, type: string): Promise<number> {
  const answer = await fetch(url, { method: 'POST', body, headers: { 'content-type': type } });
  await answer.arrayBuffer();
  return answer.status;
}

for (const { name, args } of EMULATORS) {
  if (!asked(name)) {
    test(`${name}: not asked for in this run`, () => {});
    continue;
  }
  describe(name, () => {
    let server: RunningServer;
    let connection: Connection;
    let asset: Asset;

    beforeAll(async () => {
      const program = findProgram(name);
      if (!program) throw new Error(`${name} is gone since the setup`);
      const [port = 0] = await freePorts(1);
      server = await startServer({
        program: program.path,
        env: program.env,
        args: () => args(port),
        url: `http://127.0.0.1:${port}/storage/v1/b?project=lands`,
        startTimeoutMs: 20_000,
      });
      const url = `http://127.0.0.1:${port}`;
      await post(`${url}/storage/v1/b?project=lands`, '{"name":"forms"}', 'application/json');
      for (const key of KEYS) {
        const query = `uploadType=media&name=${encodeURIComponent(key)}`;
        const to = `${url}/upload/storage/v1/b/forms/o?${query}`;
        expect(await post(to, `made up ${key}`, 'text/csv')).toBe(200);
      }
      connection = await gcs.connect(
        {
          uri: 'gs://',
          name: 'emulator',
          endpoint: url,
          account: 'lands',
          credentials: { token: 'T' },
        },
        {
          limits: DEFAULT_LIMITS,
          signal: new AbortController().signal,
          env: { T: 'junk' },
          allow: () => {},
        },
      );
    }, 60_000);
    afterAll(async () => {
      await connection?.close();
      await server?.stop();
    });

    test('the bucket is discovered', async () => {
      const found = await collect(connection.assets());
      expect(found).toMatchObject([{ asset: { id: 'gcs:emulator/forms' } }]);
      const [first] = found;
      if (first && 'asset' in first) asset = first.asset;
    });

    test('documents that the emulator lacks are gaps, and no verdict comes of them', async () => {
      const { facts } = await connection.probes(asset);
      const closed = facts.filter(
        ({ source, action, answer }) => source === 'config' && action === 'read' && answer === 'no',
      );
      // Nothing it says may close what it serves to everybody.
      const open = facts.some(({ source, answer }) => source === 'probe' && answer === 'yes');
      expect(open || closed.length === 0).toBe(true);
    });

    test('every object is listed and read, whole and by range', async () => {
      const objects = await collect(connection.objects(asset));
      expect(objects.map(({ key }) => key).sort()).toEqual([...KEYS].sort());
      for (const object of objects) {
        const read = async (range: { start: number; end: number } | null): Promise<string> =>
          Buffer.concat(
            await collect(connection.read(asset, object, range, 'credentials')),
          ).toString();
        expect(await read(null)).toBe(`made up ${object.key}`);
        expect(await read({ start: 5, end: 7 })).toBe('up');
      }
    });
  });
}
