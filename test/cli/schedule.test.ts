import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { cronTimes, repeat } from '../../src/cli/schedule.ts';

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts');

function ajar(args: readonly string[], cwd = tmpdir()) {
  return spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8', cwd });
}

test('a run that fails is told, and the next one is tried', async () => {
  const said: string[] = [];
  let runs = 0;
  await repeat({
    next: () => (runs < 3 ? new Date() : null),
    signal: new AbortController().signal,
    async run() {
      runs += 1;
      if (runs === 2) throw new Error('the store is away');
    },
    say: (line) => said.push(line),
  });
  expect(runs).toBe(3);
  expect(said).toEqual([expect.stringMatching(/the run failed: the store is away$/)]);
});

test('an abort ends the waiting at once', async () => {
  const controller = new AbortController();
  let runs = 0;
  const waiting = repeat({
    next: () => new Date(Date.now() + 3_600_000),
    signal: controller.signal,
    run: async () => void runs++,
    say: () => {},
  });
  controller.abort();
  await waiting;
  expect(runs).toBe(0);
});

test('times are those of the zone', async () => {
  const at = (await cronTimes('0 2 * * *', 'Asia/Hong_Kong'))();
  expect(at?.toISOString()).toMatch(/T18:00:00\.000Z$/);
});

test.each([
  ['0 25 * * *', undefined, /Invalid value for hour/],
  ['0 2 * *', undefined, /five fields/],
  ['0 2 31 2 *', undefined, /never comes/],
  ['0 2 * * *', 'Mars/Olympus', /Mars\/Olympus/],
])('"%s" in zone %s is refused in a sentence', async (pattern, zone, said) => {
  await expect(cronTimes(pattern, zone)).rejects.toThrow(said);
});

test('a scan that is quiet when nothing changed says one line when something did', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ajar-changed-'));
  try {
    mkdirSync(join(folder, 'data'));
    const scan = () => ajar(['scan', 'data', '--quiet', '--if-changed'], folder).stdout;
    // Made up, with a right check digit.
    writeFileSync(join(folder, 'data/a.csv'), 'HKID\nQ372145(7)\n');
    expect(scan()).toMatch(/ first run: 1 findings, 1 people exposed, 0 gaps\n$/);
    expect(scan()).toBe('');
    writeFileSync(join(folder, 'data/b.csv'), 'HKID\nU104226(A)\n');
    expect(scan()).toMatch(/^\S+ 2 people exposed \(before: 1\)\n$/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the Kubernetes file is YAML that forbids two runs at once', () => {
  const { stdout } = ajar(['schedule', 'kubernetes', '--at', '30 1 * * 1-5']);
  const job = parse(stdout) as {
    kind: string;
    spec: { schedule: string; concurrencyPolicy: string };
  };
  expect(parseAllDocuments(stdout)).toHaveLength(1);
  expect(job).toMatchObject({
    kind: 'CronJob',
    spec: { schedule: '30 1 * * 1-5', concurrencyPolicy: 'Forbid' },
  });
});

test('cron’s times become systemd’s', () => {
  const calendar = (at: string): string =>
    /OnCalendar=(.*)/.exec(ajar(['schedule', 'systemd', '--at', at]).stdout)?.[1] ?? '';
  expect(calendar('0 2 * * *')).toBe('*-*-* 2:0:00');
  expect(calendar('*/15 8,17 1 * *')).toBe('*-*-1 8,17:0/15:00');
  expect(calendar('30 1 * * 1-5')).toBe('Mon..Fri *-*-* 1:30:00');
  expect(ajar(['schedule', 'systemd', '--at', '0 2-4 * * *']).stderr).toContain(
    'systemd cannot say this',
  );
});
