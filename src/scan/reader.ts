/**
 * The process that extraction and detection run in. Raw bytes come in, masked and hashed results go
 * out: nothing else of an object's content reaches the main process.
 *
 * The detector registry comes as a URL from the composition root; this room knows no detector.
 */
import { createHasher, createKernel } from '../detect/index.ts';
import { findEngineBy } from '../extract/engine.ts';
import type { CustomDetector, Customs } from '../model/custom.ts';
import type { Detection, DetectOptions, Detector, Kernel } from '../model/detector.ts';
import type { Extract, ExtractionGap, ObjectBytes } from '../model/extraction.ts';
import type { Limits } from '../model/limits.ts';
import { CELL, ROW } from '../model/piece.ts';
import { type Asking, openAsking, type SentObject, type Want, type Wanted } from './morebytes.ts';
import { cutNetwork } from './nonetwork.ts';
import { remoteEngine } from './remoteocr.ts';

/** The first message to it. The key comes this way because others can read command lines and environments. */
export interface ReaderData {
  /** URL of a module with `loadDetectors`. */
  readonly registry: string;
  /** URL of a module with `extract`. */
  readonly extraction: string;
  readonly hashKey: Uint8Array;
  readonly limits: Limits;
  /** The office's own detectors and allow list. */
  readonly customs: Customs;
}

/** `keys`: the names of listed objects are data too. */
export type ReaderJob = {
  readonly id: number;
  readonly options: DetectOptions;
} & ({ readonly object: SentObject } | { readonly keys: readonly string[] });

export interface ReaderAnswer {
  readonly id: number;
  readonly detection: Detection;
  /** Masked already. */
  readonly gaps: readonly ExtractionGap[];
}

/** `pictures` asks for the process that reads pictures. */
export type ReaderMessage = 'ready' | 'pictures' | ReaderAnswer | Want;

const NONE: Detection = { summaries: [], persons: new BigUint64Array(0), hits: [] };

async function detectObject(
  kernel: Kernel,
  extract: Extract,
  object: ObjectBytes,
  options: DetectOptions,
  limits: Limits,
): Promise<Omit<ReaderAnswer, 'id'>> {
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

interface Registry {
  loadDetectors(customs: readonly CustomDetector[]): Promise<readonly Detector[]>;
}

type Tools = { readonly kernel: Kernel; readonly extract: Extract; readonly limits: Limits };

async function begin({
  registry,
  extraction,
  hashKey,
  limits,
  customs,
}: ReaderData): Promise<Tools> {
  const [{ loadDetectors }, { extract }] = (await Promise.all([
    import(registry),
    import(extraction),
  ])) as [Registry, { readonly extract: Extract }];
  const detectors = await loadDetectors(customs.detectors);
  return { kernel: createKernel(detectors, createHasher(hashKey), customs.allow), extract, limits };
}

async function answerTo(tools: Tools, asking: Asking, job: ReaderJob): Promise<ReaderAnswer> {
  const { id, options } = job;
  try {
    if ('keys' in job) {
      return { id, detection: detectKeys(tools.kernel, job.keys, options), gaps: [] };
    }
    const { kernel, extract, limits } = tools;
    const object = asking.received(id, job.object);
    return { id, ...(await detectObject(kernel, extract, object, options, limits)) };
  } catch {
    // The error may quote content.
    const detail = 'detection failed on this file';
    return { id, detection: NONE, gaps: [{ code: 'malformed', what: '', detail }] };
  }
}

function send(message: ReaderMessage): void {
  process.send?.(message);
}

function main(): void {
  cutNetwork();
  process.on('disconnect', () => process.exit());
  // A library that reads columns side by side may give up on the first damaged one and leave the
  // others' failures to nobody. What was asked for still ends by itself, with what was read so far.
  process.on('unhandledRejection', () => {});
  findEngineBy(() => remoteEngine(() => send('pictures')));
  process.once('message', (data: ReaderData) => {
    const beginning = begin(data);
    const asking = openAsking(send);
    process.on('message', async (message: ReaderJob | Wanted) => {
      if ('wanted' in message) asking.deliver(message);
      else send(await answerTo(await beginning, asking, message));
    });
    beginning.then(
      () => send('ready'),
      () => process.exit(1),
    );
  });
}

main();
