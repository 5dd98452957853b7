/** What a 7z archive says of itself: folders of packed streams, and the files in them. Source: 7zFormat.txt, LZMA SDK. */

export interface Coder {
  /** Hexadecimal. */
  readonly id: string;
  readonly settings: Uint8Array;
}

export interface Folder {
  readonly coders: readonly Coder[];
  readonly unpackedBytes: number;
  /** Of its packed streams, which lie one behind the other. */
  readonly start: number;
  readonly packedBytes: number;
  /** More streams than one: a packer's for programs. */
  readonly manyStreams: boolean;
  /** Sizes of the files in it, one behind the other. */
  readonly sizes: readonly number[];
}

export interface SevenZipFile {
  readonly name: string;
  /** False for folders and empty files. */
  readonly hasData: boolean;
}

export interface Header {
  readonly folders: readonly Folder[];
  readonly files: readonly SevenZipFile[];
}

const KIND = {
  end: 0,
  header: 1,
  mainStreams: 4,
  files: 5,
  pack: 6,
  unpack: 7,
  subStreams: 8,
  size: 9,
  crc: 0x0a,
  folder: 0x0b,
  unpackSizes: 0x0c,
  streamCounts: 0x0d,
  empty: 0x0e,
  names: 0x11,
  encodedHeader: 0x17,
} as const;

/** Behind which packed streams are counted. */
export const SIGNATURE_BYTES = 32;
const MAX_ITEMS = 1_000_000;

