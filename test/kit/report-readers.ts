/** Readers of what reports are written as, by other code than writes them: ZIP members and mails. */
import { inflateRawSync } from 'node:zlib';

/** Member name → text, by the central directory. */
export function readMembers(bytes: Buffer): ReadonlyMap<string, string> {
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const members = new Map<string, string>();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.subarray(at + 46, at + 46 + nameLength).toString();
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + bytes.readUInt32LE(at + 20));
    members.set(name, inflateRawSync(packed).toString());
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return members;
}

export interface ReadPart {
  /** Lower case names; encoded words decoded. */
  readonly headers: Readonly<Record<string, string>>;
  readonly type: string;
  /** Decoded; empty where there are parts. */
  readonly body: Buffer;
  readonly text: string;
  readonly parts: readonly ReadPart[];
}

/** RFC 5322 and 2045 to 2047, as far as these mails go. */
export function readMail(bytes: Buffer): ReadPart {
  const raw = bytes.toString('latin1');
  const split = raw.indexOf('\r\n\r\n');
  const head = raw.slice(0, split).replace(/\r\n[ \t]+/g, ' ');
  const headers = Object.fromEntries(
    head.split('\r\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), decodeWords(line.slice(colon + 1).trim())];
    }),
  );
  const type = headers['content-type'] ?? 'text/plain';
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1];
  const content = raw.slice(split + 4);
  if (boundary !== undefined) {
    const parts = content
      .split(`--${boundary}`)
      .slice(1, -1)
      .map((part) => readMail(Buffer.from(part.replace(/^\r\n|\r\n$/g, ''), 'latin1')));
    return { headers, type, body: Buffer.alloc(0), text: '', parts };
  }
  const body = decodeBody(content, headers['content-transfer-encoding'] ?? '7bit');
  const text = type.startsWith('text/') ? body.toString() : '';
  return { headers, type, body, text, parts: [] };
}

function decodeBody(content: string, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from(content, 'base64');
  if (encoding !== 'quoted-printable') return Buffer.from(content, 'latin1');
  const bytes = content
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1');
}

function decodeWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?B\?([^?]*)\?=/gi, (_, text: string) =>
      Buffer.from(text, 'base64').toString(),
    )
    .replace(/=\?utf-8\?Q\?([^?]*)\?=/gi, (_, text: string) =>
      decodeBody(text.replaceAll('_', ' '), 'quoted-printable').toString(),
    );
}

/** Parts of that type, at any depth. */
export function partsOf(mail: ReadPart, type: string): readonly ReadPart[] {
  const own = mail.type.startsWith(type) ? [mail] : [];
  return [...own, ...mail.parts.flatMap((part) => partsOf(part, type))];
}
