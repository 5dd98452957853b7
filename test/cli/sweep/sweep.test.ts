/** A night on local servers: a list in, results and evidence out, and a host outside that nobody asks. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type S3StandIn, startS3StandIn } from '../../../localstack/standins/s3/index.ts';
import type { SweepStatement } from '../../../src/cli/sweep/evidence.ts';
import type { Exchange } from '../../../src/model/proof.ts';
import type { Report } from '../../../src/model/report.ts';
import { isSignedRight, type Signed } from '../../../src/prove/statement.ts';
import { startWebSite, type WebSite } from '../../kit/web-site.ts';

// Made up, with right check digits.
const PEOPLE = ['Q372145(7)', 'U104226(A)', 'O551907(2)'];
const LIST = `Name,HKID\n${PEOPLE.map((id) => `Person,${id}`).join('\n')}\n`;
const main = resolve(import.meta.dirname, '../../../src/cli/main.ts');
const folder = mkdtempSync(join(tmpdir(), 'ajar-sweep-'));
const out = join(folder, 'night');
let s3: S3StandIn;
let site: WebSite;
let outside: Server;
let outsidePort = 0;
let connections = 0;

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [main, ...args], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1' },
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

function authorise(change: object = {}): void {
  const hosts = [new URL(s3.url).host, new URL(site.url).host, '*.example.org'];
  const block = {
    by: 'Secretary',
    reference: 'OGCIO 12/2026',
    until: '2099-12-31',
    hosts,
    ...change,
  };
  writeFileSync(join(folder, 'ajar.yaml'), `authorisation: ${JSON.stringify(block)}\n`);
}

let ran: Ran;
let list: string;

beforeAll(async () => {
  s3 = await startS3StandIn({
    accounts: [{ id: '111122223333', canonicalId: 'c', accessKeyId: 'A', secretAccessKey: 's' }],
  });
  const policy = (bucket: string): object => ({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${bucket}/*`,
      },
      {
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:ListBucket',
        Resource: `arn:aws:s3:::${bucket}`,
      },
    ],
  });
  s3.seed.bucket({ name: 'lands-open', policy: policy('lands-open') });
  s3.seed.object({ bucket: 'lands-open', key: `forms/${PEOPLE[0]}.csv`, body: LIST });
  s3.seed.bucket({ name: 'lands-closed' });
  site = await startWebSite();
  site.files.set('files/list.csv', LIST);
  site.listed.add('files/');
  outside = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((done) => outside.listen(0, '127.0.0.1', done));
  const address = outside.address();
  outsidePort = typeof address === 'object' && address !== null ? address.port : 0;
  list = join(folder, 'tonight.txt');
  const store = s3.url.replace('http', 's3+http');
  writeFileSync(
    list,
    `# tonight\n${store}/lands-open\n${store}/lands-closed\n${site.url}/files/\nhttp://127.0.0.1:${outsidePort}/\nlands-not-there\n`,
  );
  authorise();
  ran = await ajar('sweep', '--list', list, '--out', out, '--zip', join(folder, 'night.zip'));
}, 120_000);

afterAll(async () => {
  await Promise.allSettled([s3.stop(), site.stop()]);
  outside.close();
  rmSync(folder, { recursive: true, force: true });
});

const read = (name: string): string => readFileSync(join(out, name), 'utf8');
const lines = <T>(name: string): readonly T[] =>
  read(name)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);

test('findings are told as they come, with people and since when', () => {
  expect(ran.stdout).toMatch(
    /^\w+ +s3:\S+\/lands-open \([^)]+\) {2}3 people {2}data since \d{4}-\d\d-\d\d {2}F-/m,
  );
  expect(ran.stdout).toMatch(/^\w+ +web:\S+\/files {2}3 people/m);
  expect(ran.stdout).toMatch(/\n3 findings, 3 people, /);
});

test('a server outside the authorisation sees not one connection, and is told as not looked at', () => {
  expect(connections).toBe(0);
  const report = JSON.parse(read('report/report.json')) as Report;
  expect(report.gaps).toContainEqual(
    expect.objectContaining({
      code: 'out-of-scope',
      detail: expect.stringMatching(
        /outside the authorisation; name it under authorisation\.hosts/,
      ),
    }),
  );
  expect(ran.code).toBe(4);
});

test('a guess outside the authorisation is not tried and is no gap', () => {
  expect(lines('targets.ndjson')).toContainEqual({
    text: 'lands-not-there',
    kind: 'name',
    asked: 's3://lands-not-there',
    outcome: 'outside the authorisation',
    why: null,
  });
  const report = JSON.parse(read('report/report.json')) as Report;
  expect(report.gaps.filter(({ asset }) => asset.includes('lands-not-there'))).toEqual([]);
});

test('the evidence says who allowed it, in the report too', () => {
  const report = JSON.parse(read('report/report.json')) as Report;
  expect(report.run.authorisation).toMatchObject({ by: 'Secretary', reference: 'OGCIO 12/2026' });
  expect(read('report/report.html')).toContain('OGCIO 12/2026');
  expect(read('README.md')).toContain('reference: OGCIO 12/2026');
});

test('every request is there with the hash of its answer, and none had a credential', () => {
  const requests = lines<Exchange>('requests.ndjson');
  expect(requests.some(({ url }) => url.startsWith(site.url))).toBe(true);
  const got = requests.filter(({ status, bytes }) => status === 200 && bytes === LIST.length);
  const hash = createHash('sha256').update(LIST).digest('hex');
  expect(got.map(({ bodySha256 }) => bodySha256)).toContain(hash);
  const asked = s3.log.filter(({ method }) => method !== undefined);
  expect(asked.length).toBeGreaterThan(0);
});

test('nobody is named in any file of the evidence', () => {
  const files = execFileSync('find', [out, '-type', 'f'], { encoding: 'utf8' }).trim().split('\n');
  expect(files.length).toBeGreaterThan(8);
  const text =
    files.map((file) => readFileSync(file, 'latin1')).join('\n') + ran.stdout + ran.stderr;
  for (const id of PEOPLE) {
    expect(text.includes(id), 'a raw identifier').toBe(false);
    expect(text.includes(encodeURIComponent(id)), 'an encoded identifier').toBe(false);
  }
});

test('the sums are right, the statement is signed, and it names the sums', () => {
  const checked = execFileSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: out });
  expect(checked.toString()).toBe('');
  const signed = JSON.parse(read('statement.json')) as Signed<SweepStatement>;
  expect(isSignedRight(signed)).toBe(true);
  const { files, findings, run } = signed.statement;
  expect(files['requests.ndjson']).toBe(
    createHash('sha256').update(read('requests.ndjson')).digest('hex'),
  );
  expect([findings.length, run.authorisation?.by]).toEqual([3, 'Secretary']);
});

test('the zip holds the same files', () => {
  const names = execFileSync(
    'python3',
    [
      '-c',
      'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print("\\n".join(z.namelist()))',
      join(folder, 'night.zip'),
    ],
    { encoding: 'utf8' },
  );
  const found = execFileSync('find', ['.', '-type', 'f'], { cwd: out, encoding: 'utf8' });
  const expected = found
    .trim()
    .split('\n')
    .map((name) => name.replace('./', 'night/'));
  expect(names.trim().split('\n').sort()).toEqual(expected.sort());
});

test('what a sweep found can be proved', async () => {
  const report = JSON.parse(read('report/report.json')) as Report;
  const [first] = report.findings.filter(({ asset }) => asset.provider === 's3');
  const proved = await ajar('prove', first?.id ?? '');
  expect(proved.stdout).toMatch(/the list +OPEN/);
  expect(proved.code).toBe(1);
});

test('--plan names each place and host and sends nothing', async () => {
  const before = site.asked.length;
  const { stdout, code } = await ajar('sweep', '--list', list, 'lands.example.org', '--plan');
  expect(stdout).toMatch(/^Authorised by Secretary \(OGCIO 12\/2026\) until 2099-12-31: /);
  expect(stdout).toMatch(/https:\/\/lands\.example\.org\/ \(web\): asks lands\.example\.org:443/);
  expect(stdout).toMatch(
    /s3:\/\/lands\.example\.org \(s3, guessed from lands\.example\.org\): NOT asked, outside/,
  );
  expect(stdout).toMatch(/Nothing has been sent\.\n$/);
  expect([code, site.asked.length]).toEqual([0, before]);
});

test('without an authorisation, or after it has ended, it says what to write', async () => {
  authorise({ until: '2024-01-31' });
  const late = await ajar('sweep', 'lands.example.org');
  expect(late.stderr).toMatch(/the authorisation OGCIO 12\/2026 ended on 2024-01-31/);
  rmSync(join(folder, 'ajar.yaml'));
  const none = await ajar('sweep', 'lands.example.org');
  expect(none.stderr).toMatch(/needs an authorisation; .*ajar\.yaml:\n\nauthorisation:\n {2}by:/);
  expect([late.code, none.code]).toEqual([2, 2]);
  authorise();
});

test('evidence is never mixed: a folder that holds something is refused', async () => {
  const { code, stderr } = await ajar('sweep', 'lands.example.org', '--out', out);
  expect(stderr).toMatch(/is not empty, and evidence is never mixed/);
  expect(code).toBe(2);
  expect(existsSync(join(out, 'requests.ndjson'))).toBe(true);
});
