/**
 * A stream of bytes in some encoding → UTF-8 bytes.
 *
 * UTF-8 passes through untouched, so offsets stay the file's own; a torn byte becomes `?`, one for
 * one, for the same reason. The encoding is decided at the first chunk that is not plain ASCII.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import { type Detected, detectEncoding, type Encoding, wholeCharacters } from './encoding.ts';

const CHUNK_BYTES = 1 << 20;
const NONE: Uint8Array = new Uint8Array(0);

export interface Decoder {
  push(bytes: Uint8Array): Uint8Array;
  /** What was held back: the start of a character that never ended. */
  end(): Uint8Array;
  /** Bytes were left out: what was held back will not be completed. */
  jump(): void;
}

/** `known` null: decided later, by the first chunk with a non-ASCII byte. */
export function openDecoder(known: Detected | null): Decoder {
  let inner: Decoder | null = known ? decoderOf(known) : null;
  return {
    push(bytes) {
      if (!inner) {
        if (isAscii(bytes) && !bytes.includes(0x1b) && !bytes.includes(0)) return bytes;
        inner = decoderOf(detectEncoding(bytes) ?? { encoding: 'utf-8', markBytes: 0 });
      }
      return inner.push(bytes);
    },
    end: () => inner?.end() ?? NONE,
    jump: () => inner?.jump(),
  };
}

function decoderOf(detected: Detected): Decoder {
  if (detected.encoding === 'utf-8') return utf8Decoder();
  return skipping(detected.markBytes, namedDecoder(detected.encoding));
}

function namedDecoder(encoding: Encoding): Decoder {
  if (encoding.startsWith('utf-32')) return utf32Decoder(encoding);
  return encoding === 'iso-2022-kr' ? iso2022KrDecoder() : platformDecoder(encoding);
}

/** Leaves the first bytes out: the mark of a wide encoding is no text. */
function skipping(count: number, decoder: Decoder): Decoder {
  let left = count;
  return {
    push(bytes) {
      const skip = Math.min(left, bytes.length);
      left -= skip;
      return decoder.push(skip > 0 ? bytes.subarray(skip) : bytes);
    },
    end: () => decoder.end(),
    jump: () => decoder.jump(),
  };
}

function utf8Decoder(): Decoder {
  let held: Uint8Array = NONE;
  return {
    push(bytes) {
      const all = held.length > 0 ? joined(held, bytes) : bytes;
      const whole = wholeCharacters(all);
      held = new Uint8Array(all.subarray(whole.length));
      return isUtf8(whole) ? whole : repaired(whole);
    },
    end() {
      const rest = held;
      held = NONE;
      return repaired(rest);
    },
    jump() {
      held = NONE;
    },
  };
}

export function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** Length of the well-formed sequence at `at` (Unicode table 3-7), 0 when there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const needed = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || at + needed > bytes.length) return 0;
  const second = bytes[at + 1] ?? 0;
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return 0;
  for (let next = 2; next < needed; next += 1) {
    if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return needed;
}

/** A copy in which every byte that is no UTF-8 is a question mark. */
function repaired(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(bytes);
  let at = 0;
  while (at < copy.length) {
    const length = sequenceLength(copy, at);
    if (length === 0) copy[at] = 0x3f;
    at += length || 1;
  }
  return copy;
}

function platformDecoder(encoding: Encoding): Decoder {
  let decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  return {
    push(bytes) {
      const parts: Uint8Array[] = [];
      for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
        const chunk = bytes.subarray(at, at + CHUNK_BYTES);
        parts.push(encoder.encode(decoder.decode(chunk, { stream: true })));
      }
      return parts.length === 1 ? (parts[0] ?? NONE) : Buffer.concat(parts);
    },
    end: () => encoder.encode(decoder.decode()),
    jump() {
      decoder = new TextDecoder(encoding);
    },
  };
}

function utf32Decoder(encoding: Encoding): Decoder {
  const little = encoding === 'utf-32le';
  let held: Uint8Array = NONE;
  return {
    push(bytes) {
      const all = joined(held, bytes);
      const whole = all.length & ~3;
      held = all.subarray(whole);
      const view = new DataView(all.buffer, all.byteOffset, whole);
      let text = '';
      for (let at = 0; at < whole; at += 4) {
        const code = view.getUint32(at, little);
        text += String.fromCodePoint(code > 0x10ffff ? 0xfffd : code);
      }
      return new TextEncoder().encode(text);
    },
    end: () => NONE,
    jump() {
      held = NONE;
    },
  };
}

const [SHIFT_OUT, SHIFT_IN, ESCAPE, NEWLINE] = [0x0e, 0x0f, 0x1b, 0x0a];
/** Of `ESC $ ) C`. */
const DESIGNATION_BYTES = 4;

/** Between the shifts the bytes are EUC-KR's without their highest bit; each line begins unshifted. */
function iso2022KrDecoder(): Decoder {
  const inner = platformDecoder('euc-kr');
  let shifted = false;
  let skip = 0;
  return {
    push(bytes) {
      const plain = new Uint8Array(bytes.length);
      let filled = 0;
      for (const byte of bytes) {
        if (byte === SHIFT_OUT || byte === SHIFT_IN) shifted = byte === SHIFT_OUT;
        else if (byte === ESCAPE) skip = DESIGNATION_BYTES - 1;
        else if (skip > 0) skip -= 1;
        else {
          if (byte === NEWLINE) shifted = false;
          plain[filled] = shifted && byte > 0x20 ? byte | 0x80 : byte;
          filled += 1;
        }
      }
      return inner.push(plain.subarray(0, filled));
    },
    end: () => inner.end(),
    jump() {
      shifted = false;
      inner.jump();
    },
  };
}

/** Without UTF-8's byte order mark. */
export function unmarked(text: Uint8Array): Uint8Array {
  return text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf ? text.subarray(3) : text;
}
