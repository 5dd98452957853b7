/**
 * Which encoding bytes are in, judged from the bytes.
 *
 * The order is the order of certainty: byte order mark, escape sequences, NUL pattern, strict UTF-8,
 * a declaration in the text, then which decoding gives common characters. chardet has the last word
 * only among single-byte encodings: on short Chinese or Japanese tables it mostly guesses.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import { analyse } from 'chardet';
import { plausibility, type Script } from './characters.ts';
import { isThai } from './thai.ts';

/** A label of the WHATWG Encoding Standard, or `utf-32le`, `utf-32be` and `iso-2022-kr`, which it lacks. */
export type Encoding = string;

export interface Detected {
  readonly encoding: Encoding;
  /** Bytes of the byte order mark. */
  readonly markBytes: number;
}

/** Bytes with non-ASCII in them that are enough to judge. */
const SAMPLE_BYTES = 128 * 1024;

/** Of a multi-byte encoding, from which no other is asked for. */
const SURE_SCORE = 0.75;

const LEGACY: readonly { readonly encoding: Encoding; readonly script: Script }[] = [
  { encoding: 'big5', script: 'traditional' },
  { encoding: 'gb18030', script: 'simplified' },
  { encoding: 'gb18030', script: 'traditional' },
  { encoding: 'shift_jis', script: 'japanese' },
  { encoding: 'euc-jp', script: 'japanese' },
  { encoding: 'euc-kr', script: 'korean' },
];

/** The encoding of text bytes; null when they do not look like text in any. */
export function detectEncoding(bytes: Uint8Array): Detected | null {
  const marked = byteOrderMark(bytes);
  if (marked) return marked;
  const wide = widestByNuls(bytes) ?? wideByNuls(bytes);
  if (wide) return { encoding: wide, markBytes: 0 };
  if (isIso2022Kr(bytes)) return { encoding: 'iso-2022-kr', markBytes: 0 };
  if (looksBinary(bytes)) return null;
  if (isAscii(bytes)) return { encoding: iso2022(bytes) ?? 'utf-8', markBytes: 0 };
  if (isUtf8(wholeCharacters(bytes))) return { encoding: 'utf-8', markBytes: 0 };
  return { encoding: declared(bytes) ?? legacy(bytes), markBytes: 0 };
}

function byteOrderMark(bytes: Uint8Array): Detected | null {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', markBytes: 3 };
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return { encoding: 'utf-32le', markBytes: 4 };
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { encoding: 'utf-32be', markBytes: 4 };
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', markBytes: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', markBytes: 2 };
  return null;
}

/** UTF-32 without a mark: of each four bytes the highest is NUL, and the next a plane's number. */
function widestByNuls(bytes: Uint8Array): Encoding | null {
  const length = Math.min(bytes.length, 8192) & ~3;
  if (length < 8) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  for (const little of [true, false]) {
    let plausible = 0;
    for (let at = 0; at < length; at += 4) {
      const code = view.getUint32(at, little);
      if (code < 0x110000 && ordinary(code)) plausible += 1;
    }
    if (plausible >= (length / 4) * 0.95) return little ? 'utf-32le' : 'utf-32be';
  }
  return null;
}

/** UTF-16 without a mark: ASCII in it puts NULs on one side only. */
function wideByNuls(bytes: Uint8Array): Encoding | null {
  const length = Math.min(bytes.length, 8192) & ~1;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < length; at += 2) {
    if (bytes[at] === 0) even += 1;
    if (bytes[at + 1] === 0) odd += 1;
  }
  const more = Math.max(even, odd);
  if (more < 2 || more < length / 200 || Math.min(even, odd) > more / 50) return null;
  const encoding = odd > even ? 'utf-16le' : 'utf-16be';
  const text = new TextDecoder(encoding).decode(bytes.subarray(0, length));
  let plausible = 0;
  for (const char of text) if (ordinary(char.codePointAt(0) ?? 0)) plausible += 1;
  return plausible >= text.length * 0.95 ? encoding : null;
}

/** A character of the blocks that people write tables and letters in. */
function ordinary(code: number): boolean {
  if (code < 0x20) return code === 9 || code === 10 || code === 13;
  return (
    (code < 0x600 && code !== 0x7f) ||
    (code >= 0xe00 && code < 0xe80) ||
    (code >= 0x2000 && code < 0x2700) ||
    (code >= 0x3000 && code < 0xa000) ||
    (code >= 0xac00 && code < 0xd7a4) ||
    (code >= 0xf900 && code < 0xfb00) ||
    (code >= 0xff00 && code < 0xffef) ||
    code >= 0x10000
  );
}

/**
 * Control bytes that no text holds, in more than a trace. A run of NULs counts once: a crash leaves
 * a torn block of them in a log.
 */
function looksBinary(bytes: Uint8Array): boolean {
  const length = Math.min(bytes.length, 64 * 1024);
  let control = 0;
  let seen = 0;
  let before = 1;
  for (let at = 0; at < length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte !== 0 || before !== 0) {
      seen += 1;
      if (byte === 0x7f || (byte < 0x1c && byte !== 0x1b && !(byte >= 8 && byte <= 13)))
        control += 1;
    }
    before = byte;
  }
  return control > seen * 0.02 && control > 1;
}

function iso2022(bytes: Uint8Array): Encoding | null {
  const mark = bytes.indexOf(0x1b);
  if (mark === -1) return null;
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1 << 20));
  return /\x1b(\$[@B]|\([JI]|\$\([DQ])/.test(head.toString('latin1')) ? 'iso-2022-jp' : null;
}

/** It begins with its designation, and shifts between its two sets (RFC 1557). */
function isIso2022Kr(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096));
  return head.includes('\x1b$)C', 0, 'latin1') && bytes.includes(0x0e);
}

