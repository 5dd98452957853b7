import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ajar-launch-'));
  // As /tmp is: root starts it as another user, who takes its folder away.
  chmodSync(folder, 0o1777);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const LAUNCHER = resolve(import.meta.dirname, '../../localstack/postgres.ts');

/** Starts a server in a process that is then killed; gives back the server's address. */
function startAndDie(): Promise<string> {
  const script = `
    const { startPostgres } = await import(${JSON.stringify(LAUNCHER)});
    const url = await (await startPostgres()).database('x');
    process.stdout.write(url, () => process.kill(process.pid, 'SIGKILL'));
  `;
  const args = ['--input-type=module', '--eval', script];
  const env = { ...process.env, TMPDIR: folder };
  return new Promise((done) => {
    execFile(process.execPath, args, { env }, (_error, stdout) => done(stdout));
  });
}

test('a server whose starter was killed ends by itself and leaves nothing', async () => {
  const url = await startAndDie();
  expect(url).toMatch(/^postgres:\/\/ajar:.*@127\.0\.0\.1:\d+\/x$/);
  for (let waitedMs = 0; readdirSync(folder).length > 0 && waitedMs < 10_000; waitedMs += 100) {
    await new Promise((resume) => setTimeout(resume, 100));
  }
  expect(readdirSync(folder)).toEqual([]);
  await expect(new pg.Client({ connectionString: url }).connect()).rejects.toThrow(/ECONNREFUSED/);
});
