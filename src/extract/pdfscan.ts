/** A page of a PDF that shows a picture → the picture, for OCR. */
import type { PDFPageProxy } from 'pdfjs-dist';
import type { Context } from './context.ts';
import { type Gray, grayOf, shrunk } from './gray.ts';
import { readScan } from './ocr.ts';

/** The library's types know the browser's canvas only; its own Node factory gives this one too. */
type BrowserCanvas = Parameters<PDFPageProxy['render']>[0]['canvas'];

/** What OCR likes best, and what scanners make. */
const DOTS_PER_INCH = 200;
const POINTS_PER_INCH = 72;
/** Smaller pictures are signs and logos. */
const PICTURE_WIDTH = 300;
const PICTURE_HEIGHT = 100;
/** Drawn lines from which a page may hold letters as outlines. */
const OUTLINES = 30;

export async function readDrawnPage(
  context: Context,
  page: PDFPageProxy,
  place: string,
): Promise<void> {
  if (!(await showsSomething(page))) return;
  const { createCanvas } = await import('@napi-rs/canvas');
  const points = page.getViewport({ scale: 1 });
  const area = Math.max(1, points.width * points.height);
  const scale = Math.min(
    DOTS_PER_INCH / POINTS_PER_INCH,
    Math.sqrt(context.limits.ocrPixels / area),
  );
  const viewport = page.getViewport({ scale });
  const width = Math.max(1, Math.floor(viewport.width));
  const height = Math.max(1, Math.floor(viewport.height));
  const canvas = createCanvas(width, height);
  const drawing = canvas.getContext('2d');
  const task = page.render({
    canvas: canvas as unknown as BrowserCanvas,
    viewport,
    background: '#ffffff',
  });
  const timer = setTimeout(() => task.cancel(), Math.max(1, context.budget.leftMs()));
  try {
    await task.promise;
  } finally {
    clearTimeout(timer);
  }
  const pixels = drawing.getImageData(0, 0, width, height).data;
  await readScan(context, grayOf(pixels, width, height), `${place} (scan)`);
}

/** Pictures, or letters drawn as outlines; a blank page has neither. */
async function showsSomething(page: PDFPageProxy): Promise<boolean> {
  const { OPS } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const pictures: ReadonlySet<number> = new Set([
    OPS.paintImageXObject,
    OPS.paintInlineImageXObject,
    OPS.paintInlineImageXObjectGroup,
    OPS.paintImageXObjectRepeat,
    OPS.paintImageMaskXObject,
    OPS.paintImageMaskXObjectGroup,
    OPS.paintImageMaskXObjectRepeat,
  ]);
  const { fnArray } = await page.getOperatorList();
  let outlines = 0;
  for (const operation of fnArray) {
    if (pictures.has(operation)) return true;
    if (operation === OPS.constructPath) outlines += 1;
  }
  return outlines >= OUTLINES;
}

/** A decoded picture as the library keeps it. */
interface Decoded {
  readonly width: number;
  readonly height: number;
  /** 1: a bit a pixel, rows on whole bytes; 2: three bytes; 3: four. */
  readonly kind?: number;
  readonly data?: Uint8Array | Uint8ClampedArray | null;
}

/** The pictures on a page that has text of its own: a photographed card in a letter. */
export async function readPagePictures(
  context: Context,
  page: PDFPageProxy,
  place: string,
  seen: Set<string>,
): Promise<void> {
  const { OPS } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const { fnArray, argsArray } = await page.getOperatorList();
  for (const [at, operation] of fnArray.entries()) {
    const [first] = (argsArray[at] ?? []) as readonly unknown[];
    let picture: Decoded | null = null;
    if (operation === OPS.paintInlineImageXObject) picture = first as Decoded;
    else if (operation === OPS.paintImageXObject && typeof first === 'string') {
      // A name that begins like this is the document's, and the picture on every page a logo.
      const name = first.startsWith('g_') ? first : `${place} ${first}`;
      if (!seen.has(name)) picture = await kept(page, first);
      seen.add(name);
    }
    if (!picture?.data || picture.width < PICTURE_WIDTH || picture.height < PICTURE_HEIGHT)
      continue;
    const gray = shrunk(grayOfDecoded(picture, picture.data), context.limits.ocrPixels);
    await readScan(context, gray, `${place} (picture)`);
  }
}

function kept(page: PDFPageProxy, name: string): Promise<Decoded | null> {
  const objects = name.startsWith('g_') ? page.commonObjs : page.objs;
  return new Promise((resolve) => objects.get(name, (data: Decoded | null) => resolve(data)));
}

function grayOfDecoded({ width, height, kind }: Decoded, data: NonNullable<Decoded['data']>): Gray {
  if (kind === 3) return grayOf(data, width, height);
  const gray = new Uint8Array(width * height);
  const rowBytes = (width + 7) >> 3;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      if (kind === 1) {
        gray[at] = (((data[y * rowBytes + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) * 255;
      } else {
        const [red, green, blue] = [
          data[at * 3] ?? 0,
          data[at * 3 + 1] ?? 0,
          data[at * 3 + 2] ?? 0,
        ];
        gray[at] = (red * 77 + green * 150 + blue * 29) >> 8;
      }
    }
  }
  return { width, height, data: gray };
}
