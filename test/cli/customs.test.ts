/** Own detectors and allow lists, through the real program. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadConfig } from '../../src/cli/config.ts';

const main = resolve(import.meta.dirname, '../../src/cli/main.ts');
/** Made up; the check letter is right. */
const NRIC = 'S8412307B';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ajar-customs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function ajar(args: readonly string[], input = ''): { stdout: string; stderr: string } {
  return spawnSync(process.execPath, [main, ...args], { cwd: folder, input, encoding: 'utf8' });
}

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const OWN = `detectors:
  custom:
    - id: office.staff-number
      title: Staff number
      shapes: ["l2~d6"]
      hints: [staff no]
      check: mod11
      weights: [1, 2, 3, 4, 5, 6, 7, 8]
`;

test("an office's own detector finds its numbers, and the check refuses others", () => {
  write('ajar.yaml', OWN);
  const { stdout } = ajar(
    ['classify', '-', '--config', 'ajar.yaml', '--explain'],
    'staff no: AB123456, staff no: AB123457\n',
  );
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ detector, start }) => [detector, start])).toEqual([
    ['office.staff-number', 10],
  ]);
  expect(lines[0].explanation).toContain('raised: a word beside it names it');
});

test('a value whose hash is allowed is reported no more; what ended is told', () => {
  write('ajar.yaml', 'key: key\n');
  const { stdout: hashes } = ajar(['hash', '--config', 'ajar.yaml'], `${NRIC}\n`);
  expect(hashes).toMatch(/^[0-9a-f]{16} # sg\.nric\n$/);
  write('known.hashes', hashes);
  write(
    'ajar.yaml',
    'key: key\nallow:\n' +
      '  - { values: known.hashes, until: 2999-01-01, reason: printed on our forms }\n' +
      '  - { path: "*", until: 2020-01-01, reason: the old site }\n',
  );
  const { stdout, stderr } = ajar(['classify', '-', '--config', 'ajar.yaml'], `NRIC ${NRIC}\n`);
  expect(stdout).toBe('');
  expect(stderr).toContain('the entry "the old site" ended on 2020-01-01 and holds no more');
});

test('a mistake is told with line and column', () => {
  const config = (text: string) => () => loadConfig({ config: write('ajar.yaml', text) });
  expect(config(OWN.replace('l2~d6', 'l2~q'))).toThrow(/ajar\.yaml:5:16: .*"q" means nothing here/);
  expect(config(OWN.replace('mod11', 'mod12'))).toThrow(/ajar\.yaml:7:14: .*"luhn" \| "verhoeff"/);
  expect(config(OWN.replace(/ {6}weights.*\n/, ''))).toThrow(/weights with the check mod11/);
  expect(config('allow:\n  - { pattern: "K*", reason: x }\n')).toThrow(
    /ajar\.yaml:2:5: "allow\[1\]\.until" is missing/,
  );
  expect(config('allow:\n  - { until: 2030-02-31, reason: x, path: a }\n')).toThrow(
    'a day of the calendar',
  );
  expect(config('allow:\n  - { until: 2030-01-01, reason: x }\n')).toThrow(
    'one that names values, a pattern or a path',
  );
});

test('a raw value in a file of hashes is not repeated', () => {
  write('known.hashes', `# ours\n${NRIC}\n`);
  const config = write(
    'ajar.yaml',
    'allow: [{ values: known.hashes, until: 2030-01-01, reason: x }]\n',
  );
  expect(() => loadConfig({ config })).toThrow(/known\.hashes:2: not a keyed hash/);
  expect(() => loadConfig({ config })).not.toThrow(NRIC);
});
