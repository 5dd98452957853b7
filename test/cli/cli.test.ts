/** The real program, as a person runs it: what it says, where it says it, how it ends. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';

const main = resolve(import.meta.dirname, '../../src/cli/main.ts');
const folder = mkdtempSync(join(tmpdir(), 'ajar-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Made up; the check digit is right (weights 9…2, blank 36).
const HKID = 'Q372145(7)';
mkdirSync(join(folder, 'people'));
writeFileSync(join(folder, 'people', 'list.csv'), `Name,HKID\nPerson,${HKID}\n`);
mkdirSync(join(folder, 'clean'));
writeFileSync(join(folder, 'clean', 'a.txt'), 'Opening hours: 9 to 5\n');
mkdirSync(join(folder, 'gaps'));
writeFileSync(
  join(folder, 'gaps', 'b.bin'),
  Buffer.from(Array.from({ length: 999 }, (_, i) => (i * 7919) % 251)),
);

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const clean = {
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/none',
    AWS_SHARED_CREDENTIALS_FILE: '/none',
  };
  return spawn(process.execPath, [main, ...args], {
    cwd: folder,
    env: { ...process.env, ...clean, ...env },
  });
}

async function ended(child: ChildProcess): Promise<Ran> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, stdout, stderr };
}

const ajar = (...args: string[]): Promise<Ran> => ended(start(args));

test.each([
  [[], /say what to do, for example/],
  [['scna'], /Did you mean scan\?/],
  [['scan', 'clean', '--bugdet', '5'], /Unknown argument: bugdet/],
  [['scan'], /scan: no targets; name one/],
  [['scan', 'nothing-there'], /target nothing-there: there is no such file or folder/],
  [['scan', 'ftp://host/path'], /nothing here scans ftp:\/\/; allowed are .*s3:\/\//],
  [['scan', 'clean', '--budget', 'lots'], /--budget lots: allowed is a size/],
  [['scan', 'clean', '--deadline', 'soon'], /--deadline soon: allowed is a number of days/],
  [['scan', 'a', 'b', '--name', 'x'], /--name x: goes with exactly one target, here are 2/],
  [['scan', '--config', 'none.yaml'], /none\.yaml: there is no such file/],
  [['scan', 'clean', '--out', 'clean/a.txt'], /report folder clean\/a\.txt cannot be used/],
  [['classify', 'nothing-there'], /classify nothing-there: there is no such file or folder/],
  [['classify', '--min-confidence', 'certain', 'clean'], /Choices: "low", "medium", "high"/],
  [['verdict', 'people/list.csv'], /list\.csv is no JSON/],
  [['locate', 'K-0'], /there is no store; run a scan first/],
])('wrong use ends with 2 and a sentence on stderr: %j', async (args, message) => {
  const { code, stdout, stderr } = await ajar(...args);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/ {4}at /);
  expect(stdout).toBe('');
  expect(code).toBe(2);
});

test('exit codes: nothing found 0, findings 1, gaps 3, both 4', async () => {
  const codes = await Promise.all(
    [['clean'], ['people'], ['gaps'], ['people', 'gaps']].map(async (targets, i) => {
      const own = ['--out', `out-${i}`, '--store', `store-${i}.db`];
      return (await ajar('scan', ...targets, ...own, '--quiet')).code;
    }),
  );
  expect(codes).toEqual([0, 1, 3, 4]);
});

test('no credentials is a gap that says what to set', async () => {
  const { code, stderr } = await ajar('scan', 's3://', '--out', 'out-s3');
  expect(stderr).toMatch(/needs credentials; set AWS_ACCESS_KEY_ID/);
  expect(code).toBe(3);
});

test('an endpoint that is down is a gap that names it', async () => {
  const { code, stderr } = await ajar(
    'scan',
    's3+http://127.0.0.1:1/bucket',
    '--anonymous',
    '--out',
    'out-down',
  );
  expect(stderr).toMatch(/no connection to 127\.0\.0\.1:1 \(ECONNREFUSED\)/);
  expect(code).toBe(3);
});

test('--plan names hosts and calls and sends nothing', async () => {
  const { code, stdout } = await ajar(
    'scan',
    's3://my-bucket',
    'gs://my-bucket',
    'az://account',
    '--plan',
  );
  expect(stdout).toMatch(/hosts: .*amazonaws\.com/);
  expect(stdout).toMatch(/GetBucketPolicy/);
  expect(stdout).toMatch(/Nothing has been sent/);
  expect(code).toBe(0);
});

test('json and ndjson go to stdout whole, progress does not', async () => {
  const json = await ajar('scan', 'people', '--out', 'out-json', '--format', 'json');
  expect((JSON.parse(json.stdout) as Report).findings).toHaveLength(1);
  const lines = (await ajar('scan', 'people', '--out', 'out-nd', '--format', 'ndjson')).stdout
    .trim()
    .split('\n');
  const types = lines.map((line) => (JSON.parse(line) as { type: string }).type);
  expect(types).toContain('finding');
  expect(types.at(-1)).toBe('report');
});

test('classify prints masked hits with places and offsets', async () => {
  const { stdout, code } = await ajar('classify', 'people');
  const hit = JSON.parse(stdout) as Record<string, unknown>;
  expect(hit).toMatchObject({
    file: join('people', 'list.csv'),
    detector: 'hk.hkid',
    form: 'full',
    confidence: 'high',
    column: 'HKID',
    start: 17,
    end: 27,
  });
  expect(stdout).not.toContain(HKID);
  expect(code).toBe(1);
});

test('classify --summary counts people, and reads stdin', async () => {
  const child = start(['classify', '-', '--summary']);
  child.stdin?.end(`HKID ${HKID} and again ${HKID}\n`);
  const { stdout } = await ended(child);
  expect(JSON.parse(stdout)).toEqual({
    file: '-',
    detector: 'hk.hkid',
    form: 'full',
    hits: 2,
    people: 1,
    confidence: 'high',
  });
});

test('what classify cannot read is a line too', async () => {
  const { stdout, code } = await ajar('classify', 'gaps');
  expect(JSON.parse(stdout)).toMatchObject({ file: join('gaps', 'b.bin'), gap: 'unsupported' });
  expect(code).toBe(3);
});

test('locate opens what the report refers to, and nothing else prints it', async () => {
  const own = ['--store', 'store-l.db', '--key', 'key-l'];
  const { stdout } = await ajar('scan', 'people', '--out', 'out-l', '--format', 'json', ...own);
  const ref = (JSON.parse(stdout) as Report).findings[0]?.samples[0]?.ref ?? '';
  expect((await ajar('locate', ref, ...own)).stdout).toBe('list.csv\n');
});

test('Ctrl-C ends with a partial report that says so', async () => {
  // A server that never answers: the scan is in the middle of something.
  const server = createServer(() => {});
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const child = start(
    ['scan', 'people', `s3+http://127.0.0.1:${port}/bucket`, '--anonymous', '--out', 'out-int'],
    {},
  );
  const result = ended(child);
  await new Promise<void>((done) => server.once('connection', () => done()));
  child.kill('SIGINT');
  const { code, stderr } = await result;
  server.closeAllConnections();
  server.close();
  expect(stderr).toMatch(/Stopping: writing the report of what is known so far/);
  const report: Report = JSON.parse(readFileSync(join(folder, 'out-int', 'report.json'), 'utf8'));
  expect(report.run.status).toBe('interrupted');
  expect(report.coverage.complete).toBe(false);
  expect(report.gaps.map((gap) => gap.code)).toContain('interrupted');
  expect([3, 4]).toContain(code);
});

test('help loads the commands and their words, and no part that works', async () => {
  const hook =
    "import { registerHooks } from 'node:module';" +
    'registerHooks({ load: (url, on, next) => (console.error(url), next(url, on)) });';
  const url = `data:text/javascript,${encodeURIComponent(hook)}`;
  const { stderr } = await ended(start(['--help'], { NODE_OPTIONS: `--import=${url}` }));
  const loaded = stderr.split('\n').map((line) => /\/src\/(\w+)\//.exec(line)?.[1]);
  expect([...new Set(loaded.filter((room) => room !== undefined))].sort()).toEqual([
    'cli',
    'model',
  ]);
});

test('help has examples and exit codes, and every command has help', async () => {
  const { stdout } = await ajar('--help');
  expect(stdout).toMatch(/Exit codes: 0 nothing found/);
  for (const command of ['scan', 'classify', 'verdict', 'detectors', 'doctor', 'demo', 'locate']) {
    expect(stdout).toContain(`ajar ${command}`);
  }
  expect((await ajar('scan', '--help')).stdout).toMatch(/Examples:\n.*ajar scan s3:\/\//);
});
