/** Compressed streams of every kind that is read → chunks, counted as they come out. */
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { LimitError } from './budget.ts';
import { type Context, SinkError } from './context.ts';
import { type Chunks, type Inflated, inflate } from './inflate.ts';
import { unpackLz4 } from './lz4.ts';
import { unpackLzmaFile } from './lzma.ts';

export type Packing = 'gzip' | 'zstd' | 'bzip2' | 'xz' | 'lz4' | 'lzma';

const CHUNK_BYTES = 64 * 1024;

/** Everything that came out before damage or a limit has been given to `chunks` when this resolves. */
export function unpack(
  context: Context,
  packing: Packing,
  bytes: Uint8Array,
  chunks: Chunks,
): Promise<Inflated> {
  switch (packing) {
    case 'gzip':
      return inflate(context, createGunzip(), bytes, chunks);
    case 'zstd':
      return unzstd(context, bytes, chunks);
    case 'bzip2':
      return counted(context, chunks, (take) => bunzip(bytes, take));
    case 'xz':
      return counted(context, chunks, (take) => unxz(bytes, take));
    case 'lzma':
      return counted(context, chunks, (take) => unpackLzmaFile(bytes, take));
    case 'lz4':
      return counted(context, chunks, (take) => unpackLz4(bytes, take));
  }
}

/** Frame after frame, as parallel compressors and appended logs have them; the platform stops at the first. */
async function unzstd(context: Context, bytes: Uint8Array, chunks: Chunks): Promise<Inflated> {
  for (let rest = bytes; ; ) {
    const through = createZstdDecompress();
    const result = await inflate(context, through, rest, chunks);
    rest = rest.subarray(through.bytesWritten);
    if (result.limit !== null || result.damage !== null || !startsFrame(rest)) return result;
  }
}

/** A frame's mark, or that of a frame with a program's own data (0x184d2a50 to 0x184d2a5f). */
function startsFrame(bytes: Uint8Array): boolean {
  const [a = 0, b, c, d] = bytes;
  return (
    (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) ||
    (a >> 4 === 5 && b === 0x2a && c === 0x4d && d === 0x18)
  );
}

/** Tells a limit, the reader's own errors and damage apart, as `inflate` does. */
export async function counted(
  context: Context,
  chunks: Chunks,
  run: (take: Chunks) => Promise<void> | void,
): Promise<Inflated> {
  let reading: unknown = null;
  try {
    await run((chunk) => {
      const limit = context.budget.spend(chunk.length);
      if (limit !== null) throw new LimitError(limit);
      try {
        chunks(chunk);
      } catch (error) {
        reading = error;
        throw error;
      }
    });
    return { limit: null, damage: null };
  } catch (error) {
    if (error instanceof LimitError) return { limit: error.message, damage: null };
    if (error instanceof SinkError) throw error;
    if (reading !== null) throw new Error('extraction failed', { cause: reading });
    return { limit: null, damage: error instanceof Error ? error : new Error(String(error)) };
  }
}

async function bunzip(bytes: Uint8Array, take: Chunks): Promise<void> {
  const { default: library } = await import('seek-bzip');
  let at = 0;
  let chunk = new Uint8Array(CHUNK_BYTES);
  let filled = 0;
  let any = false;
  // The library asks for the end both between blocks, where more must follow, and between streams.
  let betweenBlocks = false;
  const flush = () => {
    const full = chunk.subarray(0, filled);
    chunk = new Uint8Array(CHUNK_BYTES);
    filled = 0;
    if (full.length > 0) take(full);
  };
  const readByte = () => {
    const byte = bytes[at];
    if (byte === undefined) throw new Error('unexpected end of file');
    at += 1;
    betweenBlocks = false;
    return byte;
  };
  try {
    library.decode(
      {
        readByte,
        read(buffer, offset, length) {
          for (let next = 0; next < length; next += 1) buffer[offset + next] = readByte();
          return length;
        },
        seek() {},
        eof: () => !betweenBlocks && at >= bytes.length,
      },
      {
        writeByte(byte) {
          any = true;
          betweenBlocks = true;
          chunk[filled] = byte;
          filled += 1;
          if (filled === CHUNK_BYTES) flush();
        },
      },
      true,
    );
  } catch (error) {
    // Bytes behind the last stream, as padding, belong to no file.
    if (!(any && error instanceof Error && error.message.includes('bad magic'))) {
      if (!(error instanceof LimitError)) flush();
      throw error;
    }
  }
  flush();
}

async function unxz(bytes: Uint8Array, take: Chunks): Promise<void> {
  const { XzReadableStream } = (await import('xz-decompress')).default;
  let at = 0;
  const compressed = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.length) controller.close();
      else controller.enqueue(bytes.slice(at, at + CHUNK_BYTES));
      at += CHUNK_BYTES;
    },
  });
  try {
    for await (const chunk of new XzReadableStream(compressed)) take(chunk);
  } catch (error) {
    // XZ_BUF_ERROR of xz-embedded: it wants more and there is none.
    if (!(error instanceof Error && error.message.endsWith('error code 8'))) throw error;
    throw new Error('unexpected end of file', { cause: error });
  }
}
