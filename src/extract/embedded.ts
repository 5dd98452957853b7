/** Files written as base64 inside text: a photograph in XML, an attachment in a calendar, a data: URL. */
import { type Context, depth, guarded, inside, reportGap } from './context.ts';
import type { ReadWhole } from './member.ts';
import { recognise } from './recognise.ts';

export interface Embedded {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Shorter base64 is a key or a hash. */
const MIN_CHARACTERS = 200;
const HEAD_CHARACTERS = 4_000;
/** Kinds that any bytes may be taken for. */
const VAGUE = new Set(['text', 'delimited', 'binary', 'empty', 'json', 'yaml']);

/** The file that a text is, as base64; null when it is text. */
export function embeddedFile(text: string): Uint8Array | null {
  if (text.length < MIN_CHARACTERS) return null;
  const head = text.slice(0, HEAD_CHARACTERS).replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(head) || !/[a-z]/.test(head) || !/[A-Z]/.test(head))
    return null;
  const start = Buffer.from(head, 'base64');
  return VAGUE.has(recognise(start, '')) ? null : Buffer.from(text, 'base64');
}

/** The file that a hexadecimal literal of SQL is (`0xFFD8…`, `\\xffd8…`); null when it is none. */
export function hexFile(text: string): Uint8Array | null {
  if (text.length < MIN_CHARACTERS || !/^(?:0x|\\{1,2}x)[0-9a-f]{200}/i.test(text)) return null;
  const bytes = Buffer.from(text.replace(/^(?:0|\\+)x/i, ''), 'hex');
  return VAGUE.has(recognise(bytes.subarray(0, HEAD_CHARACTERS), '')) ? null : bytes;
}

/** `data:text/csv;base64,…` and its plain form; null for what is no data: URL. */
export function dataUrl(value: string): Uint8Array | null {
  const found = /^data:([\w.+/-]{0,80})((?:;[\w=.+-]{1,60}){0,5}),/i.exec(value);
  if (!found) return null;
  const body = value.slice(found[0].length);
  if (/;base64$/i.test(found[2] ?? '')) return Buffer.from(body, 'base64');
  return Buffer.from(
    body.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    ),
    'latin1',
  );
}

export async function readEmbedded(
  context: Context,
  files: readonly Embedded[],
  readWhole: ReadWhole,
): Promise<void> {
  const { limits } = context;
  for (const { name, bytes } of files) {
    if (depth(context) >= limits.nestingDepth) {
      const detail = `nestingDepth (${limits.nestingDepth}): a file lies deeper than that inside others. Take it out and scan it.`;
      reportGap(context, 'too-large', detail);
      return;
    }
    if (!context.budget.member()) {
      const detail = `archiveMembers (${limits.archiveMembers}): it holds more files than that; the first were read.`;
      reportGap(context, 'too-large', detail);
      return;
    }
    const inner = inside(context, name);
    await guarded(
      () => readWhole(inner, bytes),
      () => reportGap(inner, 'malformed', 'This file could not be read to its end.'),
    );
  }
}
