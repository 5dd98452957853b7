/** The web provider on real web servers: what documents cannot say, requests must. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProgram } from '../../localstack/servers/programs.ts';
import {
  type Door,
  startSite,
  WEB_SERVERS,
  type WebServer,
} from '../../localstack/servers/site.ts';
import { web } from '../../providers/web/provider.ts';
import { evaluate } from '../../src/exposure/evaluate.ts';
import type { AccessFact } from '../../src/model/access.ts';
import type { ObjectRef } from '../../src/model/asset.ts';
import { DEFAULT_LIMITS } from '../../src/model/limits.ts';
import { acceptProvider } from '../kit/accept-provider.ts';
import { collect } from '../kit/collect.ts';
import { asked } from './asked.ts';
import { note } from './outcome.ts';

const FILES: Readonly<Record<string, string>> = {
  'a.csv': 'name,phone\n'.repeat(300),
  '名單/a+b & c=d%20e?.csv': 'made up 1',
  '名單/deep/q#h.csv': 'made up 2',
};

/** What a plain request gets, and what ajar therefore says. */
const EXPECTED: Readonly<
  Record<Door, readonly [list: string, read: string, folder: number[], file: number]>
> = {
  open: ['open', 'open', [200], 200],
  plain: ['open', 'open', [200], 200],
  json: ['open', 'open', [200], 200],
  // The list is off and the file is not: only who knows its name can tell.
  byname: ['unknown', 'unknown', [403, 404], 200],
  closed: ['unknown', 'unknown', [403], 403],
  login: ['unknown', 'unknown', [401], 401],
};

function fill(folder: string): void {
  for (const [key, body] of Object.entries(FILES)) {
    const path = join(folder, key);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, body);
  }
  mkdirSync(join(folder, 'empty'));
}

function curl(url: string): number {
  return Number(
    spawnSync('curl', ['--noproxy', '*', '-s', '-o', '/dev/null', '-w', '%{http_code}', url])
      .stdout,
  );
}

interface Told {
  readonly facts: readonly AccessFact[];
  readonly objects: readonly ObjectRef[];
  readonly bytes: Readonly<Record<string, string>>;
  readonly ended: string;
}

async function look(url: string): Promise<Told> {
  const connection = await web.connect(
    { uri: url },
    { limits: DEFAULT_LIMITS, signal: new AbortController().signal, env: {}, allow: () => {} },
  );
  try {
    const [found] = await collect(connection.assets());
    if (!found || !('asset' in found)) throw new Error('no asset');
    const { facts } = await connection.probes(found.asset);
    const objects: ObjectRef[] = [];
    const bytes: Record<string, string> = {};
    let ended = '';
    try {
      for await (const object of connection.objects(found.asset)) objects.push(object);
    } catch (error) {
      ended = error instanceof Error ? error.message : 'unknown';
    }
    for (const object of objects) {
      const read = connection.read(found.asset, object, null, 'anonymous');
      bytes[object.key] = Buffer.concat(await collect(read)).toString();
    }
    return { facts, objects, bytes, ended };
  } finally {
    await connection.close();
  }
}

for (const kind of WEB_SERVERS) {
  if (!asked(kind.name)) {
    test(`${kind.name}: not asked for in this run`, () => {});
    continue;
  }

  const start = (): Promise<WebServer> => {
    const program = findProgram(kind.program);
    if (!program) throw new Error(`${kind.name} is gone since the setup`);
    return startSite(kind, program);
  };

  describe(`web on ${kind.name}`, () => {
    let server: WebServer;
    beforeAll(async () => {
      server = await start();
      for (const door of server.doors) fill(join(server.root, door));
    });
    afterAll(async () => {
      await server?.stop();
    });

    test.each(kind.doors)('%s', async (door) => {
      const url = `${server.url}/${door}/`;
      const told = await look(url);
      const { list, read } = evaluate(told.facts);
      const [wantedList, wantedRead, folder, file] = EXPECTED[door];
      const plain = { list: curl(url), file: curl(`${url}a.csv`) };
      const verdict = `read ${read.state}, list ${list.state}`;
      note({
        server: kind.name,
        row: `web: ${door}`,
        verdict,
        config: 'none',
        probe: verdict,
        plain: `list ${plain.list}, a.csv ${plain.file}`,
        why: '',
        named: 'a refused list proves nothing about files that are asked for by name',
      });
      expect([list.state, read.state]).toEqual([wantedList, wantedRead]);
      expect(folder).toContain(plain.list);
      expect(plain.file).toBe(file);
      expect(told.bytes).toEqual(wantedList === 'open' ? FILES : {});
      for (const { key, sizeBytes, modifiedAt } of told.objects) {
        expect(sizeBytes).toBe(Buffer.byteLength(FILES[key] ?? ''));
        expect(Math.abs(Date.now() - (modifiedAt?.getTime() ?? 0))).toBeLessThan(600_000);
      }
      if (wantedList !== 'open') expect(told.ended).toMatch(/^(?:denied|not-found)/);
    });
  });

  // Only these two close a path as the suite wants it, and honour ranges.
  if (kind.name !== 'nginx' && kind.name !== 'apache') continue;
  acceptProvider({
    name: `web on ${kind.name}`,
    openServer: true,
    async start() {
      const server = await start();
      const doors = new Map<string, Door>();
      return {
        provider: web,
        url: server.url,
        env: {},
        target: (address, asset) => ({
          uri: `${address}/${doors.get(asset ?? '') ?? 'open'}/${asset ?? ''}/`,
          name: 'site',
        }),
        async seed({ name, open, objects }) {
          const door = name === 'manyone' || open === 'list-read' ? 'open' : 'byname';
          doors.set(name, open === 'closed' && name !== 'manyone' ? 'closed' : door);
          for (const { key, body } of objects) {
            const path = join(server.root, doors.get(name) ?? '', name, key);
            mkdirSync(dirname(path), { recursive: true });
            writeFileSync(path, body);
          }
        },
        morePagesObjects: 300,
        isListing: ({ method, url }) => method === 'GET' && url.endsWith('/'),
        isConfiguration: () => false,
        stop: () => server.stop(),
      };
    },
  });
}
