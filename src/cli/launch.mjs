/**
 * Runs a program of this checkout on Node 24, installing what is missing first.
 *
 *     node src/cli/launch.mjs ENTRY [ARG…]
 *
 * Plain JavaScript that Node 18 understands: machines often start with an older Node than ajar
 * needs, and Node itself comes from npm as an optional dependency (docs/dependencies.md). What it
 * installs and says goes to stderr, so that stdout stays the program's own.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = [24, 5];
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** True when what npm installed is what the lock file asks for. */
function installed() {
  const marker = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(marker)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const have = JSON.parse(readFileSync(marker, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || have[path]?.version === entry.version,
  );
}

function install() {
  process.stderr.write('Installing dependencies (npm ci) …\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const quiet = ['ci', '--no-fund', '--no-audit', '--loglevel=error'];
  const done = spawnSync(npm, quiet, { cwd: root, stdio: ['ignore', 2, 2] });
  if (done.status === 0) return;
  process.stderr.write('ajar: "npm ci" failed; run it by hand in this folder to see why.\n');
  process.exit(2);
}

function newEnough(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

/** The Node to run on: the package of this platform, else the one running now if it is new enough. */
function node() {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const packaged = join(root, 'node_modules', name, 'bin', file);
  if (existsSync(packaged)) return packaged;
  if (newEnough(process.version)) return process.execPath;
  process.stderr.write(
    `ajar: needs Node ${NEEDED.join('.')} or later, this is ${process.version}, and npm has no Node 24 ` +
      `for ${process.platform}-${process.arch}; install Node 24 and run the command again.\n`,
  );
  process.exit(2);
}

if (!installed()) install();
const [entry, ...rest] = process.argv.slice(2);
const child = spawn(node(), [join(root, entry), ...rest], {
  stdio: 'inherit',
  env: { ...process.env, NODE_NO_WARNINGS: process.env.NODE_NO_WARNINGS ?? '1' },
});
// A terminal sends Ctrl-C to the whole group; the child ends cleanly and this process reports its code.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(signal ? 130 : (code ?? 1)));
