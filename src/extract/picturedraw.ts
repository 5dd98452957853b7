/** A decoded picture in the size and the shades that OCR takes. */
import type { Context } from './context.ts';
import { type Gray, grayOf } from './gray.ts';
import type { PictureSize } from './picturesize.ts';

/** Letters of less than that many pixels' height are read better when enlarged. */
const SMALL_PIXELS = 1_000_000;

type Drawing = import('@napi-rs/canvas').SKRSContext2D;

/** `draw` paints all of it into the size that it is given. */
export async function drawn(
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
