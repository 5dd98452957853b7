/** Mails (RFC 5322, MIME) and mailboxes of them → header lines as text, bodies and attachments as files. */
import { type Context, depth, guarded, inside, reportGap } from './context.ts';
import { decodable } from './encoding.ts';
import type { ReadWhole } from './member.ts';
import { openText } from './text.ts';

interface Part {
  /** Unfolded, names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** Latin-1, so that each character is a byte. */
  readonly body: string;
}

const encoder = new TextEncoder();

function bytesOf(latin1: string): Uint8Array {
  return Buffer.from(latin1, 'latin1');
}

function parsePart(source: string): Part {
  const border = /\r?\n\r?\n/.exec(source);
  const head = border ? source.slice(0, border.index) : source;
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: border ? source.slice(border.index + border[0].length) : '' };
}

function decoded(bytes: Uint8Array, charset: string): string {
  return new TextDecoder(decodable(charset) ? charset : 'utf-8').decode(bytes);
}

function quotedPrintable(text: string): string {
  return text
    .replace(/=[ \t]*\r?\n/g, '')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
}

/** `=?big5?B?…?=` in headers. */
function decodedWords(header: string): string {
  const joined = header.replace(/(\?=)\s+(=\?)/g, '$1$2');
  const words = joined.replace(
    /=\?([\w-]{2,40})(?:\*\w+)?\?([bq])\?([^?]*)\?=/gi,
    (_, charset: string, kind: string, text: string) => {
      const bytes =
        kind.toLowerCase() === 'b'
          ? Buffer.from(text, 'base64')
          : bytesOf(quotedPrintable(text.replaceAll('_', ' ')));
      return decoded(bytes, charset);
    },
  );
  // What is left as bytes above ASCII is raw UTF-8, as RFC 6532 allows.
  return words === header && /[\u0080-\u00ff]/.test(header)
    ? decoded(bytesOf(header), 'utf-8')
    : words;
}

function parameter(header: string, name: string): string | null {
  const extended = new RegExp(
    `;\\s*${name}\\*0?\\*?\\s*=\\s*"?([\\w-]*)'[^']*'([^;"\\s]+)`,
    'i',
  ).exec(header);
  if (extended) return decoded(percentBytes(extended[2] ?? ''), extended[1] || 'utf-8');
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]+))`, 'i').exec(header);
  return found ? decodedWords(found[1] ?? found[2] ?? '') : null;
}

function percentBytes(text: string): Uint8Array {
  return bytesOf(
    text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    ),
  );
}

function contents(part: Part): Uint8Array {
  const coding = (part.headers.get('content-transfer-encoding') ?? '').toLowerCase();
  if (coding.includes('base64')) return Buffer.from(part.body, 'base64');
  if (coding.includes('quoted-printable')) return bytesOf(quotedPrintable(part.body));
  return bytesOf(part.body);
}

async function readPart(
  context: Context,
  part: Part,
  readWhole: ReadWhole,
  at: number,
): Promise<void> {
  const type = part.headers.get('content-type') ?? 'text/plain';
  const boundary = /^multipart\//i.test(type) ? parameter(type, 'boundary') : null;
  if (boundary !== null) {
    await readParts(context, part.body, boundary, readWhole);
    return;
  }
  if (!context.budget.member()) {
    const detail = `archiveMembers (${context.limits.archiveMembers}): the mail has more parts than that; the first were read.`;
    reportGap(context, 'too-large', detail);
    return;
  }
  const disposition = part.headers.get('content-disposition') ?? '';
  const name = parameter(disposition, 'filename') ?? parameter(type, 'name');
  const inner = inside(context, name ?? (at === 0 ? 'body' : `part ${at}`));
  let bytes = contents(part);
  const charset = parameter(type, 'charset');
  const text = /^text\//i.test(type) && charset !== null && decodable(charset);
  if (text && !/^(us-ascii|utf-?8)$/i.test(charset))
    bytes = encoder.encode(decoded(bytes, charset));
  await guarded(
    () => readWhole(inner, bytes),
    () => reportGap(inner, 'malformed', 'This part of the mail could not be read to its end.'),
  );
}

async function readParts(
  context: Context,
  body: string,
  boundary: string,
  readWhole: ReadWhole,
): Promise<void> {
  const mark = `--${boundary}`;
  let at = body.indexOf(mark);
  let closed = false;
  for (let count = 0; at !== -1; count += 1) {
    const from = at + mark.length;
    if (body.startsWith('--', from)) {
      closed = true;
      break;
    }
    const next = body.indexOf(`\n${mark}`, from);
    const end = next === -1 ? body.length : next;
    await readPart(
      context,
      parsePart(body.slice(from, end).replace(/^\s*?\r?\n/, '')),
      readWhole,
      count,
    );
    at = next === -1 ? -1 : next + 1;
  }
  if (!closed) {
    reportGap(
      context,
      'truncated',
      'The mail ends before its last part does; what stands there was read.',
    );
  }
}

async function readMessage(context: Context, source: string, readWhole: ReadWhole): Promise<void> {
  const message = parsePart(source);
  const lines = [...message.headers].map(([name, value]) => `${name}: ${decodedWords(value)}\n`);
  const head = openText(inside(context, 'header'));
  head.push(encoder.encode(lines.join('')));
  head.end();
  await readPart(context, message, readWhole, 0);
}

/** Reads a mail or an mbox, as bytes: its parts have encodings of their own. */
export async function readMail(
  context: Context,
  bytes: Uint8Array,
  readWhole: ReadWhole,
): Promise<void> {
  if (depth(context) >= context.limits.nestingDepth) {
    const detail = `nestingDepth (${context.limits.nestingDepth}): a mail lies deeper than that. Save it and scan the result.`;
    reportGap(context, 'too-large', detail);
    return;
  }
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (!/^From \S/.test(source)) {
    await readMessage(context, source, readWhole);
    return;
  }
  const messages = source.split(/^From \S[^\n]*\d{4}\r?\n/m).slice(1);
  for (const [at, message] of messages.entries()) {
    await readMessage(inside(context, `message ${at + 1}`), message, readWhole);
  }
}
