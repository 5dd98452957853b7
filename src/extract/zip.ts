/**
 * zip: the directory by yauzl; where that is damaged or missing, the local headers in file order, so
 * that what an interrupted upload holds is still read. Sizes that headers state are not believed.
 */

import type { Transform } from 'node:stream';
import { constants, crc32, createInflateRaw, createZstdDecompress } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { type Context, depth, guarded, inside, reportGap } from './context.ts';
import { type Inflated, inflate } from './inflate.ts';
import { unpackLzma } from './lzma.ts';
import { openMember, type ReadWhole } from './member.ts';
import { counted, unpack } from './unpack.ts';
import { memberNames } from './zipname.ts';
import { localEntries } from './zipsalvage.ts';

/** One file of a zip, its bytes still compressed. */
export interface ZipMember {
  readonly rawName: Uint8Array;
  readonly extra: readonly { readonly id: number; readonly data: Uint8Array }[];
  readonly flags: number;
  readonly method: number;
  /** Null where the header does not know it yet. */
  readonly crc: number | null;
  /** As stated; infinite where it is not. */
  readonly unpackedBytes: number;
  readonly data: Uint8Array;
  /** The file ends inside it. */
  readonly cut: boolean;
}

export interface ZipDirectory {
  readonly members: readonly ZipMember[];
  /** What is wrong with the directory; null when it is whole. */
  readonly damage: string | null;
}

const STORED = 0;
const DEFLATED = 8;
const BZIP2 = 12;
const LZMA = 14;
const ZSTD = 93;
/** Of LZMA in a zip: a version and the size of the properties, which are five bytes. */
const LZMA_HEAD_BYTES = 4;
/** Gaps of single members that are told one by one; the rest is counted. */
const MAX_MEMBER_GAPS = 20;

/** The members of a zip in memory. Reads no contents. `most`: members wanted. */
export async function zipDirectory(bytes: Uint8Array, most: number): Promise<ZipDirectory> {
  const { fromBufferPromise } = await import('yauzl');
  const members: ZipMember[] = [];
  try {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const file = await fromBufferPromise(buffer, {
      decodeStrings: false,
      validateEntrySizes: false,
      lazyEntries: true,
    });
    for await (const entry of file.eachEntry()) {
      members.push(await directoryMember(file, entry, bytes));
      if (members.length > most) break;
    }
    return { members, damage: null };
  } catch (error) {
    const seen = members.length;
    const found = localEntries(bytes, most);
    const damage = error instanceof Error ? error.message : String(error);
    return { members: found.length > seen ? found : members, damage };
  }
}

async function directoryMember(file: ZipFile, entry: Entry, bytes: Uint8Array): Promise<ZipMember> {
  const header = await file.readLocalFileHeaderPromise(entry, { minimal: true });
  const start = header.fileDataStart;
  const end = start + entry.compressedSize;
  return {
    rawName: entry.fileNameRaw,
    extra: entry.extraFields,
    flags: entry.generalPurposeBitFlag,
    method: entry.compressionMethod,
    crc: entry.crc32,
    // With its end marked, LZMA tells it itself.
    unpackedBytes:
      (entry.generalPurposeBitFlag & 2) !== 0 && entry.compressionMethod === LZMA
        ? Number.POSITIVE_INFINITY
        : entry.uncompressedSize,
    data: bytes.subarray(start, end),
    cut: end > bytes.length,
  };
}

/** The decompressor of a member; null for a method that the platform has none for, `stored` for none. */
export function decompressor(member: ZipMember): Transform | 'stored' | null {
  if (member.method === STORED) return 'stored';
  // A cut member ends without its last block; what came out until then counts.
  if (member.method === DEFLATED) {
    return createInflateRaw(member.cut ? { finishFlush: constants.Z_SYNC_FLUSH } : {});
  }
  return member.method === ZSTD ? createZstdDecompress() : null;
}

