/** TIFF → its pages as pictures: often a fax, or a scanner's whole stack. */
import type { IFD } from 'utif2';
import { LimitError } from './budget.ts';
import { type Context, reportGap, SinkError } from './context.ts';
import { readScan } from './ocr.ts';
import { drawn } from './picturedraw.ts';
import { type PictureSize, pictureSize, tiffPages } from './picturesize.ts';

type Canvas = import('@napi-rs/canvas').Canvas;

/** JPEG in strips or tiles: the library takes shades of gray in it for colours. */
const JPEG = 7;
const TAG = {
  compression: 't259',
  stripOffsets: 't273',
  stripRows: 't278',
  stripBytes: 't279',
  tileWidth: 't322',
  tileHeight: 't323',
  tileOffsets: 't324',
  tileBytes: 't325',
  tables: 't347',
} as const;

/** The library prints a line for each tiled page; standard output belongs to the result. */
function quietly(action: () => void): void {
  const { log } = console;
  console.log = () => {};
  try {
    action();
  } finally {
    console.log = log;
  }
}

export async function readTiff(context: Context, bytes: Uint8Array): Promise<void> {
  const pages = tiffPages(bytes);
  if (pages === null) throw new Error('a broken chain of pages');
  const { default: library } = await import('utif2');
  const { createCanvas } = await import('@napi-rs/canvas');
  const data = new Uint8Array(bytes).buffer;
  const directories = library.decode(data);
  let damaged = 0;
  for (const [at, directory] of directories.entries()) {
    const page = pages[at];
    if (!page || page.width * page.height === 0) continue;
    try {
      const source = createCanvas(page.width, page.height);
      const drawing = source.getContext('2d');
      if (numbers(directory, TAG.compression)[0] === JPEG) {
        await drawJpeg(source, directory, new Uint8Array(data));
      } else {
        quietly(() => library.decodeImage(data, directory));
        const rgba = library.toRGBA8(directory);
        const image = drawing.createImageData(page.width, page.height);
        image.data.set(rgba.subarray(0, image.data.length));
        drawing.putImageData(image, 0, 0);
        directory.data = new Uint8Array(0);
      }
      const gray = await drawn(context, page, (target, width, height) =>
        target.drawImage(source, 0, 0, width, height),
      );
      const place = directories.length > 1 ? `page ${at + 1} (scan)` : 'image';
      await readScan(context, gray, place);
    } catch (error) {
      if (error instanceof SinkError || error instanceof LimitError) throw error;
      damaged += 1;
    }
  }
  if (damaged === 0) return;
  const detail = `${damaged} of its ${directories.length} pages are damaged or kept in a way that ajar does not read. Look at them by hand.`;
  reportGap(context, 'malformed', detail);
}

function numbers(directory: IFD, tag: string): readonly number[] {
  const value: unknown = directory[tag];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'number') : [];
}

/** Each strip or tile is a JPEG without its tables, which stand once for all of them (TIFF Technical Note 2). */
async function drawJpeg(page: Canvas, directory: IFD, bytes: Uint8Array): Promise<void> {
  const { loadImage } = await import('@napi-rs/canvas');
  const [tileWidth = 0] = numbers(directory, TAG.tileWidth);
  const [tileHeight = 0] = numbers(directory, TAG.tileHeight);
  const tiled = tileWidth > 0 && tileHeight > 0;
  const offsets = numbers(directory, tiled ? TAG.tileOffsets : TAG.stripOffsets);
  const sizes = numbers(directory, tiled ? TAG.tileBytes : TAG.stripBytes);
  const cell: PictureSize = tiled
    ? { width: tileWidth, height: tileHeight }
    : { width: page.width, height: numbers(directory, TAG.stripRows)[0] ?? page.height };
  const across = Math.ceil(page.width / cell.width);
  const tables: unknown = directory[TAG.tables];
  const head = tables instanceof Uint8Array && tables.length > 4 ? tables.subarray(0, -2) : null;
  const drawing = page.getContext('2d');
  for (const [at, offset] of offsets.entries()) {
    const part = bytes.subarray(offset, offset + (sizes[at] ?? 0));
    const jpeg = head ? Buffer.concat([head, part.subarray(2)]) : part;
    const size = pictureSize(jpeg);
    // A strip that claims to be larger than its page would be decoded before it is drawn.
    if (!size || size.width > 2 * cell.width + 16 || size.height > 2 * cell.height + 16) {
      throw new Error('a strip of another size');
    }
    const image = await loadImage(jpeg);
    drawing.drawImage(image, (at % across) * cell.width, Math.floor(at / across) * cell.height);
  }
}
