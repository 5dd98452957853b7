/** A process that reads files, and the one that reads pictures for it, as the pool sees the two. */
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { end, residentBytes, start, type Wrapping, wrapping } from './isolation.ts';
import type { Want, Wanted } from './morebytes.ts';
import type { ReaderAnswer, ReaderData, ReaderJob, ReaderMessage } from './reader.ts';

const MIB = 1024 * 1024;
/** Its data says where it is when packages lie elsewhere. */
const TESSERACT_SETTINGS = ['TESSDATA_PREFIX'];

/** Written out for both forms: the sources run as .ts, the package as .js. */
const TYPESCRIPT = import.meta.url.endsWith('.ts');
const READER = new URL(TYPESCRIPT ? './reader.ts' : './reader.js', import.meta.url);
const PICTURES = new URL(TYPESCRIPT ? './pictures.ts' : './pictures.js', import.meta.url);

export interface SeatEvents {
  ready(): void;
  answer(answer: ReaderAnswer): void;
  /** It wants more bytes of what it reads. */
  want(want: Want): void;
  /** The process has ended, by itself or not; nothing comes after. */
  ended(how: Ending): void;
}

/** `memory`: the engine gave up on its heap, or the system on the process. */
export type Ending = 'memory' | 'crash';

export interface Seat {
  send(job: ReaderJob | Wanted): void;
  /** Whether waiting for it keeps this process running. */
  hold(held: boolean): void;
  /** Resident, of both processes. */
  memoryBytes(): Promise<number>;
  end(): void;
}

export async function openSeat(data: ReaderData, events: SeatEvents): Promise<Seat> {
  const wrapped = await wrapping();
  const heapMb = Math.ceil(data.limits.processMemoryBytes / 2 / MIB);
  const reader = start(wrapped, {
    module: READER,
    // The picture decoder is native code.
    allow: ['addons'],
    modules: [data.registry, data.extraction],
    heapMb,
    env: {},
    pipe: 'pipe',
  });
  let pictures: ChildProcess | null = null;
  let over = false;
  const finish = (how: Ending): void => {
    if (over) return;
    over = true;
    if (pictures) end(pictures);
    events.ended(how);
  };
  reader.on('message', (message: ReaderMessage) => {
    if (over) return;
    if (message === 'ready') events.ready();
    else if (message === 'pictures') pictures ??= startPictures(wrapped, reader, heapMb);
    else if ('want' in message) events.want(message);
    else events.answer(message);
  });
  reader.once('error', () => finish('crash'));
  reader.once('exit', (_code, signal) => finish(outOfMemory(signal) ? 'memory' : 'crash'));
  // A broken channel is told by the end of the process.
  const told = (): void => {};
  reader.send(data, told);
  return {
    send: (job) => void reader.send(job, told),
    hold(held) {
      if (held) reader.ref();
      else reader.unref();
      if (held) reader.channel?.ref();
      else reader.channel?.unref();
    },
    async memoryBytes() {
      const pids = [reader.pid, pictures?.pid].filter((pid) => pid !== undefined);
      const sizes = await Promise.all(pids.map(residentBytes));
      return sizes.reduce((sum, bytes) => sum + bytes, 0);
    },
    end() {
      if (pictures) end(pictures);
      end(reader);
    },
  };
}

/** V8 aborts when its heap is full; the kernel kills when the machine is. */
function outOfMemory(signal: NodeJS.Signals | null): boolean {
  return signal === 'SIGABRT' || signal === 'SIGKILL';
}

/** It gets this process's end of the reader's pipe: what goes over it is seen by the two alone. */
function startPictures(wrapped: Wrapping, reader: ChildProcess, heapMb: number): ChildProcess {
  const pipe = reader.stdio[4];
  if (!pipe) throw new Error('a reader has a pipe');
  const settings = TESSERACT_SETTINGS.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const child = start(wrapped, {
    module: PICTURES,
    allow: ['worker', ...(tesseractInstalled() ? (['child-process'] as const) : [])],
    modules: [],
    heapMb,
    env: Object.fromEntries(settings),
    pipe,
  });
  pipe.destroy();
  child.unref();
  child.channel?.unref();
  // Its end closes the pipe, which the reader takes for a picture that could not be read.
  child.on('error', () => {});
  return child;
}

/** Only then may the process for pictures start programs at all. */
function tesseractInstalled(): boolean {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.some((folder) =>
    ['tesseract', 'tesseract.exe'].some((name) => existsSync(join(folder, name))),
  );
}
