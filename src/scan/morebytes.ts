/**
 * The way by which the process that reads an object asks for more of it: only of the object it is
 * reading, only ranges, and no more than `limits.objectBytes` in all, whatever has become of it.
 */
import type { ByteRange } from '../model/asset.ts';
import { ScanError, type ScanErrorCode } from '../model/errors.ts';
import type { MoreBytes, ObjectBytes } from '../model/extraction.ts';

/** An object on its way to the reader, which a function cannot go. */
export type SentObject = Omit<ObjectBytes, 'more'> & { readonly sample?: readonly ByteRange[] };

export interface Want {
  /** The job's number, then the request's. */
  readonly job: number;
  readonly want: number;
  readonly range: ByteRange;
}

export interface Wanted {
  readonly wanted: number;
  readonly bytes: Uint8Array | null;
  /** Why there are none. */
  readonly code?: ScanErrorCode;
  readonly detail?: string;
}

export function sent({ name, sizeBytes, parts, more }: ObjectBytes): SentObject {
  return more ? { name, sizeBytes, parts, sample: more.sample } : { name, sizeBytes, parts };
}

/** The answer to the reader. Never rejects. */
export async function serve(object: ObjectBytes, { want, range }: Want): Promise<Wanted> {
  const { start, end } = range;
  try {
    const sound = Number.isSafeInteger(start) && Number.isSafeInteger(end);
    if (!object.more || !sound || start < 0 || end <= start || end > object.sizeBytes) {
      throw new ScanError(
        'malformed',
        'the process that reads it asked for bytes that are not its own',
      );
    }
    return { wanted: want, bytes: await object.more.read(range) };
  } catch (error) {
    const { code, detail } =
      error instanceof ScanError
        ? error
        : { code: 'unreachable' as const, detail: 'it could not be fetched' };
    return { wanted: want, bytes: null, code, detail };
  }
}

/** `object.more` with a cap on all that is fetched. */
export function capped(more: MoreBytes, mostBytes: number): MoreBytes {
  let left = mostBytes;
  return {
    sample: more.sample,
    read(range) {
      left -= range.end - range.start;
      if (left >= 0) return more.read(range);
      const detail = `limits.objectBytes (${mostBytes}): more than that was asked for of an object that is read by ranges`;
      return Promise.reject(new ScanError('too-large', detail));
    },
  };
}

export interface Asking {
  /** The object with a way to the rest of it. */
  received(job: number, object: SentObject): ObjectBytes;
  deliver(message: Wanted): void;
}

/** The reader's side. */
export function openAsking(send: (want: Want) => void): Asking {
  const open = new Map<number, PromiseWithResolvers<Uint8Array>>();
  let next = 0;
  return {
    received(job, { sample, ...object }) {
      if (!sample) return object;
      const more: MoreBytes = {
        sample,
        read(range) {
          const waiting = Promise.withResolvers<Uint8Array>();
          const want = next++;
          open.set(want, waiting);
          send({ job, want, range });
          return waiting.promise;
        },
      };
      return { ...object, more };
    },
    deliver({ wanted, bytes, code = 'unreachable', detail = '' }) {
      const waiting = open.get(wanted);
      open.delete(wanted);
      if (bytes) waiting?.resolve(bytes);
      else waiting?.reject(new ScanError(code, detail));
    },
  };
}
