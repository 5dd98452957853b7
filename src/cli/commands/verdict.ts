/** `ajar verdict`: judges access-control documents offline. No credentials, no network. */
import { readFile } from 'node:fs/promises';
import type { CommandModule } from 'yargs';
import { UsageError } from '../../model/errors.ts';

interface Flags {
  readonly files: string[] | undefined;
  readonly format: 'json' | 'table' | undefined;
}

async function read(file: string): Promise<string> {
  if (file === '-') {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk);
    return Buffer.concat(chunks).toString('utf8');
  }
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`;
    throw new UsageError(`verdict ${file}: ${why}`, { cause: error });
  }
}

export const verdict: CommandModule<object, Flags> = {
  command: 'verdict <files..>',
  describe: 'Judge access-control documents offline, one JSON line a case',
  builder: (yargs) =>
    yargs
      .positional('files', {
        type: 'string',
        array: true,
        describe: 'Cases, a policy, an ACL, a terraform plan as JSON; - for stdin',
      })
      .option('format', {
        choices: ['json', 'table'] as const,
        default: 'json' as const,
        describe: 'JSON lines, or words',
      })
      .example('$0 verdict bucket-policy.json --format table', 'who may read, in words')
      .example('terraform show -json plan | $0 verdict -', 'before it is applied'),
  async handler({ files = [], format }) {
    const { judgeDocuments } = await import('../../exposure/cases.ts');
    for (const file of files) {
      for (const judged of judgeDocuments(await read(file), file)) {
        if (format === 'json') {
          process.stdout.write(`${JSON.stringify(judged)}\n`);
          continue;
        }
        const { id, anonymousRead, anonymousList, anonymousWrite, because } = judged;
        process.stdout.write(
          `${id}\n  anyone may read: ${anonymousRead}, list: ${anonymousList}, write: ${anonymousWrite}; ` +
            `public: ${judged.public}\n${because.map((line) => `  because ${line}\n`).join('')}`,
        );
      }
    }
  },
};
