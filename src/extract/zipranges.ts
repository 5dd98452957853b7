/**
 * A zip that is too large to be read whole: its directory, then members here and there, small ones
 * whole and of large ones the beginning. Office files are zips of which the large pictures are left
 * out, and of long sheets the end.
 */
import { LimitError } from './budget.ts';
import { type Context, inside } from './context.ts';
import { inflate } from './inflate.ts';
import { quiet, reportLarger } from './larger.ts';
import type { ReadWhole } from './member.ts';
import { type Source, windowOf } from './source.ts';
import { decompressor, readMember, type ZipMember } from './zip.ts';
import { memberNames } from './zipname.ts';
import { fetchMember, memberStart, type RemoteMember, remoteDirectory } from './zipremote.ts';
import { storedZip } from './zipwrite.ts';

/** Reads a source by ranges; given from outside because archives lie in archives. */
export type ReadSource = (context: Context, source: Source) => Promise<void>;

/** Members up to this size are read whole; of larger ones as much where not all can be. */
const SMALL_BYTES = 256 * 1024;
/** A member takes no more than this part of what is left. */
const SHARE = 8;
/** Of one part of an Office file, unpacked; and of all of them. */
const PART_BYTES = 24 * 1024 * 1024;
const PARTS_BYTES = 48 * 1024 * 1024;
/** Where a part that is cut may end, and what closes it again. */
const CUTS: readonly (readonly [mark: string, closing: string])[] = [
  ['</row>', '</sheetData></worksheet>'],
  ['</si>', '</sst>'],
  ['</table:table-row>', ''],
];

export interface ZipReaders {
  readonly readWhole: ReadWhole;
  readonly readSource: ReadSource;
  /** Bytes that it may cost. */
  readonly mostBytes: number;
}

/** False when there is no directory at the end. */
export async function readZipRanges(
  context: Context,
  source: Source,
  readers: ZipReaders,
): Promise<boolean> {
  const { archiveMembers } = context.limits;
  const directory = await remoteDirectory(source, archiveMembers);
  if (directory === null || directory.members.length === 0) return false;
  const { members, count } = directory;
  const names = memberNames(members);
  if (isOffice(names)) await readOffice(context, source, members, readers);
  else await readMembers(context, source, { members, names, count }, readers);
  return true;
}

function isOffice(names: readonly string[]): boolean {
  const has = (start: string): boolean =>
    names.some((name) => name.toLowerCase().startsWith(start));
  const microsoft = has('xl/workbook.') || has('word/') || has('ppt/');
  return (has('[content_types].xml') && microsoft) || (has('mimetype') && has('content.xml'));
}

/** Members by position in an order that is spread over the archive, the same each time. */
function spread<T>(members: readonly T[]): readonly (readonly [number, T])[] {
  const place = (at: number): number => Math.imul(at + 1, 0x9e3779b1) >>> 0;
  return [...members.entries()].sort(([one], [other]) => place(one) - place(other));
}

interface Listed {
  readonly members: readonly RemoteMember[];
  readonly names: readonly string[];
  /** As the directory states it. */
  readonly count: number;
}

async function readMembers(
  context: Context,
  source: Source,
  { members, names, count }: Listed,
  readers: ZipReaders,
): Promise<void> {
  const all = members.reduce((sum, { packedBytes }) => sum + packedBytes, 0) <= readers.mostBytes;
  const floor = source.leftBytes() - readers.mostBytes;
  let whole = 0;
  let begun = 0;
  for (const [at, member] of all ? members.entries() : spread(members)) {
    const left = source.leftBytes() - floor;
    if (left < SMALL_BYTES * 2 || context.budget.leftMs() < 0 || !context.budget.member()) break;
    if (member.packedBytes === 0) {
      whole += 1;
      continue;
    }
    const name = names[at] ?? `member ${at + 1}`;
    const isWhole = member.packedBytes <= Math.max(SMALL_BYTES, left / SHARE);
    if (!isWhole && member.method === 0 && (member.flags & 1) === 0) {
      const start = await memberStart(source, member);
      if (start === null) continue;
      await readers.readSource(inside(context, name), windowOf(source, start, member.packedBytes));
      begun += 1;
      continue;
    }
    const fetched = await fetchMember(source, member, isWhole ? member.packedBytes : SMALL_BYTES);
    if (fetched === null) continue;
    const inner = inside(isWhole ? context : quiet(context), name);
    const outcome = await readMember(
      inner,
      isWhole ? fetched : { ...fetched, crc: null },
      readers.readWhole,
      false,
    );
    if (isWhole) whole += 1;
    else begun += 1;
    if (outcome === 'limit') break;
  }
  if (whole === count) return;
  const parts = begun > 0 ? `, of ${begun} the beginning` : '';
  reportLarger(context, `of its ${count} files ${whole} were read${parts}`);
}

/** The parts that hold text, as a smaller file of the same kind. */
async function readOffice(
  context: Context,
  source: Source,
  members: readonly RemoteMember[],
  readers: ZipReaders,
): Promise<void> {
  const floor = source.leftBytes() - readers.mostBytes;
  const parts: { name: Uint8Array; data: Uint8Array }[] = [];
  let unpackedBytes = 0;
  let cut = 0;
  let left = 0;
  // Small ones first: they say what the large ones are.
  for (const member of [...members].sort((a, b) => a.packedBytes - b.packedBytes)) {
    const media = /\.(png|jpe?g|gif|tiff?|emf|wmf|mp4|wav|bin)$/i.test(
      Buffer.from(member.rawName).toString('latin1'),
    );
    const room = source.leftBytes() - floor - SMALL_BYTES;
    const bytes = Math.min(PART_BYTES, PARTS_BYTES - unpackedBytes);
    if (room < SMALL_BYTES || bytes <= 0 || (media && member.packedBytes > SMALL_BYTES)) {
      left += 1;
      continue;
    }
    const fetched = await fetchMember(source, member, room);
    const data = fetched && (await unpackedPart(context, fetched, bytes));
    if (!data) {
      left += 1;
      continue;
    }
    if (data.cut) cut += 1;
    parts.push({ name: member.rawName, data: data.bytes });
    unpackedBytes += data.bytes.length;
  }
  await readers.readWhole(quiet(context), storedZip(parts));
  if (cut + left === 0) return;
  const long = cut > 0 ? `, of ${cut} more the beginning` : '';
  reportLarger(context, `${parts.length - cut} of its ${members.length} parts were read${long}`);
}

async function unpackedPart(
  context: Context,
  member: ZipMember,
  most: number,
): Promise<{ readonly bytes: Uint8Array; readonly cut: boolean } | null> {
  const through = decompressor({ ...member, cut: true });
  if (through === null || (member.flags & 1) !== 0) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  let full = false;
  if (through === 'stored') chunks.push(member.data.subarray(0, most));
  else {
    await inflate(context, through, member.data, (chunk) => {
      if (full) return;
      chunks.push(chunk);
      size += chunk.length;
      if (size > most) {
        full = true;
        through.destroy(new LimitError('enough of it'));
      }
    });
  }
  const bytes = Buffer.concat(chunks);
  const cut = full || member.cut || (through === 'stored' && member.data.length > most);
  return { bytes: cut ? closed(bytes) : bytes, cut };
}

/** XML that ends behind its last whole row. */
function closed(bytes: Buffer): Uint8Array {
  for (const [mark, closing] of CUTS) {
    const at = bytes.lastIndexOf(mark);
    if (at === -1) continue;
    return Buffer.concat([bytes.subarray(0, at + mark.length), Buffer.from(closing)]);
  }
  return bytes;
}
