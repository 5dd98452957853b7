/** What a person says of themselves and of their reasons, before it is kept. */
import { userInfo } from 'node:os';
import { UsageError } from '../model/errors.ts';
import type { Config } from './config.ts';

/** `--by`, or the name under which the system knows this person. */
export function whoSays(by: string | undefined): string {
  if (by !== undefined) {
    const name = by.replace(/[\p{Cc}\s]+/gu, ' ').trim();
    if (name === '') throw new UsageError('--by: is empty; say who does this');
    return name;
  }
  try {
    return userInfo().username;
  } catch (error) {
    // A container may run under a number that has no name.
    throw new UsageError('the system has no name for this user; say who does this with --by', {
      cause: error,
    });
  }
}

/** Masks identifiers in what people write. Needs no key: nothing is counted or kept by it. */
export async function createMask(
  config: Pick<Config, 'customs'>,
): Promise<(text: string) => string> {
  const [{ createHasher, createKernel }, { loadDetectors }, { randomBytes }] = await Promise.all([
    import('../detect/index.ts'),
    import('../../detectors/registry.ts'),
    import('node:crypto'),
  ]);
  const kernel = createKernel(
    await loadDetectors(config.customs.detectors),
    createHasher(randomBytes(16)),
  );
  return (text) => kernel.mask(text);
}

/** What each detector is called. */
export async function detectorTitles(
  config: Pick<Config, 'customs'>,
): Promise<Readonly<Record<string, string>>> {
  const { loadDetectors } = await import('../../detectors/registry.ts');
  const detectors = await loadDetectors(config.customs.detectors);
  return Object.fromEntries(detectors.map(({ id, title }) => [id, title]));
}
