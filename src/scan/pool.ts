/**
 * Processes for extraction and detection: a job hangs, grows or crashes alone, its process is
 * replaced, the scan goes on.
 */
import { type Customs, NO_CUSTOMS } from '../model/custom.ts';
import type { Detection, DetectOptions } from '../model/detector.ts';
import { ScanError } from '../model/errors.ts';
import type { ExtractionGap, ObjectBytes } from '../model/extraction.ts';
import type { Limits } from '../model/limits.ts';
import { memoryWatch } from './isolation.ts';
import { capped, sent, serve, type Want } from './morebytes.ts';
import type { ReaderAnswer, ReaderData, ReaderJob } from './reader.ts';
import { type Ending, openSeat, type Seat } from './seat.ts';

export interface DetectionPool {
  /** Rejects with ScanError `timeout`, `too-large` or `malformed`; never with content. */
  object(object: ObjectBytes, options: DetectOptions): Promise<Answer>;
  keys(keys: readonly string[], options: DetectOptions): Promise<Answer>;
  close(): Promise<void>;
}

export interface Answer {
  readonly detection: Detection;
  readonly gaps: readonly ExtractionGap[];
}

export interface PoolOptions {
  /** URL of a module with `loadDetectors`. */
  readonly registry: string;
  readonly hashKey: Uint8Array;
  readonly limits: Limits;
  /** Processes at a time; each runs one job. */
  readonly threads: number;
  /** The office's own detectors and allow list; none by default. */
  readonly customs?: Customs;
  /** URL of a module with `extract`; this program's own by default. */
  readonly extraction?: string;
}

type Work = { object: ObjectBytes } | { keys: readonly string[] };

interface Waiting {
  readonly work: Work;
  readonly options: DetectOptions;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
  /** Ended a process that had read other files before: those may have been the cause. */
  again: boolean;
}

interface Place {
  /** Null while its process starts. */
  seat: Seat | null;
  /** The process has answered nothing yet. */
  fresh: boolean;
  current: {
    readonly waiting: Waiting;
    /** What is read, with what this attempt may still fetch of it; null of keys. */
    readonly object: ObjectBytes | null;
    readonly id: number;
    readonly timer: NodeJS.Timeout;
  } | null;
}

/** Between two looks a file can fill about 200 MiB. Asking `ps` costs a process. */
const LOOK_MS = { proc: 50, ps: 1_000 } as const;
/** Loading the detectors takes a fraction of a second, on a busy machine some. */
const START_TIME_MS = 60_000;

const EXTRACTION = new URL(
  import.meta.url.endsWith('.ts') ? '../extract/index.ts' : '../extract/index.js',
  import.meta.url,
).href;

const STOPPED = (): ScanError => new ScanError('interrupted', 'the scan was stopped');

