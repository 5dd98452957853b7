/** 7z archives: LZMA, LZMA2, Deflate, bzip2, Zstandard and stored; what programs' filters changed, PPMd and encryption are gaps. */
import { createInflateRaw } from 'node:zlib';
import { openX86 } from './bcj.ts';
import { type Context, depth, guarded, inside, reportGap } from './context.ts';
import { type Inflated, inflate } from './inflate.ts';
import { unpackLzma, unpackLzma2 } from './lzma.ts';
import { type Member, openMember, type ReadWhole } from './member.ts';
import {
  type Coder,
  type Folder,
  type Header,
  readHeader,
  SIGNATURE_BYTES,
} from './sevenzipheader.ts';
import { counted, unpack } from './unpack.ts';

const METHOD = {
  stored: '00',
  lzma: '030101',
  lzma2: '21',
  deflate: '040108',
  bzip2: '040202',
  zstd: '04f71101',
  x86: '03030103',
  encrypted: '06f10701',
} as const;
/** A header that is larger has more files than anyone reads. */
const MAX_HEADER_BYTES = 64 * 1024 * 1024;
/** Headers in headers are an attack. */
const MAX_LAYERS = 4;

type Take = (chunk: Uint8Array) => void;

export async function readSevenZip(
  context: Context,
  bytes: Uint8Array,
  readWhole: ReadWhole,
): Promise<void> {
  const { limits } = context;
  if (depth(context) >= limits.nestingDepth) {
    const detail = `nestingDepth (${limits.nestingDepth}): an archive lies deeper than that. Unpack it and scan the folder.`;
    reportGap(context, 'too-large', detail);
    return;
  }
  const header = await openHeader(context, bytes);
  if (header === null) return;
  const files = header.files.filter(({ hasData }) => hasData);
  let next = 0;
  for (const folder of header.folders) {
    const own = files.slice(next, next + folder.sizes.length).map(({ name }, at) => ({
      name: name || `file ${next + at + 1}`,
      sizeBytes: folder.sizes[at] ?? 0,
    }));
    next += own.length;
    if (!(await readFolder(context, bytes, folder, own, readWhole))) return;
  }
}

async function openHeader(context: Context, bytes: Uint8Array): Promise<Header | null> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tell = (cut: boolean): null => {
    const detail = cut
      ? 'The 7z archive ends before its directory, so none of it can be read. Upload it again whole.'
      : 'The directory of the 7z archive is damaged, so none of it can be read. Upload it again whole.';
    reportGap(context, cut ? 'truncated' : 'malformed', detail);
    return null;
  };
  if (buffer.length < SIGNATURE_BYTES) return tell(true);
  const start = SIGNATURE_BYTES + Number(buffer.readBigUInt64LE(12));
  const size = Number(buffer.readBigUInt64LE(20));
  if (size === 0) return { folders: [], files: [] };
  if (start + size > buffer.length) return tell(true);
  try {
    let found = readHeader(bytes.subarray(start, start + size));
    for (let layer = 0; 'coders' in found; layer += 1) {
      if (isEncrypted(found)) {
        const detail = 'The 7z archive is encrypted with its directory; it was not read.';
        reportGap(context, 'encrypted', detail);
        return null;
      }
      const chunks: Uint8Array[] = [];
      if (layer >= MAX_LAYERS || found.unpackedBytes > MAX_HEADER_BYTES) return tell(false);
      const result = await unpackFolder(context, bytes, found, (chunk) => chunks.push(chunk));
      if (result?.limit) {
        reportGap(context, 'too-large', `${result.limit}. None of it was read.`);
        return null;
      }
      if (result === null || result.damage !== null) return tell(false);
      found = readHeader(Buffer.concat(chunks));
    }
    return found;
  } catch (error) {
    if (error instanceof RangeError) return tell(false);
    throw error;
  }
}

function isEncrypted({ coders }: Folder): boolean {
  return coders.some(({ id }) => id === METHOD.encrypted);
}

/** Null for a method that is not read. */
async function unpackFolder(
  context: Context,
  bytes: Uint8Array,
  folder: Folder,
  given: Take,
): Promise<Inflated | null> {
  const filtered = folder.coders.some(({ id }) => id === METHOD.x86);
  const [coder, ...others] = folder.coders.filter(({ id }) => id !== METHOD.x86);
  if (folder.manyStreams || !coder || others.length > 0) return null;
  const filter = filtered ? openX86(given) : null;
  const take: Take = filter ? (chunk) => filter.push(chunk) : given;
  const result = await unpackCoder(context, bytes, folder, coder, take);
  filter?.end();
  return result;
}

