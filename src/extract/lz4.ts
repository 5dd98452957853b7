/**
 * LZ4 frames, as `lz4` and Arrow write them. A block may point back into those before it.
 *
 * Source: lz4 Frame Format Description 1.6.4 and LZ4 Block Format Description.
 */
import type { Chunks } from './inflate.ts';

const MAGIC = 0x184d2204;
/** Frames that carry a program's own data: 0x184d2a50 to 0x184d2a5f. */
const SKIPPABLE = 0x184d2a50;
const STORED = 0x80000000;
/** How far back a match may reach into the blocks before. */
const WINDOW_BYTES = 64 * 1024;
const BLOCK_BYTES: Readonly<Record<number, number>> = {
  4: 64 * 1024,
  5: 256 * 1024,
  6: 1024 * 1024,
  7: 4 * 1024 * 1024,
};

/** Gives the blocks of all frames in order. Throws on damage, with what came before given. */
export function unpackLz4(bytes: Uint8Array, take: Chunks): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at + 8 <= bytes.length) {
    const magic = view.getUint32(at, true);
    if (magic >>> 4 === SKIPPABLE >>> 4) at += 8 + view.getUint32(at + 4, true);
    else if (magic === MAGIC) at = frame(view, bytes, at + 4, take);
    else if (at === 0) throw new Error('no LZ4 frame');
    else return;
  }
}

/** Returns the offset behind the frame. */
function frame(view: DataView, bytes: Uint8Array, start: number, take: Chunks): number {
  const flags = view.getUint8(start);
  const most = BLOCK_BYTES[(view.getUint8(start + 1) >> 4) & 7];
  if (flags >> 6 !== 1 || most === undefined) throw new Error('an unknown LZ4 frame');
  const checked = (flags & 0x10) !== 0;
  const summed = (flags & 0x04) !== 0;
  const linked = (flags & 0x20) === 0;
  if ((flags & 1) !== 0) throw new Error('an LZ4 frame with a dictionary of its own');
  let at = start + 3 + ((flags & 0x08) !== 0 ? 8 : 0);
  let window = new Uint8Array(0);
  for (;;) {
    if (at + 4 > bytes.length) throw new Error('unexpected end of file');
    const size = view.getUint32(at, true);
    at += 4;
    if (size === 0) return at + (summed ? 4 : 0);
    const length = size % STORED;
    const data = bytes.subarray(at, at + length);
    const stored = size >= STORED;
    const { block, whole } = stored
      ? { block: data.slice(), whole: true }
      : unpackBlock(data, window, most);
    take(block);
    if (data.length < length) throw new Error('unexpected end of file');
    if (!whole) throw new Error('a damaged LZ4 block');
    if (linked) window = lastOf(window, block);
    at += length + (checked ? 4 : 0);
  }
}

function lastOf(window: Uint8Array, block: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(window.length + block.length);
  all.set(window);
  all.set(block, window.length);
  return all.slice(Math.max(0, all.length - WINDOW_BYTES));
}

/** A block without a frame that is said to hold `sizeBytes`. Throws on damage. */
export function unpackLz4Block(data: Uint8Array, sizeBytes: number): Uint8Array {
  const { block, whole } = unpackBlock(data, new Uint8Array(0), sizeBytes);
  if (!whole || block.length !== sizeBytes) throw new Error('a damaged LZ4 block');
  return block;
}

/** One block, as far as it makes sense; matches may reach back into `window`. */
function unpackBlock(
  data: Uint8Array,
  window: Uint8Array,
  most: number,
): { readonly block: Uint8Array; readonly whole: boolean } {
  const out = new Uint8Array(window.length + most);
  out.set(window);
  let to = window.length;
  let at = 0;
  const length = (nibble: number): number => {
    let total = nibble;
    for (let more = 255; nibble === 15 && more === 255; at += 1) {
      more = data[at] ?? 0;
      total += more;
    }
    return total;
  };
  let whole = true;
  while (at < data.length) {
    const token = data[at] ?? 0;
    at += 1;
    const literals = length(token >> 4);
    whole = at + literals <= data.length && to + literals <= out.length;
    if (!whole) break;
    out.set(data.subarray(at, at + literals), to);
    at += literals;
    to += literals;
    if (at >= data.length) break;
    const back = (data[at] ?? 0) + (data[at + 1] ?? 0) * 256;
    at += 2;
    const copied = length(token & 15) + 4;
    whole = back > 0 && back <= to && to + copied <= out.length;
    if (!whole) break;
    for (let next = 0; next < copied; next += 1, to += 1) out[to] = out[to - back] ?? 0;
  }
  return { block: out.slice(window.length, to), whole };
}
