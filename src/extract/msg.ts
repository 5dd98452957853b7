/**
 * Outlook messages (msg): a compound file in which each property is a stream named by its number and
 * type. All texts are read, whatever their property: contacts and appointments are messages too.
 * Source: [MS-OXMSG], [MS-OXPROPS].
 */
import { type CfbEntry, type CompoundFile, childNamed } from './cfb.ts';
import { codepageLabel } from './codepages.ts';
import { type Context, depth, guarded, inside, reportGap } from './context.ts';
import { Flow } from './flow.ts';
import type { ReadWhole } from './member.ts';
import { MESSAGE_TEXTS, UNTOLD } from './msgnames.ts';
import { decompressRtf } from './rtfcompressed.ts';
import { openText } from './text.ts';

const PROPERTIES = '__properties_version1.0';
const TEXT = /^__substg1\.0_([0-9A-F]{4})001([EF])(?:-[0-9A-F]{8})?$/i;
const BODY = '1000';
const HTML = '1013';
const RTF = '1009';
const HEADERS = '007D';

/** Is there a message in the storage? */
export function holdsMessage(storage: CfbEntry): boolean {
  return childNamed(storage, PROPERTIES) !== undefined;
}

export async function readMsg(
  context: Context,
  file: CompoundFile,
  storage: CfbEntry,
  readWhole: ReadWhole,
): Promise<void> {
  const codepage = messageCodepage(file, storage);
  const flow = new Flow(context, 'message');
  writeTexts(flow, file, storage, codepage, 'header ');
  let people = 0;
  for (const child of storage.children) {
    if (!child.name.startsWith('__recip_version1.0_')) continue;
    people += 1;
    writeTexts(flow, file, child, codepage, `recipient ${people} `);
  }
  flow.end();
  await readBodies(context, file, storage, codepage, readWhole);
  for (const child of storage.children) {
    if (child.name.startsWith('__attach_version1.0_')) {
      await readAttachment(context, file, child, codepage, readWhole);
    }
  }
}

function propertyText(file: CompoundFile, entry: CfbEntry, type: string, codepage: number): string {
  const bytes = file.stream(entry);
  return type === 'F' || type === 'f'
    ? bytes.toString('utf16le')
    : new TextDecoder(codepageLabel(codepage)).decode(bytes);
}

function writeTexts(
  flow: Flow,
  file: CompoundFile,
  storage: CfbEntry,
  codepage: number,
  where: string,
): void {
  for (const entry of storage.children) {
    const found = TEXT.exec(entry.name);
    const id = found?.[1]?.toUpperCase();
    if (!found || id === undefined || UNTOLD.has(id) || id === BODY || id === HTML) continue;
    if (id === HEADERS) continue;
    const text = propertyText(file, entry, found[2] ?? 'F', codepage).replace(/\0/g, '');
    flow.value(MESSAGE_TEXTS[id] ?? `property ${id}`, text, where);
  }
}

/** The narrow texts' code page: the message's own, else the internet one. */
function messageCodepage(file: CompoundFile, storage: CfbEntry): number {
  const bytes = file.named(storage, PROPERTIES);
  const found = new Map<number, number>();
  for (let at = bytes.length % 16 === 8 ? 24 : 32; at + 16 <= bytes.length; at += 16) {
    found.set(bytes.readUInt32LE(at), bytes.readUInt32LE(at + 8));
  }
  return found.get(0x3ffd0003) ?? found.get(0x3fde0003) ?? 1252;
}

function streamOf(storage: CfbEntry, id: string, types: readonly string[]): CfbEntry | undefined {
  const names = types.map((type) => `__substg1.0_${id}${type}`);
  return storage.children.find((one) =>
    names.includes(one.name.toUpperCase().replace('__SUBSTG', '__substg')),
  );
}

async function readBodies(
  context: Context,
  file: CompoundFile,
  storage: CfbEntry,
  codepage: number,
  readWhole: ReadWhole,
): Promise<void> {
  for (const [id, name] of [
    [HEADERS, 'transport header'],
    [BODY, 'body'],
  ] as const) {
    const entry = streamOf(storage, id, ['001F', '001E']);
    if (!entry) continue;
    const reader = openText(inside(context, name));
    const type = entry.name.slice(-1);
    reader.push(new TextEncoder().encode(propertyText(file, entry, type, codepage)));
    reader.end();
  }
  const html = streamOf(storage, HTML, ['0102', '001F', '001E']);
  if (html) {
    const bytes = file.stream(html);
    const wide = html.name.endsWith('F');
    await readWhole(
      inside(context, 'body.html'),
      wide ? Buffer.from(bytes.toString('utf16le')) : bytes,
    );
    return;
  }
  const rtf = streamOf(storage, RTF, ['0102']);
  if (!rtf) return;
  const inner = inside(context, 'body.rtf');
  const text = decompressRtf(file.stream(rtf), context.limits.expandedBytes);
  if (text !== null) await readWhole(inner, text);
  else reportGap(inner, 'malformed', 'The message’s formatted text is damaged; it was not read.');
}

async function readAttachment(
  context: Context,
  file: CompoundFile,
  storage: CfbEntry,
  codepage: number,
  readWhole: ReadWhole,
): Promise<void> {
  const { limits } = context;
  if (depth(context) >= limits.nestingDepth) {
    const detail = `nestingDepth (${limits.nestingDepth}): an attachment lies deeper than that. Save it and scan the result.`;
    reportGap(context, 'too-large', detail);
    return;
  }
  if (!context.budget.member()) {
    const detail = `archiveMembers (${limits.archiveMembers}): the message has more attachments than that; the first were read.`;
    reportGap(context, 'too-large', detail);
    return;
  }
  const nameEntry = ['3707', '3704', '3001']
    .map((id) => streamOf(storage, id, ['001F', '001E']))
    .find((entry) => entry !== undefined);
  const name = nameEntry
    ? propertyText(file, nameEntry, nameEntry.name.slice(-1), codepage).replace(/\0/g, '')
    : '';
  const inner = inside(context, name || 'attachment');
  const data = streamOf(storage, '3701', ['0102']);
  const message = childNamed(storage, '__substg1.0_3701000D');
  await guarded(
    async () => {
      if (data) await readWhole(inner, file.stream(data));
      else if (message && holdsMessage(message)) await readMsg(inner, file, message, readWhole);
    },
    () => reportGap(inner, 'malformed', 'This attachment could not be read to its end.'),
  );
}
