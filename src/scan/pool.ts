/** Threads for extraction and detection: a job hangs or crashes alone, its thread is replaced, the scan goes on. */
import { Worker } from 'node:worker_threads';
import type { Detection, DetectOptions } from '../model/detector.ts';
import { ScanError } from '../model/errors.ts';
import type { ExtractionGap, ObjectBytes } from '../model/extraction.ts';
import type { ThreadAnswer, ThreadData, ThreadJob } from './thread.ts';

export interface DetectionPool {
  /** Rejects with ScanError `timeout` or `malformed`; never with content. */
  object(object: ObjectBytes, options: DetectOptions): Promise<Answer>;
  keys(keys: readonly string[], options: DetectOptions): Promise<Answer>;
  close(): Promise<void>;
}

export interface Answer {
  readonly detection: Detection;
  readonly gaps: readonly ExtractionGap[];
}

type Work = { object: ObjectBytes } | { keys: readonly string[] };

interface Waiting {
  readonly work: Work;
  readonly options: DetectOptions;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

interface Seat {
  worker: Worker;
  current: { readonly waiting: Waiting; readonly timer: NodeJS.Timeout } | null;
}

/** Memory of one thread's heap; buffers come on top and are bounded by limits.objectBytes. */
const HEAP_MB = 1024;
/** Written out for both forms: the sources run as .ts, the package as .js. */
const THREAD = new URL(
  import.meta.url.endsWith('.ts') ? './thread.ts' : './thread.js',
  import.meta.url,
);

export interface PoolOptions extends ThreadData {
  readonly threads: number;
}

export function createPool(options: PoolOptions): DetectionPool {
  const { registry, hashKey, limits } = options;
  const queue: Waiting[] = [];
  const seats: Seat[] = [];
  let nextId = 0;
  let closed = false;

  function start(seat: Seat): void {
    const data: ThreadData = { registry, hashKey, limits };
    seat.worker = new Worker(THREAD, {
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    seat.worker.on('message', (message: ThreadAnswer | 'ready') => {
      if (message !== 'ready') finish(seat, message);
      feed(seat);
    });
    seat.worker.on('error', (error) => fail(seat, crash(error)));
    seat.worker.unref();
  }

  function crash(error: Error): ScanError {
    const code = (error as NodeJS.ErrnoException).code;
    return code === 'ERR_WORKER_OUT_OF_MEMORY'
      ? new ScanError('too-large', `needed more than the ${HEAP_MB} MiB that one file may take`)
      : new ScanError('malformed', 'the reader of this file type crashed on it');
  }

  function finish(seat: Seat, { detection, gaps }: ThreadAnswer): void {
    const current = seat.current;
    seat.current = null;
    if (!current) return;
    clearTimeout(current.timer);
    current.waiting.resolve({ detection, gaps });
  }

  function fail(seat: Seat, error: ScanError): void {
    const current = seat.current;
    seat.current = null;
    // A thread that dies before it ever worked cannot be replaced into working order.
    const hopeless = current === null;
    if (current) {
      clearTimeout(current.timer);
      current.waiting.reject(error);
    }
    if (closed) return;
    if (hopeless) {
      for (const waiting of queue.splice(0)) waiting.reject(error);
      return;
    }
    start(seat);
  }

  function feed(seat: Seat): void {
    if (seat.current || closed) return;
    const waiting = queue.shift();
    if (!waiting) {
      seat.worker.unref();
      return;
    }
    seat.worker.ref();
    const timer = setTimeout(() => {
      const detail = `reading it took longer than ${limits.objectTimeMs / 1000} s (limits.objectTimeMs)`;
      void seat.worker.terminate();
      fail(seat, new ScanError('timeout', detail));
    }, limits.objectTimeMs);
    seat.current = { waiting, timer };
    const job: ThreadJob = { id: nextId++, options: waiting.options, ...waiting.work };
    seat.worker.postMessage(job, transferable(waiting.work));
  }

  function submit(work: Work, detect: DetectOptions): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (closed) return reject(new ScanError('interrupted', 'the scan was stopped'));
      queue.push({ work, options: detect, resolve, reject });
      if (seats.length < options.threads && seats.every((seat) => seat.current !== null)) {
        const seat = { current: null } as unknown as Seat;
        seats.push(seat);
        start(seat);
        seat.worker.ref();
      } else {
        const idle = seats.find((seat) => seat.current === null);
        if (idle) feed(idle);
      }
    });
  }

  return {
    object: (object, detect) => submit({ object }, detect),
    keys: (keys, detect) => submit({ keys }, detect),
    async close() {
      closed = true;
      const error = new ScanError('interrupted', 'the scan was stopped');
      for (const waiting of queue.splice(0)) waiting.reject(error);
      for (const seat of seats) {
        if (seat.current) {
          clearTimeout(seat.current.timer);
          seat.current.waiting.reject(error);
        }
      }
      await Promise.all(seats.map((seat) => seat.worker.terminate()));
    },
  };
}

/** Buffers that own their memory move to the thread instead of being copied. */
function transferable(work: Work): ArrayBuffer[] {
  if (!('object' in work)) return [];
  const buffers = work.object.parts
    .filter(({ bytes }) => bytes.byteLength === bytes.buffer.byteLength)
    .map(({ bytes }) => bytes.buffer);
  return [...new Set(buffers)].filter((buffer) => buffer instanceof ArrayBuffer);
}
