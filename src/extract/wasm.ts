/**
 * Tesseract in the process, by tesseract.js, with the language data of installed packages: nothing
 * is ever downloaded. A worker a language, started when needed and ended when idle.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Worker } from 'tesseract.js';
import type { Engine, Language, Reading } from './engine.ts';
import { pgm } from './gray.ts';

const require = createRequire(import.meta.url);
/** Workers kept at a time: about 120 MB each. */
const MAX_WORKERS = 3;
const IDLE_MS = 30_000;
const START_TIME_MS = 60_000;
/** Tesseract's number for its neural engine, the one that the data packages are for. */
const LSTM_ONLY = 1;

/** What of Node's Worker is used; the library's types leave it open. */
interface Thread {
  ref(): void;
  unref(): void;
  on(event: 'error' | 'exit', listener: () => void): void;
}

interface Seat {
  readonly worker: Worker;
  readonly thread: Thread;
  idle: NodeJS.Timeout;
}

/** The folder with a language's data; null when its package is not installed. */
function dataFolder(language: Language): string | null {
  try {
    const manifest = require.resolve(`@tesseract.js-data/${language}/package.json`);
    return join(dirname(manifest), '4.0.0_best_int');
  } catch {
    return null;
  }
}

/** Null when the engine or English is not installed. */
export async function wasmEngine(wanted: readonly Language[]): Promise<Engine | null> {
  const languages = wanted.filter((language) => dataFolder(language) !== null);
  try {
    require.resolve('tesseract.js');
  } catch {
    return null;
  }
  if (!languages.includes('eng')) return null;
  const seats = new Map<Language, Seat>();

  const end = (language: Language) => {
    const seat = seats.get(language);
    seats.delete(language);
    if (!seat) return;
    clearTimeout(seat.idle);
    void seat.worker.terminate();
  };

  async function seatFor(language: Language): Promise<Seat> {
    const known = seats.get(language);
    if (known) {
      clearTimeout(known.idle);
      seats.delete(language);
      seats.set(language, known);
      return known;
    }
    const [oldest] = seats.keys();
    if (seats.size >= MAX_WORKERS && oldest !== undefined) end(oldest);
    const worker = await start(language);
    const { worker: thread } = worker as unknown as { readonly worker: Thread };
    thread.on('error', () => end(language));
    const seat = { worker, thread, idle: setTimeout(() => {}, 0) };
    seats.set(language, seat);
    return seat;
  }

  return {
    languages,
    async read(image, language, timeMs) {
      const seat = await seatFor(language);
      seat.thread.ref();
      try {
        return await within(timeMs, recognised(seat.worker, pgm(image)));
      } catch (error) {
        end(language);
        throw error;
      } finally {
        seat.thread.unref();
        seat.idle = setTimeout(() => end(language), IDLE_MS).unref();
      }
    },
  };
}

async function start(language: Language): Promise<Worker> {
  const { createWorker } = await import('tesseract.js');
  let failed: (error: Error) => void = () => {};
  const failure = new Promise<never>((_, reject) => {
    failed = reject;
  });
  const started = createWorker(language, LSTM_ONLY, {
    langPath: dataFolder(language) ?? '',
    gzip: true,
    cacheMethod: 'none',
    // Without a handler the library throws where nobody can catch it.
    errorHandler: () => failed(new Error('OCR did not start')),
  });
  return within(START_TIME_MS, Promise.race([started, failure]));
}

async function recognised(worker: Worker, picture: Buffer): Promise<Reading> {
  const { data } = await worker.recognize(picture);
  return { text: data.text, confidence: data.text.trim() === '' ? 0 : data.confidence };
}

function within<T>(timeMs: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('took too long')), timeMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
