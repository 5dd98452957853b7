/**
 * Compound files (OLE 2): storages and streams in a file of sectors. Old Office documents and Outlook
 * messages are such files.
 *
 * A reader of its own, because the chains of a damaged or hostile file run in circles: here no chain
 * is longer than the file. Source: [MS-CFB].
 */

export interface CfbEntry {
  readonly name: string;
  readonly storage: boolean;
  readonly sizeBytes: number;
  readonly start: number;
  /** Empty for a stream. */
  readonly children: readonly CfbEntry[];
}

const END = 0xfffffffe;
const NONE = 0xffffffff;
const MAX_ENTRIES = 100_000;
const HEADER_BYTES = 512;
const SIGNATURE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

interface RawEntry {
  readonly name: string;
  readonly type: number;
  readonly left: number;
  readonly right: number;
  readonly child: number;
  readonly start: number;
  readonly size: number;
}

export class CompoundFile {
  readonly #bytes: Buffer;
  readonly #sectorBytes: number;
  readonly #miniBytes: number;
  readonly #cutoff: number;
  readonly #fat: Uint32Array;
  readonly #miniFat: Uint32Array;
  readonly #mini: Buffer;
  readonly root: CfbEntry;
  /** A chain ended before it should: some stream is not whole. */
  cut = false;

  /** Throws RangeError where not even the directory can be read. */
  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (this.#bytes.length < HEADER_BYTES || !this.#bytes.subarray(0, 8).equals(SIGNATURE)) {
      throw new RangeError('no compound file');
    }
    const shift = this.#bytes.readUInt16LE(30);
    this.#sectorBytes = shift === 12 ? 4096 : 512;
    this.#miniBytes = 64;
    this.#cutoff = this.#bytes.readUInt32LE(56) || 4096;
    this.#fat = this.#readFat();
    const directory = this.#chain(this.#bytes.readUInt32LE(48));
    const entries = rawEntries(directory);
    const rootEntry = entries[0];
    if (rootEntry === undefined) throw new RangeError('no directory');
    this.#mini = this.#chain(rootEntry.start);
    this.#miniFat = words(this.#chain(this.#bytes.readUInt32LE(60)));
    this.root = tree(entries);
    this.cut = false;
  }

  #sector(at: number): Buffer {
    const from = (at + 1) * this.#sectorBytes;
    return this.#bytes.subarray(from, from + this.#sectorBytes);
  }

  #readFat(): Uint32Array {
    const listed: number[] = [];
    const most = Math.ceil(this.#bytes.length / this.#sectorBytes);
    for (let at = 76; at < HEADER_BYTES; at += 4) listed.push(this.#bytes.readUInt32LE(at));
    let more = this.#bytes.readUInt32LE(68);
    for (let count = 0; more < END && count < most; count += 1) {
      const sector = words(this.#sector(more));
      listed.push(...sector.subarray(0, -1));
      more = sector.at(-1) ?? END;
    }
    const sectors = listed.filter((one) => one < most).slice(0, most);
    return words(Buffer.concat(sectors.map((one) => this.#sector(one))));
  }

  /** A chain of sectors; at most as long as the file. */
  #chain(start: number): Buffer {
    const parts: Buffer[] = [];
    const most = Math.ceil(this.#bytes.length / this.#sectorBytes);
    let at = start;
    for (let count = 0; at < END && count <= most; count += 1) {
      const sector = this.#sector(at);
      if (sector.length === 0) break;
      parts.push(sector);
      at = this.#fat[at] ?? NONE;
    }
    if (at !== END) this.cut = true;
    return Buffer.concat(parts);
  }

  #miniChain(start: number, size: number): Buffer {
    const parts: Buffer[] = [];
    const most = Math.ceil(size / this.#miniBytes);
    let at = start;
    for (let count = 0; at < END && count < most; count += 1) {
      const part = this.#mini.subarray(at * this.#miniBytes, (at + 1) * this.#miniBytes);
      if (part.length === 0) break;
      parts.push(part);
      at = this.#miniFat[at] ?? NONE;
    }
    return Buffer.concat(parts);
  }

  /** A stream's bytes, as many as could be read. */
  stream(entry: CfbEntry): Buffer {
    if (entry.storage) return Buffer.alloc(0);
    const all =
      entry.sizeBytes < this.#cutoff
        ? this.#miniChain(entry.start, entry.sizeBytes)
        : this.#chain(entry.start);
    if (all.length < entry.sizeBytes) this.cut = true;
    return all.subarray(0, entry.sizeBytes);
  }

  /** The stream of this name in a storage; empty without one. */
  named(storage: CfbEntry, name: string): Buffer {
    const entry = childNamed(storage, name);
    return entry ? this.stream(entry) : Buffer.alloc(0);
  }
}

export function childNamed(storage: CfbEntry, name: string): CfbEntry | undefined {
  return storage.children.find((one) => one.name === name);
}

function words(bytes: Buffer): Uint32Array {
  const result = new Uint32Array(bytes.length >> 2);
  for (let at = 0; at < result.length; at += 1) result[at] = bytes.readUInt32LE(at * 4);
  return result;
}

function rawEntries(directory: Buffer): RawEntry[] {
  const entries: RawEntry[] = [];
  for (let at = 0; at + 128 <= directory.length && entries.length < MAX_ENTRIES; at += 128) {
    const nameBytes = Math.max(0, Math.min(64, directory.readUInt16LE(at + 64)) - 2);
    entries.push({
      name: directory.subarray(at, at + nameBytes).toString('utf16le'),
      type: directory[at + 66] ?? 0,
      left: directory.readUInt32LE(at + 68),
      right: directory.readUInt32LE(at + 72),
      child: directory.readUInt32LE(at + 76),
      start: directory.readUInt32LE(at + 116),
      size: directory.readUInt32LE(at + 120),
    });
  }
  return entries;
}

/** Each entry is used once, so that no circle of links makes it endless. */
function tree(entries: readonly RawEntry[]): CfbEntry {
  interface Growing extends CfbEntry {
    readonly children: CfbEntry[];
  }
  const seen = new Set<number>([0]);
  const make = (raw: RawEntry): Growing => ({
    name: raw.name,
    storage: raw.type !== 2,
    sizeBytes: raw.type === 2 ? raw.size : 0,
    start: raw.start,
    children: [],
  });
  const first = entries[0];
  if (first === undefined) throw new RangeError('no directory');
  const root = make(first);
  const waiting: { readonly id: number; readonly parent: Growing }[] = [
    { id: first.child, parent: root },
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const raw = entries[next.id];
    if (raw === undefined || seen.has(next.id) || (raw.type !== 1 && raw.type !== 2)) continue;
    seen.add(next.id);
    const entry = make(raw);
    next.parent.children.push(entry);
    waiting.push({ id: raw.right, parent: next.parent }, { id: raw.left, parent: next.parent });
    if (entry.storage) waiting.push({ id: raw.child, parent: entry });
  }
  return root;
}
