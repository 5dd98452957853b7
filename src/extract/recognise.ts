/**
 * What a file is, by its bytes. Names lie: spreadsheets are called `.dat`, CSV `.txt`, and whoever
 * hides something renames it first.
 */
import { DEFAULT_LIMITS } from '../model/limits.ts';
import { openBudget } from './budget.ts';
import { CompoundFile } from './cfb.ts';
import { openDecoder } from './decoder.ts';
import { type Detected, detectEncoding } from './encoding.ts';
import { lookAtJson } from './json.ts';
import {
  looksLikeCards,
  looksLikeMail,
  looksLikeMarkup,
  looksLikeScript,
  looksLikeSql,
  looksLikeYaml,
} from './looks.ts';
import { looksSigned } from './signedmark.ts';
import { type Dialect, sniffDelimited } from './sniff.ts';
import { hasYenc, looksEncoded } from './uumark.ts';
import { zipNames } from './zipnames.ts';

export type Format =
  | 'empty'
  | 'text'
  | 'delimited'
  | 'json'
  | 'markup'
  | 'sql'
  | 'mail'
  | 'signed'
  | 'tnef'
  | 'encoded'
  | 'cards'
  | 'yaml'
  | 'script'
  | 'rtf'
  | 'ole'
  | 'workbook'
  | 'document'
  | 'zip'
  | 'gzip'
  | 'zstd'
  | 'bzip2'
  | 'xz'
  | 'lz4'
  | 'lzma'
  | '7z'
  | 'tar'
  | 'sqlite'
  | 'parquet'
  | 'avro'
  | 'arrow'
  | 'pdf'
  | 'picture'
  | Unread;

/** Known and not read: each has words in {@link UNREAD}. */
export type Unread =
  | 'image'
  | 'media'
  | 'archive'
  | 'database'
  | 'columnar'
  | 'program'
  | 'encrypted'
  | 'binary';

export interface Recognised {
  readonly format: Format;
  /** Set for text. */
  readonly encoding: Detected | null;
  readonly dialect: Dialect | null;
}

/** Bytes of a file's head that decide. */
export const HEAD_BYTES: number = 1024 * 1024;

const JSON_LOOK_BYTES = 64 * 1024;
/** What breaks off before that is something else. */
const MIN_JSON_BYTES = 16;

interface Magic {
  readonly format: Format;
  readonly at?: number;
  /** Latin-1. */
  readonly bytes: string;
}

const MAGIC: readonly Magic[] = [
  { format: 'rtf', bytes: '{\\rtf' },
  { format: 'tnef', bytes: '\x78\x9f\x3e\x22' },
  { format: 'gzip', bytes: '\x1f\x8b' },
  { format: 'zstd', bytes: '\x28\xb5\x2f\xfd' },
  { format: 'xz', bytes: '\xfd7zXZ\0' },
  { format: 'lz4', bytes: '\x04\x22\x4d\x18' },
  { format: 'tar', at: 257, bytes: 'ustar' },
  { format: 'pdf', bytes: '%PDF-' },
  { format: 'picture', bytes: '\x89PNG\r\n\x1a\n' },
  { format: 'picture', bytes: '\xff\xd8\xff' },
  { format: 'picture', bytes: 'GIF87a' },
  { format: 'picture', bytes: 'GIF89a' },
  { format: 'picture', bytes: 'II*\0' },
  { format: 'picture', bytes: 'MM\0*' },
  { format: 'picture', at: 8, bytes: 'WEBP' },
  { format: 'image', at: 4, bytes: 'ftyphei' },
  { format: 'image', at: 4, bytes: 'ftyphev' },
  { format: 'image', at: 4, bytes: 'ftypmif1' },
  { format: 'image', at: 4, bytes: 'ftypmsf1' },
  { format: 'image', at: 4, bytes: 'jP  ' },
  { format: 'image', at: 4, bytes: 'JXL ' },
  { format: 'image', bytes: '8BPS' },
  { format: 'picture', at: 4, bytes: 'ftypavif' },
  { format: 'media', at: 4, bytes: 'ftyp' },
  { format: 'media', bytes: 'ID3' },
  { format: 'media', bytes: 'OggS' },
  { format: 'media', bytes: 'fLaC' },
  { format: 'media', bytes: '\x1a\x45\xdf\xa3' },
  { format: 'media', at: 8, bytes: 'WAVE' },
  { format: 'media', at: 8, bytes: 'AVI ' },
  { format: '7z', bytes: '7z\xbc\xaf\x27\x1c' },
  { format: 'archive', bytes: 'Rar!\x1a\x07' },
  { format: 'archive', bytes: 'MSCF' },
  { format: 'sqlite', bytes: 'SQLite format 3\0' },
  { format: 'database', at: 4, bytes: 'Standard Jet DB' },
  { format: 'database', at: 4, bytes: 'Standard ACE DB' },
  { format: 'database', bytes: 'PGDMP' },
  { format: 'parquet', bytes: 'PAR1' },
  { format: 'encrypted', bytes: 'PARE' },
  { format: 'avro', bytes: 'Obj\x01' },
  { format: 'arrow', bytes: 'ARROW1\0\0' },
  { format: 'columnar', bytes: 'FEA1' },
  { format: 'columnar', bytes: 'ORC' },
  { format: 'program', bytes: '\x7fELF' },
  { format: 'program', bytes: 'MZ\x90\0' },
  { format: 'program', bytes: '\xca\xfe\xba\xbe' },
  { format: 'encrypted', bytes: 'Salted__' },
];

