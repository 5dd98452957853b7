/** The sources of the kernel's WebAssembly. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const ASSEMBLY: string = fileURLToPath(
  new URL('../../src/detect/kernel/assembly/', import.meta.url),
);

/** Their names, sorted. */
export function assemblySources(): readonly string[] {
  return readdirSync(ASSEMBLY)
    .filter((name) => name.endsWith('.as'))
    .sort();
}

/** SHA-256 of all of them with their names. */
export function assemblyDigest(): string {
  const hash = createHash('sha256');
  for (const name of assemblySources()) {
    hash.update(`${name}\n`).update(readFileSync(`${ASSEMBLY}${name}`));
  }
  return hash.digest('hex');
}
