/**
 * LZMA and LZMA2, as 7z, `.lzma` and some zips hold them; xz has a library of its own. Written after
 * the LZMA specification (lzma-specification.txt, LZMA SDK, public domain). What a stream states of
 * its sizes is not believed: memory follows what came out.
 */

const STATES = 12;
const LITERAL_PROBABILITIES = 0x300;
const POSITION_STATES = 16;
const LENGTH_STATES = 4;
const ALIGN_BITS = 4;
const END_SLOT = 14;
const FULL_DISTANCES = 1 << (END_SLOT >> 1);
const HALF = 1024;
const TOP = 2 ** 24;
const MIN_MATCH = 2;
const LONGEST = 273;
/** Bytes of output that are handed on at a time, beyond the dictionary. */
const FLUSH_BYTES = 1 << 20;
/** Dictionaries above that are an attack: 7-Zip's largest preset has 1.5 GiB, its default 64 MiB. */
const MAX_DICTIONARY = 256 * 1024 * 1024;

export type Take = (chunk: Uint8Array) => void;

/** `pb`, `lp`, `lc` as the first byte of the properties packs them. */
interface Properties {
  readonly lc: number;
  readonly lp: number;
  readonly pb: number;
}

function properties(byte: number): Properties {
  if (byte >= 9 * 5 * 5) throw new Error('no LZMA properties');
  return { lc: byte % 9, lp: Math.floor(byte / 9) % 5, pb: Math.floor(byte / 45) };
}

function fresh(size: number): Uint16Array {
  return new Uint16Array(size).fill(HALF);
}

/** Lengths of matches: three trees, the first two by position. */
class Lengths {
  readonly choice: Uint16Array = fresh(2);
  readonly low: Uint16Array = fresh(POSITION_STATES << 3);
  readonly middle: Uint16Array = fresh(POSITION_STATES << 3);
  readonly high: Uint16Array = fresh(256);
}

/** What was put out, as far as matches may reach back. */
class Window {
  #bytes = new Uint8Array(FLUSH_BYTES);
  #size = 0;
  #flushed = 0;
  #total = 0;
  readonly #reach: number;
  readonly #take: Take;

  constructor(reach: number, take: Take) {
    this.#reach = Math.min(Math.max(4096, reach), MAX_DICTIONARY);
    this.#take = take;
  }

  /** Bytes since the last reset. */
  get total(): number {
    return this.#total;
  }

  at(distance: number): number {
    return this.#bytes[this.#size - distance] ?? 0;
  }

  has(distance: number): boolean {
    return distance <= this.#size;
  }

