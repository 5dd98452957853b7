/**
 * The process that reads pictures for one reader: Tesseract needs threads, or a program of the
 * machine, and neither may be started where strangers' files are parsed. Pixels come over a pipe
 * straight from the reader and their text goes back the same way; it passes through nobody else.
 */
import { engine, type Language, type Reading } from '../extract/engine.ts';
import type { Gray } from '../extract/gray.ts';
import { PIPE_FD } from './isolation.ts';
import { cutNetwork } from './nonetwork.ts';
import { openWire } from './wire.ts';

/** Sent first: what is installed; null where nothing is. */
export interface PicturesHello {
  readonly languages: readonly Language[] | null;
}

export interface PictureRequest {
  readonly id: number;
  readonly image: Gray;
  readonly language: Language;
  readonly timeMs: number;
}

/** `reading` is null when the picture could not be read in time. */
export interface PictureAnswer {
  readonly id: number;
  readonly reading: Reading | null;
}

async function main(): Promise<void> {
  cutNetwork();
  process.on('disconnect', () => process.exit());
  const reader = await engine();
  const wire = openWire(
    PIPE_FD,
    (message) => {
      const { id, image, language, timeMs } = message as PictureRequest;
      const answer = (reading: Reading | null): void =>
        wire.send({ id, reading } satisfies PictureAnswer);
      if (reader === null) answer(null);
      else reader.read(image, language, timeMs).then(answer, () => answer(null));
    },
    () => process.exit(),
  );
  wire.send({ languages: reader?.languages ?? null } satisfies PicturesHello);
}

await main();
