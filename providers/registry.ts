/** Every provider there is: a folder beside this file with a `provider.ts` registers by lying there. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../src/model/errors.ts';
import type { Provider, TargetSpec } from '../src/model/provider.ts';

/** The sources run as .ts, the package as .js. */
const FILE = import.meta.url.endsWith('.ts') ? 'provider.ts' : 'provider.js';

function isProvider(value: unknown): value is Provider {
  return typeof value === 'object' && value !== null && 'connect' in value && 'schemes' in value;
}

/** Loads them; heavy SDKs stay unloaded until a provider connects. */
export async function loadProviders(): Promise<readonly Provider[]> {
  const names = readdirSync(import.meta.dirname, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) => existsSync(join(import.meta.dirname, name, FILE)))
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const module: Record<string, unknown> = await import(
        new URL(`${name}/${FILE}`, import.meta.url).href
      );
      const provider = Object.values(module).find(isProvider);
      assert(
        provider?.id === name,
        `providers/${name}/${FILE} must export a provider with id ${name}`,
      );
      return provider;
    }),
  );
}

/** The provider that a target's scheme names; a target without one is a path. Throws UsageError. */
export function providerFor(target: TargetSpec, providers: readonly Provider[]): Provider {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(target.uri)?.[1]?.toLowerCase() ?? 'file';
  const provider = providers.find(({ schemes }) => schemes.includes(scheme));
  if (provider) return provider;
  const known = providers.flatMap(({ schemes }) => schemes.map((name) => `${name}://`));
  throw new UsageError(
    `target ${target.uri}: nothing here scans ${scheme}://; allowed are ${known.join(', ')} and paths`,
  );
}
