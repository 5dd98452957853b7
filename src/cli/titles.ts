/** What the detectors are called, the office's own among them. */
import type { Config } from './config.ts';

export async function titlesOf({
  customs,
}: Pick<Config, 'customs'>): Promise<Readonly<Record<string, string>>> {
  const { loadDetectors } = await import('../../detectors/registry.ts');
  const detectors = await loadDetectors(customs.detectors);
  return Object.fromEntries(detectors.map(({ id, title }) => [id, title]));
}
