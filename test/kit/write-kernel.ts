/**
 * Compiles src/detect/kernel/assembly with AssemblyScript and writes the bytes to
 * src/detect/kernel/module.ts: `node test/kit/write-kernel.ts PATH/TO/assemblyscript`.
 *
 * The compiler is no dependency: the bytes are committed, and test/detect/kernel/module.test.ts
 * holds them to the sources that they were made of.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ASSEMBLY, assemblyDigest, assemblySources } from './assembly.ts';

const WIDTH = 124;
const [compiler] = process.argv.slice(2);
if (compiler === undefined) {
  process.stderr.write('write-kernel: give the folder of the package assemblyscript\n');
  process.exit(2);
}
const { version } = JSON.parse(readFileSync(join(compiler, 'package.json'), 'utf8')) as {
  version: string;
};
const folder = mkdtempSync(join(tmpdir(), 'ajar-kernel-'));
for (const name of assemblySources()) {
  cpSync(join(ASSEMBLY, name), join(folder, name.replace(/\.as$/, '.ts')));
}
const out = join(folder, 'kernel.wasm');
const options =
  '--runtime stub --importMemory --enable simd --enable relaxed-simd -O3 --noAssert --converge';
execFileSync(
  process.execPath,
  [join(compiler, 'bin/asc.js'), 'index.ts', ...options.split(' '), '-o', out],
  { cwd: folder, stdio: 'inherit' },
);
const text = readFileSync(out).toString('base64');
rmSync(folder, { recursive: true });
const lines = text.match(new RegExp(`.{1,${WIDTH}}`, 'g')) ?? [];
writeFileSync(
  new URL('../../src/detect/kernel/module.ts', import.meta.url),
  `/**
 * The kernel's WebAssembly, written by test/kit/write-kernel.ts from the sources in assembly/.
 *
 * Compiler: AssemblyScript ${version}, ${options}
 */

/** Digest of the sources that the bytes were made of. */
export const SOURCES = '${assemblyDigest()}';

/** Base64. */
export const BYTES: string =
${lines.map((line) => `  '${line}'`).join(' +\n')};
`,
);
