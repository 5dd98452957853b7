/** Tables that people send: CSV in any encoding, XLSX, XLS, ODS; the first sheet's cells as text. */
import { readFileSync } from 'node:fs';
import { UsageError } from '../model/errors.ts';

/** A larger list is no list of departments or answers. */
const BYTES_AT_MOST = 32 * 1024 * 1024;
/** Of one part of a workbook. */
const EXPANDED_BYTES_AT_MOST = 256 * 1024 * 1024;
const CONTAINERS: readonly (readonly number[])[] = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];

export interface SheetRow {
  /** 1, 2, 3 … as a spreadsheet counts them. */
  readonly number: number;
  readonly cells: readonly string[];
}

/** Rows that hold anything. Throws UsageError for a file that is no table. */
export async function readSheet(file: string): Promise<readonly SheetRow[]> {
  const bytes = bytesOf(file);
  const [{ CFB, read, utils }, { platformZlib }] = await Promise.all([
    import('@e965/xlsx'),
    import('../extract/workbookzlib.ts'),
  ]);
  CFB.utils.use_zlib(platformZlib(EXPANDED_BYTES_AT_MOST));
  try {
    const book = isContainer(bytes)
      ? read(bytes, { type: 'buffer', cellDates: true, UTC: true, dense: true })
      : read(await textOf(file, bytes), { type: 'string', raw: true, dense: true });
    const first = book.Sheets[book.SheetNames[0] ?? ''];
    if (first === undefined) throw new Error('it has no sheet');
    const rows = utils.sheet_to_json<unknown[]>(first, {
      header: 1,
      // A long account number must not come as 1.11E+11.
      raw: true,
      UTC: true,
      defval: '',
      blankrows: true,
    });
    return rows
      .map((cells, index) => ({
        number: index + 1,
        cells: cells.map(cellText),
      }))
      .filter(({ cells }) => cells.some((cell) => cell !== ''));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${file}: cannot be read as a table (${why}); give CSV or XLSX`, {
      cause: error,
    });
  }
}

/** A day as `2027-03-31`; everything else as it stands. */
function cellText(cell: unknown): string {
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell).trim();
}

function bytesOf(file: string): Buffer {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`;
    throw new UsageError(`${file}: ${why}`, { cause: error });
  }
  if (bytes.length > BYTES_AT_MOST) {
    throw new UsageError(`${file}: ${bytes.length} bytes; a list is at most ${BYTES_AT_MOST}`);
  }
  return bytes;
}

function isContainer(bytes: Buffer): boolean {
  return CONTAINERS.some((magic) => magic.every((byte, at) => bytes[at] === byte));
}

async function textOf(file: string, bytes: Buffer): Promise<string> {
  const { detectEncoding } = await import('../extract/encoding.ts');
  const found = detectEncoding(bytes);
  if (found === null) throw new UsageError(`${file}: neither text nor a spreadsheet`);
  return new TextDecoder(found.encoding).decode(bytes.subarray(found.markBytes));
}
