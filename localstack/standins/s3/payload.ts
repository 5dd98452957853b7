/**
 * The body of an upload: plain, or `aws-chunked` with chunk signatures and a checksum trailer, which
 * is what SDK v3 sends by default.
 */
import { crc32 } from 'node:zlib';
import { hmac, SignatureError, type Signer, sha256 } from './signature.ts';

/** Throws SignatureError for a body that is not what was signed or announced. */
export function decodePayload(
  raw: Buffer,
  headers: Readonly<Record<string, string | undefined>>,
  signer: Signer | null,
): Buffer {
  const announced = headers['x-amz-content-sha256'] ?? '';
  if (announced.startsWith('STREAMING-')) {
    const chunks = announced.startsWith('STREAMING-AWS4') ? signer : null;
    const { body, trailers } = unchunk(raw, chunks);
    checkCrc(body, trailers['x-amz-checksum-crc32'] ?? headers['x-amz-checksum-crc32']);
    return body;
  }
  if (/^[0-9a-f]{64}$/.test(announced) && sha256(raw) !== announced) {
    throw new SignatureError(400, 'XAmzContentSHA256Mismatch');
  }
  checkCrc(raw, headers['x-amz-checksum-crc32']);
  return raw;
}

function unchunk(
  raw: Buffer,
  signer: Signer | null,
): { readonly body: Buffer; readonly trailers: Readonly<Record<string, string>> } {
  const chunks: Buffer[] = [];
  let previous = signer?.seed.signature ?? '';
  let at = 0;
  for (;;) {
    const lineEnd = raw.indexOf('\r\n', at);
    const [, hex, signature] =
      /^([0-9a-fA-F]+)(?:;chunk-signature=([0-9a-f]+))?$/.exec(
        lineEnd < 0 ? '' : raw.toString('latin1', at, lineEnd),
      ) ?? [];
    if (hex === undefined) throw new SignatureError(400, 'IncompleteBody');
    const size = Number.parseInt(hex, 16);
    const chunk = raw.subarray(lineEnd + 2, lineEnd + 2 + size);
    if (chunk.length !== size) throw new SignatureError(400, 'IncompleteBody');
    if (signer) previous = checkChunk(signer, previous, chunk, signature);
    at = lineEnd + 2 + size;
    if (size === 0) break;
    chunks.push(chunk);
    at += 2;
  }
  const trailers: Record<string, string> = {};
  for (const line of raw.toString('latin1', at).split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) trailers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { body: Buffer.concat(chunks), trailers };
}

function checkChunk(
  signer: Signer,
  previous: string,
  chunk: Buffer,
  signature: string | undefined,
): string {
  const { key, date, scope } = signer.seed;
  const text = ['AWS4-HMAC-SHA256-PAYLOAD', date, scope, previous, sha256(''), sha256(chunk)];
  const expected = hmac(key, text.join('\n')).toString('hex');
  if (signature !== expected) throw new SignatureError(403, 'SignatureDoesNotMatch');
  return expected;
}

function checkCrc(body: Buffer, announced: string | undefined): void {
  if (announced === undefined) return;
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  if (bytes.toString('base64') !== announced) throw new SignatureError(400, 'BadDigest');
}