function hasMagic(bytes: Uint8Array, magic: Magic): boolean {
  const start = magic.at ?? 0;
  if (bytes.length < start + magic.bytes.length) return false;
  for (let at = 0; at < magic.bytes.length; at += 1) {
    if (bytes[start + at] !== magic.bytes.charCodeAt(at)) return false;
  }
  return true;
}

/** The format by the whole file or its head. `name` is taken for nothing but the words of a gap. */
export function recognise(bytes: Uint8Array, name: string): Format {
  return inspect(bytes, true, name).format;
}

/** The same with what was learned on the way. `whole`: `bytes` is all of the file. */
export function inspect(bytes: Uint8Array, whole: boolean, _name: string): Recognised {
  const found = binaryFormat(bytes);
  if (found !== null) return { format: found, encoding: null, dialect: null };
  const head = bytes.length > HEAD_BYTES ? bytes.subarray(0, HEAD_BYTES) : bytes;
  // The encoding is judged by all there is: the first Chinese name may stand far behind the head.
  const encoding = detectEncoding(bytes);
  if (encoding === null) return { format: 'binary', encoding: null, dialect: null };
  const decoder = openDecoder(encoding);
  const text = decoder.push(head);
  return textFormat(text, whole && head.length === bytes.length, encoding);
}

function binaryFormat(bytes: Uint8Array): Format | null {
  if (bytes.length === 0) return 'empty';
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    const mark = (bytes[2] ?? 0) * 256 + (bytes[3] ?? 0);
    if (mark === 0x0304 || mark === 0x0506 || mark === 0x0708) return zipKind(bytes);
  }
  if (hasMagic(bytes, { format: 'ole', bytes: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' })) {
    return oleKind(bytes);
  }
  for (const magic of MAGIC) if (hasMagic(bytes, magic)) return magic.format;
  if (bitmap(bytes)) return 'picture';
  if (latePdf(bytes)) return 'pdf';
  if (bzip2(bytes)) return 'bzip2';
  if (lzma(bytes)) return 'lzma';
  if (arrowStream(bytes)) return 'arrow';
  if (oldWorkbook(bytes)) return 'workbook';
  if (oldTar(bytes)) return 'tar';
  if (looksSigned(bytes)) return 'signed';
  return hasYenc(bytes) ? 'encoded' : null;
}

/** Readers look for a PDF's mark in its first kilobyte; a text that speaks of it holds no object. */
function latePdf(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  return /%PDF-[12]\.\d[\r\n]/.test(head) && hasText(bytes, 'endobj');
}

/** `BM`, two reserved fields that are zero, and the size of one of the known headers: two letters alone begin words. */
function bitmap(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if (first !== 0x42 || second !== 0x4d || bytes.length < 26) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, 26);
  return (
    view.getUint32(6, true) === 0 &&
    [12, 40, 52, 56, 64, 108, 124].includes(view.getUint32(14, true))
  );
}

/** `BZh`, a level, then the mark of a block or of the stream's end: three letters alone begin words. */
function bzip2(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 10)).toString('latin1');
  return /^BZh[1-9](1AY&SY|\x17rE8P\x90)/.test(head);
}

/** Properties that people use, a dictionary of a power of two, and a size that is unknown or below a terabyte. */
function lzma(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x5d || bytes.length < 18) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, 18);
  const dictionary = view.getUint32(1, true);
  const high = view.getUint32(9, true);
  const round = dictionary >= 4096 && (dictionary & (dictionary - 1)) === 0;
  // The coder's first byte is always zero.
  return round && (high === 0xffffffff || high < 256) && bytes[13] === 0;
}

/** An Arrow stream opens with a marker, the size of its schema, and the schema's table not far behind. */
function arrowStream(bytes: Uint8Array): boolean {
  if (bytes.length < 16 || !bytes.subarray(0, 4).every((byte) => byte === 0xff)) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, 16);
  const size = view.getUint32(4, true);
  const root = view.getUint32(8, true);
  return size > 0 && size % 8 === 0 && size <= bytes.length && root >= 4 && root < 64;
}

