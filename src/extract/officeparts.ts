/** The parts of an office package: what each one is, by its name, and where it stands for a reader. */

import { type Context, guarded, inside, reportGap } from './context.ts';
import { Flow } from './flow.ts';
import { inflate } from './inflate.ts';
import { NamedCells } from './named.ts';
import { OfficeXml, plainUrl } from './officexml.ts';
import { openTags, readTags, type Tag } from './tags.ts';
import { decompressor, type ZipMember } from './zip.ts';

export type PartKind =
  | 'flow'
  | 'properties'
  | 'links'
  | 'data'
  | 'cache'
  | 'file'
  | 'picture'
  | 'none';

export interface Part {
  readonly kind: PartKind;
  /** Where its text stands: empty for the body. */
  readonly label: string;
}

const NONE: Part = { kind: 'none', label: '' };

/** Parts with text of their own, and their places; `$1` is the part's number. */
const FLOWS: readonly (readonly [RegExp, string])[] = [
  [/^word\/document\d*\.xml$/, ''],
  [/^word\/header(\d*)\.xml$/, 'header $1'],
  [/^word\/footer(\d*)\.xml$/, 'footer $1'],
  [/^word\/(?:footnotes|endnotes|comments|people)\.xml$/, 'notes'],
  [/^word\/glossary\/document\.xml$/, 'building blocks'],
  [/^(?:word|ppt|xl)\/charts\/chart(\d*)\.xml$/, 'chart $1'],
  [/^xl\/drawings\/drawing(\d*)\.xml$/, 'drawing $1'],
  [/^(?:word|ppt|xl)\/diagrams\/data(\d*)\.xml$/, 'diagram $1'],
  [/^ppt\/slides\/slide(\d+)\.xml$/, 'slide $1'],
  [/^ppt\/notesSlides\/notesSlide(\d+)\.xml$/, 'notes of slide $1'],
  [/^ppt\/comments\/[^/]*?(\d*)\.xml$/, 'comments'],
  [/^ppt\/(?:commentA|a)uthors\.xml$/, 'comments'],
  [/^ppt\/slideMasters\/slideMaster(\d+)\.xml$/, 'slide master $1'],
  [/^ppt\/slideLayouts\/slideLayout(\d+)\.xml$/, 'slide layout $1'],
  [/^ppt\/(?:notesMasters|handoutMasters)\/[^/]*?(\d+)\.xml$/, 'notes master $1'],
  [/^content\.xml$/, ''],
  [/^styles\.xml$/, 'page style'],
  [/^Object (\d+)\/content\.xml$/, 'object $1'],
];

const PROPERTIES = /^(docProps\/(core|app|custom)\.xml|meta\.xml)$/;
const DATA = /^customXml\/item\d+\.xml$|^xl\/(externalLinks\/[^/]+|connections)\.xml$/;
/** What a pivot table was made of, which stays when its sheet is deleted. */
const CACHE = /^xl\/pivotCache\/[^/]+\.xml$/;
const FILES =
  /^(word|ppt|xl)\/embeddings\/|^word\/afchunk|^word\/[^/]+\.(html?|mht|rtf|txt)$|^Object [^/]*$|^(ObjectReplacements|Objects)\//i;
const PICTURES = /^(word|ppt|xl)\/media\/|^Pictures\//;

export function partOf(name: string): Part {
  for (const [pattern, label] of FLOWS) {
    const found = pattern.exec(name);
    if (found) return { kind: 'flow', label: label.replace('$1', found[1] ?? '').trim() };
  }
  if (PROPERTIES.test(name)) return { kind: 'properties', label: 'property ' };
  if (name.endsWith('.rels')) return { kind: 'links', label: 'link ' };
  if (DATA.test(name)) return { kind: 'data', label: name };
  if (CACHE.test(name)) return { kind: 'cache', label: 'pivot table ' };
  if (PICTURES.test(name)) return { kind: 'picture', label: name };
  return FILES.test(name) ? { kind: 'file', label: name } : NONE;
}

/** Takes a part's bytes as they come out of the zip; false when it could not be read to its end. */
export async function unpackPart(
  context: Context,
  member: ZipMember,
  take: (chunk: Uint8Array) => void,
): Promise<boolean> {
  if ((member.flags & 1) !== 0) {
    reportGap(context, 'encrypted', 'This part of the document is encrypted; it was not read.');
    return false;
  }
  const through = decompressor(member);
  if (through === 'stored') {
    take(member.data);
    return true;
  }
  if (through === null) {
    const detail = `It is compressed by method ${member.method}, which ajar does not read.`;
    reportGap(context, 'unsupported', detail);
    return false;
  }
  const { limit, damage } = await inflate(context, through, member.data, take);
  if (limit !== null) {
    reportGap(context, 'too-large', `${limit}. What came before in this part was read.`);
  } else if (damage !== null || member.cut) {
    const detail = 'This part of the document is damaged; what came before was read.';
    reportGap(context, member.cut ? 'truncated' : 'malformed', detail);
  }
  return limit === null && damage === null;
}

