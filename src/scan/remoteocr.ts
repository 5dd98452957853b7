/** The reader's side of the process that reads pictures: an OCR engine like any other. */
import type { Engine, Reading } from '../extract/engine.ts';
import { PIPE_FD } from './isolation.ts';
import type { PictureAnswer, PictureRequest, PicturesHello } from './pictures.ts';
import { openWire } from './wire.ts';

const START_TIME_MS = 60_000;

/** `ask` has the process started. Null when no OCR is installed. */
export function remoteEngine(ask: () => void): Promise<Engine | null> {
  const open = new Map<number, PromiseWithResolvers<Reading>>();
  let nextId = 0;
  let over = false;
  const { promise, resolve } = Promise.withResolvers<Engine | null>();
  const hello = ({ languages }: PicturesHello): Engine | null =>
    languages && {
      languages,
      read(image, language, timeMs) {
        const reading = Promise.withResolvers<Reading>();
        if (over) reading.reject(new Error('OCR ended'));
        else {
          const id = nextId++;
          open.set(id, reading);
          wire.send({ id, image, language, timeMs } satisfies PictureRequest);
        }
        return reading.promise;
      },
    };
  const wire = openWire(
    PIPE_FD,
    (message) => {
      if (!isAnswer(message)) return resolve(hello(message as PicturesHello));
      const waiting = open.get(message.id);
      open.delete(message.id);
      if (message.reading) waiting?.resolve(message.reading);
      else waiting?.reject(new Error('not read'));
    },
    () => {
      over = true;
      resolve(null);
      for (const waiting of open.values()) waiting.reject(new Error('OCR ended'));
      open.clear();
    },
  );
  ask();
  const late = setTimeout(() => resolve(null), START_TIME_MS);
  return promise.finally(() => clearTimeout(late));
}

function isAnswer(message: unknown): message is PictureAnswer {
  return typeof message === 'object' && message !== null && 'id' in message;
}
