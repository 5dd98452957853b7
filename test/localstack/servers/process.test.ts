/** Child servers: found or not, started, and gone afterwards whatever happens. */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { findOnPath, freePorts, startServer } from '../../../localstack/servers/process.ts';

/** Answers with its own folder, so that a test can look whether it is gone. */
const PROGRAM =
  "require('node:http').createServer((q, s) => s.end(process.cwd())).listen(+process.argv[1], '127.0.0.1')";

test('a program is found where PATH has it and nowhere else', () => {
  expect(findOnPath('node', dirname(process.execPath))).toBe(process.execPath);
  expect(findOnPath('no-such-program')).toBeNull();
});

test('a server answers when start returns, and leaves no process and no file', async () => {
  const [port] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const server = await startServer({
    program: process.execPath,
    args: () => ['-e', PROGRAM, String(port)],
    url,
    startTimeoutMs: 10_000,
  });
  const folder = await (await fetch(url)).text();
  expect(existsSync(folder)).toBe(true);
  await server.stop();
  expect(existsSync(folder)).toBe(false);
  await expect(fetch(url)).rejects.toThrow();
});

test('a server that ends at once is an error with its last words', async () => {
  const starting = startServer({
    program: process.execPath,
    args: () => ['-e', "console.error('no such disk'); process.exit(1)"],
    url: 'http://127.0.0.1:9',
    startTimeoutMs: 10_000,
  });
  await expect(starting).rejects.toThrow(/no such disk/);
});

test('a server that never answers is ended', async () => {
  const starting = startServer({
    program: process.execPath,
    args: () => ['-e', 'setInterval(() => {}, 1000)'],
    url: 'http://127.0.0.1:9',
    startTimeoutMs: 300,
  });
  await expect(starting).rejects.toThrow(/did not start/);
});
