/** docx, pptx, odt and their kin: a zip of XML parts, and of files embedded in them. */
import { type Context, guarded, inside, reportGap } from './context.ts';
import { inflate } from './inflate.ts';
import type { ReadWhole } from './member.ts';
import { OFFICE, readPage } from './page.ts';
import { decompressor, type ZipMember, zipDirectory } from './zip.ts';

/** Parts with text in them; styles, fonts and themes hold none. */
const TEXT_PARTS =
  /^(word\/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml|ppt\/(slides|notesSlides|comments)\/[^/]*\.xml|content\.xml|styles\.xml|meta\.xml|docProps\/(core|custom)\.xml)$/;
const EMBEDDED = /^(word|ppt)\/embeddings\/|^Object [^/]*\/content\.xml$/;
const PICTURES = /^(word|ppt)\/media\/|^Pictures\//;

/** True when it was read; false when the zip is damaged and should be read as one. */
export async function readDocument(
  context: Context,
  bytes: Uint8Array,
  readWhole: ReadWhole,
): Promise<boolean> {
  const { members, damage } = await zipDirectory(bytes, context.limits.archiveMembers);
  if (damage !== null) return false;
  let pictures = 0;
  for (const member of members) {
    const name = Buffer.from(member.rawName).toString();
    if (PICTURES.test(name) && member.data.length > 0) pictures += 1;
    const embedded = EMBEDDED.test(name);
    if (!embedded && !TEXT_PARTS.test(name)) continue;
    const inner = inside(context, name);
    const data = await unpacked(inner, member);
    if (data === null) continue;
    await guarded(
      () => (embedded ? readWhole(inner, data) : readPage(inner, data, OFFICE)),
      () =>
        reportGap(inner, 'malformed', 'This part of the document could not be read to its end.'),
    );
  }
  if (pictures > 0) {
    const detail = `It holds ${pictures} pictures; ajar does not read text in pictures. Look at them by hand.`;
    reportGap(context, 'unsupported', detail);
  }
  return true;
}

async function unpacked(context: Context, member: ZipMember): Promise<Uint8Array | null> {
  if ((member.flags & 1) !== 0) {
    reportGap(context, 'encrypted', 'This part of the document is encrypted; it was not read.');
    return null;
  }
  const through = decompressor(member);
  if (through === 'stored') return member.data;
  if (through === null) {
    reportGap(
      context,
      'unsupported',
      `It is compressed by method ${member.method}, which ajar does not read.`,
    );
    return null;
  }
  const parts: Uint8Array[] = [];
  const { limit, damage } = await inflate(context, through, member.data, (chunk) =>
    parts.push(chunk),
  );
  if (limit !== null) {
    reportGap(context, 'too-large', `${limit}. This part of the document was not read.`);
    return null;
  }
  if (damage !== null) {
    reportGap(
      context,
      'malformed',
      'This part of the document is damaged; what came before was read.',
    );
  }
  return Buffer.concat(parts);
}