export function createPool(options: PoolOptions): DetectionPool {
  const { registry, hashKey, limits } = options;
  const data: ReaderData = {
    registry,
    hashKey,
    limits,
    customs: options.customs ?? NO_CUSTOMS,
    extraction: options.extraction ?? EXTRACTION,
  };
  const queue: Waiting[] = [];
  const places: Place[] = [];
  const starting = new Set<Promise<void>>();
  const opening = new Set<Seat>();
  let nextId = 0;
  let closed = false;
  let watch: NodeJS.Timeout | null = null;

  function occupy(place: Place): void {
    const work = begin(place).finally(() => starting.delete(work));
    starting.add(work);
  }

  async function begin(place: Place): Promise<void> {
    place.seat = null;
    place.fresh = true;
    const { promise: settled, resolve: settle } = Promise.withResolvers<boolean>();
    const seat = await openSeat(data, {
      ready: () => settle(true),
      answer: (answer) => finish(place, answer),
      want: (want) => void fetchMore(place, want),
      ended(how) {
        settle(false);
        if (place.seat === seat) fail(place, endingError(how));
      },
    });
    opening.add(seat);
    const late = setTimeout(() => settle(false), START_TIME_MS);
    const isReady = !closed && (await settled);
    clearTimeout(late);
    opening.delete(seat);
    if (closed || !isReady) seat.end();
    if (closed) return;
    if (!isReady) return giveUp(place);
    place.seat = seat;
    feed(place);
  }

  /** Where no process comes up, the next would not either; where others work, they read what waits. */
  function giveUp(place: Place): void {
    places.splice(places.indexOf(place), 1);
    for (const other of places) feed(other);
    if (places.length > 0) return;
    const detail = `the process that reads files does not start with processMemoryBytes (${limits.processMemoryBytes}); run ajar doctor`;
    for (const waiting of queue.splice(0)) waiting.reject(new ScanError('malformed', detail));
  }

  function endingError(how: Ending): ScanError {
    return how === 'memory'
      ? memoryError()
      : new ScanError('malformed', 'the reader of this file type crashed on it');
  }

  function memoryError(): ScanError {
    const detail = `processMemoryBytes (${limits.processMemoryBytes}): reading it took more memory than that. Raise the limit, or split the file, and scan it again.`;
    return new ScanError('too-large', detail);
  }

  function finish(place: Place, { id, detection, gaps }: ReaderAnswer): void {
    if (place.current?.id !== id) return;
    const { waiting, timer } = place.current;
    place.current = null;
    place.fresh = false;
    clearTimeout(timer);
    waiting.resolve({ detection, gaps });
    feed(place);
  }

  async function fetchMore(place: Place, want: Want): Promise<void> {
    const { current, seat } = place;
    if (!seat || current?.id !== want.job || !current.object) return;
    const wanted = await serve(current.object, want);
    if (place.current === current) seat.send(wanted);
  }

  /** Its process is of no more use. */
  function fail(place: Place, error: ScanError): void {
    place.seat?.end();
    place.seat = null;
    const { current, fresh } = place;
    place.current = null;
    if (current) {
      clearTimeout(current.timer);
      const { waiting } = current;
      if (fresh || waiting.again || error.code === 'timeout' || closed) waiting.reject(error);
      else queue.unshift(Object.assign(waiting, { again: true }));
    }
    if (!closed) occupy(place);
  }

  function feed(place: Place): void {
    const { seat } = place;
    if (!seat || place.current || closed) return;
    const waiting = queue.shift();
    seat.hold(waiting !== undefined);
    if (!waiting) return;
    const timer = setTimeout(() => {
      const detail = `reading it took longer than ${limits.objectTimeMs / 1000} s (limits.objectTimeMs)`;
      fail(place, new ScanError('timeout', detail));
    }, limits.objectTimeMs);
    const id = nextId++;
    const { work } = waiting;
    const object = 'object' in work ? bounded(work.object) : null;
    place.current = { waiting, object, id, timer };
    const job = 'keys' in work ? work : { object: sent(work.object) };
    seat.send({ id, options: waiting.options, ...job } satisfies ReaderJob);
    lookAfter();
  }

  /** Each attempt may fetch as much as the first: what ended that one may have been another file's doing. */
  function bounded({ more, ...object }: ObjectBytes): ObjectBytes {
    return more ? { ...object, more: capped(more, limits.objectBytes) } : object;
  }

  /** Watches the memory of those at work, while there are any. */
  function lookAfter(): void {
    const how = memoryWatch();
    if (watch || how === null) return;
    watch = setTimeout(async () => {
      await Promise.all(places.map(look));
      watch = null;
      if (places.some(({ current }) => current !== null)) lookAfter();
    }, LOOK_MS[how]).unref();
  }

  async function look(place: Place): Promise<void> {
    const { seat, current } = place;
    if (!seat || !current) return;
    const bytes = await seat.memoryBytes();
    if (bytes > limits.processMemoryBytes && place.current === current) fail(place, memoryError());
  }

  function submit(work: Work, detect: DetectOptions): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (closed) return reject(STOPPED());
      queue.push({ work, options: detect, resolve, reject, again: false });
      const idle = places.find(({ seat, current }) => seat && !current);
      if (idle) feed(idle);
      else if (places.length < options.threads && starting.size < queue.length) add();
    });
  }

  function add(): void {
    const place: Place = { seat: null, fresh: true, current: null };
    places.push(place);
    occupy(place);
  }

  // While the caller is still loading its own parts.
  add();

  return {
    object: (object, detect) => submit({ object }, detect),
    keys: (keys, detect) => submit({ keys }, detect),
    async close() {
      closed = true;
      for (const waiting of queue.splice(0)) waiting.reject(STOPPED());
      for (const place of places) {
        place.seat?.end();
        if (!place.current) continue;
        clearTimeout(place.current.timer);
        place.current.waiting.reject(STOPPED());
        place.current = null;
      }
      for (const seat of opening) seat.end();
      await Promise.all(starting);
    },
  };
}
