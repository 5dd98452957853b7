/** `ajar detectors`: what is looked for, printed by the detectors themselves. */
import type { CommandModule } from 'yargs';
import type { Detector } from '../../model/detector.ts';
import { detectorsPage, rate } from '../detectorspage.ts';

interface Flags {
  readonly format: 'table' | 'json' | 'markdown' | undefined;
  readonly config: string | undefined;
}

function row(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, index) => cell.padEnd(widths[index] ?? 0))
    .join('  ')
    .trimEnd();
}

function table(all: readonly Detector[]): string {
  const rows = all.map((one) => [
    one.id,
    one.kind,
    one.alone,
    rate(one),
    one.title,
    one.source ?? '',
  ]);
  const lines = [['id', 'kind', 'alone', 'pass rate', 'what', 'source'], ...rows];
  const widths = [0, 1, 2, 3, 4].map((index) =>
    Math.max(...lines.map((cells) => cells[index]?.length ?? 0)),
  );
  return lines.map((cells) => row(cells, widths)).join('\n');
}

export const detectors: CommandModule<object, Flags> = {
  command: 'detectors',
  describe: 'List what ajar looks for, with its source and how often chance passes its check',
  builder: (yargs) =>
    yargs
      .option('format', {
        choices: ['table', 'json', 'markdown'] as const,
        default: 'table' as const,
        describe: 'How to print it',
      })
      .option('config', {
        type: 'string',
        describe: 'Configuration file whose own detectors are listed too (default: none)',
      })
      .example('$0 detectors', 'identifiers, with the confidence each reaches on its own'),
  async handler({ format, config }) {
    const { loadDetectors } = await import('../../../detectors/registry.ts');
    const customs =
      config === undefined
        ? []
        : (await import('../config.ts')).loadConfig({ config }).customs.detectors;
    const all = await loadDetectors(customs);
    const text =
      format === 'json'
        ? JSON.stringify(all.map(asData), null, 2)
        : format === 'markdown'
          ? detectorsPage(all).trimEnd()
          : table(all);
    process.stdout.write(`${text}\n`);
  },
};

/** What is data of a detector; functions and examples stay out. */
function asData(one: Detector): object {
  const { id, title, source, kind, alone, shapes, masks, hints, against, passRate } = one;
  return {
    id,
    title,
    source: source ?? null,
    kind,
    alone,
    passRate,
    shapes,
    masks: masks ?? [],
    hints,
    against: against ?? [],
    samples: one.samples?.length ?? 0,
  };
}
