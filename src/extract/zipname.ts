/**
 * Names in zips. Bit 11 says UTF-8; without it the specification says code page 437, and what East
 * Asian Windows writes is its own code page. All names of one zip are judged together: one is short.
 */
import { isUtf8 } from 'node:buffer';
import { detectEncoding } from './encoding.ts';
import type { ZipMember } from './zip.ts';

const UTF8_FLAG = 0x800;
/** Info-ZIP Unicode Path: version, CRC of the plain name, the name in UTF-8. */
const UNICODE_PATH = 0x7075;

export function memberNames(
  members: readonly Pick<ZipMember, 'rawName' | 'extra' | 'flags'>[],
): readonly string[] {
  const unclear = members.filter((member) => !isUtf8(member.rawName));
  const all = Buffer.concat(unclear.flatMap((member) => [member.rawName, Buffer.from('\n')]));
  const encoding = unclear.length > 0 ? (detectEncoding(all)?.encoding ?? 'windows-1252') : 'utf-8';
  const legacy = new TextDecoder(encoding.startsWith('utf-') ? 'windows-1252' : encoding);
  return members.map((member) => {
    const path = member.extra.find((field) => field.id === UNICODE_PATH);
    if (path && path.data.length > 5) return new TextDecoder().decode(path.data.subarray(5));
    const plain = (member.flags & UTF8_FLAG) !== 0 || isUtf8(member.rawName);
    return (plain ? new TextDecoder() : legacy).decode(member.rawName).replaceAll('\\', '/');
  });
}
