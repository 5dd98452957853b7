/**
 * What an xls workbook holds besides its cells: text boxes, headers and footers, pictures. Records of
 * the stream, one after the other. Source: [MS-XLS] 2.4.
 */
import { blips } from './blips.ts';
import type { CfbEntry, CompoundFile } from './cfb.ts';
import { childNamed } from './cfb.ts';
import type { Context } from './context.ts';
import { readEmbedded } from './embedded.ts';
import type { ReadWhole } from './member.ts';
import { NamedCells } from './named.ts';
import { readOleProperties } from './oleproperties.ts';

const RECORD = {
  header: 0x14,
  footer: 0x15,
  continued: 0x3c,
  drawings: 0xeb,
  textObject: 0x1b6,
  encrypted: 0x2f,
} as const;

/** `&L`, `&"Arial,Bold"`, `&12`. */
const LAYOUT = /&(?:"[^"]{0,100}"|\d{1,3}|[A-Z])/g;

interface Found {
  readonly texts: readonly (readonly [name: string, text: string])[];
  readonly drawings: Uint8Array;
}

/** A length in characters, a byte that tells their width, the characters. */
function unicode(data: Buffer, at: number, characters: number): string {
  const wide = ((data[at] ?? 0) & 1) === 1;
  const start = at + 1;
  return wide
    ? data.toString('utf16le', start, start + characters * 2)
    : data.toString('latin1', start, start + characters);
}

function records(stream: Buffer): Found {
  const texts: (readonly [string, string])[] = [];
  const drawings: Uint8Array[] = [];
  let last = 0;
  let characters = 0;
  for (let at = 0; at + 4 <= stream.length; ) {
    const type = stream.readUInt16LE(at);
    const data = stream.subarray(at + 4, at + 4 + stream.readUInt16LE(at + 2));
    at += 4 + data.length;
    if (type === RECORD.encrypted) break;
    if ((type === RECORD.header || type === RECORD.footer) && data.length > 3) {
      const text = unicode(data, 2, data.readUInt16LE(0)).replace(LAYOUT, ' ');
      texts.push([type === RECORD.header ? 'header' : 'footer', text]);
    } else if (type === RECORD.drawings) drawings.push(data);
    else if (type === RECORD.textObject && data.length >= 12) characters = data.readUInt16LE(10);
    else if (type === RECORD.continued && last === RECORD.drawings) drawings.push(data);
    else if (type === RECORD.continued && last === RECORD.textObject && characters > 0) {
      texts.push(['text box', unicode(data, 0, characters)]);
      characters = 0;
    }
    if (type !== RECORD.continued) last = type;
  }
  return { texts, drawings: Buffer.concat(drawings) };
}

export async function readBiffParts(
  context: Context,
  file: CompoundFile,
  storage: CfbEntry,
  readWhole: ReadWhole,
): Promise<void> {
  const entry = childNamed(storage, 'Workbook') ?? childNamed(storage, 'Book');
  if (!entry) return;
  const { texts, drawings } = records(file.stream(entry));
  const cells = new NamedCells(context);
  const place = cells.place('', '');
  for (const [name, text] of texts) {
    cells.cell(cells.column(name, name), text);
    cells.end(place, null);
  }
  cells.flush();
  readOleProperties(context, file, storage);
  await readEmbedded(context, blips(drawings), readWhole);
}
