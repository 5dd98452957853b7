/**
 * The thread that extraction and detection run in. Raw bytes come in, masked and hashed results go
 * out: nothing else of an object's content reaches the main thread.
 *
 * The detector registry comes as a URL from the composition root; this room knows no detector.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { createHasher, createKernel } from '../detect/index.ts';
import { extract } from '../extract/index.ts';
import type { Detection, DetectOptions, Detector, Kernel } from '../model/detector.ts';
import type { ExtractionGap, ObjectBytes } from '../model/extraction.ts';
import type { Limits } from '../model/limits.ts';
import { CELL, ROW } from '../model/piece.ts';

export interface ThreadData {
  /** URL of a module with `loadDetectors`. */
  readonly registry: string;
  readonly hashKey: Uint8Array;
  readonly limits: Limits;
}

/** `keys`: the names of listed objects are data too. */
export type ThreadJob = {
  readonly id: number;
  readonly options: DetectOptions;
} & ({ readonly object: ObjectBytes } | { readonly keys: readonly string[] });

export interface ThreadAnswer {
  readonly id: number;
  readonly detection: Detection;
  /** Masked already. */
  readonly gaps: readonly ExtractionGap[];
}

const NONE: Detection = { summaries: [], persons: new BigUint64Array(0), hits: [] };

async function detectObject(
  kernel: Kernel,
  object: ObjectBytes,
  options: DetectOptions,
  limits: Limits,
): Promise<Omit<ThreadAnswer, 'id'>> {
  const detecting = kernel.object(options);
  const gaps: ExtractionGap[] = [];
  try {
    await extract(
      object,
      {
        piece: (piece) => detecting.piece(piece),
        gap: ({ code, what, detail }) =>
          gaps.push({ code, what: kernel.mask(what), detail: kernel.mask(detail) }),
      },
      limits,
    );
  } catch {
    // Extraction reports its own gaps; what still escapes is a parser's, and its text may quote content.
    gaps.push({ code: 'malformed', what: '', detail: 'the file could not be parsed to its end' });
  }
  return { detection: detecting.end(), gaps };
}

/** Each key is a row of one column: `forms/A123….pdf` is a person in a listing anyone can read. */
function detectKeys(kernel: Kernel, keys: readonly string[], options: DetectOptions): Detection {
  const detecting = kernel.object(options);
  const clean = keys.map((key) => key.replaceAll(String.fromCharCode(CELL), ' '));
  const text = Buffer.from(clean.join(String.fromCharCode(ROW)));
  const starts: number[] = [0];
  for (let i = 0; i < text.length; i++) if (text[i] === ROW) starts.push(i + 1);
  let row = 0;
  detecting.piece({
    text,
    locate(offset) {
      while ((starts[row + 1] ?? Infinity) <= offset) row++;
      return { label: 'object key', row, column: { index: 0, name: '' } };
    },
  });
  return detecting.end();
}

async function main(): Promise<void> {
  const data = workerData as ThreadData;
  const registry: { loadDetectors(): Promise<readonly Detector[]> } = await import(data.registry);
  const kernel = createKernel(await registry.loadDetectors(), createHasher(data.hashKey));
  parentPort?.on('message', (job: ThreadJob) => {
    const work =
      'object' in job
        ? detectObject(kernel, job.object, job.options, data.limits)
        : Promise.resolve({ detection: detectKeys(kernel, job.keys, job.options), gaps: [] });
    work
      .then((result) => parentPort?.postMessage({ id: job.id, ...result } satisfies ThreadAnswer))
      .catch(() => {
        const gap = {
          code: 'malformed',
          what: '',
          detail: 'detection failed on this file',
        } as const;
        parentPort?.postMessage({
          id: job.id,
          detection: NONE,
          gaps: [gap],
        } satisfies ThreadAnswer);
      });
  });
  parentPort?.postMessage('ready');
}

// Imported by the pool for its types alone, this module must do nothing.
if (parentPort) await main();
