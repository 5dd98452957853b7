/**
 * The main job as a person runs it: servers, seed, scan, report; twice on one store.
 *
 * Everything that must never leak is known here, so every output is searched for all of it.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compare } from '../localstack/compare.ts';
import { type Planted, plantDepartments } from '../localstack/seed/departments.ts';
import type { Report } from '../src/model/report.ts';

const SEED = 77;
const main = resolve(import.meta.dirname, '../src/cli/main.ts');
const folder = mkdtempSync(join(tmpdir(), 'ajar-demo-'));
const temporary = join(folder, 'tmp');

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly report: Report;
}

async function demo(): Promise<Ran> {
  const out = join(folder, 'report');
  const flags = ['demo', '--seed', String(SEED), '--out', out, '--dir', join(folder, 'dir')];
  const child = spawn(process.execPath, [main, ...flags], {
    cwd: folder,
    env: { ...process.env, TMPDIR: temporary, NO_COLOR: '1' },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const code = await new Promise<number | null>((done) => child.on('close', done));
  const report: Report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
  return { code, stdout, stderr, report };
}

let planted: Planted;
let first: Ran;
let second: Ran;

beforeAll(async () => {
  const { mkdirSync } = await import('node:fs');
  mkdirSync(temporary);
  planted = await plantDepartments(SEED);
  first = await demo();
  second = await demo();
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function filesUnder(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesUnder(join(path, name)));
}

test('the report holds every planted exposure, nothing else, and people within 2 %', () => {
  expect(compare(first.report, planted)).toEqual([]);
  expect(first.stderr).not.toContain('not as planted');
  expect(first.code).toBe(0);
});

test('five departments and an orphan queue, from three providers', () => {
  const { departments, assets } = first.report;
  expect(new Set(departments.map(({ id }) => id))).toEqual(
    new Set(['lands', 'health', 'revenue', 'labour', 'civil', null]),
  );
  expect(new Set(assets.map(({ provider }) => provider))).toEqual(
    new Set(['s3', 'azure-blob', 'gcs']),
  );
});

test('closed doors are closed, the unreadable bucket is unknown and a gap', () => {
  const state = (id: string) => first.report.assets.find((asset) => asset.id === id)?.read;
  expect(state('azure-blob:health/vaccination')).toBe('closed');
  expect(state('gcs:revenue/revenue-archive')).toBe('closed');
  expect(state('s3:lands/lands-vault')).toBe('unknown');
  expect(first.report.gaps.some(({ asset }) => asset === 's3:lands/lands-vault')).toBe(true);
});

test('a second run knows the first: same findings, same ids, its firstKnown and deadline', () => {
  const known = ({ report }: Ran) =>
    report.findings.map(({ id, firstKnown, deadline, people }) => ({
      id,
      firstKnown,
      deadline,
      people,
    }));
  expect(known(second)).toEqual(known(first));
  expect(second.report.run.id).not.toBe(first.report.run.id);
  expect(second.report.run.startedAt > first.report.run.startedAt).toBe(true);
});

/** Is any of the values in the text? One walk: by their first characters, then whole. Says not which. */
function holdsAny(text: string, values: readonly string[]): boolean {
  const least = Math.min(...values.map((value) => value.length));
  const byStart = Map.groupBy(values, (value) => value.slice(0, least));
  for (let i = 0; i + least <= text.length; i++) {
    const candidates = byStart.get(text.slice(i, i + least));
    if (candidates?.some((value) => text.startsWith(value, i))) return true;
  }
  return false;
}

test('no planted value is in any output, store or temporary file', () => {
  const outputs = [
    ['stdout', first.stdout + second.stdout],
    ['stderr', first.stderr + second.stderr],
    ...filesUnder(folder).map((file) => [file, readFileSync(file).toString('latin1')] as const),
  ] as const;
  expect(outputs.length).toBeGreaterThan(8);
  const leaks = outputs.filter(([, text]) => holdsAny(text, planted.raw)).map(([name]) => name);
  expect(leaks).toEqual([]);
});

test('each department with findings has its list', () => {
  const lists = readdirSync(join(folder, 'report', 'departments')).sort();
  expect(lists).toEqual([
    'civil.csv',
    'health.csv',
    'labour.csv',
    'lands.csv',
    'revenue.csv',
    'unowned.csv',
  ]);
});

test('every finding has a closing command, a proof and a deadline seven days after it was known', () => {
  for (const { id, remedy, firstKnown, deadline } of first.report.findings) {
    const purposes = remedy.filter(({ command }) => command !== '').map(({ purpose }) => purpose);
    expect(purposes, id).toContain('close');
    expect(purposes, id).toContain('prove');
    expect(Date.parse(deadline) - Date.parse(firstKnown), id).toBe(7 * 24 * 3600 * 1000);
  }
});
