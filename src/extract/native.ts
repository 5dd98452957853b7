/** The machine's own `tesseract`, if it is on the PATH: several times faster than the one in the process. */
import { execFile } from 'node:child_process';
import type { Engine, Language, Reading } from './engine.ts';
import { pgm } from './gray.ts';

const LIST_TIME_MS = 10_000;
const OUTPUT_BYTES = 64 * 1024 * 1024;
/** Columns of its tab-separated output: the kind of row is the first, words are 5. */
const TSV = { level: 0, block: 2, paragraph: 3, line: 4, confidence: 10, text: 11 } as const;
const WORD = '5';

/** Null when it is not installed, or not with English. */
export async function nativeEngine(wanted: readonly Language[]): Promise<Engine | null> {
  let list: string;
  try {
    list = await run(['--list-langs'], null, LIST_TIME_MS);
  } catch {
    return null; // not on the PATH
  }
  const has = new Set(list.split(/\s+/));
  const languages = wanted.filter((language) => has.has(language));
  if (!languages.includes('eng')) return null;
  return {
    languages,
    async read(image, language, timeMs) {
      return reading(await run(['stdin', 'stdout', '-l', language, 'tsv'], pgm(image), timeMs));
    },
  };
}

function run(words: readonly string[], input: Buffer | null, timeMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      'tesseract',
      words,
      // One core each: the scan's own threads use the others.
      { timeout: timeMs, maxBuffer: OUTPUT_BYTES, env: { ...process.env, OMP_THREAD_LIMIT: '1' } },
      (error, stdout) => (error ? reject(error) : resolve(stdout)),
    );
    // It may end before it has read all; its exit tells.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input ?? undefined);
  });
}

function reading(tsv: string): Reading {
  const lines: string[] = [];
  let last = '';
  let sum = 0;
  let words = 0;
  for (const row of tsv.split('\n')) {
    const cells = row.split('\t');
    const text = cells[TSV.text]?.trim() ?? '';
    if (cells[TSV.level] !== WORD || text === '') continue;
    const line = [cells[TSV.block], cells[TSV.paragraph], cells[TSV.line]].join(' ');
    if (line === last) lines[lines.length - 1] += ` ${text}`;
    else lines.push(text);
    last = line;
    sum += Number(cells[TSV.confidence]);
    words += 1;
  }
  return { text: lines.join('\n'), confidence: words === 0 ? 0 : sum / words };
}
