#!/usr/bin/env node
/**
 * `ajar`: the command line. Commands load what they need when they run, so that help stays instant.
 *
 * stdout carries the result, stderr progress and logs. Wrong use is one sentence and exit code 2.
 */
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { OutputError, UsageError } from '../model/errors.ts';
import { campaign } from './commands/campaign.ts';
import { classify } from './commands/classify.ts';
import { demo } from './commands/demo.ts';
import { detectors } from './commands/detectors.ts';
import { doctor } from './commands/doctor.ts';
import { findings } from './commands/findings.ts';
import { gate } from './commands/gate.ts';
import { hash } from './commands/hash.ts';
import { ledger } from './commands/ledger.ts';
import { locate } from './commands/locate.ts';
import { outbox } from './commands/outbox.ts';
import { owners } from './commands/owners.ts';
import { prove } from './commands/prove.ts';
import { report } from './commands/report.ts';
import { scan } from './commands/scan.ts';
import { schedule } from './commands/schedule.ts';
import { store } from './commands/store.ts';
import { sweep } from './commands/sweep.ts';
import { verdict } from './commands/verdict.ts';
import { EXIT } from './exit.ts';

const EPILOGUE = `Exit codes: 0 nothing found, everything looked at as planned; 1 findings; 2 wrong usage or
configuration; 3 nothing found, but gaps; 4 findings and gaps.
Guides: README.md, docs/configuration.md, docs/report.md`;

function complain(message: string): void {
  process.stderr.write(`${message.startsWith('ajar: ') ? '' : 'ajar: '}${message}\n`);
}

async function main(): Promise<void> {
  const parser = yargs(hideBin(process.argv))
    .scriptName('ajar')
    .usage('$0 <command>\n\nFinds personal data that anyone can read without a password.')
    .command(scan)
    .command(gate)
    .command(sweep)
    .command(findings)
    .command(prove)
    .command(report)
    .command(owners)
    .command(campaign)
    .command(outbox)
    .command(ledger)
    .command(store)
    .command(schedule)
    .command(classify)
    .command(verdict)
    .command(detectors)
    .command(doctor)
    .command(locate)
    .command(hash)
    .command(demo)
    .demandCommand(
      1,
      'say what to do, for example "ajar scan s3://my-bucket"; "ajar --help" lists the commands',
    )
    .strict()
    .recommendCommands()
    .wrap(Math.min(100, process.stdout.columns ?? 100))
    .epilogue(EPILOGUE)
    .version(false)
    .option('version', { type: 'boolean', describe: 'Print the version', global: false })
    .help()
    .alias('h', 'help')
    .exitProcess(false)
    .fail((message, error) => {
      // The parser's own errors (an option without its value) are wrong use like the others.
      const own = error && error.name !== 'YError' ? error : null;
      throw own ?? new UsageError(`${message ?? error?.message}\nSee "ajar --help".`);
    });
  if (process.argv.length === 3 && process.argv[2] === '--version') {
    const { version } = await import('./root.ts');
    process.stdout.write(`${version()}\n`);
    return;
  }
  await parser.parseAsync();
}

// A reader that has seen enough (`ajar … | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  throw error;
});

try {
  await main();
} catch (error) {
  if (!(error instanceof UsageError || error instanceof OutputError)) throw error;
  complain(error.message);
  process.exitCode = EXIT.usage;
}
