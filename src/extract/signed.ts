/**
 * Cryptographic messages (`smime.p7m`, `.p7s`, `.p7b`): what is signed is read, the signers'
 * certificates as text; what is encrypted is a gap. Signatures are not checked: contents are
 * contents. Source: RFC 5652, RFC 3274.
 */
import { createInflate } from 'node:zlib';
import { type Context, depth, inside, placePrefix, reportGap } from './context.ts';
import { type Element, elementAt, elementsIn, octets, TAG, textsIn } from './der.ts';
import { inflate } from './inflate.ts';
import { emitText } from './labelled.ts';
import { readMail } from './mail.ts';
import type { ReadWhole } from './member.ts';
import { COMPRESSED, ENCRYPTED, SIGNED } from './signedmark.ts';

/** Version, digests, contents, signers; certificates may be left out. */
const SIGNED_PARTS = 4;

interface Message {
  readonly kind: string;
  /** The element inside `[0]`. */
  readonly body: Element;
}

/** Null for what is no such message. */
function messageOf(bytes: Uint8Array): Message | null {
  const outer = elementAt(bytes, 0, bytes.length);
  if (outer?.tag !== TAG.sequence) return null;
  const [type, wrapper] = elementsIn(bytes, outer);
  if (type?.tag !== TAG.id || wrapper?.tag !== TAG.first) return null;
  const [body] = elementsIn(bytes, wrapper);
  const kind = Buffer.from(bytes.subarray(type.start, type.end)).toString('hex');
  return body ? { kind, body } : null;
}

export async function readSigned(
  context: Context,
  bytes: Uint8Array,
  readWhole: ReadWhole,
): Promise<void> {
  const { limits } = context;
  const message = messageOf(bytes);
  if (message === null) {
    reportGap(context, 'malformed', 'The signed or encrypted message is damaged; it was not read.');
    return;
  }
  if (ENCRYPTED.has(message.kind)) {
    const detail = 'The message is encrypted (S/MIME); it was not read.';
    reportGap(context, 'encrypted', detail);
    return;
  }
  if (depth(context) >= limits.nestingDepth) {
    const detail = `nestingDepth (${limits.nestingDepth}): a signed message lies deeper than that. Save it and scan the result.`;
    reportGap(context, 'too-large', detail);
    return;
  }
  const parts = [...elementsIn(bytes, message.body)];
  const contents = parts
    .filter(({ tag }) => tag === TAG.sequence)
    .at(message.kind === SIGNED ? 0 : -1);
  const content = contents ? contentOf(bytes, contents) : null;
  if (content !== null) {
    const inner = inside(context, 'signed contents');
    if (message.kind === COMPRESSED) await readUnpacked(inner, content, readWhole);
    else await readContents(inner, content, readWhole);
  }
  if (message.body.cut) {
    const detail = 'The signed message ends in the middle; what was there was read.';
    reportGap(context, 'truncated', detail);
  }
  const certificates = parts.find(({ tag }) => tag === TAG.first);
  if (content === null && !certificates && parts.length < SIGNED_PARTS && !message.body.cut) {
    const detail = 'The signed message holds neither contents nor certificates; it is damaged.';
    reportGap(context, 'malformed', detail);
  }
  if (certificates) {
    const texts = new Set(textsIn(bytes, certificates));
    if (texts.size > 0)
      emitText(context, [...texts].join('\n'), `${placePrefix(context)}certificates`);
  }
}

/** `{ type, [0] octets }`; null where the contents lie elsewhere, as those of a `.p7s` do. */
function contentOf(bytes: Uint8Array, element: Element): Uint8Array | null {
  const wrapper = [...elementsIn(bytes, element)].find(({ tag }) => tag === TAG.first);
  if (!wrapper) return null;
  const [inner] = elementsIn(bytes, wrapper);
  return inner ? octets(bytes, inner) : null;
}

async function readUnpacked(
  context: Context,
  packed: Uint8Array,
  readWhole: ReadWhole,
): Promise<void> {
  const chunks: Uint8Array[] = [];
  const { limit, damage } = await inflate(context, createInflate(), packed, (chunk) =>
    chunks.push(chunk),
  );
  if (limit !== null) reportGap(context, 'too-large', `${limit}. What came before was read.`);
  else if (damage !== null) {
    reportGap(
      context,
      'malformed',
      'The compressed message is damaged; what came before was read.',
    );
  }
  await readContents(context, Buffer.concat(chunks), readWhole);
}

/** Contents are mostly a part of a mail, with headers of its own. */
function readContents(context: Context, bytes: Uint8Array, readWhole: ReadWhole): Promise<void> {
  const head = Buffer.from(bytes.subarray(0, 100)).toString('latin1');
  const part = /^(content-[\w-]{1,30}|mime-version):/i.test(head);
  return part ? readMail(context, bytes, readWhole) : readWhole(context, bytes);
}
