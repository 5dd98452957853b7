/** `ajar prove`: the unsigned requests of a finding once more; only their refusal closes it. */
import { readFileSync } from 'node:fs';
import type { CommandModule } from 'yargs';
import { ScanError, UsageError } from '../../model/errors.ts';

interface Flags {
  readonly ids: string[] | undefined;
  readonly all: boolean | undefined;
  readonly by: string | undefined;
  readonly verify: string | undefined;
  readonly 'public-key': boolean | undefined;
  readonly config: string | undefined;
  readonly store: string | undefined;
  readonly key: string | undefined;
  readonly out: string | undefined;
  readonly format: 'table' | 'ndjson' | undefined;
}

/** Its own: an open door is worse than one that nobody could ask. */
const EXIT = { closed: 0, open: 1, unknown: 3, stopped: 130 } as const;

export const prove: CommandModule<object, Flags> = {
  command: 'prove [ids..]',
  describe: 'Repeat the unsigned requests of findings; only when all are refused is one closed',
  builder: (yargs) =>
    yargs
      .positional('ids', { type: 'string', array: true, describe: 'F-…, as reports show them' })
      .option('all', { type: 'boolean', describe: 'Every finding of the store' })
      .option('by', { type: 'string', describe: 'Who proves it, for the ledger (default: you)' })
      .option('verify', {
        type: 'string',
        describe: 'Check the signature of this statement instead; sends nothing',
      })
      .option('public-key', {
        type: 'boolean',
        describe: 'Print the public key that statements are signed for; sends nothing',
      })
      .option('config', { type: 'string', describe: 'Configuration file (default ajar.yaml)' })
      .option('store', { type: 'string', describe: 'The store of that scan' })
      .option('key', { type: 'string', describe: 'The key file of that scan' })
      .option('out', {
        type: 'string',
        describe: 'Folder for the statements, as proofs/ID-TIME.json (default ajar-report)',
      })
      .option('format', {
        choices: ['table', 'ndjson'] as const,
        default: 'table' as const,
        describe: 'What stdout carries',
      })
      .example('$0 prove F-0123456789ab', 'after the door was shut')
      .example('$0 prove --all --by "Chan, Lands"', 'everything, with a name for the ledger')
      .example('$0 prove --verify proofs/F-….json', 'is the statement as it was signed?')
      .epilogue(
        'Exit codes: 0 all are closed; 1 some are open; 2 wrong usage; 3 some could not be told.\nGuide: docs/prove.md',
      ),
  async handler(flags) {
    const { ids = [], all = false } = flags;
    if (flags.verify !== undefined) return verify(flags.verify, flags);
    if (flags['public-key']) return printKey(flags);
    if (all === ids.length > 0) {
      throw new UsageError(
        all
          ? 'prove: give ids or --all, not both'
          : 'prove: say which findings, for example "ajar prove F-0123456789ab", or --all',
      );
    }
    await run(flags, all ? null : [...new Set(ids)]);
  },
};

async function run(flags: Flags, ids: readonly string[] | null): Promise<void> {
  const [{ loadConfig }, { prove: proofs }, { personOf }, shown] = await Promise.all([
    import('../config.ts'),
    import('../prove.ts'),
    import('../archive.ts'),
    import('../provetable.ts'),
  ]);
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  const config = loadConfig(flags);
  const by = personOf(flags);
  const counts = { closed: 0, open: 0, unknown: 0 };
  try {
    for await (const proved of proofs({ config, ids, by, signal: controller.signal })) {
      counts[proved.statement.result] += 1;
      process.stdout.write(
        flags.format === 'ndjson' ? shown.proofLine(proved) : shown.proofTable(proved),
      );
    }
  } catch (error) {
    if (!(error instanceof ScanError) || error.code !== 'interrupted') throw error;
    process.stderr.write('Stopped; what was proved before is noted\n');
    process.exitCode = EXIT.stopped;
    return;
  }
  if (flags.format !== 'ndjson') process.stdout.write(shown.proofSummary(counts));
  process.exitCode = counts.open > 0 ? EXIT.open : counts.unknown > 0 ? EXIT.unknown : EXIT.closed;
}

async function printKey(flags: Flags): Promise<void> {
  const [{ loadConfig }, { loadKeys }, { fingerprint }] = await Promise.all([
    import('../config.ts'),
    import('../../store/key.ts'),
    import('../../prove/statement.ts'),
  ]);
  const { publicKey } = loadKeys(loadConfig(flags).key);
  process.stdout.write(`${publicKey}`);
  process.stderr.write(`SHA-256 ${fingerprint(publicKey)}\n`);
}

async function verify(file: string, flags: Flags): Promise<void> {
  const [{ loadConfig }, { verifyFile }] = await Promise.all([
    import('../config.ts'),
    import('../verify.ts'),
  ]);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`;
    throw new UsageError(`--verify ${file}: ${why}`, { cause: error });
  }
  const { lines, right } = verifyFile(file, text, loadConfig(flags).key);
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exitCode = right ? EXIT.closed : EXIT.open;
}
