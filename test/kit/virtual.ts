/** Files of any size that take no room, behind a real server that answers ranges and counts what it sent. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ByteRange } from '../../src/model/asset.ts';
import type { ObjectBytes } from '../../src/model/extraction.ts';

/** Bytes, or so many zeros. */
export type Stretch = Uint8Array | number;

const HEAD_BYTES = 256 * 1024;

function lengthOf(stretch: Stretch): number {
  return typeof stretch === 'number' ? stretch : stretch.length;
}

function bytesOf(file: readonly Stretch[], { start, end }: ByteRange): Buffer {
  const result = Buffer.alloc(end - start);
  let at = 0;
  for (const stretch of file) {
    if (typeof stretch !== 'number' && at < end && at + stretch.length > start) {
      const from = Math.max(start, at);
      result.set(stretch.subarray(from - at, end - at), from - start);
    }
    at += lengthOf(stretch);
  }
  return result;
}

export interface Served extends AsyncDisposable {
  readonly object: ObjectBytes;
  readonly sentBytes: () => number;
  readonly requests: () => number;
}

/** The object as a scan opens it: its head is there, the rest comes over HTTP. */
export async function serve(file: readonly Stretch[], name = 'object'): Promise<Served> {
  const sizeBytes = file.reduce<number>((sum, stretch) => sum + lengthOf(stretch), 0);
  let sentBytes = 0;
  let requests = 0;
  const server = createServer((request, response) => {
    const found = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    const range = { start: Number(found?.[1]), end: Number(found?.[2]) + 1 };
    const bytes = bytesOf(file, range);
    requests += 1;
    sentBytes += bytes.length;
    response.writeHead(206, { 'content-length': bytes.length });
    response.end(bytes);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const read = async ({ start, end }: ByteRange): Promise<Uint8Array> => {
    const headers = { range: `bytes=${start}-${end - 1}` };
    const response = await fetch(`http://127.0.0.1:${port}/`, { headers });
    return new Uint8Array(await response.arrayBuffer());
  };
  const head = await read({ start: 0, end: Math.min(HEAD_BYTES, sizeBytes) });
  const sample = Array.from({ length: 16 }, (_, at) => {
    const start = HEAD_BYTES + Math.floor(((sizeBytes - HEAD_BYTES) * at) / 16);
    return { start, end: Math.min(sizeBytes, start + 1024 * 1024) };
  });
  return {
    object: { name, sizeBytes, parts: [{ start: 0, bytes: head }], more: { sample, read } },
    sentBytes: () => sentBytes,
    requests: () => requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}
