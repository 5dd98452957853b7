/** Mails (RFC 5322, MIME) and mailboxes of them → header lines as text, bodies and attachments as files. */
import { isUtf8 } from 'node:buffer';
import { type Context, depth, guarded, inside, reportGap } from './context.ts';
import { decodable } from './encoding.ts';
import type { ReadWhole } from './member.ts';
import { NamedCells } from './named.ts';
import { readPage } from './page.ts';

interface Part {
  /** Unfolded, names in lower case; the first of a name holds. */
  readonly headers: ReadonlyMap<string, string>;
  /** All of them, as they come. */
  readonly lines: readonly (readonly [string, string])[];
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
  const lines: (readonly [string, string])[] = [];
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (!headers.has(name)) headers.set(name, value);
    lines.push([name, value]);
  }
  return { headers, lines, body: border ? source.slice(border.index + border[0].length) : '' };
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

/** A parameter of a header: plain, as encoded words, or in the numbered and percent-encoded pieces of RFC 2231. */
function parameter(header: string, name: string): string | null {
  const pieces = new Map<number, { readonly text: string; readonly coded: boolean }>();
  const pattern = new RegExp(
    `;\\s*${name}(?:\\*(\\d{1,3}))?(\\*)?\\s*=\\s*(?:"([^"]*)"|([^;\\s]+))`,
    'gi',
  );
  for (const [, number, star, quoted, bare] of header.matchAll(pattern)) {
    const at = Number(number ?? 0);
    if (!pieces.has(at)) pieces.set(at, { text: quoted ?? bare ?? '', coded: star !== undefined });
  }
  const first = pieces.get(0);
  if (first === undefined) return null;
  const ordered = [...pieces].sort(([a], [b]) => a - b).map(([, piece]) => piece);
  const language = first.coded ? /^([\w-]*)'[^']*'/.exec(first.text) : null;
  if (language === null) return decodedWords(ordered.map(({ text }) => text).join(''));
  const raw = ordered.map(({ text, coded }) => (coded ? percentDecoded(text) : text)).join('');
  return decoded(bytesOf(raw.slice(language[0].length)), language[1] || 'utf-8');
}

function percentDecoded(text: string): string {
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function contents(part: Part): Uint8Array {
  const coding = (part.headers.get('content-transfer-encoding') ?? '').toLowerCase();
  if (coding.includes('base64')) return Buffer.from(part.body, 'base64');
  if (coding.includes('quoted-printable')) return bytesOf(quotedPrintable(part.body));
  return bytesOf(part.body);
}

interface Reading {
  readonly readWhole: ReadWhole;
  /** Multiparts inside one another. */
  readonly level: number;
}

/** Deeper ones are nobody's mail. */
const MAX_LEVELS = 50;

/** False when a limit ended reading. */
async function readPart(
  context: Context,
  part: Part,
  reading: Reading,
  at: number,
): Promise<boolean> {
  const type = part.headers.get('content-type') ?? 'text/plain';
  const boundary = /^multipart\//i.test(type) ? parameter(type, 'boundary') : null;
  if (boundary !== null && reading.level < MAX_LEVELS) {
    return readParts(context, part.body, boundary, { ...reading, level: reading.level + 1 });
  }
  if (!context.budget.member()) {
    const detail = `archiveMembers (${context.limits.archiveMembers}): the mail has more parts than that; the first were read.`;
    reportGap(context, 'too-large', detail);
    return false;
  }
  const disposition = part.headers.get('content-disposition') ?? '';
  const name = parameter(disposition, 'filename') ?? parameter(type, 'name');
  const inner = inside(context, name ?? (at === 0 ? 'body' : `part ${at}`));
  await guarded(
    () => readContents(inner, part, type, reading),
    () => reportGap(inner, 'malformed', 'This part of the mail could not be read to its end.'),
  );
  return true;
}

async function readContents(
  context: Context,
  part: Part,
  type: string,
  { readWhole }: Reading,
): Promise<void> {
  let bytes = contents(part);
  if (/^message\/(rfc822|global)/i.test(type)) {
    await readMail(context, bytes, readWhole);
    return;
  }
  const charset = parameter(type, 'charset');
  const known = /^text\//i.test(type) && charset !== null && decodable(charset);
  if (known && !/^(us-ascii|utf-?8)$/i.test(charset)) {
    bytes = encoder.encode(decoded(bytes, charset));
  }
  // A body that says it is HTML may begin with a word.
  if (/^text\/html/i.test(type) && (known || isUtf8(bytes))) {
    await readPage(context, bytes, readWhole);
  } else await readWhole(context, bytes);
}

async function readParts(
  context: Context,
  body: string,
  boundary: string,
  reading: Reading,
): Promise<boolean> {
  const mark = `--${boundary}`;
  let at = body.startsWith(mark) ? 0 : body.indexOf(`\n${mark}`) + 1;
  if (at === 0 && !body.startsWith(mark)) at = -1;
  let closed = false;
  for (let count = 0; at !== -1; count += 1) {
    const from = at + mark.length;
    if (body.startsWith('--', from)) {
      closed = true;
      break;
    }
    const next = body.indexOf(`\n${mark}`, from);
    const end = next === -1 ? body.length : next;
    const part = parsePart(body.slice(from, end).replace(/^[ \t]*\r?\n/, ''));
    if (!(await readPart(context, part, reading, count))) return false;
    at = next === -1 ? -1 : next + 1;
  }
  if (!closed) {
    const detail = 'The mail ends before its last part does; what stands there was read.';
    reportGap(context, 'truncated', detail);
  }
  return true;
}

/** False when a limit ended reading. */
async function readMessage(
  context: Context,
  source: string,
  readWhole: ReadWhole,
): Promise<boolean> {
  const message = parsePart(source);
  const cells = new NamedCells(context);
  const place = cells.place('header ', '');
  for (const [name, value] of message.lines) {
    cells.cell(cells.column(name, name), decodedWords(value));
    cells.end(place, null);
  }
  cells.flush();
  const type = message.headers.get('content-type') ?? '';
  if (/^multipart\/encrypted/i.test(type)) {
    reportGap(context, 'encrypted', 'The mail is encrypted; its body was not read.');
    return true;
  }
  return readPart(context, message, { readWhole, level: 0 }, 0);
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
  let count = 0;
  for (const message of messages(source)) {
    count += 1;
    if (!(await readMessage(inside(context, `message ${count}`), message, readWhole))) return;
  }
}

/** The messages of an mbox, one at a time. */
function* messages(source: string): Generator<string> {
  const border = /^From \S[^\n]{0,500}\d{4}\r?\n/gm;
  let from = -1;
  for (let found = border.exec(source); found; found = border.exec(source)) {
    if (from !== -1) yield source.slice(from, found.index);
    from = found.index + found[0].length;
  }
  if (from !== -1) yield source.slice(from);
}
