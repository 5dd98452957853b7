/**
 * A ZIP archive in memory: deflated members, without the extensions for more than 4 GB.
 *
 * Source: APPNOTE.TXT of PKWARE, 6.3.3, sections 4.3.7, 4.3.12, 4.3.16 and 4.4.4.
 */
import { isAscii } from 'node:buffer';
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipMember {
  /** `/` between folders on every system. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Left out: 1 January 1980, so that the same input gives the same bytes. */
  readonly modifiedAt?: Date;
}

/** 1 January 1980, midnight: where DOS time begins. */
const DOS_BEGIN = 0x0021_0000;
const VERSION = 20;
const DEFLATED = 8;
const UTF8_NAME = 0x800;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
const MOST_MEMBERS = 0xffff;

/** Throws RangeError where the format's fields cannot hold it: 32 bits for bytes, 16 for members. */
export function zip(members: readonly ZipMember[]): Buffer {
  if (members.length > MOST_MEMBERS) throw new RangeError('too many members for a zip');
  const parts: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  for (const member of members) {
    const name = Buffer.from(member.name);
    const packed = deflateRawSync(member.bytes);
    const known = shared(member, name, packed);
    const local = Buffer.alloc(LOCAL_BYTES);
    local.write('PK\x03\x04', 0, 'latin1');
    known.copy(local, 4);
    const entry = Buffer.alloc(CENTRAL_BYTES);
    entry.write('PK\x01\x02', 0, 'latin1');
    entry.writeUInt16LE(VERSION, 4);
    known.copy(entry, 6);
    entry.writeUInt32LE(offset, 42);
    parts.push(local, name, packed);
    central.push(entry, name);
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
function shared({ bytes, modifiedAt }: ZipMember, name: Buffer, packed: Buffer): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(VERSION, 0);
  fields.writeUInt16LE(isAscii(name) ? 0 : UTF8_NAME, 2);
  fields.writeUInt16LE(DEFLATED, 4);
  fields.writeUInt32LE(modifiedAt ? dosTime(modifiedAt) : DOS_BEGIN, 6);
  fields.writeUInt32LE(crc32(bytes), 10);
  fields.writeUInt32LE(packed.length, 14);
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
