/**
 * Packs the package as it would be published, installs it into an empty folder and runs it there.
 * Run by `npm run smoke` after the build.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'ajar-smoke-'));

function run(program: string, args: readonly string[], cwd: string): string {
  return execFileSync(program, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function check(what: string, holds: boolean): void {
  if (!holds) throw new Error(`smoke: ${what}`);
  process.stdout.write(`smoke: ${what}\n`);
}

try {
  run('npm', ['pack', '--silent', '--pack-destination', folder], root);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  check('the package packs', tarball !== undefined);
  run('tar', ['xzf', tarball ?? ''], folder);
  // The dependencies as the lock file has them: what is tried is the package, not the network.
  symlinkSync(join(root, 'node_modules'), join(folder, 'package', 'node_modules'));
  const main = join(folder, 'package', 'dist', 'src', 'cli', 'main.js');
  const ajar = (...args: string[]): string => run(process.execPath, [main, ...args], folder);
  check('--help lists the commands', ajar('--help').includes('ajar scan'));
  check('--version says one', /^\d+\.\d+\.\d+\n$/.test(ajar('--version')));
  check('detectors are found in the package', ajar('detectors').includes('hk.hkid'));
  writeFileSync(join(folder, 'clean.txt'), 'nothing here\n');
  check('classify reads a clean file', ajar('classify', 'clean.txt') === '');
  ajar('scan', join(folder, 'clean.txt'), '--out', join(folder, 'report'), '--quiet');
  check('scan writes a report', readdirSync(join(folder, 'report')).includes('report.html'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
