/** A zip writer for tests: names as raw bytes, headers that may lie. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipFileSpec {
  readonly name: string | Uint8Array;
  readonly data: Uint8Array;
  readonly stored?: boolean;
  /** Overrides the general purpose flags: bit 0 encrypted, bit 11 UTF-8. */
  readonly flags?: number;
  readonly method?: number;
  /** What the headers state, where that is not the truth. */
  readonly claimedSize?: number;
  readonly claimedCrc?: number;
}

function header(file: ZipFileSpec, packed: Uint8Array, nameBytes: Uint8Array): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(file.flags ?? (typeof file.name === 'string' ? 0x800 : 0), 2);
  fields.writeUInt16LE(file.method ?? (file.stored ? 0 : 8), 4);
  fields.writeUInt32LE(file.claimedCrc ?? crc32(file.data), 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(file.claimedSize ?? file.data.length, 18);
  fields.writeUInt16LE(nameBytes.length, 22);
  return fields;
}

/** Bytes of a zip with these files in this order. */
export function zipOf(files: readonly ZipFileSpec[]): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const name = Buffer.from(file.name as string);
    const packed = file.stored ? Buffer.from(file.data) : deflateRawSync(file.data);
    const fields = header(file, packed, name);
    const entry = Buffer.concat([Buffer.from('PK\x03\x04'), fields, name, packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, place, name);
    local.push(entry);
    offset += entry.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, central, end]);
}
