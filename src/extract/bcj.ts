/**
 * Undoes 7z's filter for x86 programs, which some packers put before everything: it turns the targets
 * of calls from relative to absolute. Source: Bra86.c, LZMA SDK, public domain.
 */

const ALLOWED: readonly boolean[] = [true, true, true, false, true, false, false, false];
const BIT: readonly number[] = [0, 1, 2, 2, 3, 3, 3, 3];
/** An instruction and its target. */
const CALL_BYTES = 5;

function isSign(byte: number | undefined): boolean {
  return byte === 0 || byte === 0xff;
}

/** What comes in in pieces goes on to `take` in pieces; `end` gives the last bytes. */
export function openX86(take: (chunk: Uint8Array) => void): {
  push(chunk: Uint8Array): void;
  end(): void;
} {
  let held: Uint8Array = new Uint8Array(0);
  let position = 0;
  let mask = 0;

  /** The number of bytes that are settled. */
  function convert(data: Uint8Array): number {
    const limit = data.length - CALL_BYTES + 1;
    let at = 0;
    let before = -1;
    while (at < limit) {
      if (((data[at] ?? 0) & 0xfe) !== 0xe8) {
        at += 1;
        continue;
      }
      const distance = at - before;
      mask = distance > 3 ? 0 : (mask << (distance - 1)) & 7;
      const tested = data[at + 4 - (BIT[mask] ?? 0)];
      before = at;
      const blocked = mask !== 0 && (ALLOWED[mask] !== true || isSign(tested));
      if (blocked || !isSign(data[at + 4])) {
        mask = ((mask << 1) & 7) | 1;
        at += 1;
        continue;
      }
      relative(data, at);
      at += CALL_BYTES;
    }
    const distance = at - before;
    mask = distance > 3 ? 0 : (mask << (distance - 1)) & 7;
    return Math.min(at, data.length);
  }

  function relative(data: Uint8Array, at: number): void {
    const view = new DataView(data.buffer, data.byteOffset + at + 1, 4);
    let source = view.getUint32(0, true);
    let target: number;
    for (;;) {
      target = (source - (position + at + CALL_BYTES)) >>> 0;
      if (mask === 0) break;
      const index = (BIT[mask] ?? 0) * 8;
      if (!isSign((target >>> (24 - index)) & 0xff)) break;
      source = (target ^ (2 ** (32 - index) - 1)) >>> 0;
    }
    view.setUint32(0, target, true);
    data[at + 4] = (target >>> 24) & 1 ? 0xff : 0;
  }

  return {
    push(chunk) {
      const data = new Uint8Array(held.length + chunk.length);
      data.set(held);
      data.set(chunk, held.length);
      const settled = data.length < CALL_BYTES ? 0 : convert(data);
      position += settled;
      held = data.subarray(settled);
      if (settled > 0) take(data.subarray(0, settled));
    },
    end() {
      if (held.length > 0) take(held);
      held = new Uint8Array(0);
    },
  };
}
