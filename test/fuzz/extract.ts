/**
 * Damaged files for extraction: every case file, changed at random places, must come out as pieces
 * and gaps, in bounded time, whatever the damage.
 *
 *     node test/fuzz/extract.ts [seed] [rounds] [part of a case's name]
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { zipDirectory } from '../../src/extract/zip.ts';
import { extractBytes } from '../kit/pieces.ts';
import { zipOf } from '../kit/zip.ts';

const CASES = join(import.meta.dirname, '..', 'extract', 'cases');
/** Longer is a hang: the files are small. */
const SLOW_MS = 20_000;
const LIMITS = { expandedBytes: 64 * 1024 * 1024, archiveMembers: 500 };

export interface Source {
  readonly name: string;
  readonly bytes: Buffer;
}

/** A failure that can be repeated: by its case, seed and round. */
export interface Failure {
  readonly name: string;
  readonly seed: number;
  readonly round: number;
  readonly problem: string;
}

export function sources(): readonly Source[] {
  return readdirSync(CASES)
    .filter((name) => statSync(join(CASES, name)).isDirectory())
    .flatMap((name) => {
      const file = readdirSync(join(CASES, name)).find((one) => /^source(\.|$)/.test(one));
      return file ? [{ name, bytes: readFileSync(join(CASES, name, file)) }] : [];
    });
}

/** A generator with a seed: numbers from 0 up to but not including `most`. */
function random(seed: number): (most: number) => number {
  let state = (seed * 2654435761) >>> 0;
  return (most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

const ODD = [
  '\0',
  '\xff',
  '<',
  '>',
  '{',
  '}',
  '"',
  '\\',
  '&#x110000;',
  '--',
  '%',
  '\xff\xff\xff\xff',
  '\xfe\xff\xff\xff',
  '\x00\x00\x00\x80',
  '\\bin99999999999 ',
  '\\u-1',
  '\r\n\r\n',
  '=',
  ';',
  ':',
  '(',
  ')',
];

/** The bytes with some damage. */
function damaged(bytes: Buffer, other: Buffer, next: (most: number) => number): Buffer {
  let result = Buffer.from(bytes);
  for (let count = next(4) + 1; count > 0; count -= 1) {
    const at = next(result.length);
    const end = Math.min(result.length, at + next(next(2) === 0 ? 16 : 2_000));
    const kind = next(7);
    if (kind <= 1) for (let one = 0; one < 4; one += 1) result[next(result.length)] = next(256);
    else if (kind === 2) result = Buffer.concat([result.subarray(0, at), result.subarray(end)]);
    else if (kind === 3) result = result.subarray(0, at);
    else if (kind === 4) result = Buffer.concat([result.subarray(0, end), result.subarray(at)]);
    else if (kind === 5) {
      const odd = Buffer.from((ODD[next(ODD.length)] ?? '').repeat(1 + next(50)), 'latin1');
      result = Buffer.concat([result.subarray(0, at), odd, result.subarray(at)]);
    } else {
      const from = next(other.length);
      const part = other.subarray(from, from + next(500));
      result = Buffer.concat([result.subarray(0, at), part, result.subarray(end)]);
    }
    if (result.length === 0) return Buffer.from('x');
  }
  return result;
}

/** The same damage inside a zip: to one of its files, packed properly again. */
async function damagedInside(
  bytes: Buffer,
  other: Buffer,
  next: (most: number) => number,
): Promise<Buffer> {
  const { members } = await zipDirectory(bytes, 500);
  const victim = next(members.length);
  return zipOf(
    members.map(({ rawName, data, method }, at) => {
      const plain = method === 8 ? inflateRawSync(data) : Buffer.from(data);
      const hurt = at === victim && plain.length > 0;
      return {
        name: Buffer.from(rawName).toString(),
        data: hurt ? damaged(plain, other, next) : plain,
      };
    }),
  );
}

export async function fuzz(
  all: readonly Source[],
  seed: number,
  rounds: number,
): Promise<readonly Failure[]> {
  const failures: Failure[] = [];
  for (const [index, { name, bytes }] of all.entries()) {
    for (let round = 0; round < rounds; round += 1) {
      const next = random(seed * 1_000_003 + index * 1_009 + round);
      const other = all[next(all.length)]?.bytes ?? bytes;
      const zipped = bytes[0] === 0x50 && bytes[1] === 0x4b && next(3) > 0;
      const hurt = await (zipped
        ? damagedInside(bytes, other, next).catch(() => bytes)
        : damaged(bytes, other, next));
      const started = performance.now();
      try {
        const { pieces } = await extractBytes(hurt, LIMITS, name);
        for (const piece of pieces) piece.locate(Math.max(0, piece.text.length - 1));
      } catch (error) {
        failures.push({
          name,
          seed,
          round,
          problem: error instanceof Error ? (error.stack ?? '') : String(error),
        });
      }
      const spent = performance.now() - started;
      if (spent > SLOW_MS) failures.push({ name, seed, round, problem: `${Math.round(spent)} ms` });
    }
  }
  return failures;
}

if (process.argv[1] === import.meta.filename) {
  const [, , seed = '1', rounds = '100', part = ''] = process.argv;
  const chosen = sources().filter(({ name }) => name.includes(part));
  const failures = await fuzz(chosen, Number(seed), Number(rounds));
  console.log(`${chosen.length} files, ${rounds} rounds each, ${failures.length} failures`);
  for (const failure of failures.slice(0, 20)) console.log(failure);
  process.exitCode = failures.length > 0 ? 1 : 0;
}
