/** gzip, Zstandard, bzip2, xz, LZ4, LZMA: one stream, transparent but for its name in places. */
import { type Context, depth, inside, reportGap } from './context.ts';
import { openMember, type ReadWhole } from './member.ts';
import { type Packing, unpack } from './unpack.ts';

/** `list.csv.gz` → `list.csv`. */
function innerName(name: string): string {
  const shorter = name
    .replace(/\.(gz|gzip|zst|zstd|z|bz2|bzip2|xz|lz4|lzma)$/i, '')
    .replace(/\.(tgz|tzst|tbz2?|txz|tlz)$/i, '.tar');
  return shorter === name || shorter === '' ? 'contents' : shorter;
}

/** `missing`: later ranges of the stream were not read, so its end is known to be absent. */
export async function readCompressed(
  context: Context,
  bytes: Uint8Array,
  format: Packing,
  readWhole: ReadWhole,
  missing = false,
): Promise<void> {
  if (depth(context) >= context.limits.nestingDepth) {
    const detail = `nestingDepth (${context.limits.nestingDepth}): compressed data lies deeper than that. Unpack it and scan the result.`;
    reportGap(context, 'too-large', detail);
    return;
  }
  const inner = inside(context, innerName(context.trail.at(-1) ?? ''));
  const member = openMember(inner, readWhole);
  const { limit, damage } = await unpack(context, format, bytes, (chunk) => member.chunk(chunk));
  if (limit !== null) reportGap(context, 'too-large', `${limit}. What came before was read.`);
  else if (damage !== null && missing) {
    const detail = `objectBytes (${context.limits.objectBytes}): the object is larger, and compressed data can only be read from its start. The first part was read.`;
    reportGap(context, 'too-large', detail);
  } else if (damage !== null) {
    const cut = /unexpected end|truncated|incomplete/i.test(damage.message);
    const words = cut ? 'ends before its data does' : 'is damaged';
    reportGap(
      context,
      cut ? 'truncated' : 'malformed',
      `The compressed file ${words}; what came before was read.`,
    );
  }
  await member.end();
}
