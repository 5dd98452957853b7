import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadConfig } from '../../src/cli/config.ts';
import { runScan } from '../../src/cli/run.ts';
import { openStore } from '../../src/store/open.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ajar-run-'));
  writeFileSync(join(folder, 'plain.txt'), 'nothing in it');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function started(over: { readonly store?: string; readonly key?: string; resume?: boolean }) {
  const inside = (name: string): string => join(folder, name);
  const config = loadConfig({
    targets: [{ uri: inside('plain.txt') }],
    store: over.store ?? inside('store.db'),
    key: over.key ?? inside('key'),
    out: inside('report'),
  });
  const resume = over.resume === true;
  return runScan({ config, quiet: true, ndjson: false, resume, write: false });
}

test.each([
  ['a key file that is none', () => ({ key: join(folder, 'plain.txt') }), /not an ajar key file/],
  ['a store that is none', () => ({ store: join(folder, 'plain.txt') }), /--store/],
  ['nothing to go on with', () => ({ resume: true }), /no killed run/],
] as const)(
  'a run that does not begin (%s) leaves no handler and no wall behind',
  async (_, over, said) => {
    const before = [process.listenerCount('SIGINT'), process.listenerCount('SIGTERM')];
    const { connect } = Socket.prototype;
    await expect(started(over())).rejects.toThrow(said);
    expect([process.listenerCount('SIGINT'), process.listenerCount('SIGTERM')]).toEqual(before);
    expect(Socket.prototype.connect).toBe(connect);
  },
);

test('after one that did not begin the next one runs', async () => {
  await expect(started({ resume: true })).rejects.toThrow();
  const { report } = await started({});
  expect(report.run.status).toBe('complete');
  const store = await openStore(join(folder, 'store.db'));
  expect(await store.unfinished()).toEqual([]);
  await store.close();
});
