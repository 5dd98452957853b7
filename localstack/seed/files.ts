/** Files as departments leave them: exports in old encodings, workbooks, notices, logs. */
import { gzipSync } from 'node:zlib';

export type LegacyEncoding = 'big5' | 'shift_jis' | 'gb18030' | 'euc-kr';

const tables = new Map<LegacyEncoding, Map<string, readonly number[]>>();

/** Node decodes legacy encodings but does not encode them, so the table is read off the decoder. */
function tableOf(encoding: LegacyEncoding): Map<string, readonly number[]> {
  const known = tables.get(encoding);
  if (known) return known;
  const decoder = new TextDecoder(encoding);
  const table = new Map<string, readonly number[]>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const character = decoder.decode(new Uint8Array([lead, trail]));
      if ([...character].length === 1 && character !== '\ufffd' && !table.has(character)) {
        table.set(character, [lead, trail]);
      }
    }
  }
  tables.set(encoding, table);
  return table;
}

/** Throws for a character that the encoding lacks: the seed is at fault then. */
export function encodeLegacy(text: string, encoding: LegacyEncoding): Uint8Array {
  const table = tableOf(encoding);
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const pair = code < 0x80 ? [code] : table.get(character);
    if (!pair) throw new Error(`${encoding} has no U+${code.toString(16)}`);
    bytes.push(...pair);
  }
  return new Uint8Array(bytes);
}

export function csv(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string =>
    /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return [header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** A workbook with a cover sheet before the data, as offices make them. */
export async function workbook(
  sheet: string,
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): Promise<Uint8Array> {
  const { utils, write } = await import('@e965/xlsx');
  const book = utils.book_new();
  utils.book_append_sheet(
    book,
    utils.aoa_to_sheet([['Restricted'], ['For internal use only']]),
    'Cover',
  );
  utils.book_append_sheet(
    book,
    utils.aoa_to_sheet([[...header], ...rows.map((row) => [...row])]),
    sheet,
  );
  return new Uint8Array(write(book, { type: 'buffer', bookType: 'xlsx', compression: true }));
}

/** A zip archive with these members. */
export async function zip(members: Readonly<Record<string, string>>): Promise<Uint8Array> {
  const { CFB } = await import('@e965/xlsx');
  const container = CFB.utils.cfb_new();
  for (const [name, text] of Object.entries(members)) {
    CFB.utils.cfb_add(container, `/${name}`, Buffer.from(text));
  }
  // The container format adds a marker stream of its own; an archive has none.
  CFB.utils.cfb_del(container, '\u0001Sh33tJ5');
  return new Uint8Array(
    CFB.write(container, { fileType: 'zip', type: 'buffer', compression: true }),
  );
}

export function gzip(text: string): Uint8Array {
  return new Uint8Array(gzipSync(text));
}
