/** `ajar report` as a person runs it, on a store that two runs have left. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/cli/config.ts';
import { reportFrom, settingFrom, settingOf } from '../../src/cli/reporting.ts';
import { openStore } from '../../src/store/open.ts';
import { FINDINGS, madeReport } from '../kit/report.ts';
import { readMail } from '../kit/report-readers.ts';
import { rerun, storeWith } from '../kit/store.ts';

const main = resolve(import.meta.dirname, '../../src/cli/main.ts');
const folder = mkdtempSync(join(tmpdir(), 'ajar-reports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const findings = FINDINGS.map((finding, index) => ({
  ...finding,
  id: `F-00000000000${index + 1}`,
}));
/** Seen by the first run only, and proved closed since. */
const [gone] = findings;
const WHOLE = { owners: null, severity: null, statuses: null };

beforeAll(async () => {
  const before = madeReport({ findings });
  const after = madeReport({ findings: findings.slice(1) });
  const store = await storeWith(join(folder, 'store.db'), before, rerun(after, 'run-later', 7));
  const change = { from: 'new', to: 'fixed', reason: null, until: null };
  const entry = {
    kind: 'finding.status',
    subject: gone?.id ?? '',
    by: 'ajar',
    once: null,
  } as const;
  await store.append([{ ...entry, body: change }]);
  await store.close();
  writeFileSync(
    join(folder, 'owners.yaml'),
    'owners:\n  - { id: registry, name: Civil Registry Office, names: { ja: 戸籍局 } }\n' +
      '  - { id: harbour, name: Harbour Office, language: ja }\n  - { id: idle, name: Idle Office }\nrules: []\n',
  );
  writeFileSync(
    join(folder, 'ajar.yaml'),
    'store: store.db\nowners: owners.yaml\nlanguage: zh-Hant\n',
  );
});

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function report(...args: readonly string[]): Promise<Ran> {
  return ajar('report', ...args);
}

async function ajar(...args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [main, ...args], { cwd: folder });
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

test('without flags the latest run stands on the terminal, in the language of the configuration', async () => {
  const { code, stdout, stderr } = await report();
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('海角衞生局');
  expect(stdout).toContain('5 項發現');
  expect(stdout).not.toContain('戸籍局');
});

test('a whole folder of formats is written, a mail in its department’s own language', async () => {
  const out = join(folder, 'out');
  const formats = 'html,json,ndjson,csv,xlsx,eml,sarif,ocsf,junit';
  const { code, stderr } = await report('--format', formats, '--out', out);
  expect(code).toBe(0);
  expect(readdirSync(out).sort()).toEqual([
    'departments',
    'report.html',
    'report.json',
    'report.junit.xml',
    'report.ndjson',
    'report.ocsf.ndjson',
    'report.sarif',
    'report.xlsx',
  ]);
  expect(stderr.split('\n')).toHaveLength(7);
  const language = (id: string): string | undefined =>
    readMail(readFileSync(join(out, 'departments', `${id}.eml`))).headers['content-language'];
  expect([language('harbour'), language('registry')]).toEqual(['ja', 'zh-Hant']);
  const page = readFileSync(join(out, 'report.html'), 'utf8');
  expect(page.includes('class="overtime"')).toBe(true);
  expect(page.includes('<b>新發現</b>') || page.includes('<b>未處理</b>')).toBe(true);
});

test('one department’s list goes to stdout for another program, and says what it is an excerpt of', async () => {
  const { stdout } = await report('--owner', 'harbour', '--format', 'json', '--out', '-');
  const part = JSON.parse(stdout) as { filter: object; findings: { owner: { id: string } }[] };
  expect(part.filter).toEqual({ owners: ['harbour'], severity: null, statuses: null });
  expect(part.findings.map(({ owner }) => owner.id)).toEqual(['harbour', 'harbour']);
});

test('a department without findings gets its empty list when it is named', async () => {
  const args = ['--owner', 'idle', '--format', 'eml', '--out', '-', '--language', 'en'];
  const { stdout } = await report(...args);
  expect(readMail(Buffer.from(stdout)).headers.subject).toContain('please confirm');
});

