/** Does a picture end as its kind does? Decoders paint what is there and say nothing. */

/** Bytes behind the end that cameras and web servers leave there. */
const TRAILER_BYTES = 64 * 1024;

/** False when it was cut off; true too of kinds that do not tell. */
export function pictureEnds(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = buffer.toString('latin1', 0, 16);
  const tail = buffer.subarray(Math.max(0, buffer.length - TRAILER_BYTES));
  if (head.startsWith('\x89PNG')) return tail.includes('IEND');
  if (head.startsWith('\xff\xd8')) return tail.includes('\xff\xd9', 0, 'latin1');
  if (head.startsWith('GIF8')) return tail.includes(0x3b);
  if (head.startsWith('RIFF')) return buffer.length + 1 >= buffer.readUInt32LE(4) + 8;
  // Some programs leave the size of the file at zero.
  if (head.startsWith('BM')) return buffer.length >= buffer.readUInt32LE(2);
  return true;
}
