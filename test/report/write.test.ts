import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OutputError } from '../../src/model/errors.ts';
import { LANGUAGES } from '../../src/model/language.ts';
import { excerptOf } from '../../src/report/excerpt.ts';
import { FILE_FORMATS } from '../../src/report/formats.ts';
import { checkWritable, writeReport } from '../../src/report/write.ts';
import { FINDINGS, madeReport, quietReport } from '../kit/report.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ajar-report-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function tree(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort();
}

function isHalfWritten(name: string): boolean {
  return name.endsWith('.ajar-part');
}

async function failure(directory: string): Promise<OutputError> {
  const error: unknown = await writeReport(madeReport(), directory).then(
    () => null,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(OutputError);
  return error as OutputError;
}

/** The real writer in a process of its own: limits and kills hit processes. */
function startWriter(directory: string, findings: number, limit = ''): ChildProcess {
  const kit = new URL('../kit/report.ts', import.meta.url).href;
  const writer = new URL('../../src/report/write.ts', import.meta.url).href;
  const program = `
    import { largeReport } from ${JSON.stringify(kit)};
    import { checkWritable, writeReport } from ${JSON.stringify(writer)};
    try {
      await writeReport(largeReport(${findings}), ${JSON.stringify(directory)});
      console.log('written');
    } catch (error) { console.log(error.name + ': ' + error.message); }`;
  const shell = `${limit} exec "$0" --input-type=module -e "$1"`;
  return spawn('sh', ['-c', shell, process.execPath, program]);
}

/** What it printed by its end. */
async function saidBy(child: ChildProcess): Promise<string> {
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  await once(child, 'close');
  return said;
}

async function killWhileWriting(child: ChildProcess): Promise<void> {
  const ended = once(child, 'close');
  while (child.exitCode === null && !(await tree(folder)).some(isHalfWritten)) await setTimeout(1);
  child.kill('SIGKILL');
  await ended;
}

test('a report is three kinds of files, one list a department with findings', async () => {
  const target = join(folder, 'a', 'b');
  const written = await writeReport(madeReport(), target);
  expect(await tree(target)).toEqual([
    'departments/harbour.csv',
    'departments/health.csv',
    'departments/registry.csv',
    'departments/unowned.csv',
    'report.html',
    'report.json',
  ]);
  expect(written.map((path) => path.slice(target.length + 1)).sort()).toEqual(await tree(target));
});

test('every format is a file, and lists are one a department', async () => {
  await writeReport(madeReport(), folder, { formats: FILE_FORMATS });
  const files = await tree(folder);
  expect(files.filter((name) => !name.startsWith('departments/'))).toEqual([
    'report.html',
    'report.json',
    'report.junit.xml',
    'report.ndjson',
    'report.ocsf.ndjson',
    'report.sarif',
    'report.xlsx',
  ]);
  expect(files.filter((name) => name.endsWith('.eml'))).toHaveLength(4);
});

test('a format that is not written again keeps its files, and so do lists beside an excerpt', async () => {
  await writeReport(madeReport(), folder, { formats: ['csv', 'eml'] });
  await writeReport(madeReport({ findings: [] }), folder, { formats: ['csv'] });
  const left = await tree(join(folder, 'departments'));
  expect(left).toEqual(['harbour.eml', 'health.eml', 'registry.eml', 'unowned.eml']);
  const part = excerptOf(madeReport(), { owners: ['parks'], severity: null, statuses: null });
  await writeReport(part, folder, { formats: ['eml'] });
  expect(await tree(join(folder, 'departments'))).toEqual([...left, 'parks.eml'].sort());
  await writeReport(madeReport({ findings: [] }), folder, { formats: ['eml'] });
  expect(await tree(join(folder, 'departments'))).toEqual([]);
});

test('a list in another language is known as ajar’s own again', async () => {
  for (const language of LANGUAGES) {
    await writeReport(madeReport(), folder, { setting: { language }, formats: ['csv'] });
    await writeReport(quietReport(), folder, { formats: ['csv'] });
    expect(await tree(folder)).toEqual([]);
  }
});

test('lists of departments that have nothing to do any more are taken away', async () => {
  await writeReport(madeReport(), folder);
  await writeReport(madeReport({ findings: FINDINGS.slice(0, 1) }), folder);
  expect(await tree(join(folder, 'departments'))).toEqual(['registry.csv']);
});

test('files of other people in the folder are left alone', async () => {
  await mkdir(join(folder, 'departments', 'old.csv'), { recursive: true });
  await writeFile(join(folder, 'departments', 'budget.csv'), 'deadline,euro\n');
  await writeFile(join(folder, 'notes.txt'), 'mine');
  await writeReport(quietReport(), folder);
  expect(await tree(folder)).toEqual([
    'departments/budget.csv',
    'notes.txt',
    'report.html',
    'report.json',
  ]);
});

test('half a file that a killed run left behind is taken away', async () => {
  await writeFile(join(folder, '.report.html.0123456789ab.ajar-part'), '<html>');
  await writeReport(quietReport(), folder);
  expect(await readdir(folder)).not.toContain('.report.html.0123456789ab.ajar-part');
});

test('only the owner may read the files', async () => {
  const target = join(folder, 'new');
  await writeReport(madeReport(), target);
  expect((await stat(target)).mode & 0o777).toBe(0o700);
  expect((await stat(join(target, 'report.json'))).mode & 0o777).toBe(0o600);
});

test('a file where the folder should be is named, with a way out', async () => {
  const target = join(folder, 'taken');
  await writeFile(target, '');
  const error = await failure(target);
  expect(error.code).toBe('ENOTDIR');
  expect(error.message).toContain(target);
  expect(error.message).toContain('--out');
});

test('a link that leads nowhere is an error, not an endless wait', async () => {
  const target = join(folder, 'link');
  await symlink(join(folder, 'nowhere'), target);
  expect((await failure(target)).message).toContain('cannot be used');
});

test('a folder that cannot be written is known before the scan, and a good one stays empty', async () => {
  const taken = join(folder, 'taken');
  await writeFile(taken, '');
  await expect(checkWritable(taken)).rejects.toBeInstanceOf(OutputError);
  const good = join(folder, 'good');
  await checkWritable(good);
  expect(await tree(good)).toEqual([]);
});

test('a folder in a file’s place is named and nothing half written stays', async () => {
  await mkdir(join(folder, 'report.html', 'inside'), { recursive: true });
  const error = await failure(folder);
  expect(error.message).toMatch(/^report\.html \([\d.]+ kB\) could not be written/);
  expect((await tree(folder)).filter(isHalfWritten)).toEqual([]);
});

test('what the system refuses to take in full leaves the earlier report as it was', async () => {
  await writeReport(quietReport(), folder);
  const before = await readFile(join(folder, 'report.json'), 'utf8');
  const said = await saidBy(startWriter(folder, 200, 'ulimit -f 64;'));
  expect(said).toContain('OutputError: report.json (');
  expect(said).toContain('An earlier report in that folder is unchanged.');
  expect(await readFile(join(folder, 'report.json'), 'utf8')).toBe(before);
  expect(await tree(folder)).toEqual(['report.html', 'report.json']);
});

test('a process killed while it writes leaves whole files, and the next run tidies up', async () => {
  let caught = false;
  // On a busy machine the writer may be done before the kill reaches it.
  for (let attempt = 0; attempt < 5 && !caught; attempt++) {
    await writeReport(quietReport(), folder);
    const before = await readFile(join(folder, 'report.json'), 'utf8');
    await killWhileWriting(startWriter(folder, 1500));
    caught = (await tree(folder)).some(isHalfWritten);
    const after = await readFile(join(folder, 'report.json'), 'utf8');
    if (after !== before) expect(JSON.parse(after)).toHaveProperty('gaps');
    expect(await readFile(join(folder, 'report.html'), 'utf8')).toMatch(/<\/html>\n$/);
  }
  expect(caught).toBe(true);
  await writeReport(quietReport(), folder);
  expect((await tree(folder)).some(isHalfWritten)).toBe(false);
}, 60_000);
