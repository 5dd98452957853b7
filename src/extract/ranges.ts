/**
 * Ranges of a large object. The head tells encoding, delimiter and header; of the other ranges the
 * torn first and last lines are left out. What cannot be cut into ranges is a gap.
 */
import { isAscii } from 'node:buffer';
import type { ObjectBytes } from '../model/extraction.ts';
import { type Context, reportGap } from './context.ts';
import { type Decoder, joined, openDecoder, unmarked } from './decoder.ts';
import { openDelimited } from './delimited.ts';
import { readCompressed } from './gzip.ts';
import { type JsonRange, readJsonRanges } from './json.ts';
import { readOnDemand } from './ondemand.ts';
import { inspect, type Recognised } from './recognise.ts';
import { openText, type TextReader } from './text.ts';
import { UNREAD } from './unread.ts';
import { readWhole } from './whole.ts';

interface Part {
  readonly start: number;
  readonly bytes: Uint8Array;
}

export async function readRanges(context: Context, object: ObjectBytes): Promise<void> {
  const { more } = object;
  if (more && object.parts[0]?.start === 0) await readOnDemand(context, object, more, readParts);
  else await readParts(context, object);
}

async function readParts(context: Context, object: ObjectBytes): Promise<void> {
  const parts = merged(object.parts);
  const head = parts[0];
  if (head === undefined || head.start !== 0) {
    reportGap(context, 'truncated', 'Its first bytes were not read, so its format is not known.');
    return;
  }
  const found = inspect(head.bytes, false, object.name);
  switch (found.format) {
    case 'empty':
      return;
    case 'text':
    case 'delimited':
    case 'markup':
    case 'sql':
    case 'mail':
    case 'cards':
    case 'yaml':
    case 'script':
    case 'encoded':
      readTextRanges(context, object.sizeBytes, parts, found);
      return;
    case 'json':
      readJsonRanges(context, jsonRanges(object.sizeBytes, parts, found));
      return;
    case 'gzip':
    case 'zstd':
    case 'bzip2':
    case 'xz':
    case 'lz4':
    case 'lzma':
      await readCompressed(context, head.bytes, found.format, readWhole, true);
      return;
    case 'signed':
    case 'tnef':
    case '7z':
    case 'zip':
    case 'tar':
    case 'workbook':
    case 'document':
    case 'rtf':
    case 'ole':
    case 'sqlite':
    case 'parquet':
    case 'avro':
    case 'arrow':
    case 'pdf':
    case 'picture': {
      const detail = `objectBytes (${context.limits.objectBytes}): the object is larger and this kind of file can only be read whole. Raise the limit, or unpack it and scan the folder.`;
      reportGap(context, 'too-large', detail);
      return;
    }
    default: {
      const { code, detail } = UNREAD[found.format];
      reportGap(context, code, detail);
    }
  }
}

/** Ranges that touch are one. */
function merged(parts: readonly Part[]): readonly Part[] {
  const result: Part[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (last && last.start + last.bytes.length === part.start) {
      result[result.length - 1] = { start: last.start, bytes: joined(last.bytes, part.bytes) };
    } else result.push(part);
  }
  return result;
}

function readTextRanges(
  context: Context,
  sizeBytes: number,
  parts: readonly Part[],
  found: Recognised,
): void {
  const reader: TextReader = found.dialect
    ? openDelimited(context, found.dialect)
    : openText(context);
  const decoder = rangeDecoder(parts, found);
  for (const part of parts) {
    const { start, end } = wholeLines(part, sizeBytes, found);
    if (part.start > 0) {
      decoder.jump();
      reader.jump(part.start + start);
    }
    reader.push(decoder.push(part.bytes.subarray(start, end)));
    reader.push(decoder.end());
  }
  reader.end();
}

/** An ASCII head says nothing of the encoding of what follows: that is decided where it shows. */
function rangeDecoder(parts: readonly Part[], found: Recognised): Decoder {
  const undecided = parts[0] !== undefined && isAscii(parts[0].bytes);
  return openDecoder(undecided ? null : found.encoding);
}

function jsonRanges(
  sizeBytes: number,
  parts: readonly Part[],
  found: Recognised,
): readonly JsonRange[] {
  const decoder = rangeDecoder(parts, found);
  return parts.map((part) => {
    const { start, end } = wholeLines(part, sizeBytes, found);
    if (part.start > 0) decoder.jump();
    const text = decoder.push(part.bytes.subarray(start, end));
    return { bytes: unmarked(joined(text, decoder.end())), offset: part.start + start };
  });
}

/** The part without torn lines, half open; all of it when it has no line end. */
function wholeLines(
  part: Part,
  sizeBytes: number,
  found: Recognised,
): { readonly start: number; readonly end: number } {
  const { bytes } = part;
  const unit = unitBytes(found.encoding?.encoding ?? '');
  const little = found.encoding?.encoding.endsWith('be') !== true;
  const aligned = (unit - (part.start % unit)) % unit;
  const first = part.start === 0 ? 0 : lineEnd(bytes, aligned, unit, little);
  const last =
    part.start + bytes.length >= sizeBytes
      ? bytes.length
      : lastLineEnd(bytes, aligned, unit, little);
  const start = first === -1 ? aligned : first;
  return { start, end: last <= start ? bytes.length : last };
}

function unitBytes(encoding: string): number {
  if (encoding.startsWith('utf-32')) return 4;
  return encoding.startsWith('utf-16') ? 2 : 1;
}

function newlineAt(bytes: Uint8Array, at: number, unit: number, little: boolean): boolean {
  const sign = little ? at : at + unit - 1;
  if (bytes[sign] !== 10) return false;
  for (let other = at; other < at + unit; other += 1) {
    if (other !== sign && bytes[other] !== 0) return false;
  }
  return true;
}

/** Offset behind the first newline; -1 without one. */
function lineEnd(bytes: Uint8Array, from: number, unit: number, little: boolean): number {
  for (let at = from; at + unit <= bytes.length; at += unit) {
    if (newlineAt(bytes, at, unit, little)) return at + unit;
  }
  return -1;
}

function lastLineEnd(bytes: Uint8Array, aligned: number, unit: number, little: boolean): number {
  const last = bytes.length - ((bytes.length - aligned) % unit) - unit;
  for (let at = last; at >= 0; at -= unit) {
    if (newlineAt(bytes, at, unit, little)) return at + unit;
  }
  return -1;
}
