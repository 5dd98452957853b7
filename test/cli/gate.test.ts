/** The gate as a pipeline runs it: the command, a folder, its exit code and what it prints. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { copySources } from '../../src/cli/gate.ts';

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts');
// Made up, with right check digits.
const PEOPLE = ['Q372145(7)', 'U104226(A)', 'O551907(2)'];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ajar-gate-test-'));
  mkdirSync(join(folder, 'dist/forms'), { recursive: true });
  writeFileSync(join(folder, 'dist/index.html'), '<h1>Opening hours</h1>');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function gate(...args: readonly string[]) {
  return spawnSync(process.execPath, [MAIN, 'gate', '--quiet', ...args], {
    encoding: 'utf8',
    cwd: folder,
  });
}

function plant(path: string): void {
  writeFileSync(join(folder, path), `no,HKID\n${PEOPLE.map((id, n) => `${n},${id}`).join('\n')}\n`);
}

test('a folder without people is let through', () => {
  const { status, stdout } = gate('dist');
  expect(stdout).toBe('PASS: nothing found that would expose people (1 of 1 object read).\n');
  expect(status).toBe(0);
});

test('a folder with people stops the pipeline and names the places to fix, masked', () => {
  plant('dist/forms/all.csv');
  const { status, stdout } = gate('dist', '--junit', 'ajar.xml', '--sarif', 'ajar.sarif');
  expect(status).toBe(1);
  expect(stdout).toContain('STOP: if this were public, 3 people would be exposed');
  expect(stdout).toMatch(/forms\/all\.csv.*row \d+/);
  for (const file of ['ajar.xml', 'ajar.sarif']) {
    const text = readFileSync(join(folder, file), 'utf8');
    expect(text).toContain('forms/all.csv');
    for (const id of PEOPLE) expect(text + stdout).not.toContain(id);
  }
});

test('a result that cannot be written is told after the result, and costs no other', () => {
  plant('dist/forms/all.csv');
  const { status, stdout, stderr } = gate('dist', '--junit', 'none/ajar.xml', '--sarif', 'a.sarif');
  expect(stdout).toContain('STOP: if this were public, 3 people would be exposed');
  expect(stderr).toBe(
    'ajar: --junit none/ajar.xml: cannot be written (ENOENT); name another file, in a folder that is there\n',
  );
  expect(status).toBe(2);
  expect(existsSync(join(folder, 'a.sarif'))).toBe(true);
});

test('what is below the bar is told and let through', () => {
  plant('dist/forms/all.csv');
  const { status, stdout } = gate('dist', '--fail-on', 'critical');
  expect(status).toBe(0);
  expect(stdout).toContain('1 finding below "critical" let through');
});

test('a file that cannot be read is not clear, unless gaps are allowed', () => {
  // The header of an encrypted zip entry; its content is not there.
  const zip = Buffer.from('504b0304140001000000', 'hex');
  writeFileSync(join(folder, 'dist/secret.zip'), zip);
  const strict = gate('dist');
  expect(strict.stdout).toContain('NOT CLEAR');
  expect(strict.status).toBe(3);
  expect(gate('dist', '--allow-gaps').status).toBe(0);
});

test('only what a copy list names is looked at', () => {
  plant('dist/forms/all.csv');
  writeFileSync(
    join(folder, 'list.csv'),
    'source,destination\ndist/index.html,s3://site/index.html\n',
  );
  expect(gate('--copy-list', 'list.csv').status).toBe(0);
  writeFileSync(
    join(folder, 'list.csv'),
    'dist/index.html\ndist/forms/all.csv -> s3://site/all.csv\n',
  );
  const { status, stdout } = gate('--copy-list', 'list.csv');
  expect(status).toBe(1);
  expect(stdout).toContain('2 of 2 objects read');
});

test('a source that is not there is named by its line, not by its name', () => {
  writeFileSync(join(folder, 'list.csv'), `dist/index.html\ndist/${PEOPLE[0]}.pdf\n`);
  const { status, stderr } = gate('--copy-list', 'list.csv');
  expect(status).toBe(2);
  expect(stderr).toContain('1 of its sources are not there (line 2)');
  expect(stderr).not.toContain(PEOPLE[0]);
});

test('a plan that opens a new bucket is told, and nothing lies there yet', () => {
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::site/*' },
    ],
  });
  const resource = (type: string, name: string, values: object) => ({
    address: `${type}.${name}`,
    mode: 'managed',
    type,
    name,
    values,
  });
  const off = {
    block_public_acls: false,
    ignore_public_acls: false,
    block_public_policy: false,
    restrict_public_buckets: false,
  };
  const resources = [
    resource('aws_s3_bucket', 'site', { bucket: 'site' }),
    resource('aws_s3_bucket_public_access_block', 'site', { bucket: 'site', ...off }),
    resource('aws_s3_bucket_policy', 'site', { bucket: 'site', policy }),
  ];
  const plan = {
    format_version: '1.2',
    planned_values: { root_module: { resources } },
    resource_changes: resources.map(({ address, type, name }) => ({
      address,
      type,
      name,
      change: { actions: ['create'] },
    })),
  };
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan));
  const { status, stdout, stderr } = gate('--terraform', 'plan.json');
  expect(stderr).toBe('');
  expect(stdout).toContain('aws_s3_bucket.site: anyone may read: yes');
  expect(stdout).toContain('new, nothing lies there yet');
  expect(status).toBe(0);
});

test('what is no plan is refused in a sentence', () => {
  writeFileSync(join(folder, 'plan.json'), '{"a": 1}');
  const { status, stderr } = gate('--terraform', 'plan.json');
  expect(status).toBe(2);
  expect(stderr).toContain('terraform show -json');
});

test('a gate leaves the store of the scans alone', () => {
  plant('dist/forms/all.csv');
  gate('dist');
  expect(existsSync(join(folder, '.ajar/store.db'))).toBe(false);
  expect(existsSync(join(folder, 'ajar-report'))).toBe(false);
});

test('sources stand alone or before their destination, quoted or not', () => {
  const text = [
    '\uFEFFsource,destination',
    '# the old share',
    '"a, b.csv",s3://x/a',
    'c d.csv\ts3://x/c',
    'e.csv -> s3://x/e',
    'with,comma.csv',
    's3://old/f.csv,s3://new/f.csv',
    '',
  ].join('\r\n');
  expect(copySources('list', text).map(({ source }) => source)).toEqual([
    'a, b.csv',
    'c d.csv',
    'e.csv',
    'with,comma.csv',
    's3://old/f.csv',
  ]);
});