async function unpackCoder(
  context: Context,
  bytes: Uint8Array,
  { start, packedBytes, unpackedBytes }: Folder,
  coder: Coder,
  take: Take,
): Promise<Inflated | null> {
  const packed = bytes.subarray(start, start + packedBytes);
  switch (coder.id) {
    case METHOD.stored:
      return counted(context, take, (out) => out(packed));
    case METHOD.lzma:
      return counted(context, take, (out) =>
        unpackLzma(coder.settings, packed, unpackedBytes, out),
      );
    case METHOD.lzma2:
      return counted(context, take, (out) => unpackLzma2(coder.settings[0] ?? 40, packed, out));
    case METHOD.deflate:
      return inflate(context, createInflateRaw(), packed, take);
    case METHOD.bzip2:
      return unpack(context, 'bzip2', packed, take);
    case METHOD.zstd:
      return unpack(context, 'zstd', packed, take);
    default:
      return null;
  }
}

interface Listed {
  readonly name: string;
  readonly sizeBytes: number;
}

/** The files of a folder are one stream. False when a limit ended reading. */
async function readFolder(
  context: Context,
  bytes: Uint8Array,
  folder: Folder,
  files: readonly Listed[],
  readWhole: ReadWhole,
): Promise<boolean> {
  const [first] = files;
  if (!first) return true;
  const told = files.length === 1 ? inside(context, first.name) : context;
  const count = files.length === 1 ? 'It is' : `${files.length} of its files are`;
  if (isEncrypted(folder)) {
    const detail = `${count} encrypted in the 7z archive with a password; not read.`;
    reportGap(told, 'encrypted', detail);
    return true;
  }
  const split = new Splitter(context, files, readWhole);
  const result = await unpackFolder(context, bytes, folder, (chunk) => split.push(chunk));
  if (result === null) {
    const detail = `${count} packed in a way that ajar does not read. Unpack the 7z archive and scan the folder.`;
    reportGap(told, 'unsupported', detail);
    return true;
  }
  await split.end();
  const { limit, damage } = result;
  if (limit !== null) {
    reportGap(
      context,
      'too-large',
      `${limit}. Reading stopped here; unpack it and scan the folder.`,
    );
    return false;
  }
  if (damage !== null) {
    const cut =
      /unexpected end/.test(damage.message) || folder.start + folder.packedBytes > bytes.length;
    const words = cut ? 'ends in the middle' : 'is damaged';
    const detail = `A part of the 7z archive ${words}; what came before was read.`;
    reportGap(context, cut ? 'truncated' : 'malformed', detail);
  }
  return split.within;
}

/** One stream into the files that follow one another in it. */
class Splitter {
  readonly #context: Context;
  readonly #files: readonly Listed[];
  readonly #readWhole: ReadWhole;
  readonly #ready: { readonly inner: Context; readonly member: Member }[] = [];
  #at = 0;
  #left: number;
  #member: Member | null = null;
  /** False once there were more files than are read. */
  within = true;

  constructor(context: Context, files: readonly Listed[], readWhole: ReadWhole) {
    this.#context = context;
    this.#files = files;
    this.#readWhole = readWhole;
    this.#left = files[0]?.sizeBytes ?? 0;
  }

  push(chunk: Uint8Array): void {
    for (let from = 0; from < chunk.length && this.within; ) {
      while (this.#left === 0 && this.#at + 1 < this.#files.length) this.#next();
      if (this.#left === 0) return;
      const end = Math.min(chunk.length, from + this.#left);
      this.#open()?.chunk(chunk.subarray(from, end));
      this.#left -= end - from;
      from = end;
    }
  }

  #next(): void {
    this.#at += 1;
    this.#left = this.#files[this.#at]?.sizeBytes ?? 0;
    this.#member = null;
  }

  #open(): Member | null {
    if (this.#member) return this.#member;
    if (!this.#context.budget.member()) {
      const { archiveMembers } = this.#context.limits;
      const detail = `archiveMembers (${archiveMembers}): it has more files than that; the first were read. Unpack it and scan the folder.`;
      reportGap(this.#context, 'too-large', detail);
      this.within = false;
      return null;
    }
    const inner = inside(this.#context, this.#files[this.#at]?.name ?? '');
    this.#member = openMember(inner, this.#readWhole);
    this.#ready.push({ inner, member: this.#member });
    return this.#member;
  }

  /** Members are read when the stream is through: their readers wait for one another. */
  async end(): Promise<void> {
    for (const { inner, member } of this.#ready) {
      await guarded(
        () => member.end(),
        () => reportGap(inner, 'malformed', 'The file could not be read to its end.'),
      );
    }
  }
}
