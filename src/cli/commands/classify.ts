/** `ajar classify`: extract and detect only. One JSON line a hit; nothing is stored, nothing is sent. */
import { randomBytes } from 'node:crypto';
import { lstat, open, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { CommandModule } from 'yargs';
import type { ByteRange } from '../../model/asset.ts';
import { explainConfidence } from '../../model/confidence.ts';
import { type Customs, NO_CUSTOMS } from '../../model/custom.ts';
import type { Confidence, Detection } from '../../model/detector.ts';
import { ScanError, UsageError } from '../../model/errors.ts';
import type { ExtractionGap, ObjectBytes } from '../../model/extraction.ts';
import { DEFAULT_LIMITS, type Limits } from '../../model/limits.ts';

interface Flags {
  readonly paths: string[] | undefined;
  readonly 'min-confidence': Confidence | undefined;
  readonly summary: boolean | undefined;
  readonly explain: boolean | undefined;
  readonly config: string | undefined;
}

interface Named {
  /** As the person wrote it, and below that masked. */
  readonly shown: string;
  readonly path: string;
}

async function* filesUnder(
  path: string,
  shown: string,
  mask: (text: string) => string,
): AsyncGenerator<Named> {
  const info = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    const why =
      error.code === 'ENOENT'
        ? 'there is no such file or folder'
        : `it cannot be read (${error.code})`;
    throw new UsageError(`classify ${shown}: ${why}`, { cause: error });
  });
  if (info.isDirectory()) {
    for (const name of (await readdir(path)).sort()) {
      yield* filesUnder(join(path, name), join(shown, mask(name)), mask);
    }
  } else if (info.isFile()) yield { path, shown };
}

interface Opened {
  readonly object: ObjectBytes;
  /** So far; grows while a large file is read. */
  readBytes(): number;
  close(): Promise<void>;
}

