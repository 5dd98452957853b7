/** Pictures → what their makers wrote into them (who, where), and by OCR what they show. */

import { LimitError } from './budget.ts';
import { type Context, reportGap, SinkError } from './context.ts';
import { type Gray, turned } from './gray.ts';
import { readScan } from './ocr.ts';
import { PageCells } from './pagecells.ts';
import { drawn } from './picturedraw.ts';
import { pictureEnds } from './pictureend.ts';
import { pictureProperties } from './pictureproperties.ts';
import { type PictureSize, pictureSize } from './picturesize.ts';
import { readTiff } from './tiff.ts';

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
    else {
      await readScan(context, turned(await decode(context, bytes, size), quarters), 'image');
      if (!pictureEnds(bytes)) {
        const detail =
          'The picture ends before its last lines; what is there was read. Upload it again whole.';
        reportGap(context, 'truncated', detail);
      }
    }
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
