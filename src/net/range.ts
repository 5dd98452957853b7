/** The bytes of one range, from a server that honoured it or from one that sent everything. */
import type { ByteRange } from '../model/asset.ts';
import type { HttpStream } from './client.ts';

export async function* rangeOf(
  answer: HttpStream,
  range: ByteRange | null,
): AsyncGenerator<Uint8Array> {
  if (range === null || answer.status === 206) {
    yield* answer.body;
    return;
  }
  let at = 0;
  for await (const chunk of answer.body) {
    const part = chunk.subarray(Math.max(0, range.start - at), Math.max(0, range.end - at));
    if (part.length > 0) yield part;
    at += chunk.length;
    if (at >= range.end) return;
  }
}