class Reader {
  readonly #bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  byte(): number {
    const byte = this.#bytes[this.at];
    if (byte === undefined) throw new RangeError('the header ends early');
    this.at += 1;
    return byte;
  }

  bytes(count: number): Uint8Array {
    if (count < 0 || this.at + count > this.#bytes.length)
      throw new RangeError('the header ends early');
    this.at += count;
    return this.#bytes.subarray(this.at - count, this.at);
  }

  /** Leading ones of the first byte say how many follow. */
  number(): number {
    const first = this.byte();
    let value = 0;
    for (let extra = 0, mask = 0x80; extra < 8; extra += 1, mask >>= 1) {
      if ((first & mask) === 0) return value + (first & (mask - 1)) * 2 ** (8 * extra);
      value += this.byte() * 2 ** (8 * extra);
    }
    return value;
  }

  /** A number of things that each take room. */
  count(): number {
    const value = this.number();
    if (value > MAX_ITEMS || value > this.#bytes.length) throw new RangeError('more than there is');
    return value;
  }

  bits(count: number): boolean[] {
    const bytes = this.bytes((count + 7) >> 3);
    return Array.from(
      { length: count },
      (_, at) => (((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1) === 1,
    );
  }

  /** Bits that are left out where all are set. */
  allOrBits(count: number): boolean[] {
    return this.byte() === 0 ? this.bits(count) : Array<boolean>(count).fill(true);
  }

  skipDigests(count: number): void {
    this.bytes(4 * this.allOrBits(count).filter((defined) => defined).length);
  }
}

interface MutableFolder {
  coders: Coder[];
  outputs: number;
  inputs: number;
  unpackSizes: number[];
  /** The output that is nobody's input. */
  main: number;
  packed: number;
  digest: boolean;
}

function readFolder(reader: Reader): MutableFolder {
  const coders: Coder[] = [];
  let inputs = 0;
  let outputs = 0;
  for (let left = reader.count(); left > 0; left -= 1) {
    const flags = reader.byte();
    const id = Buffer.from(reader.bytes(flags & 0x0f)).toString('hex');
    const complex = (flags & 0x10) !== 0;
    inputs += complex ? reader.count() : 1;
    outputs += complex ? reader.count() : 1;
    coders.push({
      id,
      settings: (flags & 0x20) !== 0 ? reader.bytes(reader.count()) : new Uint8Array(0),
    });
  }
  const bound = new Set<number>();
  for (let left = outputs - 1; left > 0; left -= 1) {
    reader.number();
    bound.add(reader.number());
  }
  const packed = inputs - Math.max(0, outputs - 1);
  if (packed > 1) for (let left = packed; left > 0; left -= 1) reader.number();
  const main = Array.from({ length: outputs }, (_, at) => at).find((at) => !bound.has(at)) ?? 0;
  return { coders, outputs, inputs, unpackSizes: [], main, packed, digest: false };
}

function readUnpack(reader: Reader): MutableFolder[] {
  let folders: MutableFolder[] = [];
  for (let kind = reader.byte(); kind !== KIND.end; kind = reader.byte()) {
    if (kind === KIND.folder) {
      const count = reader.count();
      if (reader.byte() !== 0) throw new RangeError('folders elsewhere');
      folders = Array.from({ length: count }, () => readFolder(reader));
    } else if (kind === KIND.unpackSizes) {
      for (const folder of folders) {
        folder.unpackSizes = Array.from({ length: folder.outputs }, () => reader.number());
      }
    } else if (kind === KIND.crc) {
      const defined = reader.allOrBits(folders.length);
      for (const [at, folder] of folders.entries()) folder.digest = defined[at] === true;
      reader.bytes(4 * defined.filter((one) => one).length);
    } else throw new RangeError('a kind that is not known');
  }
  return folders;
}

interface Streams {
  readonly folders: readonly Folder[];
}

function readPack(reader: Reader): {
  readonly position: number;
  readonly sizes: readonly number[];
} {
  const position = reader.number();
  const count = reader.count();
  let sizes: number[] = [];
  for (let kind = reader.byte(); kind !== KIND.end; kind = reader.byte()) {
    if (kind === KIND.size) sizes = Array.from({ length: count }, () => reader.number());
    else if (kind === KIND.crc) reader.skipDigests(count);
    else throw new RangeError('a kind that is not known');
  }
  return { position, sizes };
}

function readSubStreams(reader: Reader, folders: readonly MutableFolder[]): number[][] {
  let counts = folders.map(() => 1);
  let sizes: number[][] | null = null;
  for (let kind = reader.byte(); kind !== KIND.end; kind = reader.byte()) {
    if (kind === KIND.streamCounts) counts = folders.map(() => reader.count());
    else if (kind === KIND.size) {
      sizes = folders.map((folder, at) => {
        const stated = Array.from({ length: Math.max(0, (counts[at] ?? 1) - 1) }, () =>
          reader.number(),
        );
        const rest = mainSize(folder) - stated.reduce((sum, size) => sum + size, 0);
        return counts[at] === 0 ? [] : [...stated, Math.max(0, rest)];
      });
    } else if (kind === KIND.crc) {
      const unknown = folders.reduce(
        (sum, folder, at) => sum + (counts[at] === 1 && folder.digest ? 0 : (counts[at] ?? 0)),
        0,
      );
      reader.skipDigests(unknown);
    } else throw new RangeError('a kind that is not known');
  }
  return sizes ?? folders.map((folder, at) => (counts[at] === 0 ? [] : [mainSize(folder)]));
}

function mainSize({ unpackSizes, main }: MutableFolder): number {
  return unpackSizes[main] ?? 0;
}

function readStreams(reader: Reader): Streams {
  let pack: ReturnType<typeof readPack> = { position: 0, sizes: [] };
  let made: MutableFolder[] = [];
  let sizes: number[][] | null = null;
  for (let kind = reader.byte(); kind !== KIND.end; kind = reader.byte()) {
    if (kind === KIND.pack) pack = readPack(reader);
    else if (kind === KIND.unpack) made = readUnpack(reader);
    else if (kind === KIND.subStreams) sizes = readSubStreams(reader, made);
    else throw new RangeError('a kind that is not known');
  }
  let stream = 0;
  let start = SIGNATURE_BYTES + pack.position;
  const folders = made.map((folder, at): Folder => {
    const own = pack.sizes.slice(stream, stream + folder.packed);
    stream += folder.packed;
    const packedBytes = own.reduce((sum, size) => sum + size, 0);
    start += packedBytes;
    return {
      coders: folder.coders,
      unpackedBytes: mainSize(folder),
      start: start - packedBytes,
      packedBytes,
      manyStreams: folder.packed !== 1,
      sizes: sizes?.[at] ?? [mainSize(folder)],
    };
  });
  return { folders };
}

function readFiles(reader: Reader): SevenZipFile[] {
  const count = reader.count();
  let names: string[] = [];
  let empty: boolean[] = [];
  for (let kind = reader.byte(); kind !== KIND.end; kind = reader.byte()) {
    const size = reader.number();
    const inner = new Reader(reader.bytes(size));
    if (kind === KIND.empty) empty = inner.bits(count);
    else if (kind === KIND.names && inner.byte() === 0) {
      const text = Buffer.from(inner.bytes(size - 1)).toString('utf16le');
      names = text.split('\0');
    }
  }
  return Array.from({ length: count }, (_, at) => ({
    name: names[at] ?? '',
    hasData: empty[at] !== true,
  }));
}

/** The header, or the folder that the header itself is packed in. Throws where it is damaged. */
export function readHeader(bytes: Uint8Array): Header | Folder {
  const reader = new Reader(bytes);
  const kind = reader.byte();
  if (kind === KIND.encodedHeader) {
    const [folder] = readStreams(reader).folders;
    if (!folder) throw new RangeError('a header without a folder');
    return folder;
  }
  if (kind !== KIND.header) throw new RangeError('no header');
  let folders: readonly Folder[] = [];
  let files: SevenZipFile[] = [];
  for (let part = reader.byte(); part !== KIND.end; part = reader.byte()) {
    if (part === KIND.mainStreams) folders = readStreams(reader).folders;
    else if (part === KIND.files) files = readFiles(reader);
    else throw new RangeError('a kind that is not known');
  }
  return { folders, files };
}
