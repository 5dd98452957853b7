/**
 * docx, pptx, odt, odp and their kin: a zip of XML parts, and of files embedded in them. Places are
 * those of the document, not of the zip: nobody opens `word/header2.xml`.
 */
import { type Context, guarded, reportGap } from './context.ts';
import type { ReadWhole } from './member.ts';
import {
  type Part,
  partContext,
  partOf,
  partText,
  readCache,
  readFlow,
  readLinks,
  readProperties,
  unpackPart,
} from './officeparts.ts';
import { plainUrl } from './officexml.ts';
import { recognise } from './recognise.ts';
import { readTags } from './tags.ts';
import { UNREAD } from './unread.ts';
import { readXml } from './xml.ts';
import { type ZipMember, zipDirectory } from './zip.ts';

type Members = ReadonlyMap<string, ZipMember>;

/** True when it was read; false when the zip holds nothing and should be read as one. */
export async function readDocument(
  context: Context,
  bytes: Uint8Array,
  readWhole: ReadWhole,
): Promise<boolean> {
  const { members, damage } = await zipDirectory(bytes, context.limits.archiveMembers);
  if (members.length === 0) return false;
  const named: Members = new Map(
    members.map((member) => [Buffer.from(member.rawName).toString(), member] as const),
  );
  if (await encrypted(context, named)) {
    const detail = 'The document is protected with a password; it was not read.';
    reportGap(context, 'encrypted', detail);
    return true;
  }
  const slides = await slideNumbers(context, named);
  let pictures = 0;
  for (const [name, member] of named) {
    const part = partOf(name);
    if (part.kind === 'picture' && (await readPicture(context, name, member, readWhole))) {
      pictures += 1;
    } else await readPart(context, name, member, placed(name, part, slides), readWhole);
  }
  reportPictures(context, pictures);
  if (damage !== null) {
    const detail = `The document is damaged; ${members.length} of its parts were found and read. Upload it again whole.`;
    reportGap(context, 'truncated', detail);
  }
  return true;
}

export async function readPart(
  context: Context,
  name: string,
  member: ZipMember,
  part: Part,
  readWhole: ReadWhole,
): Promise<void> {
  await guarded(
    async () => {
      if (part.kind === 'flow') await readFlow(context, member, part.label);
      else if (part.kind === 'properties') {
        await readProperties(context, await partText(context, member));
      } else if (part.kind === 'links') await readLinks(context, await partText(context, member));
      else if (part.kind === 'data') {
        const text = await partText(context, member);
        await readXml(partContext(context, name), new TextEncoder().encode(text), readWhole);
      } else if (part.kind === 'cache') await readCache(context, await partText(context, member));
      else if (part.kind === 'file') await readFile(context, name, member, readWhole);
    },
    () => reportGap(context, 'malformed', 'A part of the document could not be read to its end.'),
  );
}

async function fileBytes(context: Context, member: ZipMember): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  await unpackPart(context, member, (chunk) => chunks.push(chunk));
  return Buffer.concat(chunks);
}

async function readFile(
  context: Context,
  name: string,
  member: ZipMember,
  readWhole: ReadWhole,
): Promise<void> {
  const inner = partContext(context, name);
  const bytes = await fileBytes(inner, member);
  // Replacement pictures of embedded objects, drawn by the program: the object itself is read.
  if (name.startsWith('ObjectReplacements/')) return;
  if (bytes.length > 0) await readWhole(inner, bytes);
}

export function reportPictures(context: Context, pictures: number): void {
  if (pictures === 0) return;
  const detail = `It holds ${pictures} pictures of a kind that ajar does not open. Look at them by hand.`;
  reportGap(context, 'unsupported', detail);
}

/** True for a picture whose text nothing here reads. Drawings of programs (EMF, WMF, SVM) count as none. */
export async function readPicture(
  context: Context,
  name: string,
  member: ZipMember,
  readWhole: ReadWhole,
): Promise<boolean> {
  if (member.data.length === 0 || /\.(emf|wmf|emz|wmz|svm)$/i.test(name)) return false;
  const inner = partContext(context, name);
  const bytes = await fileBytes(inner, member);
  const format: string = recognise(bytes, name);
  if (Object.hasOwn(UNREAD, format) && format !== 'empty') return true;
  await guarded(
    () => readWhole(inner, bytes),
    () => reportGap(inner, 'malformed', 'The picture could not be read to its end.'),
  );
  return false;
}

/** OpenDocument says in its manifest which parts are encrypted; since 1.4 all are, in one. */
async function encrypted(context: Context, members: Members): Promise<boolean> {
  if (members.has('encrypted-package')) return true;
  const manifest = members.get('META-INF/manifest.xml');
  if (manifest === undefined) return false;
  return (await partText(context, manifest)).includes('encryption-data');
}

/** Part name → number of the slide as shown; empty for what is no presentation. */
async function slideNumbers(
  context: Context,
  members: Members,
): Promise<ReadonlyMap<string, number>> {
  const numbers = new Map<string, number>();
  const presentation = members.get('ppt/presentation.xml');
  if (presentation === undefined) return numbers;
  const targets = await relations(context, members, 'ppt/presentation.xml');
  await readTags(await partText(context, presentation), false, {
    tag({ name, attributes }) {
      if (!name.endsWith('sldId')) return;
      const id = attributes.find(([key]) => key.endsWith(':id'))?.[1] ?? '';
      const target = targets.get(id);
      if (target !== undefined) numbers.set(target, numbers.size + 1);
    },
    text() {},
    comment() {},
  });
  for (const name of members.keys()) {
    if (!/^ppt\/(notesSlides|comments)\/[^/]*\.xml$/.test(name)) continue;
    for (const target of (await relations(context, members, name)).values()) {
      const number = numbers.get(target);
      if (number !== undefined) numbers.set(name, number);
    }
  }
  for (const [slide, number] of [...numbers]) {
    for (const target of (await relations(context, members, slide)).values()) {
      if (target.startsWith('ppt/comments/')) numbers.set(target, number);
    }
  }
  return numbers;
}

function placed(name: string, part: Part, slides: ReadonlyMap<string, number>): Part {
  const number = slides.get(name);
  if (number === undefined) return part;
  if (name.startsWith('ppt/slides/')) return { ...part, label: `slide ${number}` };
  const word = name.startsWith('ppt/notesSlides/') ? 'notes' : 'comments';
  return { ...part, label: `${word} of slide ${number}` };
}

/** Relation id → part name. */
async function relations(
  context: Context,
  members: Members,
  name: string,
): Promise<ReadonlyMap<string, string>> {
  const folder = name.slice(0, name.lastIndexOf('/') + 1);
  const member = members.get(`${folder}_rels/${name.slice(folder.length)}.rels`);
  const targets = new Map<string, string>();
  if (member === undefined) return targets;
  await readTags(await partText(context, member), false, {
    tag({ attributes }) {
      const all = new Map(attributes);
      const target = all.get('Target');
      const id = all.get('Id');
      if (target === undefined || id === undefined) return;
      targets.set(id, resolved(folder, target));
    },
    text() {},
    comment() {},
  });
  return targets;
}

/** `../slides/slide1.xml` from `ppt/notesSlides/`. */
function resolved(folder: string, target: string): string {
  const steps = target.startsWith('/') ? [] : folder.split('/').filter((step) => step !== '');
  for (const step of plainUrl(target).split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}