  put(byte: number): void {
    if (this.#size === this.#bytes.length) this.#room();
    this.#bytes[this.#size++] = byte;
    this.#total += 1;
  }

  #room(): void {
    this.flush();
    // Half as much again as matches reach: then the old half is dropped in one go.
    if (this.#bytes.length < this.#reach * 1.5 + FLUSH_BYTES) {
      const grown = new Uint8Array(this.#bytes.length * 2);
      grown.set(this.#bytes);
      this.#bytes = grown;
      return;
    }
    this.#bytes.copyWithin(0, this.#size - this.#reach, this.#size);
    this.#size = this.#reach;
    this.#flushed = this.#size;
  }

  flush(): void {
    for (; this.#flushed < this.#size; this.#flushed += FLUSH_BYTES) {
      const end = Math.min(this.#size, this.#flushed + FLUSH_BYTES);
      this.#take(this.#bytes.slice(this.#flushed, end));
    }
    this.#flushed = this.#size;
  }

  reset(): void {
    this.flush();
    this.#size = 0;
    this.#flushed = 0;
    this.#total = 0;
  }
}

class Decoder {
  readonly #input: Uint8Array;
  readonly #window: Window;
  at: number;
  #range = 0;
  #code = 0;
  #state = 0;
  readonly #distances: [number, number, number, number] = [0, 0, 0, 0];
  #lc = 0;
  #literalMask = 0;
  #positionMask = 0;
  #literals = fresh(0);
  #isMatch = fresh(0);
  #isRepeat = fresh(0);
  #isRepeat0 = fresh(0);
  #isRepeat1 = fresh(0);
  #isRepeat2 = fresh(0);
  #isRepeat0Long = fresh(0);
  #slots: readonly Uint16Array[] = [];
  #specials = fresh(0);
  #align = fresh(0);
  #lengths = new Lengths();
  #repeatLengths = new Lengths();

  constructor(input: Uint8Array, at: number, window: Window) {
    this.#input = input;
    this.#window = window;
    this.at = at;
  }

  reset({ lc, lp, pb }: Properties): void {
    this.#lc = lc;
    this.#literalMask = (1 << lp) - 1;
    this.#positionMask = (1 << pb) - 1;
    this.#state = 0;
    this.#distances.fill(0);
    this.#literals = fresh(LITERAL_PROBABILITIES << (lc + lp));
    this.#isMatch = fresh(STATES * POSITION_STATES);
    this.#isRepeat = fresh(STATES);
    this.#isRepeat0 = fresh(STATES);
    this.#isRepeat1 = fresh(STATES);
    this.#isRepeat2 = fresh(STATES);
    this.#isRepeat0Long = fresh(STATES * POSITION_STATES);
    this.#slots = Array.from({ length: LENGTH_STATES }, () => fresh(64));
    this.#specials = fresh(1 + FULL_DISTANCES - END_SLOT);
    this.#align = fresh(1 << ALIGN_BITS);
    this.#lengths = new Lengths();
    this.#repeatLengths = new Lengths();
  }

  begin(): void {
    this.#range = 0xffffffff;
    this.#code = 0;
    for (let byte = 0; byte < 5; byte += 1) this.#code = ((this.#code << 8) | this.#next()) >>> 0;
  }

  #next(): number {
    const byte = this.#input[this.at];
    if (byte === undefined) throw new Error('unexpected end of file');
    this.at += 1;
    return byte;
  }

  #normalise(): void {
    if (this.#range >= TOP) return;
    this.#range = (this.#range << 8) >>> 0;
    this.#code = ((this.#code << 8) | this.#next()) >>> 0;
  }

  #bit(probabilities: Uint16Array, at: number): number {
    const probability = probabilities[at] ?? HALF;
    const bound = (this.#range >>> 11) * probability;
    if (this.#code < bound) {
      this.#range = bound;
      probabilities[at] = probability + ((2048 - probability) >> 5);
      this.#normalise();
      return 0;
    }
    this.#range -= bound;
    this.#code -= bound;
    probabilities[at] = probability - (probability >> 5);
    this.#normalise();
    return 1;
  }

  #direct(bits: number): number {
    let result = 0;
    for (let left = bits; left > 0; left -= 1) {
      this.#range >>>= 1;
      const bit = this.#code >= this.#range ? 1 : 0;
      if (bit === 1) this.#code -= this.#range;
      this.#normalise();
      result = ((result << 1) | bit) >>> 0;
    }
    return result;
  }

  #tree(probabilities: Uint16Array, from: number, bits: number): number {
    let at = 1;
    for (let left = bits; left > 0; left -= 1) at = (at << 1) | this.#bit(probabilities, from + at);
    return at - (1 << bits);
  }

