/** tar: POSIX (pax), GNU and the old form. Members lie uncompressed, so nothing is copied. */
import { type Context, depth, guarded, inside, reportGap } from './context.ts';
import type { ReadWhole } from './member.ts';

const BLOCK = 512;
const decoder = new TextDecoder();

function field(bytes: Uint8Array, at: number, length: number): Uint8Array {
  const slice = bytes.subarray(at, at + length);
  const end = slice.indexOf(0);
  return end === -1 ? slice : slice.subarray(0, end);
}

/** Octal text, or base 256 where the first bit is set (GNU, for 8 GiB and more). */
function number(bytes: Uint8Array, at: number, length: number): number {
  if (((bytes[at] ?? 0) & 0x80) === 0) {
    return Number.parseInt(decoder.decode(field(bytes, at, length)).trim() || '0', 8);
  }
  let value = (bytes[at] ?? 0) & 0x7f;
  for (let next = at + 1; next < at + length; next += 1) value = value * 256 + (bytes[next] ?? 0);
  return value;
}

/** `27 path=…\n` records; the last path wins. */
function paxPath(bytes: Uint8Array): string | null {
  const found = decoder.decode(bytes).match(/^\d+ path=(.*)$/gm);
  return found?.at(-1)?.replace(/^\d+ path=/, '') ?? null;
}

function headerName(header: Uint8Array): string {
  const name = decoder.decode(field(header, 0, 100));
  const posix = decoder.decode(header.subarray(257, 262)) === 'ustar';
  const prefix = posix ? decoder.decode(field(header, 345, 155)) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

function checksumHolds(header: Uint8Array): boolean {
  let sum = 0;
  for (let at = 0; at < BLOCK; at += 1) sum += at >= 148 && at < 156 ? 32 : (header[at] ?? 0);
  return sum === number(header, 148, 8);
}

export async function readTar(
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
  let longName: string | null = null;
  for (let at = 0; at < bytes.length; ) {
    const header = bytes.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) return;
    if (header.length < BLOCK) {
      reportGap(
        context,
        'truncated',
        'The tar ends in the middle of a header; what stands before was read.',
      );
      return;
    }
    const size = number(header, 124, 12);
    if (!checksumHolds(header) || !Number.isSafeInteger(size) || size < 0) {
      reportGap(
        context,
        'malformed',
        'A header of the tar is damaged; what stands before was read.',
      );
      return;
    }
    const data = bytes.subarray(at + BLOCK, at + BLOCK + size);
    const type = String.fromCharCode(header[156] ?? 0);
    if (type === 'x') longName = paxPath(data) ?? longName;
    else if (type === 'L') longName = decoder.decode(field(data, 0, data.length));
    else if (type === '0' || type === '\0' || type === '7') {
      if (!context.budget.member()) {
        const detail = `archiveMembers (${limits.archiveMembers}): it has more files than that; the first were read. Unpack it and scan the folder.`;
        reportGap(context, 'too-large', detail);
        return;
      }
      const inner = inside(context, longName ?? headerName(header));
      longName = null;
      await guarded(
        () => readWhole(inner, data),
        () => reportGap(inner, 'malformed', 'The file could not be read to its end.'),
      );
      if (data.length < size) {
        reportGap(
          inner,
          'truncated',
          'The tar ends in the middle of this file; what was there was read.',
        );
        return;
      }
    } else if (type !== 'g') longName = null;
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
}
