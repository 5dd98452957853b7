/** A page of a PDF that shows a picture → the picture, for OCR. */
import type { PDFPageProxy } from 'pdfjs-dist';
import type { Context } from './context.ts';
import { grayOf } from './gray.ts';
import { readScan } from './ocr.ts';

/** The library's types know the browser's canvas only; its own Node factory gives this one too. */
type BrowserCanvas = Parameters<PDFPageProxy['render']>[0]['canvas'];

/** What OCR likes best, and what scanners make. */
const DOTS_PER_INCH = 200;
const POINTS_PER_INCH = 72;
/** Drawn lines from which a page may hold letters as outlines. */
const OUTLINES = 30;

export async function readDrawnPage(context: Context, page: PDFPageProxy): Promise<void> {
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
  await readScan(context, grayOf(pixels, width, height), `page ${page.pageNumber} (scan)`);
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
