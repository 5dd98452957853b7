/** The width and height of a picture by its header: before decoding, since a header is cheap to lie with. */

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Null for what is no picture of these kinds, or a damaged one. TIFF: the largest of its pages. */
export function pictureSize(bytes: Uint8Array): PictureSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  try {
    if (head.startsWith('\x89PNG')) return size(view.getUint32(16), view.getUint32(20));
    if (head.startsWith('\xff\xd8')) return jpegSize(view);
    if (head.startsWith('GIF8')) return size(view.getUint16(6, true), view.getUint16(8, true));
    if (head.startsWith('BM')) return bitmapSize(view);
    if (head.startsWith('RIFF') && head.endsWith('VP8', 15)) return webpSize(view, head.charAt(15));
    if (head.startsWith('ftyp', 4)) return isoSize(view, bytes);
    const pages = tiffPages(bytes) ?? [];
    return pages.reduce<PictureSize | null>(
      (most, page) => (most && most.width * most.height >= page.width * page.height ? most : page),
      null,
    );
  } catch {
    return null; // the header ends before the size
  }
}

function size(width: number, height: number): PictureSize | null {
  return width > 0 && height > 0 ? { width, height } : null;
}

/** Segments up to the frame header, which is any of SOF0 to SOF15 but for three other uses. */
function jpegSize(view: DataView): PictureSize | null {
  for (let at = 2; at + 9 < view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) {
      at += 1;
      continue;
    }
    const marker = view.getUint8(at + 1);
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (frame) return size(view.getUint16(at + 7), view.getUint16(at + 5));
    const bare = marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    at += bare ? (marker === 0xff ? 1 : 2) : 2 + view.getUint16(at + 2);
  }
  return null;
}

function bitmapSize(view: DataView): PictureSize | null {
  if (view.getUint32(14, true) === 12)
    return size(view.getUint16(18, true), view.getUint16(20, true));
  // A negative height says that the rows go downwards.
  return size(Math.abs(view.getInt32(18, true)), Math.abs(view.getInt32(22, true)));
}

/** `kind`: the letter behind `VP8`: blank lossy, `L` lossless, `X` extended. */
function webpSize(view: DataView, kind: string): PictureSize | null {
  if (kind === 'X') {
    const width = view.getUint16(24, true) + view.getUint8(26) * 65_536;
    return size(width + 1, view.getUint16(27, true) + view.getUint8(29) * 65_536 + 1);
  }
  if (kind === 'L') {
    const bits = view.getUint32(21, true);
    return size((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
  }
  return size(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
}

/** The largest of the `ispe` properties: a picture may be made of tiles. */
function isoSize(view: DataView, bytes: Uint8Array): PictureSize | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 64 * 1024));
  let best: PictureSize | null = null;
  for (let at = buffer.indexOf('ispe'); at !== -1; at = buffer.indexOf('ispe', at + 4)) {
    const found = size(view.getUint32(at + 8), view.getUint32(at + 12));
    if (found && (!best || found.width * found.height > best.width * best.height)) best = found;
  }
  return best;
}

const MAX_PAGES = 10_000;

/** The pages of a TIFF in order; null when the chain of its directories is broken or turns in a circle, or a list in them is longer than the file. */
export function tiffPages(bytes: Uint8Array): readonly PictureSize[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = bytes[0] === 0x49;
  const pages: PictureSize[] = [];
  const seen = new Set<number>();
  try {
    for (let at = view.getUint32(4, little); at !== 0; ) {
      if (seen.has(at) || seen.size >= MAX_PAGES) return null;
      seen.add(at);
      const count = view.getUint16(at, little);
      let [width, height] = [0, 0];
      for (let entry = at + 2; entry < at + 2 + count * 12; entry += 12) {
        const tag = view.getUint16(entry, little);
        // Longer ones are taken for memory by whoever reads them.
        if (view.getUint32(entry + 4, little) > bytes.length) return null;
        if (tag !== 256 && tag !== 257) continue;
        const short = view.getUint16(entry + 2, little) === 3;
        const value = short ? view.getUint16(entry + 8, little) : view.getUint32(entry + 8, little);
        if (tag === 256) width = value;
        else height = value;
      }
      pages.push({ width, height });
      at = view.getUint32(at + 2 + count * 12, little);
    }
  } catch {
    return null; // a directory lies outside the file
  }
  return pages;
}
