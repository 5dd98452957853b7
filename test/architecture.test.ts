/** The import table of the design, as data. A file in the wrong room, or a forbidden import, fails here. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** Folder → folders it may import, besides itself. `*`: everything. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'src/model': [],
  detectors: ['src/model'],
  'src/exposure': ['src/model'],
  'src/sample': ['src/model'],
  'src/detect': ['src/model'],
  'src/assess': ['src/model'],
  'src/owner': ['src/model'],
  'src/remedy': ['src/model'],
  'src/campaign': ['src/model'],
  'src/prove': ['src/model'],
  'src/extract': ['src/model'],
  'src/net': ['src/model'],
  providers: ['src/model', 'src/net', 'src/exposure'],
  'src/scan': [
    'src/model',
    'src/exposure',
    'src/sample',
    'src/extract',
    'src/detect',
    'src/assess',
    'src/owner',
    'src/remedy',
  ],
  'src/store': ['src/model'],
  'src/report': ['src/model'],
  // Words come from src/report, deadlines and lists from src/campaign; here they only go out.
  'src/notify': ['src/model', 'src/net'],
  'src/cli': ['*'],
  'src/index.ts': ['*'],
  localstack: ['*'],
};

/** Exceptions to a `*`: these folders must not be reached from there. */
const MUST_NOT: readonly (readonly [from: string, to: string])[] = [
  // A stand-in that shared the evaluator's code would agree with its mistakes.
  ['localstack/standins', 'src/exposure'],
];

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function room(file: string): string | undefined {
  return Object.keys(MAY_IMPORT)
    .filter((folder) => file === folder || file.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length)[0];
}

function imports(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g);
  return [...found].map((match) => match[1] ?? '');
}

const files = ['src', 'providers', 'detectors', 'localstack'].flatMap(sources);

test('every source file has a room', () => {
  expect(files.filter((file) => room(file) === undefined)).toEqual([]);
});

test('no file imports what its room may not', () => {
  const wrong: string[] = [];
  for (const file of files) {
    const own = room(file);
    if (own === undefined) continue;
    for (const target of imports(file).filter((name) => name.startsWith('.'))) {
      const path = relative(root, resolve(root, dirname(file), target));
      const other = room(path);
      const allowed = MAY_IMPORT[own] ?? [];
      const fine = other === own || allowed.includes('*') || allowed.includes(other ?? '?');
      if (!fine) wrong.push(`${file} imports ${path}`);
      for (const [from, to] of MUST_NOT) {
        if (file.startsWith(`${from}/`) && path.startsWith(`${to}/`)) {
          wrong.push(`${file} imports ${path}`);
        }
      }
    }
  }
  expect(wrong).toEqual([]);
});

test('the model imports no package', () => {
  const wrong = files
    .filter((file) => file.startsWith('src/model/'))
    .flatMap((file) => imports(file).map((name) => [file, name] as const))
    .filter(([, name]) => !name.startsWith('.'));
  expect(wrong).toEqual([]);
});

test('only the demo command reaches the local stack, and lazily', () => {
  const wrong = files
    .filter((file) => file.startsWith('src/') || file.startsWith('providers/'))
    .filter((file) => /from\s+'[^']*localstack\//.test(readFileSync(join(root, file), 'utf8')));
  expect(wrong).toEqual([]);
});

test('no source file is over 400 lines', () => {
  const long = files
    .map((file) => [file, readFileSync(join(root, file), 'utf8').split('\n').length] as const)
    .filter(([, lines]) => lines > 401);
  expect(long).toEqual([]);
});