export async function readZip(
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
  const { members, damage } = await zipDirectory(bytes, limits.archiveMembers);
  const names = memberNames(members);
  let gaps = 0;
  const memberContexts = members.map((_, at) => inside(context, names[at] ?? `member ${at + 1}`));
  for (const [at, member] of members.entries()) {
    const name = names[at] ?? '';
    const inner = memberContexts[at];
    if (inner === undefined || (name.endsWith('/') && member.data.length === 0)) continue;
    if (!context.budget.member()) {
      const detail = `archiveMembers (${limits.archiveMembers}): it has more files than that; the first were read. Unpack it and scan the folder.`;
      reportGap(context, 'too-large', detail);
      return;
    }
    const quiet = gaps >= MAX_MEMBER_GAPS;
    const outcome = await readMember(inner, member, readWhole, quiet);
    if (outcome !== 'read') gaps += 1;
    if (outcome === 'limit') return;
  }
  if (gaps > MAX_MEMBER_GAPS) {
    const detail = `${gaps - MAX_MEMBER_GAPS} more of its files could not be read either.`;
    reportGap(context, 'unsupported', detail);
  }
  if (damage !== null) reportDirectory(context, members.length);
}

function reportDirectory(context: Context, found: number): void {
  const detail = `The zip's directory is missing or damaged; ${found} files were found by looking through it. Upload it again whole.`;
  reportGap(context, found > 0 ? 'truncated' : 'malformed', detail);
}

type Outcome = 'read' | 'unread' | 'limit';

/** Gaps of a single member are told unless `quiet`. */
export async function readMember(
  inner: Context,
  member: ZipMember,
  readWhole: ReadWhole,
  quiet: boolean,
): Promise<Outcome> {
  const tell = (code: 'encrypted' | 'unsupported' | 'malformed' | 'truncated', detail: string) => {
    if (!quiet) reportGap(inner, code, detail);
  };
  if ((member.flags & 1) !== 0) {
    tell('encrypted', 'The file is encrypted in its zip with a password; it was not read.');
    return 'unread';
  }
  const through = unpacking(inner, member);
  if (through === null) {
    tell(
      'unsupported',
      `The file is compressed by method ${member.method}, which ajar does not read. Unpack it and scan the folder.`,
    );
    return 'unread';
  }
  const reader = openMember(inner, readWhole);
  let sum = 0;
  const take = (chunk: Uint8Array) => {
    sum = crc32(chunk, sum);
    reader.chunk(chunk);
  };
  const { limit, damage } = await through(take);
  await guarded(
    () => reader.end(),
    () => tell('malformed', 'The file could not be read to its end.'),
  );
  if (limit !== null) {
    reportGap(inner, 'too-large', `${limit}. Reading stopped here; unpack it and scan the folder.`);
    return 'limit';
  }
  if (member.cut)
    tell('truncated', 'The zip ends in the middle of this file; what was there was read.');
  else if (damage !== null)
    tell('malformed', 'The compressed data is damaged; what came before was read.');
  else if (member.crc !== null && sum !== member.crc) {
    tell('malformed', 'The contents do not match their checksum; they were read as they are.');
  } else return 'read';
  return 'unread';
}

type Unpacking = (take: (chunk: Uint8Array) => void) => Promise<Inflated>;

/** Null for a method that is not read. */
function unpacking(context: Context, member: ZipMember): Unpacking | null {
  const { data, method } = member;
  const through = decompressor(member);
  if (through === 'stored') return (take) => counted(context, take, (out) => out(data));
  if (through !== null) return (take) => inflate(context, through, data, take);
  if (method === BZIP2) return (take) => unpack(context, 'bzip2', data, take);
  if (method !== LZMA) return null;
  const settings = data.subarray(LZMA_HEAD_BYTES, LZMA_HEAD_BYTES + 5);
  const packed = data.subarray(LZMA_HEAD_BYTES + 5);
  return (take) =>
    counted(context, take, (out) => unpackLzma(settings, packed, member.unpackedBytes, out));
}
