/** `ajar detectors`: what is looked for, printed by the detectors themselves. */
import type { CommandModule } from 'yargs';
import type { Detector } from '../../model/detector.ts';

interface Flags {
  readonly format: 'table' | 'json' | undefined;
}

function row(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, index) => cell.padEnd(widths[index] ?? 0))
    .join('  ')
    .trimEnd();
}

function table(all: readonly Detector[]): string {
  const rows = all.map(({ id, kind, alone, title }) => [id, kind, alone, title]);
  const lines = [['id', 'kind', 'alone', 'what'], ...rows];
  const widths = [0, 1, 2].map((index) =>
    Math.max(...lines.map((cells) => cells[index]?.length ?? 0)),
  );
  return lines.map((cells) => row(cells, widths)).join('\n');
}

export const detectors: CommandModule<object, Flags> = {
  command: 'detectors',
  describe: 'List what ajar looks for',
  builder: (yargs) =>
    yargs
      .option('format', {
        choices: ['table', 'json'] as const,
        default: 'table' as const,
        describe: 'How to print it',
      })
      .example('$0 detectors', 'identifiers, with the confidence each reaches on its own'),
  async handler({ format }) {
    const { loadDetectors } = await import('../../../detectors/registry.ts');
    const all = await loadDetectors();
    const text =
      format === 'json'
        ? JSON.stringify(
            all.map(({ id, title, kind, alone, shapes, hints }) => ({
              id,
              title,
              kind,
              alone,
              shapes,
              hints,
            })),
            null,
            2,
          )
        : table(all);
    process.stdout.write(`${text}\n`);
  },
};
