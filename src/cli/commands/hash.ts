/** `ajar hash`: values on stdin → keyed hashes for an allow list. The values themselves are never printed. */
import type { CommandModule } from 'yargs';
import { UsageError } from '../../model/errors.ts';

interface Flags {
  readonly detector: string | undefined;
  readonly key: string | undefined;
  readonly config: string | undefined;
}

async function readLines(): Promise<readonly string[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8').split(/\r?\n/);
}

export const hash: CommandModule<object, Flags> = {
  command: 'hash',
  describe: 'Keyed hashes of the values on stdin, one a line, for an allow list',
  builder: (yargs) =>
    yargs
      .option('detector', { type: 'string', describe: 'Only as this detector reads them' })
      .option('key', { type: 'string', describe: 'Key file of the scans (default .ajar/key)' })
      .option('config', { type: 'string', describe: 'Configuration file (default ajar.yaml)' })
      .example(
        '$0 hash --detector hk.hkid < known.txt > allow/known.hashes',
        'what ajar.yaml names under allow.values',
      ),
  async handler({ detector, key, config }) {
    const [{ loadConfig }, { loadKeys }, { createHasher, createKernel }, { loadDetectors }] =
      await Promise.all([
        import('../config.ts'),
        import('../../store/key.ts'),
        import('../../detect/index.ts'),
        import('../../../detectors/registry.ts'),
      ]);
    const settings = loadConfig({ key, config });
    const all = await loadDetectors(settings.customs.detectors);
    const rules = detector === undefined ? all : all.filter(({ id }) => id === detector);
    if (rules.length === 0) {
      throw new UsageError(`--detector ${detector}: there is none; "ajar detectors" lists them`);
    }
    const kernel = createKernel(rules, createHasher(loadKeys(settings.key).hash));
    // Under a header of its own a value counts that is nothing alone.
    const name = detector === undefined ? '' : (rules[0]?.hints[0] ?? '');
    for (const [index, line] of (await readLines()).entries()) {
      if (line.trim() === '') continue;
      const detecting = kernel.object({ minConfidence: 'low' });
      detecting.piece({
        text: Buffer.from(line),
        locate: () => ({ label: '', row: 0, column: { index: 0, name } }),
      });
      const { summaries } = detecting.end();
      const hashes = new Set(summaries.flatMap(({ values }) => [...values]));
      if (hashes.size === 0) {
        const as = detector === undefined ? 'of any detector; try --detector' : `of ${detector}`;
        throw new UsageError(`hash: line ${index + 1} of the input is no value ${as}`);
      }
      const found = summaries.map(({ detector: id }) => id).join(' ');
      for (const one of hashes) {
        process.stdout.write(`${one.toString(16).padStart(16, '0')} # ${found}\n`);
      }
    }
  },
};
