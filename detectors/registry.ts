/**
 * The detectors that lie in this folder. A file registers by lying here: its path is its id
 * (`jp/mynumber.ts` is `jp.mynumber`), its default export the detector.
 */
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import type { CustomDetector } from '../src/model/custom.ts';
import type { Detector } from '../src/model/detector.ts';
import { UsageError } from '../src/model/errors.ts';
import { customDetector } from './custom.ts';

/** `xx/name.ts` in the sources, `xx/name.js` in the package; declaration files are neither. */
const DETECTOR_FILE = /^(?<name>[a-z0-9-]+)\.(?:ts|js)$/;

/**
 * All detectors, ordered by id, with an office's own ones. Throws when a file's id is not its path:
 * a bug in that file; and UsageError for an own one whose id is taken.
 */
export async function loadDetectors(
  customs: readonly CustomDetector[] = [],
): Promise<readonly Detector[]> {
  const countries = (await readdir(import.meta.dirname, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  const loads: Promise<Detector>[] = [];
  for (const country of countries) {
    for (const file of await readdir(`${import.meta.dirname}/${country}`)) {
      const name = DETECTOR_FILE.exec(file)?.groups?.name;
      if (name !== undefined) loads.push(load(`${country}.${name}`, `./${country}/${file}`));
    }
  }
  const detectors = await Promise.all(loads);
  for (const custom of customs) {
    if (detectors.some(({ id }) => id === custom.id)) {
      throw new UsageError(
        `detectors.custom: the id "${custom.id}" is taken; ajar detectors lists those there are`,
      );
    }
    detectors.push(customDetector(custom));
  }
  return detectors.sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function load(id: string, path: string): Promise<Detector> {
  const module = (await import(path)) as { readonly default?: Detector };
  assert(module.default, `detectors/${path.slice(2)} has no default export`);
  assert.equal(module.default.id, id, `detectors/${path.slice(2)} must have the id ${id}`);
  return module.default;
}
