/** Compressed bytes through one of the platform's decompressors, counted as they come out. */
import type { Transform } from 'node:stream';
import { type Context, SinkError } from './context.ts';

/** Takes decompressed bytes in order. */
export type Chunks = (chunk: Uint8Array) => void;

export interface Inflated {
  /** The limit that ended it, in words. */
  readonly limit: string | null;
  /** What the decompressor said; null when it ended properly. */
  readonly damage: Error | null;
}

/** Everything that came out before damage or a limit has been given to `chunks` when this resolves. */
export function inflate(
  context: Context,
  through: Transform,
  compressed: Uint8Array,
  chunks: Chunks,
): Promise<Inflated> {
  return new Promise((resolve, reject) => {
    let done = false;
    const finish = (result: Inflated) => {
      if (done) return;
      done = true;
      through.destroy();
      resolve(result);
    };
    through.on('data', (chunk: Uint8Array) => {
      if (done) return;
      const limit = context.budget.spend(chunk.length);
      if (limit !== null) {
        finish({ limit, damage: null });
        return;
      }
      try {
        chunks(chunk);
      } catch (error) {
        done = true;
        through.destroy();
        reject(
          error instanceof SinkError ? error : new Error('extraction failed', { cause: error }),
        );
      }
    });
    through.on('error', (damage) => finish({ limit: null, damage }));
    through.on('end', () => finish({ limit: null, damage: null }));
    through.end(compressed);
  });
}
