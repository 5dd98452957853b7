/** Property sets of compound files: who wrote the document, for whom, about what. Source: [MS-OLEPS]. */
import type { CfbEntry, CompoundFile } from './cfb.ts';
import { codepageLabel } from './codepages.ts';
import type { Context } from './context.ts';
import { NamedCells } from './named.ts';

const STREAMS: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  '\x05SummaryInformation': {
    2: 'title',
    3: 'subject',
    4: 'author',
    5: 'keywords',
    6: 'comments',
    8: 'last saved by',
  },
  '\x05DocumentSummaryInformation': { 2: 'category', 14: 'manager', 15: 'company' },
};
const NARROW = 30;
const WIDE = 31;
const CODEPAGE = 1;
const DICTIONARY = 0;
const MAX_PROPERTIES = 10_000;

export function readOleProperties(context: Context, file: CompoundFile, storage: CfbEntry): void {
  const cells = new NamedCells(context);
  const place = cells.place('property ', '');
  for (const [stream, names] of Object.entries(STREAMS)) {
    const bytes = file.named(storage, stream);
    if (bytes.length < 48) continue;
    const sections = Math.min(bytes.readUInt32LE(24), 2);
    for (let section = 0; section < sections && 48 + section * 20 <= bytes.length; section += 1) {
      const at = bytes.readUInt32LE(44 + section * 20);
      for (const [name, text] of sectionTexts(bytes, at, section === 0 ? names : {})) {
        cells.cell(cells.column(name, name), text);
        cells.end(place, null);
      }
    }
  }
  cells.flush();
}

/** The texts of one section by name; the second section of a set names its properties itself. */
function* sectionTexts(
  bytes: Buffer,
  at: number,
  names: Readonly<Record<number, string>>,
): Generator<readonly [string, string]> {
  if (at + 8 > bytes.length) return;
  const count = Math.min(bytes.readUInt32LE(at + 4), MAX_PROPERTIES);
  const offsets = new Map<number, number>();
  for (let index = 0; index < count && at + 16 + index * 8 <= bytes.length; index += 1) {
    const entry = at + 8 + index * 8;
    offsets.set(bytes.readUInt32LE(entry), at + bytes.readUInt32LE(entry + 4));
  }
  const pageAt = offsets.get(CODEPAGE);
  const codepage =
    pageAt !== undefined && pageAt + 6 <= bytes.length ? bytes.readUInt16LE(pageAt + 4) : 1252;
  const own = dictionary(bytes, offsets.get(DICTIONARY), codepage);
  for (const [id, offset] of offsets) {
    const name = own.get(id) ?? names[id];
    const text = name === undefined ? null : stringAt(bytes, offset, codepage);
    if (name !== undefined && text !== null) yield [name, text];
  }
}

function dictionary(
  bytes: Buffer,
  at: number | undefined,
  codepage: number,
): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  if (at === undefined || at + 4 > bytes.length) return names;
  const count = Math.min(bytes.readUInt32LE(at), MAX_PROPERTIES);
  let next = at + 4;
  for (let index = 0; index < count && next + 8 <= bytes.length; index += 1) {
    const id = bytes.readUInt32LE(next);
    const length = bytes.readUInt32LE(next + 4) * (codepage === 1200 ? 2 : 1);
    if (next + 8 + length > bytes.length) break;
    names.set(id, decoded(bytes.subarray(next + 8, next + 8 + length), codepage));
    next += 8 + (codepage === 1200 ? (length + 3) & ~3 : length);
  }
  return names;
}

function stringAt(bytes: Buffer, at: number, codepage: number): string | null {
  if (at + 8 > bytes.length) return null;
  const type = bytes.readUInt16LE(at);
  const length = bytes.readUInt32LE(at + 4) * (type === WIDE ? 2 : 1);
  const value = bytes.subarray(at + 8, Math.min(bytes.length, at + 8 + length));
  if (type === WIDE) return decoded(value, 1200);
  return type === NARROW ? decoded(value, codepage) : null;
}

function decoded(bytes: Buffer, codepage: number): string {
  return new TextDecoder(codepageLabel(codepage)).decode(bytes).replace(/\0+$/, '');
}
