/**
 * What a workbook holds besides its cells: headers and footers, lists to choose from, text boxes,
 * charts, pictures, what a pivot table keeps of its source, document properties, embedded files.
 */
import { readBiffParts } from './biff.ts';
import { CompoundFile } from './cfb.ts';
import { type Context, guarded, reportGap } from './context.ts';
import { readPart, readPicture, reportPictures } from './document.ts';
import type { ReadWhole } from './member.ts';
import { NamedCells } from './named.ts';
import { partOf } from './officeparts.ts';
import { readTags, type Tag } from './tags.ts';
import { zipDirectory } from './zip.ts';

/** What stands in a sheet's part behind its cells, taken while it is weighed. */
export interface SheetTail {
  readonly name: string;
  push(chunk: Uint8Array): void;
  text(): string;
}

const END_OF_CELLS = '</sheetData>';
const MAX_TAIL_BYTES = 4 * 1024 * 1024;

export function openTail(name: string): SheetTail {
  let before = '';
  let kept: Uint8Array[] | null = null;
  let size = 0;
  return {
    name,
    push(chunk) {
      if (kept) {
        if (size < MAX_TAIL_BYTES) kept.push(chunk);
        size += chunk.length;
        return;
      }
      const text = before + Buffer.from(chunk).toString('latin1');
      const end = text.lastIndexOf(END_OF_CELLS);
      if (end === -1) before = text.slice(-END_OF_CELLS.length);
      else kept = [Buffer.from(text.slice(end), 'latin1')];
    },
    text: () => (kept ? Buffer.concat(kept).toString('utf8') : ''),
  };
}

/** Elements whose text people typed; others name ranges and styles. */
const TYPED: Readonly<Record<string, string>> = {
  oddHeader: 'header',
  evenHeader: 'header',
  firstHeader: 'header',
  oddFooter: 'footer',
  evenFooter: 'footer',
  firstFooter: 'footer',
  formula1: 'list of choices',
  formula2: 'list of choices',
};
/** `&L`, `&"Arial,Bold"`, `&12`: where it stands and how it looks. */
const LAYOUT = /&(?:"[^"]{0,100}"|K[0-9A-F]{6}|\d{1,3}|[A-Z])/g;

async function readTail(context: Context, tail: SheetTail): Promise<void> {
  const source = tail.text();
  if (!/<(odd|even|first)(Header|Footer)|<dataValidation/.test(source)) return;
  const cells = new NamedCells(context);
  const number = Number(/(\d+)\.xml$/.exec(tail.name)?.[1] ?? 1);
  const place = cells.place('sheet ', ' ');
  let word: string | undefined;
  let text = '';
  await readTags(source, false, {
    tag(tag: Tag) {
      if (tag.closing && word !== undefined) {
        const plain =
          word === 'list of choices' ? text.replace(/[",]/g, ' ') : text.replace(LAYOUT, ' ');
        cells.cell(cells.column(word, word), plain);
        cells.end(place, number);
      }
      word = tag.closing || tag.empty ? undefined : TYPED[tag.name];
      text = '';
      if (tag.closing) return;
      for (const [key, value] of tag.attributes) {
        if (!/^(prompt|error)(Title)?$/.test(key)) continue;
        cells.cell(cells.column(key, key), value);
        cells.end(place, number);
      }
    },
    text(more) {
      text += more;
    },
    comment() {},
  });
  cells.flush();
}

export async function readWorkbookParts(
  context: Context,
  bytes: Uint8Array,
  tails: readonly SheetTail[],
  readWhole: ReadWhole,
): Promise<void> {
  if (bytes[0] === 0xd0) {
    await guarded(
      async () => {
        const file = new CompoundFile(bytes);
        await readBiffParts(context, file, file.root, readWhole);
      },
      () => reportGap(context, 'malformed', 'What lies beside the cells could not be read.'),
    );
  }
  if (bytes[0] !== 0x50) return;
  const { members } = await zipDirectory(bytes, context.limits.archiveMembers);
  for (const tail of tails) {
    await guarded(
      () => readTail(context, tail),
      () => reportGap(context, 'malformed', 'The headers and lists of a sheet could not be read.'),
    );
  }
  let pictures = 0;
  for (const member of members) {
    const name = Buffer.from(member.rawName).toString();
    const part = partOf(name);
    // The cells are read, and their links with them.
    if (name === 'content.xml' || part.kind === 'links') continue;
    if (part.kind === 'picture') {
      if (await readPicture(context, name, member, readWhole)) pictures += 1;
    } else await readPart(context, name, member, part, readWhole);
  }
  reportPictures(context, pictures);
}
