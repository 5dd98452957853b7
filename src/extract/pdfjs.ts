/** pdf.js as it is used here: in this thread, without network, scripts or a browser. */
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { type Context, reportGap } from './context.ts';

/** Null when the PDF cannot be opened; the gap has been told. */
export async function openPdf(
  context: Context,
  bytes: Uint8Array,
): Promise<PDFDocumentProxy | null> {
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const root = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  const folder = (name: string) => join(root, name) + sep;
  const loading = getDocument({
    // The library takes the array over, and refuses a Buffer.
    data: new Uint8Array(bytes),
    // Of the character maps depends whether Chinese, Japanese and Korean come out as text.
    cMapUrl: folder('cmaps'),
    cMapPacked: true,
    standardFontDataUrl: folder('standard_fonts'),
    wasmUrl: folder('wasm'),
    iccUrl: folder('iccs'),
    useSystemFonts: false,
    disableFontFace: true,
    useWorkerFetch: false,
    enableXfa: true,
    maxImageSize: context.limits.pixels,
    verbosity: VerbosityLevel.ERRORS,
  });
  const timer = setTimeout(() => void loading.destroy(), Math.max(1, context.budget.leftMs()));
  try {
    return await loading.promise;
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'PasswordException') {
      const detail = 'The PDF is protected with a password; it was not read.';
      reportGap(context, 'encrypted', detail);
    } else if (context.budget.leftMs() <= 0) {
      const detail = `objectTimeMs (${context.limits.objectTimeMs}): opening the PDF took longer than that allows. Raise the limit and scan it again.`;
      reportGap(context, 'timeout', detail);
    } else {
      const detail =
        'The PDF is damaged or cut off before its first page; it was not read. Upload it again whole.';
      reportGap(context, 'malformed', detail);
    }
    await loading.destroy();
    return null;
  } finally {
    clearTimeout(timer);
  }
}
