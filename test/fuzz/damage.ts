/** Damage to files, drawn from a seed: what transfers, disks and people with bad intent do to them. */
import { gunzipSync, gzipSync, inflateRawSync } from 'node:zlib';
import { zipDirectory } from '../../src/extract/zip.ts';
import { zipOf } from '../kit/zip.ts';

/** A number from 0 up to but not including `most`. */
export type Draw = (most: number) => number;

export function drawing(seed: number): Draw {
  let state = (seed * 2654435761) >>> 0;
  const draw: Draw = (most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  // Neighbouring seeds begin alike.
  for (let skip = 0; skip < 4; skip += 1) draw(2);
  return draw;
}

const ODD = [
  '\0',
  '\xff',
  '<',
  '>',
  '{',
  '}',
  '"',
  '\\',
  '&#x110000;',
  '--',
  '%',
  '\xff\xff\xff\xff',
  '\xfe\xff\xff\xff',
  '\x00\x00\x00\x80',
  '\\bin99999999999 ',
  '\\u-1',
  '\r\n\r\n',
  '=',
  ';',
  ':',
  '(',
  ')',
];

/** What makes a reader take too much, too little, or a negative length. */
const LENGTHS = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff];

/** A length or count somewhere becomes one that lies; most stand in the first and the last part of a file. */
function withLength(bytes: Buffer, draw: Draw): Buffer {
  const size = [1, 2, 4, 4][draw(4)] ?? 4;
  if (bytes.length < size) return bytes;
  const most = bytes.length - size + 1;
  const region = Math.min(most, 512);
  const at = [draw(region), most - 1 - draw(region), draw(most)][draw(3)] ?? 0;
  const chosen = LENGTHS[draw(LENGTHS.length)] ?? 0;
  const value = draw(4) === 0 ? Math.max(0, bytes.length + draw(9) - 4) : chosen;
  const fitting = value % 256 ** size;
  if (draw(2) === 0) bytes.writeUIntLE(fitting, at, size);
  else bytes.writeUIntBE(fitting, at, size);
  return bytes;
}

function spliced(bytes: Buffer, from: number, to: number, put: Uint8Array): Buffer {
  return Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(to)]);
}

/** The bytes with one to four kinds of damage. `other` lends parts. */
export function damaged(bytes: Uint8Array, other: Uint8Array, draw: Draw): Buffer {
  const none = new Uint8Array(0);
  let result: Buffer = Buffer.from(bytes);
  for (let count = draw(4) + 1; count > 0; count -= 1) {
    const at = draw(result.length);
    const end = Math.min(result.length, at + draw(draw(2) === 0 ? 16 : 2_000));
    const kind = draw(9);
    if (kind === 0) for (let one = 0; one < 4; one += 1) result[draw(result.length)] = draw(256);
    else if (kind === 1) result[at] = (result[at] ?? 0) ^ (1 << draw(8));
    else if (kind === 2) result = spliced(result, at, end, none);
    else if (kind === 3) result = result.subarray(0, at);
    else if (kind === 4) result = spliced(result, end, at, none);
    else if (kind === 5) {
      const odd = (ODD[draw(ODD.length)] ?? '').repeat(1 + draw(50));
      result = spliced(result, at, at, Buffer.from(odd, 'latin1'));
    } else if (kind === 6) {
      const from = draw(other.length);
      result = spliced(result, at, end, other.subarray(from, from + draw(500)));
    } else result = withLength(result, draw);
    if (result.length === 0) return Buffer.from('x');
  }
  return result;
}

/**
 * The same damage one level down, where a checksum or a compression would else hide it: to one file
 * of a zip, or to what a gzip holds, packed properly again. Null where there is no such level.
 */
export async function damagedInside(
  bytes: Uint8Array,
  other: Uint8Array,
  draw: Draw,
): Promise<Buffer | null> {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    return gzipSync(damaged(gunzipSync(bytes), other, draw), { level: 1 });
  }
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return null;
  const { members } = await zipDirectory(bytes, 500);
  const victim = draw(members.length);
  return zipOf(
    members.map(({ rawName, data, method }, at) => {
      const plain = method === 8 ? inflateRawSync(data) : Buffer.from(data);
      const hurt = at === victim && plain.length > 0;
      return {
        name: Buffer.from(rawName).toString(),
        data: hurt ? damaged(plain, other, draw) : plain,
      };
    }),
  );
}
