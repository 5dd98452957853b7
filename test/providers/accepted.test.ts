/** No provider without the suite that watches, request by request, that nothing is ever written. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadProviders } from '../../providers/registry.ts';

test('every provider that sends requests passes the acceptance suite behind a recording proxy', async () => {
  const silent = ['folder'];
  const providers = (await loadProviders()).filter(({ id }) => !silent.includes(id));
  expect(providers.map(({ id }) => id)).toContain('web');
  for (const { id } of providers) {
    const file = join(import.meta.dirname, id, 'accept.test.ts');
    expect(existsSync(file), file).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain('acceptProvider({');
  }
});
