import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { startAzurite } from '../../localstack/servers/azurite.ts';

const KEY = Buffer.from('made up').toString('base64');

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

test('it serves several accounts on a port of its own and is gone after stop', async () => {
  const accounts = ['lands', 'taxes'].map((name) => ({ name, key: KEY }));
  const azurite = await startAzurite(accounts);
  const list = 'x-one?restype=container&comp=list';
  const known = await fetch(`${azurite.url}/lands/${list}`, {
    headers: { 'x-ms-version': '2020-10-02' },
  });
  expect(known.status).not.toBe(400);
  expect(azurite.connectionString({ name: 'taxes', key: KEY })).toContain(
    `BlobEndpoint=${azurite.url}/taxes`,
  );
  await azurite.stop();
  expect(await answers(azurite.url)).toBe(false);
}, 60_000);

test('it ends when whoever started it is killed', async () => {
  const module = new URL('../../localstack/servers/azurite.ts', import.meta.url).href;
  const code = `const { startAzurite } = await import(${JSON.stringify(module)});
    console.log((await startAzurite()).url); setInterval(() => {}, 1000);`;
  const starter = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((done) => {
    starter.stdout.once('data', (chunk: Buffer) => done(chunk.toString().trim()));
  });
  expect(await answers(url)).toBe(true);
  starter.kill('SIGKILL');
  await expect.poll(() => answers(url), { timeout: 10_000 }).toBe(false);
}, 60_000);
