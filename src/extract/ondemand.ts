/**
 * An object that is too large to be read whole, and can be asked for any part. Formats with a
 * directory are read by it, so that a zip of 20 GB costs some kilobytes and what of it is read; those
 * that only begin at their beginning by as much of that; text anywhere.
 */
import { ScanError } from '../model/errors.ts';
import type { MoreBytes, ObjectBytes } from '../model/extraction.ts';
import { LimitError } from './budget.ts';
import { type Context, depth, reportGap } from './context.ts';
import { readCompressed } from './gzip.ts';
import { quiet, reportLarger } from './larger.ts';
import { readParquetRanges } from './parquetranges.ts';
import { readPdfRanges } from './pdf.ts';
import { type Format, HEAD_BYTES, inspect } from './recognise.ts';
import { openSource, type Source } from './source.ts';
import { readWhole } from './whole.ts';
import { readZipRanges } from './zipranges.ts';

/** Parts of a text, read as such. */
export type ReadParts = (context: Context, object: ObjectBytes) => Promise<void>;

/** What an object may cost where the sample does not say. */
const MOST_BYTES = 16 * 1024 * 1024;
/** Enough of a member to know it by. */
const MEMBER_HEAD_BYTES = Math.min(HEAD_BYTES, 64 * 1024);

export async function readOnDemand(
  context: Context,
  object: ObjectBytes,
  more: MoreBytes,
  readParts: ReadParts,
): Promise<void> {
  const source = openSource(object, more, context.limits);
  const head = object.parts[0]?.bytes ?? new Uint8Array(0);
  const sampled = more.sample.reduce((sum, { start, end }) => sum + end - start, 0);
  const mostBytes = sampled > 0 ? sampled : MOST_BYTES;
  const { format } = inspect(head, false, object.name);
  await told(context, async () => {
    if (await readPlaced(context, source, format, mostBytes)) return;
    if (isCut(format)) {
      const parts = [...object.parts];
      for (const { start, end } of more.sample) {
        parts.push({ start, bytes: await source.read(start, end) });
      }
      const { name, sizeBytes } = object;
      await readParts(context, { name, sizeBytes, parts });
    } else if (isLinear(format)) await readBeginning(context, source, format, mostBytes);
    else await readParts(context, { ...object, parts: object.parts.slice(0, 1) });
  });
}

/** What a transfer or a limit ended is a gap; what came before stays. */
async function told(context: Context, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (error instanceof LimitError) reportGap(context, 'too-large', `${error.message}.`);
    else if (error instanceof ScanError) reportGap(context, error.code, error.detail);
    else throw error;
  }
}

/** Text: it can be begun at any line. */
function isCut(format: Format): boolean {
  return /^(text|delimited|json|markup|sql|cards|yaml|script|encoded)$/.test(format);
}

/** Read from its beginning, as far as one likes. */
function isLinear(format: Format): boolean {
  return /^(gzip|zstd|bzip2|xz|lz4|lzma|tar|avro|arrow|sqlite|rtf|mail)$/.test(format);
}

/** Formats with a directory. False for all others, and where the directory is missing. */
async function readPlaced(
  context: Context,
  source: Source,
  format: Format,
  mostBytes: number,
): Promise<boolean> {
  const { limits } = context;
  switch (format) {
    case 'zip':
    case 'workbook':
    case 'document':
      if (depth(context) >= limits.nestingDepth) {
        const detail = `nestingDepth (${limits.nestingDepth}): an archive lies deeper than that. Unpack it and scan the folder.`;
        reportGap(context, 'too-large', detail);
        return true;
      }
      return readZipRanges(context, source, {
        readWhole,
        readSource: (inner, part) => readMemberSource(inner, part, mostBytes),
        mostBytes,
      });
    case 'parquet':
      await readParquetRanges(context, source, readWhole);
      return true;
    case 'pdf':
      await readPdfRanges(context, source, readWhole, mostBytes);
      return true;
    default:
      return false;
  }
}

/** A large file that lies uncompressed in an archive: by its own directory, else its beginning. */
async function readMemberSource(
  context: Context,
  source: Source,
  mostBytes: number,
): Promise<void> {
  const head = await source.read(0, MEMBER_HEAD_BYTES);
  const { format } = inspect(head, false, '');
  await told(context, async () => {
    if (await readPlaced(context, source, format, mostBytes)) return;
    await readWhole(quiet(context), await source.read(0, 4 * MEMBER_HEAD_BYTES));
    if (isCut(format) || isLinear(format)) reportLarger(context, 'its beginning was read');
  });
}

async function readBeginning(
  context: Context,
  source: Source,
  format: Format,
  mostBytes: number,
): Promise<void> {
  const bytes = await source.read(0, mostBytes);
  switch (format) {
    case 'gzip':
    case 'zstd':
    case 'bzip2':
    case 'xz':
    case 'lz4':
    case 'lzma':
      await readCompressed(context, bytes, format, readWhole, true);
      return;
    default:
      await readWhole(quiet(context), bytes);
      reportLarger(context, `its first ${bytes.length} bytes were read`);
  }
}
