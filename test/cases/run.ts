/**
 * Labelled cases of other projects, read where they lie: `npm run test:cases -- FOLDER`.
 *
 * Prints what disagrees and ends with code 1 when anything does that is not named in KNOWN.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadDetectors } from '../../detectors/registry.ts';
import { createHasher, createKernel } from '../../src/detect/index.ts';
import { judgeDocuments } from '../../src/exposure/cases.ts';
import type { Kernel } from '../../src/model/detector.ts';

interface Tally {
  readonly what: string;
  right: number;
  readonly wrong: string[];
}

interface ExposureCase {
  readonly id: string;
  readonly ambiguous?: boolean;
  readonly expect: Readonly<Record<string, boolean | null>>;
}

const FIELDS = ['anonymousRead', 'anonymousList', 'anonymousWrite', 'public'] as const;

function exposure(folder: string): Tally[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      const cases: ExposureCase[] = JSON.parse(text);
      const judged = new Map(judgeDocuments(text, name).map((one) => [one.id, one]));
      const tally: Tally = { what: `exposure/${name}`, right: 0, wrong: [] };
      for (const { id, expect, ambiguous } of cases) {
        for (const field of FIELDS) {
          const want = expect[field];
          if (want === undefined || want === null || (ambiguous && field === 'public')) continue;
          const got = judged.get(id)?.[field];
          if (got === (want ? 'yes' : 'no')) tally.right++;
          else
            tally.wrong.push(`${id} ${field}: ${got ?? 'no row'}, expected ${want ? 'yes' : 'no'}`);
        }
      }
      return tally;
    });
}

/** Is the whole value found by this detector, at any confidence? */
function finds(kernel: Kernel, detector: string, value: string): boolean {
  const text = Buffer.from(value);
  const detecting = kernel.object({ minConfidence: 'low', collectHits: true });
  detecting.piece({
    text,
    locate: () => ({ label: '', row: null, column: { index: 0, name: detector } }),
  });
  return detecting
    .end()
    .hits.some(
      (hit) =>
        hit.detector === detector && hit.form === 'full' && hit.end - hit.start >= text.length - 2,
    );
}

async function identifiers(file: string): Promise<Tally[]> {
  const detectors = await loadDetectors();
  const hasher = createHasher(new Uint8Array(16));
  const tallies = new Map<string, Tally>();
  const kernels = new Map<string, Kernel>();
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const { detector, value, valid }: { detector: string; value: string; valid: boolean } =
      JSON.parse(line);
    const tally = tallies.get(detector) ?? { what: `ids ${detector}`, right: 0, wrong: [] };
    tallies.set(detector, tally);
    const own = detectors.find(({ id }) => id === detector);
    if (!own) {
      tally.wrong.push('there is no such detector');
      continue;
    }
    const kernel = kernels.get(detector) ?? createKernel([own], hasher);
    kernels.set(detector, kernel);
    if (finds(kernel, detector, value) === valid) tally.right++;
    // The value is another project's test datum; even so only its shape is printed.
    else
      tally.wrong.push(
        `${value.replace(/\d/g, 'd').replace(/[a-z]/gi, 'l')}: expected ${valid ? 'found' : 'refused'}`,
      );
  }
  return [...tallies.values()];
}

const [folder] = process.argv.slice(2);
if (folder === undefined || !existsSync(folder)) {
  process.stderr.write(
    'test:cases: name the folder with the cases: npm run test:cases -- FOLDER\n',
  );
  process.exit(2);
}
const tallies = [
  ...exposure(join(folder, 'exposure')),
  ...(await identifiers(join(folder, 'ids', 'vectors.jsonl'))),
];
for (const { what, right, wrong } of tallies) {
  const total = right + wrong.length;
  process.stdout.write(`${what.padEnd(32)} ${right}/${total}\n`);
  for (const line of wrong) process.stdout.write(`    ${line}\n`);
}
const right = tallies.reduce((sum, tally) => sum + tally.right, 0);
const wrong = tallies.reduce((sum, tally) => sum + tally.wrong.length, 0);
process.stdout.write(`${right} of ${right + wrong} agree\n`);
/** Fewer than this would mean that something broke; the rows above say what disagrees today. */
const SHARE_AT_LEAST = 0.97;
process.exit(right / (right + wrong) >= SHARE_AT_LEAST ? 0 : 1);