  #reverse(probabilities: Uint16Array, from: number, bits: number): number {
    let at = 1;
    let result = 0;
    for (let bit = 0; bit < bits; bit += 1) {
      const one = this.#bit(probabilities, from + at);
      at = (at << 1) | one;
      result |= one << bit;
    }
    return result;
  }

  #length(lengths: Lengths, position: number): number {
    if (this.#bit(lengths.choice, 0) === 0) return this.#tree(lengths.low, position << 3, 3);
    if (this.#bit(lengths.choice, 1) === 0) return 8 + this.#tree(lengths.middle, position << 3, 3);
    return 16 + this.#tree(lengths.high, 0, 8);
  }

  #literal(): void {
    const window = this.#window;
    const before = window.total > 0 ? window.at(1) : 0;
    const place = ((window.total & this.#literalMask) << this.#lc) + (before >> (8 - this.#lc));
    const from = LITERAL_PROBABILITIES * place;
    let symbol = 1;
    if (this.#state >= 7) {
      let match = window.at(this.#distances[0] + 1);
      while (symbol < 0x100) {
        const bit = (match >> 7) & 1;
        match = (match << 1) & 0xff;
        const one = this.#bit(this.#literals, from + ((1 + bit) << 8) + symbol);
        symbol = (symbol << 1) | one;
        if (bit !== one) break;
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | this.#bit(this.#literals, from + symbol);
    window.put(symbol & 0xff);
    this.#state = this.#state < 4 ? 0 : this.#state < 10 ? this.#state - 3 : this.#state - 6;
  }

  #distance(length: number): number {
    const slots = this.#slots[Math.min(length, LENGTH_STATES - 1)] ?? this.#align;
    const slot = this.#tree(slots, 0, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const distance = ((2 | (slot & 1)) << bits) >>> 0;
    if (slot < END_SLOT) return distance + this.#reverse(this.#specials, distance - slot, bits);
    const direct = this.#direct(bits - ALIGN_BITS) * (1 << ALIGN_BITS);
    return distance + direct + this.#reverse(this.#align, 0, ALIGN_BITS);
  }

  /** A repeated distance's length; 0 when one byte was repeated. */
  #repeat(position: number): number {
    const distances = this.#distances;
    const state = this.#state;
    if (this.#bit(this.#isRepeat0, state) === 0) {
      if (this.#bit(this.#isRepeat0Long, (state << 4) + position) === 0) {
        this.#state = state < 7 ? 9 : 11;
        return 1;
      }
    } else {
      let distance = distances[1];
      if (this.#bit(this.#isRepeat1, state) === 1) {
        distance = distances[2];
        if (this.#bit(this.#isRepeat2, state) === 1) {
          distance = distances[3];
          distances[3] = distances[2];
        }
        distances[2] = distances[1];
      }
      distances[1] = distances[0];
      distances[0] = distance;
    }
    const length = this.#length(this.#repeatLengths, position);
    this.#state = state < 7 ? 8 : 11;
    return length + MIN_MATCH;
  }

  /** Until `end` bytes are out in all, or the stream's own mark; true at the mark. */
  run(end: number): boolean {
    const window = this.#window;
    while (window.total < end) {
      const position = window.total & this.#positionMask;
      if (this.#bit(this.#isMatch, (this.#state << 4) + position) === 0) {
        this.#literal();
        continue;
      }
      let length: number;
      if (this.#bit(this.#isRepeat, this.#state) === 1) length = this.#repeat(position);
      else {
        this.#distances.copyWithin(1, 0, 3);
        const coded = this.#length(this.#lengths, position);
        this.#state = this.#state < 7 ? 7 : 10;
        this.#distances[0] = this.#distance(coded);
        if (this.#distances[0] === 0xffffffff) return true;
        length = coded + MIN_MATCH;
      }
      const back = this.#distances[0] + 1;
      if (length > LONGEST || !window.has(back)) throw new Error('a match before the beginning');
      for (let left = Math.min(length, end - window.total); left > 0; left -= 1) {
        window.put(window.at(back));
      }
    }
    return false;
  }
}

function u32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0, true);
}

/** `settings`: the five bytes of properties. `sizeBytes`: what comes out; infinite where the stream says its end. */
export function unpackLzma(
  settings: Uint8Array,
  packed: Uint8Array,
  sizeBytes: number,
  take: Take,
): void {
  if (settings.length < 5) throw new Error('no LZMA properties');
  const window = new Window(u32(settings, 1), take);
  const decoder = new Decoder(packed, 0, window);
  try {
    decoder.reset(properties(settings[0] ?? 255));
    decoder.begin();
    decoder.run(sizeBytes);
  } finally {
    window.flush();
  }
}

/** `.lzma`, the form before xz: properties and size stand in front. */
export function unpackLzmaFile(bytes: Uint8Array, take: Take): void {
  const [low, high] = [u32(bytes, 5), u32(bytes, 9)];
  const unknown = low === 0xffffffff && high === 0xffffffff;
  const size = unknown ? Number.POSITIVE_INFINITY : high * 2 ** 32 + low;
  unpackLzma(bytes.subarray(0, 5), bytes.subarray(13), size, take);
}

/** `dictionary`: its size as the one byte of LZMA2's properties packs it. */
export function unpackLzma2(dictionary: number, packed: Uint8Array, take: Take): void {
  const reach =
    dictionary >= 40 ? MAX_DICTIONARY : (2 | (dictionary & 1)) * 2 ** ((dictionary >> 1) + 11);
  const window = new Window(reach, take);
  const decoder = new Decoder(packed, 0, window);
  let known: Properties | null = null;
  try {
    for (let at = 0; ; ) {
      const control = packed[at];
      if (control === undefined) throw new Error('unexpected end of file');
      if (control === 0) return;
      const low = (packed[at + 1] ?? 0) * 256 + (packed[at + 2] ?? 0) + 1;
      if (control < 0x80) {
        if (control > 2) throw new Error('no LZMA2');
        if (control === 1) window.reset();
        const plain = packed.subarray(at + 3, at + 3 + low);
        for (const byte of plain) window.put(byte);
        if (plain.length < low) throw new Error('unexpected end of file');
        at += 3 + low;
        continue;
      }
      const mode = (control >> 5) & 3;
      const packedBytes = (packed[at + 3] ?? 0) * 256 + (packed[at + 4] ?? 0) + 1;
      at += 5;
      if (mode === 3) window.reset();
      if (mode >= 2) {
        known = properties(packed[at] ?? 255);
        at += 1;
      }
      if (known === null) throw new Error('no LZMA properties');
      if (mode >= 1) decoder.reset(known);
      decoder.at = at;
      decoder.begin();
      decoder.run(window.total + ((control & 0x1f) << 16) + low);
      at += packedBytes;
    }
  } finally {
    window.flush();
  }
}
