/** The evidence folder as one file. Plain zip (PKWARE APPNOTE 6.3.3), without the extensions for more than 4 GB. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  /** `/` on every system. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly modifiedAt: Date;
}

const UTF8_NAMES = 0x800;
const DEFLATED = 8;
const VERSION = 20;
/** What the format's 32-bit fields hold. */
const MOST_BYTES = 0xffff_ffff;
const MOST_ENTRIES = 0xffff;

/** Throws RangeError where the format cannot hold it. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const total = entries.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
  if (total > MOST_BYTES / 2 || entries.length > MOST_ENTRIES) throw new RangeError('too large');
  const local: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let at = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const packed = deflateRawSync(entry.bytes);
    const fields = header(entry, name, packed);
    const begin = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), fields, name]);
    local.push(begin, packed);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    const made = Buffer.alloc(2);
    made.writeUInt16LE(VERSION, 0);
    central.push(Buffer.from('PK\u0001\u0002', 'latin1'), made, fields, place, name);
    at += begin.byteLength + packed.byteLength;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.byteLength, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, directory, end]);
}

function header({ bytes, modifiedAt }: ZipEntry, name: Buffer, packed: Uint8Array): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(VERSION, 0);
  fields.writeUInt16LE(UTF8_NAMES, 2);
  fields.writeUInt16LE(DEFLATED, 4);
  fields.writeUInt32LE(dosTime(modifiedAt), 6);
  fields.writeUInt32LE(crc32(bytes), 10);
  fields.writeUInt32LE(packed.byteLength, 14);
  fields.writeUInt32LE(bytes.byteLength, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

/** Local time, two seconds at a time, from 1980 on. */
function dosTime(date: Date): number {
  const day = ((date.getFullYear() - 1980) << 9) | ((date.getMonth() + 1) << 5) | date.getDate();
  const time = (date.getHours() << 11) | (date.getMinutes() << 5) | (date.getSeconds() >> 1);
  return ((day << 16) | time) >>> 0;
}
