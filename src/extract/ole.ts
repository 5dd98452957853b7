/** Compound files by what lies in them: a Word document, a presentation, a message, files embedded in any. */
import { blips } from './blips.ts';
import { type CfbEntry, CompoundFile, childNamed } from './cfb.ts';
import { type Context, depth, guarded, inside, reportGap } from './context.ts';
import { readDoc } from './doc.ts';
import { readEmbedded } from './embedded.ts';
import type { ReadWhole } from './member.ts';
import { holdsMessage, readMsg } from './msg.ts';
import { readOleProperties } from './oleproperties.ts';
import { readPpt } from './ppt.ts';
import { readWorkbook } from './workbook.ts';

export async function readOle(
  context: Context,
  bytes: Uint8Array,
  readWhole: ReadWhole,
): Promise<void> {
  let file: CompoundFile;
  try {
    file = new CompoundFile(bytes);
  } catch {
    const detail =
      'An old Office file whose directory is damaged; it was not read. Upload it again whole.';
    reportGap(context, 'malformed', detail);
    return;
  }
  const known = await readStorage(context, file, file.root, readWhole);
  if (!known) {
    const detail = 'A compound file (OLE) of a program that ajar does not know; it was not read.';
    reportGap(context, 'unsupported', detail);
  }
  if (file.cut) {
    const detail =
      'The file ends before some of its streams do; what was there was read. Upload it again whole.';
    reportGap(context, 'truncated', detail);
  }
}

/** True when something in the storage could be read, or told why not. */
async function readStorage(
  context: Context,
  file: CompoundFile,
  storage: CfbEntry,
  readWhole: ReadWhole,
): Promise<boolean> {
  let known = false;
  const attempt = async (read: () => boolean | Promise<boolean>) => {
    await guarded(
      async () => {
        if (await read()) known = true;
      },
      () => {
        known = true;
        const detail = 'The document is damaged; what came before the damage was read.';
        reportGap(context, 'malformed', detail);
      },
    );
  };
  if (holdsMessage(storage)) {
    await attempt(async () => {
      await readMsg(context, file, storage, readWhole);
      return true;
    });
    return known;
  }
  await attempt(() => readDoc(context, file, storage));
  await attempt(() => readPpt(context, file, storage));
  await attempt(async () => {
    readOleProperties(context, file, storage);
    return false;
  });
  await attempt(async () => {
    for (const stream of ['Data', 'Pictures']) {
      await readEmbedded(context, blips(file.named(storage, stream)), readWhole);
    }
    return false;
  });
  await attempt(() => readObjects(context, file, storage, readWhole));
  return known;
}

/** Files embedded in the document: packages, PDFs, workbooks, documents of their own. */
async function readObjects(
  context: Context,
  file: CompoundFile,
  storage: CfbEntry,
  readWhole: ReadWhole,
): Promise<boolean> {
  if (depth(context) >= context.limits.nestingDepth) return false;
  let known = false;
  for (const child of storage.children) {
    if (child.name === 'Package' || child.name === 'CONTENTS' || child.name === '\x01Ole10Native') {
      const data = file.stream(child);
      const packed = child.name === '\x01Ole10Native' ? nativeFile(data) : { name: '', data };
      const inner = inside(context, packed.name || `object ${storage.name}`);
      if (packed.data.length > 0) await readWhole(inner, packed.data);
      known = true;
    } else if (child.storage) {
      const inner = inside(context, `object ${child.name}`);
      // Under ObjectPool lie storages; only those that hold something are a place.
      const pool = child.name === 'ObjectPool' || /^MBD[0-9A-F]+$/.test(child.name);
      const where = pool && child.name === 'ObjectPool' ? context : inner;
      const book = childNamed(child, 'Workbook') ?? childNamed(child, 'Book');
      if (book) {
        await readWorkbook(where, file.stream(book), readWhole);
        known = true;
      } else if (await readStorage(where, file, child, readWhole)) known = true;
    }
  }
  return known;
}

/** A file that was dropped into a document: its name, paths and bytes. Source: [MS-OLEDS] 2.3.6, as written by the packager. */
function nativeFile(data: Buffer): { readonly name: string; readonly data: Buffer } {
  let at = 6;
  const text = (): string => {
    const end = data.indexOf(0, at);
    const value = data.toString('latin1', at, end === -1 ? data.length : end);
    at = end === -1 ? data.length : end + 1;
    return value;
  };
  const name = text();
  text();
  at += 4;
  if (at + 4 > data.length) return { name: '', data: data.subarray(4) };
  at += 4 + data.readUInt32LE(at);
  if (at + 4 > data.length) return { name: '', data: data.subarray(4) };
  const size = data.readUInt32LE(at);
  return { name, data: data.subarray(at + 4, at + 4 + size) };
}
