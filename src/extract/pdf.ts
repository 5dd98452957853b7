/**
 * PDF → text as it stands on the pages, tables as cells, forms, notes, properties and attached
 * files. Pages that show text only as a picture go to OCR.
 */
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { LimitError } from './budget.ts';
import { type Context, depth, guarded, inside, placePrefix, reportGap } from './context.ts';
import { emitText } from './labelled.ts';
import { reportLarger } from './larger.ts';
import type { ReadWhole } from './member.ts';
import { PageCells } from './pagecells.ts';
import { openPdf, openPdfRanges, openUnlisted } from './pdfjs.ts';
import { layOut } from './pdflayout.ts';
import { pageNotes, pageText } from './pdfpage.ts';
import { isEncrypted, largePictures } from './pdfrepair.ts';
import { readDrawnPage, readPagePictures } from './pdfscan.ts';
import type { Source } from './source.ts';

/** Pages with less text than that, spaces left out, are looked at as pictures. */
const FEW_CHARACTERS = 40;
const MAX_BOOKMARKS = 100_000;
/** Of a page, with what it shares with others; more than most take. */
const PAGE_BYTES = 2 * 1024 * 1024;
/** Pages that are told by number; the rest is counted. */
const TOLD_PAGES = 10;

export async function readPdf(
  context: Context,
  bytes: Uint8Array,
  readWhole: ReadWhole,
): Promise<void> {
  const document = await openPdf(context, bytes);
  if (document === null) return;
  const rest = async (state: State): Promise<void> => {
    reportLeftOut(context, largePictures(bytes, context.limits.pixels));
    if (!isEncrypted(bytes) && document.numPages <= context.limits.pdfPages) {
      await readUnlisted(context, bytes, state, readWhole);
    }
  };
  await readDocument(context, document, readWhole, { enough: () => false, rest });
}

/** Of a large object: as many pages as may be fetched. */
export async function readPdfRanges(
  context: Context,
  source: Source,
  readWhole: ReadWhole,
  mostBytes: number,
): Promise<void> {
  const document = await openPdfRanges(context, source);
  if (document === null) return;
  const floor = source.leftBytes() - mostBytes;
  const enough = (): boolean => source.leftBytes() - floor < PAGE_BYTES;
  await readDocument(context, document, readWhole, { enough, rest: async () => {} });
}

interface Extent {
  /** No more pages are wanted. */
  readonly enough: () => boolean;
  /** What a document of which all bytes are there has besides its pages. */
  readonly rest: (state: State) => Promise<void>;
}

async function readDocument(
  context: Context,
  document: PDFDocumentProxy,
  readWhole: ReadWhole,
  { enough, rest }: Extent,
): Promise<void> {
  const cells = new PageCells(context);
  try {
    await guarded(
      async () => {
        await readProperties(document, cells);
        await readOutline(context, document);
      },
      (error) =>
        limitFirst(error, context, 'The properties and bookmarks of the PDF could not be read.'),
    );
    const state: State = { cells, seen: new Set(), refs: new Set(), unlisted: false, enough };
    await readPages(context, document, state, readWhole);
    await rest(state);
    await guarded(
      () => readAttachments(context, document, readWhole),
      (error) => limitFirst(error, context, 'The files attached to the PDF could not be read.'),
    );
  } catch (error) {
    if (!(error instanceof LimitError)) throw error;
    reportGap(context, 'too-large', `${error.message}. What came before was read.`);
  } finally {
    cells.end();
    await document.loadingTask.destroy();
  }
}

function reportLeftOut(context: Context, pictures: number): void {
  if (pictures === 0) return;
  const detail = `pixels (${context.limits.pixels}): pictures of the PDF have more than that (${pictures}); what they show was not read. Raise the limit, or save them smaller.`;
  reportGap(context, 'too-large', detail);
}

function limitFirst(error: unknown, context: Context, detail: string): void {
  if (error instanceof LimitError) throw error;
  reportGap(context, 'malformed', detail);
}

/** Who wrote it, for whom, about what; and the same again as XMP, where it may differ. */
async function readProperties(document: PDFDocumentProxy, cells: PageCells): Promise<void> {
  const { info, metadata } = await document.getMetadata();
  const found = new Map<string, string>();
  const add = (name: string, value: unknown) => {
    const text = Array.isArray(value) ? value.join(', ') : value;
    if (typeof text !== 'string' || text.trim() === '') return;
    if (![...found.values()].includes(text.trim())) found.set(name, text.trim());
  };
  const { Title, Author, Subject, Keywords, Custom } = info as Readonly<Record<string, unknown>>;
  for (const [name, value] of Object.entries({ Title, Author, Subject, Keywords }))
    add(name, value);
  for (const [name, value] of Object.entries(Custom ?? {})) add(name, value);
  for (const [name, value] of metadata ?? []) add(String(name), value);
  if (found.size > 0) cells.record('document properties', [...found]);
}

interface State {
  readonly cells: PageCells;
  /** Pictures that were looked at. */
  readonly seen: Set<string>;
  /** Pages that were read, as `3 0 R`. */
  readonly refs: Set<string>;
  /** The pages are not in the document's own list. */
  readonly unlisted: boolean;
  readonly enough: () => boolean;
}

async function readUnlisted(
  context: Context,
  bytes: Uint8Array,
  state: State,
  readWhole: ReadWhole,
): Promise<void> {
  const document = await openUnlisted(context, bytes, state.refs);
  if (document === null) return;
  try {
    await readPages(context, document, { ...state, unlisted: true }, readWhole);
  } finally {
    await document.loadingTask.destroy();
  }
}