/** Without a character that the end of the buffer cuts in two. */
export function wholeCharacters(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < needed ? bytes.subarray(0, bytes.length - back) : bytes;
    }
  }
  return bytes;
}

/** `<?xml encoding="…"?>`, `<meta charset=…>`, `charset=…` of a mail part; ignored where it cannot hold. */
function declared(bytes: Uint8Array): Encoding | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096));
  const found = /(?:encoding|charset)\s*=\s*["']?([\w:.-]{2,30})/i.exec(head.toString('latin1'));
  const label = found?.[1];
  return label !== undefined && decodable(label) && fits(bytes, label) ? canonical(label) : null;
}

export function decodable(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false; // the platform has no such encoding: the answer asked for
  }
}

function canonical(label: string): Encoding {
  return new TextDecoder(label).encoding;
}

/** Decodes with next to no errors, and is no claim of UTF-16 by bytes that hold ASCII. */
function fits(bytes: Uint8Array, label: string): boolean {
  if (canonical(label).startsWith('utf-16')) return false;
  const text = new TextDecoder(label).decode(nonAsciiSample(bytes));
  let errors = 0;
  let count = 0;
  for (const char of text) {
    if (char < '\u0080') continue;
    count += 1;
    if (char === '\ufffd') errors += 1;
  }
  return errors <= count / 100;
}

/** The lines that hold non-ASCII, up to {@link SAMPLE_BYTES}. */
function nonAsciiSample(bytes: Uint8Array): Uint8Array {
  const sample = new Uint8Array(Math.min(bytes.length, SAMPLE_BYTES));
  let filled = 0;
  let at = 0;
  while (at < bytes.length && filled < sample.length) {
    const newline = bytes.indexOf(10, at);
    const end = newline === -1 ? bytes.length : newline + 1;
    const line = bytes.subarray(at, Math.min(end, at + sample.length - filled));
    if (!isAscii(line)) {
      sample.set(line, filled);
      filled += line.length;
    }
    at = end;
  }
  return sample.subarray(0, filled);
}

function legacy(bytes: Uint8Array): Encoding {
  const sample = nonAsciiSample(bytes);
  if (mostlyUtf8(sample)) return 'utf-8';
  let best: Encoding | null = null;
  let bestScore = 0;
  for (const { encoding, script } of LEGACY) {
    const text = new TextDecoder(encoding).decode(sample);
    const score = plausibility(text, script) * (script === 'korean' ? koreanFactor(text) : 1);
    if (score > bestScore && keepsDigits(sample, text)) {
      best = encoding;
      bestScore = score;
    }
  }
  if (best === null || bestScore < SURE_SCORE) {
    // A name of four Chinese characters keeps the rules of Thai now and then.
    const least = bestScore > 0.4 ? 24 : 8;
    if (isThai(new TextDecoder('windows-874').decode(sample), least)) return 'windows-874';
  }
  const western = singleByte(sample);
  // Cyrillic in KOI8-R reads as half-width kana, which score below a half.
  const needed = western.sure ? 0.75 : western.confidence >= 30 ? 0.5 : 0.4;
  if (best !== null && bestScore >= needed) return best;
  return western.encoding;
}

/** Chinese bytes read as Korean give as many hanja as syllables; Korean gives hardly any hanja. */
function koreanFactor(text: string): number {
  const syllables = text.match(/[\uac00-\ud7a3]/g)?.length ?? 0;
  const hanja = text.match(/[\u4e00-\u9fff]/g)?.length ?? 0;
  return syllables > hanja * 4 ? 1 : 0.3;
}

/** UTF-8 with a few torn bytes. Other encodings hardly ever hold a well-formed three-byte sequence. */
function mostlyUtf8(sample: Uint8Array): boolean {
  let errors = 0;
  let short = 0;
  let long = 0;
  for (const char of new TextDecoder().decode(sample)) {
    if (char === '\ufffd') errors += 1;
    else if (char >= '\u0800') long += 1;
    else if (char >= '\u0080') short += 1;
  }
  return long > errors || short + long > errors * 9;
}

/** A wrong GB18030 guess swallows digits into four-byte characters; an identifier must never vanish so. */
function keepsDigits(sample: Uint8Array, text: string): boolean {
  let before = 0;
  for (const byte of sample) if (byte >= 0x30 && byte <= 0x39) before += 1;
  const rare = text.match(/[\u3400-\u4dbf\u{20000}-\u{3ffff}]/gu)?.length ?? 0;
  const after = text.match(/[0-9]/g)?.length ?? 0;
  return before - after <= rare * 2;
}

/** The likeliest single-byte encoding. `sure` when letters stand as a European word has them. */
function singleByte(sample: Uint8Array): {
  readonly encoding: Encoding;
  readonly sure: boolean;
  /** chardet's, 0 to 100. */
  readonly confidence: number;
} {
  let alone = 0;
  let runs = 0;
  for (let at = 0; at < sample.length; at += 1) {
    if ((sample[at] ?? 0) < 0x80) continue;
    const start = at;
    while (at + 1 < sample.length && (sample[at + 1] ?? 0) >= 0x80) at += 1;
    runs += 1;
    if (start === at) alone += 1;
  }
  const sure = alone > runs * 0.7;
  for (const { name, confidence } of analyse(sample)) {
    const label = name.toLowerCase();
    if (!/^(windows-125|iso-8859|koi8|windows-874)/.test(label) || confidence < 15) continue;
    if (!decodable(label)) continue;
    return { encoding: canonical(label), sure, confidence };
  }
  return { encoding: 'windows-1252', sure, confidence: 0 };
}