/** Office files are zips; their parts' names tell which. */
function zipKind(bytes: Uint8Array): Format {
  const names = zipNames(bytes);
  const has = (name: string) => names.some((one) => one.toLowerCase().startsWith(name));
  if (has('[content_types].xml') || has('_rels/')) {
    if (has('xl/workbook.')) return 'workbook';
    if (has('word/') || has('ppt/')) return 'document';
  }
  if (has('mimetype') && has('content.xml')) {
    return hasText(bytes, 'mimetypeapplication/vnd.oasis.opendocument.spreadsheet')
      ? 'workbook'
      : 'document';
  }
  return 'zip';
}

function hasText(bytes: Uint8Array, text: string): boolean {
  return (
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(text, 'latin1') !== -1
  );
}

/** A compound file: its directory holds stream names in UTF-16. */
function oleKind(bytes: Uint8Array): Format {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // As bytes: Node's own search for UTF-16 never ends in a buffer that begins at an odd address.
  const has = (name: string) => buffer.indexOf(Buffer.from(name, 'utf16le')) !== -1;
  const streams = rootStreams(bytes);
  if (streams ? streams.has('EncryptedPackage') : has('EncryptedPackage')) return 'encrypted';
  if (streams) return streams.has('Workbook') || streams.has('Book') ? 'workbook' : 'ole';
  return has('Workbook\0') || has('Book\0') ? 'workbook' : 'ole';
}

/** Names at the top of a compound file; null where its head is not all there. A letter may hold a workbook. */
function rootStreams(bytes: Uint8Array): ReadonlySet<string> | null {
  try {
    return new Set(new CompoundFile(bytes).root.children.map((child) => child.name));
  } catch {
    return null; // cut or damaged: the names are looked for anywhere
  }
}

/** Excel 2 to 4, a bare stream: a BOF record at the start. */
function oldWorkbook(bytes: Uint8Array): boolean {
  const [a, b, c, d, e, f] = bytes;
  const version = a === 9 && (b === 0 || b === 2 || b === 4);
  return version && (c === 4 || c === 6) && d === 0 && f === 0 && (e === 0 || e === 2 || e === 3);
}

/** A tar of before POSIX has no mark; the checksum of its header tells. */
function oldTar(bytes: Uint8Array): boolean {
  if (bytes.length < 512 || bytes[0] === 0) return false;
  const stated = /^ *([0-7]{4,7})/.exec(Buffer.from(bytes.subarray(148, 156)).toString('latin1'));
  if (!stated) return false;
  let sum = 0;
  for (let at = 0; at < 512; at += 1) sum += at >= 148 && at < 156 ? 32 : (bytes[at] ?? 0);
  return sum === Number.parseInt(stated[1] ?? '', 8);
}

function textFormat(text: Uint8Array, whole: boolean, encoding: Detected): Recognised {
  const start = text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf ? text.subarray(3) : text;
  const first = start.find((byte) => byte > 0x20);
  if (first === undefined)
    return { format: text.length === 0 ? 'empty' : 'text', encoding, dialect: null };
  if ((first === 0x7b || first === 0x5b) && readsAsJson(start, whole)) {
    return { format: 'json', encoding, dialect: null };
  }
  const opening = new TextDecoder().decode(start.subarray(0, 64 * 1024)).trimStart();
  if (first === 0x3c && looksLikeMarkup(opening))
    return { format: 'markup', encoding, dialect: null };
  if (looksLikeMail(opening)) return { format: 'mail', encoding, dialect: null };
  if (looksEncoded(opening)) return { format: 'encoded', encoding, dialect: null };
  if (looksLikeCards(opening)) return { format: 'cards', encoding, dialect: null };
  if (looksLikeSql(opening)) return { format: 'sql', encoding, dialect: null };
  if (whole && looksLikeYaml(opening, text.length))
    return { format: 'yaml', encoding, dialect: null };
  if (looksLikeScript(opening)) return { format: 'script', encoding, dialect: null };
  const dialect = sniffDelimited(text, whole);
  return { format: dialect ? 'delimited' : 'text', encoding, dialect };
}

/** JSON to the end of the look, or until something that breaks it late; a comment makes it program text. */
function readsAsJson(text: Uint8Array, whole: boolean): boolean {
  const head = text.subarray(0, JSON_LOOK_BYTES);
  const limits = DEFAULT_LIMITS;
  const look = lookAtJson(head, {
    sink: { piece() {}, gap() {} },
    limits,
    trail: [''],
    ids: { nextRow: 1, nextColumn: 0 },
    budget: openBudget(0, limits),
  });
  if (look.stop === null) return true;
  if (look.stop.code === 'truncated')
    return look.values > 1 || (whole && head.length === text.length);
  // `[[people]]` and `[section]` begin other formats.
  return look.values > 2 && look.stop.at > MIN_JSON_BYTES && head[look.stop.at] !== 0x2f;
}
