/** `ajar doctor TARGET`: the real program against the S3 stand-in, whose key lacks some permissions. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type S3StandIn, startS3StandIn } from '../../localstack/standins/s3/index.ts';

const main = resolve(import.meta.dirname, '../../src/cli/main.ts');
const folder = mkdtempSync(join(tmpdir(), 'ajar-doctor-'));
let standIn: S3StandIn;

beforeAll(async () => {
  const account = { id: '111122223333', canonicalId: 'c-lands', secretAccessKey: 'made-up' };
  standIn = await startS3StandIn({
    accounts: [
      { ...account, accessKeyId: 'WHOLE' },
      { ...account, accessKeyId: 'LESS', allow: ['s3:List*', 's3:GetBucketPolicy'] },
    ],
  });
  standIn.seed.bucket({ name: 'forms' });
  standIn.seed.object({ bucket: 'forms', key: 'a.csv', body: 'made up' });
});
afterAll(async () => {
  await standIn.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function doctor(key: string, ...args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [main, 'doctor', ...args], {
    cwd: folder,
    env: { ...process.env, AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: 'made-up' },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, stdout, stderr };
}

const target = (): string => `${standIn.url.replace('http', 's3+http')}/forms`;

test('what is there and what is missing is told permission by permission, and ends accordingly', async () => {
  const less = await doctor('LESS', target());
  expect(less.stdout).toMatch(/✓ s3:GetBucketPolicy$/m);
  expect(less.stdout).toMatch(/✗ s3:GetBucketAcl +missing \(HTTP 403 AccessDenied\)$/m);
  expect(less.stdout).toMatch(/\d+ there, \d+ missing, \d+ not tried; .*--permissions s3$/m);
  expect(less.code).toBe(2);
  const whole = await doctor('WHOLE', target());
  expect([whole.code, whole.stdout.includes('✗')]).toEqual([0, false]);
});

test('with --try the targets of the configuration are tried', async () => {
  const config = join(folder, 'doctor.yaml');
  writeFileSync(config, `targets:\n  - uri: ${target()}\n    name: lands\n`);
  const { code, stdout } = await doctor('WHOLE', '--try', '--config', config);
  expect([code, stdout.startsWith('lands (Amazon S3')]).toEqual([0, true]);
});

test.each([
  [['--try'], /no targets/],
  [['--account', '1'], /--account 1: goes with exactly one target/],
  [['nowhere://x'], /nowhere:/],
])('%j is one clear sentence', async (args, message) => {
  const { code, stderr, stdout } = await doctor('WHOLE', ...args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(message);
});
