/** pdf.js as it is used here: in this thread, without network, scripts or a browser. */
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import type { getDocument, PDFDocumentLoadingTask, PDFDocumentProxy } from 'pdfjs-dist';
import { type Context, reportGap } from './context.ts';
import { isEncrypted, isWhole, pageObjects, withPageList } from './pdfrepair.ts';
import type { Source } from './source.ts';

/** Null when the PDF cannot be opened; the gap has been told. */
export async function openPdf(
  context: Context,
  bytes: Uint8Array,
): Promise<PDFDocumentProxy | null> {
  const whole = isWhole(bytes);
  let document = await openBytes(context, bytes);
  if (document === 'damaged' && !isEncrypted(bytes)) {
    const pages = pageObjects(bytes, context.limits.pdfPages);
    if (pages.length > 0) document = await openBytes(context, withPageList(bytes, pages));
  }
  if (typeof document !== 'string') {
    if (!whole) {
      const detail =
        'The PDF ends before its end; the pages that are there were read. Upload it again whole.';
      reportGap(context, 'truncated', detail);
    }
    return document;
  }
  reportUnopened(context, document, whole);
  return null;
}

/**
 * The pages that the file holds and its list does not name: deleted ones, which anyone who looks
 * still finds, and those of a damaged list. Null when there are none. `listed`: as `3 0 R`.
 */
export async function openUnlisted(
  context: Context,
  bytes: Uint8Array,
  listed: ReadonlySet<string>,
): Promise<PDFDocumentProxy | null> {
  const pages = pageObjects(bytes, context.limits.pdfPages).filter((page) => !listed.has(page));
  if (pages.length === 0) return null;
  const document = await openBytes(context, withPageList(bytes, pages));
  return typeof document === 'string' ? null : document;
}

type Failure = 'damaged' | 'encrypted' | 'late';

/** Fetched at a time. */
const CHUNK_BYTES = 64 * 1024;

/** Of a large object: what is fetched is what the pages that are asked for need. */
export async function openPdfRanges(
  context: Context,
  source: Source,
): Promise<PDFDocumentProxy | null> {
  const { PDFDataRangeTransport } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  class Transport extends PDFDataRangeTransport {
    override requestDataRange(begin: number, end: number): void {
      source.read(begin, end).then(
        (bytes) => this.onDataRange(begin, new Uint8Array(bytes)),
        // The library waits for ever for what it does not get; the page that needs it is damaged.
        () => this.onDataRange(begin, new Uint8Array(end - begin)),
      );
    }
  }
  const head = await source.read(0, CHUNK_BYTES);
  const range = new Transport(source.sizeBytes, new Uint8Array(head));
  const document = await openInput(context, {
    range,
    rangeChunkSize: CHUNK_BYTES,
    disableAutoFetch: true,
    disableStream: true,
  });
  if (typeof document !== 'string') return document;
  reportUnopened(context, document, true);
  return null;
}

function openBytes(context: Context, bytes: Uint8Array): Promise<PDFDocumentProxy | Failure> {
  // The library takes the array over, and refuses a Buffer.
  return openInput(context, { data: new Uint8Array(bytes) });
}

async function openInput(
  context: Context,
  input: Parameters<typeof getDocument>[0],
): Promise<PDFDocumentProxy | Failure> {
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const root = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  const folder = (name: string) => join(root, name) + sep;
  const loading = getDocument({
    ...(input as object),
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
  return opened(context, loading);
}

async function opened(
  context: Context,
  loading: PDFDocumentLoadingTask,
): Promise<PDFDocumentProxy | Failure> {
  let late = false;
  const timer = setTimeout(
    () => {
      late = true;
      void loading.destroy();
    },
    Math.max(1, context.budget.leftMs()),
  );
  try {
    const document = await loading.promise;
    // The first page tells whether there is a list of pages at all.
    await document.getPage(1);
    return document;
  } catch (error) {
    await loading.destroy();
    if (late) return 'late';
    return error instanceof Error && error.name === 'PasswordException' ? 'encrypted' : 'damaged';
  } finally {
    clearTimeout(timer);
  }
}

function reportUnopened(context: Context, failure: Failure, whole: boolean): void {
  if (failure === 'encrypted') {
    reportGap(context, 'encrypted', 'The PDF is protected with a password; it was not read.');
  } else if (failure === 'late') {
    const detail = `objectTimeMs (${context.limits.objectTimeMs}): opening the PDF took longer than that allows. Raise the limit and scan it again.`;
    reportGap(context, 'timeout', detail);
  } else if (whole) {
    reportGap(
      context,
      'malformed',
      'The PDF is damaged and no page of it could be read. Open and save it again, or look at it by hand.',
    );
  } else {
    reportGap(
      context,
      'truncated',
      'The PDF ends before its end and no page of it could be read. Upload it again whole.',
    );
  }
}
