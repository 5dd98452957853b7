/**
 * `winmail.dat`: what Exchange makes of a mail for readers that it takes for Outlook. Its texts, its
 * body and its attachments. Source: [MS-OXTNEF].
 */
import { codepageLabel } from './codepages.ts';
import { type Context, inside, reportGap } from './context.ts';
import { type Embedded, readEmbedded } from './embedded.ts';
import { Flow } from './flow.ts';
import { type Property, readProperties } from './mapi.ts';
import type { ReadWhole } from './member.ts';
import { MESSAGE_TEXTS, UNTOLD } from './msgnames.ts';
import { decompressRtf } from './rtfcompressed.ts';

/** The low half of an attribute's tag. */
const ATTRIBUTE = {
  subject: 0x8004,
  body: 0x800c,
  properties: 0x9003,
  recipients: 0x9004,
  codepage: 0x9007,
  newAttachment: 0x9002,
  attachmentTitle: 0x8010,
  attachmentData: 0x800f,
  attachmentProperties: 0x9005,
} as const;

/** Signature and key before the first attribute. */
const HEAD_BYTES = 6;
/** Level, tag and length before the data, a checksum behind it. */
const ATTRIBUTE_HEAD = 9;
const CHECKSUM_BYTES = 2;

const BODY = '1000';
const HTML = '1013';
const RTF = '1009';
const LONG_NAME = '3707';
const SHORT_NAME = '3704';
const DATA = '3701';
/** An embedded message follows the identifier of its interface. */
const INTERFACE_BYTES = 16;

interface Attachment {
  name: string;
  data: Uint8Array | null;
}

interface Attribute {
  readonly id: number;
  readonly data: Buffer;
}

/** Attributes up to the end or the damage, which `cut` tells. */
function attributesOf(bytes: Uint8Array): {
  readonly attributes: readonly Attribute[];
  readonly cut: boolean;
} {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const attributes: Attribute[] = [];
  for (let at = HEAD_BYTES; at < buffer.length; ) {
    if (at + ATTRIBUTE_HEAD > buffer.length) return { attributes, cut: true };
    const length = buffer.readUInt32LE(at + 5);
    const start = at + ATTRIBUTE_HEAD;
    attributes.push({
      id: buffer.readUInt16LE(at + 1),
      data: buffer.subarray(start, start + length),
    });
    at = start + length + CHECKSUM_BYTES;
    if (start + length > buffer.length) return { attributes, cut: true };
  }
  return { attributes, cut: false };
}

export async function readTnef(
  context: Context,
  bytes: Uint8Array,
  readWhole: ReadWhole,
): Promise<void> {
  const { attributes, cut } = attributesOf(bytes);
  const page = attributes.find(({ id }) => id === ATTRIBUTE.codepage)?.data;
  const label = codepageLabel(page && page.length >= 4 ? page.readUInt32LE(0) : 1252);
  const narrow = (data: Uint8Array): string =>
    new TextDecoder(label).decode(data).replace(/\0+$/, '');
  const flow = new Flow(context, 'message');
  const bodies: Embedded[] = [];
  const attachments: Attachment[] = [];
  let recipients = 0;
  for (const { id, data } of attributes) {
    const last = attachments.at(-1);
    if (id === ATTRIBUTE.subject) flow.value('subject', narrow(data), 'header ');
    else if (id === ATTRIBUTE.body) bodies.push({ name: 'body', bytes: utf8(narrow(data)) });
    else if (id === ATTRIBUTE.properties) {
      bodies.push(...messageBodies(context, flow, readProperties(data, label).properties));
    } else if (id === ATTRIBUTE.recipients) {
      for (const one of recipientsOf(data, label)) {
        recipients += 1;
        writeTexts(flow, one, `recipient ${recipients} `);
      }
    } else if (id === ATTRIBUTE.newAttachment) attachments.push({ name: '', data: null });
    else if (last && id === ATTRIBUTE.attachmentTitle) last.name ||= narrow(data);
    else if (last && id === ATTRIBUTE.attachmentData) last.data = data;
    else if (last && id === ATTRIBUTE.attachmentProperties) {
      describe(last, readProperties(data, label).properties);
    }
  }
  flow.end();
  if (cut) {
    reportGap(context, 'truncated', 'The winmail.dat ends in the middle; what was there was read.');
  }
  await readEmbedded(context, bodies, readWhole);
  const files = attachments.flatMap(({ name, data }) =>
    data ? [{ name: name || 'attachment', bytes: data }] : [],
  );
  await readEmbedded(context, files, readWhole);
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function writeTexts(flow: Flow, properties: readonly Property[], where: string): void {
  for (const { id, text } of properties) {
    if (text === null || UNTOLD.has(id) || id === BODY || id === HTML) continue;
    flow.value(MESSAGE_TEXTS[id] ?? `property ${id}`, text, where);
  }
}

function messageBodies(
  context: Context,
  flow: Flow,
  properties: readonly Property[],
): readonly Embedded[] {
  writeTexts(flow, properties, 'header ');
  return properties.flatMap(({ id, text, bytes }): Embedded[] => {
    if (id === BODY && text !== null) return [{ name: 'body', bytes: utf8(text) }];
    if (id === HTML) return [{ name: 'body.html', bytes: bytes ?? utf8(text ?? '') }];
    if (id !== RTF || bytes === null) return [];
    const rtf = decompressRtf(Buffer.from(bytes), context.limits.expandedBytes);
    if (rtf) return [{ name: 'body.rtf', bytes: rtf }];
    const detail = 'The message’s formatted text is damaged; it was not read.';
    reportGap(inside(context, 'body.rtf'), 'malformed', detail);
    return [];
  });
}

/** A count, then each one's properties. */
function recipientsOf(data: Buffer, label: string): readonly (readonly Property[])[] {
  const found: (readonly Property[])[] = [];
  for (let at = 4; at + 4 <= data.length; ) {
    const { properties, size } = readProperties(data.subarray(at), label);
    if (size === 0) break;
    found.push(properties);
    at += size;
  }
  return found;
}

function describe(attachment: Attachment, properties: readonly Property[]): void {
  for (const { id, text, bytes, object } of properties) {
    if ((id === LONG_NAME || (id === SHORT_NAME && attachment.name === '')) && text) {
      attachment.name = text;
    } else if (id === DATA && bytes && bytes.length > INTERFACE_BYTES && object) {
      attachment.data = bytes.subarray(INTERFACE_BYTES);
    } else if (id === DATA && bytes) attachment.data ??= bytes;
  }
}