/** A small part as text; empty when it cannot be read. */
export async function partText(context: Context, member: ZipMember): Promise<string> {
  const chunks: Uint8Array[] = [];
  await unpackPart(context, member, (chunk) => chunks.push(chunk));
  const bytes = Buffer.concat(chunks);
  return xmlDecoder(bytes).decode(bytes);
}

type Decoder = InstanceType<typeof TextDecoder>;

/** Office XML is UTF-8 or UTF-16, and says so by its mark. */
function xmlDecoder(head: Uint8Array): Decoder {
  const [a, b] = head;
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le');
  return new TextDecoder(a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8');
}

/** Reads a part's text while it is unpacked: a document of any length needs one window of it. */
export async function readFlow(context: Context, member: ZipMember, label: string): Promise<void> {
  const flow = new Flow(context, label);
  const reader = new OfficeXml(flow);
  const tags = await openTags(false, reader);
  let decoder: Decoder | null = null;
  await guarded(
    async () => {
      await unpackPart(context, member, (chunk) => {
        decoder ??= xmlDecoder(chunk);
        tags.push(decoder.decode(chunk, { stream: true }));
      });
    },
    () => reportGap(context, 'malformed', 'A part of the document could not be read to its end.'),
  );
  tags.end();
  reader.end();
  flow.end();
}

/** A document that is one XML text: flat OpenDocument, Word 2003, an OPC package in one file. */
export async function readFlatDocument(context: Context, source: string): Promise<void> {
  const flow = new Flow(context);
  const reader = new OfficeXml(flow);
  await readTags(source, false, reader);
  reader.end();
  flow.end();
}

/** What the program counts for itself. */
const COUNTED =
  /^(TotalTime|Pages|Words|Characters|CharactersWithSpaces|Lines|Paragraphs|Slides|Notes|HiddenSlides|MMClips|ScaleCrop|LinksUpToDate|SharedDoc|HyperlinksChanged|DocSecurity|HeadingPairs|AppVersion|editing-cycles|editing-duration|revision)$/;

/** Document properties: each one that holds a text is a named value. */
export async function readProperties(context: Context, source: string): Promise<void> {
  const cells = new NamedCells(context);
  const place = cells.place('property ', '');
  let name = '';
  let text = '';
  await readTags(source, false, {
    tag(tag: Tag) {
      if (tag.closing && text.trim() !== '' && !COUNTED.test(name)) {
        cells.cell(cells.column(name, name), text);
        cells.end(place, null);
      }
      text = '';
      if (tag.closing) return;
      const own = tag.attributes.find(([key]) => key === 'name' || key === 'meta:name')?.[1];
      const local = tag.name.slice(tag.name.indexOf(':') + 1);
      // `vt:lpwstr` holds the value of the property around it.
      if (!tag.name.startsWith('vt:')) name = own ?? local;
    },
    text(more) {
      text += more;
    },
    comment() {},
  });
  cells.flush();
}

/** Link targets outside the document: `mailto:` addresses, query strings. */
export async function readLinks(context: Context, source: string): Promise<void> {
  const cells = new NamedCells(context);
  const place = cells.place('link target', null);
  await readTags(source, false, {
    tag(tag: Tag) {
      const all = new Map(tag.attributes);
      if (all.get('TargetMode') !== 'External') return;
      cells.cell(cells.column('link', 'link'), plainUrl(all.get('Target') ?? ''));
      cells.end(place, null);
    },
    text() {},
    comment() {},
  });
  cells.flush();
}

/** The values that a pivot table keeps of its source: `<s v="…"/>` in rows or in lists of those that occur. */
export async function readCache(context: Context, source: string): Promise<void> {
  const cells = new NamedCells(context);
  const place = cells.place('pivot table value ', null);
  let field = '';
  let value = 0;
  await readTags(source, false, {
    tag(tag: Tag) {
      if (tag.closing) return;
      const all = new Map(tag.attributes);
      if (tag.name === 'cacheField') field = all.get('name') ?? '';
      const text = /^[snd]$/.test(tag.name) ? all.get('v') : undefined;
      if (text === undefined) return;
      value += 1;
      cells.cell(cells.column(field, field), text);
      cells.end(place, value);
    },
    text() {},
    comment() {},
  });
  cells.flush();
}

/** The context of a file inside the document. */
export function partContext(context: Context, name: string): Context {
  return inside(context, name.slice(name.lastIndexOf('/') + 1));
}