test.each([
  [['--format', 'pdf'], /--format pdf: there is no format "pdf"; allowed are table, html, json/],
  [['--format', ''], /--format : names no format/],
  [['--language', 'fr'], /--language fr: allowed is en, zh-Hant, zh-Hans, ja/],
  [['--owner', 'healht'], /--owner healht: no such department; there are .*health/],
  [['--status', 'done'], /--status done: allowed are new, open/],
  [
    ['--run', 'nope'],
    /--run nope: the store has no finished run of that id; the newest are run-later/,
  ],
  [['--format', 'json,html', '--out', '-'], /--out -: takes one format/],
  [['--format', 'eml', '--out', '-'], /--out -: a mail is to one department; name it with --owner/],
  [['--out'], /Not enough arguments following: out/],
  [['--store', 'none.db'], /--store none\.db: there is no store/],
])('%j is told in one sentence, with exit code 2', async (args, sentence) => {
  const { code, stdout, stderr } = await report(...args);
  expect(stderr).toMatch(sentence);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
});

test('what was proved fixed is in no later run, and comes when its status is asked for', async () => {
  const store = await openStore(join(folder, 'store.db'));
  try {
    const config = loadConfig({ config: join(folder, 'ajar.yaml') });
    const latest = await reportFrom(store, undefined, WHOLE, config.owners);
    expect(latest.findings.some(({ id }) => id === gone?.id)).toBe(false);
    const fixed = { ...WHOLE, statuses: ['fixed'] as const };
    const found = await reportFrom(store, undefined, fixed, config.owners);
    expect(found.findings.map(({ id }) => id)).toEqual([gone?.id]);
  } finally {
    await store.close();
  }
});

test('a finding stands in the queue of those whose turn it is', async () => {
  const store = await openStore(join(folder, 'store.db'));
  const [, second, third] = findings;
  try {
    const base = { kind: 'finding.status', by: 'chan', once: null } as const;
    const given = { from: 'open', to: 'open', reason: null, until: null, owner: 'idle' };
    const back = { from: 'open', to: 'not-ours', reason: 'no', until: null };
    await store.append([
      { ...base, subject: second?.id ?? '', body: given },
      { ...base, subject: third?.id ?? '', body: back },
    ]);
    const config = loadConfig({ config: join(folder, 'ajar.yaml') });
    const shown = await reportFrom(store, undefined, WHOLE, config.owners);
    const owners = new Map(shown.findings.map(({ id, owner }) => [id, owner]));
    expect(owners.get(second?.id ?? '')).toEqual({ id: 'idle', name: 'Idle Office' });
    expect(owners.get(third?.id ?? '')).toBeNull();
    const idle = shown.departments.find(({ id }) => id === 'idle');
    expect(idle?.findings).toEqual([second?.id]);
    expect([idle?.people, idle?.atLeast]).toEqual([second?.people.atLeast, false]);
  } finally {
    await store.close();
  }
});

test('past runs come from the ledger, and names from owners.yaml', async () => {
  const store = await openStore(join(folder, 'store.db'));
  try {
    const config = loadConfig({ config: join(folder, 'ajar.yaml') });
    const setting = await settingFrom(settingOf(config, {}), store, []);
    expect(setting.history?.map(({ run }) => run)).toEqual(['run-2025-11-20-1', 'run-later']);
    expect(setting.owners?.registry).toEqual({ ja: '戸籍局' });
    expect(setting.language).toBe('zh-Hant');
  } finally {
    await store.close();
  }
});

test('a scan writes the formats and speaks the language it is told', {
  timeout: 30_000,
}, async () => {
  mkdirSync(join(folder, 'share'));
  writeFileSync(join(folder, 'share', 'notes.txt'), 'Opening hours: 9 to 5\n');
  const flags = ['--report', 'junit,ndjson', '--language', 'ja', '--out', 'scanned', '--quiet'];
  const { stdout, code } = await ajar('scan', './share', '--store', 'own.db', ...flags);
  expect(code).toBe(0);
  expect(stdout).toContain('検出なし');
  expect(readdirSync(join(folder, 'scanned')).sort()).toEqual([
    'departments',
    'report.junit.xml',
    'report.ndjson',
  ]);
  const wrong = await ajar('scan', './share', '--report', 'pdf');
  expect(wrong.stderr).toContain('--report pdf: there is no format "pdf"');
  expect(wrong.code).toBe(2);
});