async function readPages(
  context: Context,
  document: PDFDocumentProxy,
  state: State,
  readWhole: ReadWhole,
): Promise<void> {
  const { numPages } = document;
  const { pdfPages, objectTimeMs } = context.limits;
  const damaged: number[] = [];
  for (let number = 1; number <= Math.min(numPages, pdfPages); number += 1) {
    if (state.enough()) {
      reportLarger(context, `${number - 1} of its ${numPages} pages were read`);
      break;
    }
    if (context.budget.leftMs() <= 0) {
      const detail = `objectTimeMs (${objectTimeMs}): reading the PDF took longer than that allows; ${number - 1} of its ${numPages} pages were read. Raise the limit and scan it again.`;
      reportGap(context, 'timeout', detail);
      break;
    }
    await guarded(
      async () => {
        const page = await inTime(context, document.getPage(number));
        await readPage(context, { document, page, state }, readWhole);
        page.cleanup();
      },
      (error) => {
        if (error instanceof LimitError) throw error;
        damaged.push(number);
      },
    );
  }
  if (numPages > pdfPages) {
    const detail = `pdfPages (${pdfPages}): it has ${numPages} pages; the first were read. Raise the limit, or split the file.`;
    reportGap(context, 'too-large', detail);
  }
  if (damaged.length > 0) reportDamaged(context, damaged, numPages);
}

function reportDamaged(context: Context, damaged: readonly number[], pages: number): void {
  const told = damaged.slice(0, TOLD_PAGES).join(', ');
  const more = damaged.length > TOLD_PAGES ? ` and ${damaged.length - TOLD_PAGES} more` : '';
  const detail = `Of its ${pages} pages these could not be read to their end: ${told}${more}. Open and save it again, or look at them by hand.`;
  reportGap(context, 'malformed', detail);
}

interface Opened {
  readonly document: PDFDocumentProxy;
  readonly page: PDFPageProxy;
  readonly state: State;
}

async function readPage(
  context: Context,
  { document, page, state }: Opened,
  readWhole: ReadWhole,
): Promise<void> {
  const { cells, seen, refs, unlisted } = state;
  const place = `${unlisted ? 'unlisted ' : ''}page ${page.pageNumber}`;
  if (page.ref) refs.add(`${page.ref.num} ${page.ref.gen} R`);
  const { runs, characters, cut } = await inTime(context, pageText(page, context.budget.leftMs));
  for (const run of runs) {
    for (const block of layOut(run)) {
      if (block.kind === 'table') cells.table(place, block);
      else emitText(context, block.text, `${placePrefix(context)}${place}`);
    }
  }
  if (cut) throw new Error('more text than a page can hold');
  const { fields, notes, files } = await inTime(context, pageNotes(page));
  if (fields.length > 0) cells.record(`${place} form field`, fields);
  if (notes.length > 0)
    emitText(context, notes.join('\n\n'), `${placePrefix(context)}${place} (note)`);
  for (const { name, id } of files) {
    const bytes = await inTime(context, document.getAttachmentContent(id));
    if (bytes) await readFile(context, name, bytes, readWhole);
  }
  if (characters < FEW_CHARACTERS) await readDrawnPage(context, page, place);
  else await readPagePictures(context, page, place, seen);
}

/** The library may go on for as long as it likes over a hostile page; the others wait for nobody. */
async function inTime<T>(context: Context, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const ms = Math.max(1, context.budget.leftMs());
    timer = setTimeout(() => reject(new Error('took too long')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function readAttachments(
  context: Context,
  document: PDFDocumentProxy,
  readWhole: ReadWhole,
): Promise<void> {
  const attachments = await inTime(context, document.getAttachments());
  for (const [id, { filename, content }] of attachments ?? []) {
    const bytes = content ?? (await inTime(context, document.getAttachmentContent(id)));
    if (bytes) await readFile(context, filename || id, bytes, readWhole);
  }
}

interface Bookmark {
  readonly title: string;
  readonly items: readonly Bookmark[];
}

/** The bookmarks: a file of many people often has one for each. */
async function readOutline(context: Context, document: PDFDocumentProxy): Promise<void> {
  const outline: readonly Bookmark[] = (await inTime(context, document.getOutline())) ?? [];
  const titles: string[] = [];
  const waiting = [...outline].reverse();
  for (let next = waiting.pop(); next && titles.length < MAX_BOOKMARKS; next = waiting.pop()) {
    titles.push(next.title);
    waiting.push(...[...next.items].reverse());
  }
  if (titles.length > 0) emitText(context, titles.join('\n'), `${placePrefix(context)}bookmarks`);
}

async function readFile(
  context: Context,
  name: string,
  bytes: Uint8Array,
  readWhole: ReadWhole,
): Promise<void> {
  const { archiveMembers, nestingDepth } = context.limits;
  if (depth(context) >= nestingDepth) {
    throw new LimitError(`nestingDepth (${nestingDepth}): files lie deeper than that`);
  }
  if (!context.budget.member()) {
    throw new LimitError(`archiveMembers (${archiveMembers}): it holds more files than that`);
  }
  const inner = inside(context, name);
  await guarded(
    () => readWhole(inner, bytes),
    () => reportGap(inner, 'malformed', 'The attached file could not be read to its end.'),
  );
}