/** A file over the limit is read by its head and what its format wants of it, as a scan would, and says so. */
async function openFile(path: string, limits: Limits): Promise<Opened> {
  const { createSampler } = await import('../../sample/sampler.ts');
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const sampler = createSampler({ ...limits, budgetBytes: Number.MAX_SAFE_INTEGER, seed: 1 });
    sampler.add({ key: basename(path), sizeBytes: size });
    const ranges = sampler.plan().first[0]?.ranges ?? null;
    let readBytes = 0;
    const read = async ({ start, end }: ByteRange): Promise<Uint8Array> => {
      const bytes = Buffer.alloc(end - start);
      const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
      readBytes += bytesRead;
      return new Uint8Array(bytes.buffer, bytes.byteOffset, bytesRead);
    };
    const [head = { start: 0, end: size }, ...sample] = ranges ?? [];
    const parts = [{ start: head.start, bytes: await read(head) }];
    const whole: ObjectBytes = { name: basename(path), sizeBytes: size, parts };
    return {
      object: ranges ? { ...whole, more: { sample, read } } : whole,
      readBytes: () => readBytes,
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function openStdin(): Promise<Opened> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const bytes = new Uint8Array(Buffer.concat(chunks));
  const object = { name: '-', sizeBytes: bytes.byteLength, parts: [{ start: 0, bytes }] };
  return { object, readBytes: () => bytes.byteLength, close: async () => {} };
}

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

function printHits(file: string, { hits }: Detection, explain: boolean | undefined): void {
  for (const { place, detector, form, confidence, start, end, masked, column, because } of hits) {
    const where = column === null ? {} : { column };
    const line = { file, place, detector, form, confidence, start, end, masked, ...where, because };
    print(explain === true ? { ...line, explanation: explainConfidence(because) } : line);
  }
}

function printSummary(file: string, { summaries }: Detection): void {
  for (const { detector, form, hits, values, confidence } of summaries) {
    print({ file, detector, form, hits, people: values.length, confidence });
  }
}

/** What was not read is a line too. */
function printGaps(file: string, gaps: readonly ExtractionGap[]): void {
  for (const { code, what, detail } of gaps) {
    print({ file, gap: code, detail: what === '' ? detail : `${what}: ${detail}` });
  }
}

function unreadPart({ object: { sizeBytes }, readBytes }: Opened): readonly ExtractionGap[] {
  const read = readBytes();
  if (read >= sizeBytes) return [];
  const detail = `larger than limits.objectBytes: ${read} of ${sizeBytes} bytes were read, by ranges`;
  return [{ code: 'too-large', what: '', detail }];
}

interface Settings {
  readonly hashKey: Uint8Array;
  readonly limits: Limits;
  readonly customs: Customs;
}

/** Nothing is kept, so a key of this moment is enough to count people; an allow list of hashes needs its own. */
async function settings(file: string | undefined): Promise<Settings> {
  const { keysFrom, loadKeys } = await import('../../store/key.ts');
  const fresh = (): Uint8Array => keysFrom(randomBytes(32)).hash;
  if (file === undefined) {
    return { hashKey: fresh(), limits: DEFAULT_LIMITS, customs: NO_CUSTOMS };
  }
  const { loadConfig } = await import('../config.ts');
  const { key, limits, customs, notices } = loadConfig({ config: file });
  for (const notice of notices) process.stderr.write(`ajar: ${notice}\n`);
  const needsKey = customs.allow.some(({ values }) => values !== null);
  return { hashKey: needsKey ? loadKeys(key).hash : fresh(), limits, customs };
}

export const classify: CommandModule<object, Flags> = {
  command: 'classify [paths..]',
  describe: 'Find identifiers in files, folders or stdin; one JSON line a hit',
  builder: (yargs) =>
    yargs
      .positional('paths', {
        type: 'string',
        array: true,
        describe: 'Files and folders; - or nothing for stdin',
      })
      .option('min-confidence', {
        choices: ['low', 'medium', 'high'] as const,
        default: 'medium' as const,
        describe: 'Leave out hits below it',
      })
      .option('summary', {
        type: 'boolean',
        describe: 'One line a file and detector, with distinct people',
      })
      .option('explain', {
        type: 'boolean',
        describe: 'Say in words what raised or lowered the confidence of each hit',
      })
      .option('config', {
        type: 'string',
        describe: 'Configuration file with detectors, an allow list, limits (default: none)',
      })
      .example('$0 classify export.csv', 'every hit with its place, masked')
      .example('cat dump.json | $0 classify - --summary', 'how many people a stream holds'),
  async handler({ paths = [], minConfidence = 'medium', summary, explain, config }) {
    const [{ startDetecting }, { exitCode }] = await Promise.all([
      import('../root.ts'),
      import('../exit.ts'),
    ]);
    const { hashKey, limits, customs } = await settings(config);
    const { kernel, pool } = await startDetecting(hashKey, limits, customs);
    let found = 0;
    let gaps = 0;
    const one = async (file: string, opened: Opened, path: string): Promise<void> => {
      const options = { minConfidence, path, collectHits: summary !== true };
      const answer = await pool.object(opened.object, options).catch((error: unknown) => {
        if (!(error instanceof ScanError)) throw error;
        return { detection: null, gaps: [{ code: error.code, what: '', detail: error.detail }] };
      });
      await opened.close();
      const unread = unreadPart(opened);
      if (answer.detection !== null) {
        if (summary) printSummary(file, answer.detection);
        else printHits(file, answer.detection, explain);
        // Names or addresses alone are no finding.
        found += answer.detection.summaries.filter(({ kind }) => kind !== 'attribute').length;
      }
      printGaps(file, [...answer.gaps, ...unread]);
      gaps += answer.gaps.length + unread.length;
    };
    try {
      for (const path of paths.length > 0 ? paths : ['-']) {
        if (path === '-') await one('-', await openStdin(), '-');
        else {
          for await (const named of filesUnder(path, path, (text) => kernel.mask(text))) {
            await one(named.shown, await openFile(named.path, limits), named.path);
          }
        }
      }
    } finally {
      await pool.close();
    }
    process.exitCode = exitCode(found, gaps);
  },
};
