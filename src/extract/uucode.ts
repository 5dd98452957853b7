/**
 * Files written into text before MIME, or beside it: uuencode, its base64 form, and yEnc. What stands
 * around them is read as text.
 */
import { type Context, reportGap } from './context.ts';
import { type Embedded, readEmbedded } from './embedded.ts';
import type { ReadWhole } from './member.ts';
import { BEGIN, YENC } from './uumark.ts';

interface Block {
  readonly name: string;
  readonly begin: number;
  /** Of its contents, half open. */
  readonly start: number;
  readonly end: number;
  /** Behind its last line. */
  readonly next: number;
  /** Its last line is missing. */
  readonly cut: boolean;
  readonly decode: (body: string) => Uint8Array;
}

/** The files written into a text, in order. Linear in its length: what is not there is looked for once. */
function* blocksOf(source: string): Generator<Block> {
  const marks = [new RegExp(BEGIN, 'gm'), new RegExp(YENC, 'gm')];
  let next: (RegExpExecArray | null | undefined)[] = [undefined, undefined];
  for (let at = 0; ; ) {
    next = next.map((found, kind) => {
      const mark = marks[kind];
      if (!mark || found === null || (found && found.index >= at)) return found;
      mark.lastIndex = at;
      return mark.exec(source);
    });
    const [uu, yenc] = next;
    const found = uu && (!yenc || uu.index < yenc.index) ? uu : yenc;
    if (!found) return;
    const block = blockOf(source, found, found === yenc);
    yield block;
    at = block.next;
  }
}

function blockOf(source: string, found: RegExpExecArray, isYenc: boolean): Block {
  const base64 = !isYenc && found[1] !== undefined;
  const start = found.index + found[0].length;
  const ends = isYenc ? /^=yend[^\r\n]*/gm : base64 ? /^====[ \t\r]*$/gm : /^end[ \t\r]*$/gm;
  ends.lastIndex = start;
  const end = ends.exec(source);
  return {
    name: ((isYenc ? found[1] : found[2]) ?? '').trim().replace(/^"(.*)"$/, '$1'),
    begin: found.index,
    start,
    end: end?.index ?? source.length,
    next: end ? ends.lastIndex : source.length,
    cut: end === null,
    decode: isYenc ? unYenc : base64 ? unBase64 : unUu,
  };
}

function unBase64(body: string): Uint8Array {
  return Buffer.from(body, 'base64');
}

function unUu(body: string): Uint8Array {
  const out: number[] = [];
  for (const line of body.split(/\r?\n/)) {
    const count = (line.charCodeAt(0) - 32) & 63;
    if (line === '' || count === 0) continue;
    const first = out.length;
    for (let at = 1; out.length < first + count && at < line.length; at += 4) {
      const [a, b, c, d] = [0, 1, 2, 3].map((next) => (line.charCodeAt(at + next) - 32) & 63);
      const word = ((a ?? 0) << 18) | ((b ?? 0) << 12) | ((c ?? 0) << 6) | (d ?? 0);
      out.push((word >> 16) & 255, (word >> 8) & 255, word & 255);
    }
    out.length = Math.min(out.length, first + count);
  }
  return Uint8Array.from(out);
}

function unYenc(body: string): Uint8Array {
  const out = Buffer.alloc(body.length);
  let filled = 0;
  for (const line of body.split(/\r?\n/)) {
    if (line.startsWith('=ypart ')) continue;
    for (let at = 0; at < line.length; at += 1) {
      let code = line.charCodeAt(at);
      if (code === 0x3d) {
        at += 1;
        code = line.charCodeAt(at) - 64;
      }
      out[filled] = (code - 42) & 255;
      filled += 1;
    }
  }
  return out.subarray(0, filled);
}

/** Reads a text that holds such files, decoded where it is in an encoding: them, and what stands around them. */
export async function readEncoded(
  context: Context,
  bytes: Uint8Array,
  readWhole: ReadWhole,
): Promise<void> {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const files: Embedded[] = [];
  let around = '';
  let at = 0;
  for (const block of blocksOf(source)) {
    around += `${source.slice(at, block.begin)}\n`;
    files.push({ name: block.name, bytes: block.decode(source.slice(block.start, block.end)) });
    at = block.next;
    if (block.cut) {
      const detail = 'A file written into the text has no end; what stands there was read.';
      reportGap(context, 'truncated', detail);
    }
    if (files.length > context.limits.archiveMembers) break;
  }
  around += source.slice(at);
  if (around.trim() !== '') await readWhole(context, Buffer.from(around, 'latin1'));
  await readEmbedded(context, files, readWhole);
}
