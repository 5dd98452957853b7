/** Pictures → what their makers wrote into them (who, where), and by OCR what they show. */

import { LimitError } from './budget.ts';
import { type Context, reportGap, SinkError } from './context.ts';
import { type Gray, grayOf, turned } from './gray.ts';
import { readScan } from './ocr.ts';
import { PageCells } from './pagecells.ts';
import { pictureProperties } from './pictureproperties.ts';
import { type PictureSize, pictureSize, tiffPages } from './picturesize.ts';

/** Letters of less than that many pixels' height are read better when enlarged. */
const SMALL_PIXELS = 1_000_000;

export async function readPicture(context: Context, bytes: Uint8Array): Promise<void> {
  const { values, quarters } = await pictureProperties(bytes);
  if (values.length > 0) {
    const cells = new PageCells(context);
    cells.record('image properties', values);
    cells.end();
  }
  const size = pictureSize(bytes);
  if (size === null) {
    reportGap(context, 'malformed', 'The picture is damaged; what it shows was not read.');
    return;
  }
  const { pixels } = context.limits;
  if (size.width * size.height > pixels) {
    const detail = `pixels (${pixels}): the picture has ${size.width} × ${size.height}, more than that; what it shows was not read. Save it smaller and scan that.`;
    reportGap(context, 'too-large', detail);
    return;
  }
  try {
    const tiff = bytes[0] === bytes[1] && (bytes[0] === 0x49 || bytes[0] === 0x4d);
    if (tiff) await readTiff(context, bytes);
    else await readScan(context, turned(await decode(context, bytes, size), quarters), 'image');
  } catch (error) {
    if (error instanceof SinkError) throw error;
    if (error instanceof LimitError) reportGap(context, 'too-large', `${error.message}.`);
    else reportGap(context, 'malformed', 'The picture is damaged; what it shows was not read.');
  }
}

/** A picture of the library's own decoding, in the size that OCR takes. */
async function decode(context: Context, bytes: Uint8Array, size: PictureSize): Promise<Gray> {
  const { loadImage } = await import('@napi-rs/canvas');
  const image = await loadImage(bytes);
  return drawn(context, size, (drawing, width, height) =>
    drawing.drawImage(image, 0, 0, width, height),
  );
}

type Drawing = import('@napi-rs/canvas').SKRSContext2D;

async function drawn(
  context: Context,
  { width, height }: PictureSize,
  draw: (drawing: Drawing, width: number, height: number) => void,
): Promise<Gray> {
  const { createCanvas } = await import('@napi-rs/canvas');
  const pixels = width * height;
  const down = Math.sqrt(context.limits.ocrPixels / pixels);
  const scale = pixels < SMALL_PIXELS ? Math.min(2, down) : Math.min(1, down);
  const [toWidth, toHeight] = [Math.ceil(width * scale), Math.ceil(height * scale)];
  const drawing = createCanvas(toWidth, toHeight).getContext('2d');
  drawing.fillStyle = '#ffffff';
  drawing.fillRect(0, 0, toWidth, toHeight);
  drawing.imageSmoothingQuality = 'high';
  draw(drawing, toWidth, toHeight);
  return grayOf(drawing.getImageData(0, 0, toWidth, toHeight).data, toWidth, toHeight);
}

/** The TIFF library prints a line for each tiled page; standard output belongs to the result. */
function quietly(action: () => void): void {
  const { log } = console;
  console.log = () => {};
  try {
    action();
  } finally {
    console.log = log;
  }
}

/** A TIFF is often a fax or a scanner's whole stack. */
async function readTiff(context: Context, bytes: Uint8Array): Promise<void> {
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
      quietly(() => library.decodeImage(data, directory));
      const rgba = library.toRGBA8(directory);
      const source = createCanvas(page.width, page.height);
      const drawing = source.getContext('2d');
      const image = drawing.createImageData(page.width, page.height);
      image.data.set(rgba.subarray(0, image.data.length));
      drawing.putImageData(image, 0, 0);
      directory.data = new Uint8Array(0);
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
