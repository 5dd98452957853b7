/** Masking alone, for commands that keep what a person wrote or show what a server said. */
import type { Config } from './config.ts';

/** Every identifier in a text masked, by the detectors that a scan with this configuration uses. */
export async function openMask(
  config: Pick<Config, 'customs'>,
  hashKey: Uint8Array,
): Promise<(text: string) => string> {
  const [{ createHasher, createKernel }, { loadDetectors }] = await Promise.all([
    import('../detect/index.ts'),
    import('../../detectors/registry.ts'),
  ]);
  const kernel = createKernel(await loadDetectors(config.customs.detectors), createHasher(hashKey));
  return (text) => kernel.mask(text);
}
