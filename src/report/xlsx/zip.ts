/**
 * A ZIP archive in memory, as XLSX needs one: deflated members, the same bytes for the same input.
 *
 * Source: APPNOTE.TXT of PKWARE, 6.3.3, sections 4.3.7, 4.3.12 and 4.3.16.
 */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipMember {
  /** `/` between folders, ASCII. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** 1 January 1980, where DOS time begins: an archive that carries the clock differs each time. */
const DOS_DATE = 0x0021;
const VERSION = 20;
const DEFLATED = 8;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;

export function zip(members: readonly ZipMember[]): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of members) {
    const packed = deflateRawSync(bytes);
    const known = shared(crc32(bytes), packed.length, bytes.length, name);
    const local = Buffer.alloc(LOCAL_BYTES);
    local.write('PK\x03\x04', 0, 'latin1');
    known.copy(local, 4);
    const entry = Buffer.alloc(CENTRAL_BYTES);
    entry.write('PK\x01\x02', 0, 'latin1');
    entry.writeUInt16LE(VERSION, 4);
    known.copy(entry, 6);
    entry.writeUInt32LE(offset, 42);
    parts.push(local, Buffer.from(name), packed);
    central.push(entry, Buffer.from(name));
    offset += LOCAL_BYTES + name.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(END_BYTES);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directory, end]);
}

/** The 26 bytes that a member's local header and its directory entry have in common. */
function shared(crc: number, packed: number, size: number, name: string): Buffer {
  const bytes = Buffer.alloc(26);
  bytes.writeUInt16LE(VERSION, 0);
  bytes.writeUInt16LE(DEFLATED, 4);
  bytes.writeUInt16LE(DOS_DATE, 8);
  bytes.writeUInt32LE(crc, 10);
  bytes.writeUInt32LE(packed, 14);
  bytes.writeUInt32LE(size, 18);
  bytes.writeUInt16LE(name.length, 22);
  return bytes;
}
