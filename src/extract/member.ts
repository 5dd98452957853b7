/**
 * A file that arrives in chunks, out of an archive. Text goes on as it comes, so that a log of half
 * a gigabyte needs no half a gigabyte; what can only be read whole is gathered first.
 */
import { isAscii } from 'node:buffer';
import type { Context } from './context.ts';
import { openDecoder } from './decoder.ts';
import { openDelimited } from './delimited.ts';
import { isSequence, openJsonLines } from './json.ts';
import { HEAD_BYTES, inspect } from './recognise.ts';
import { openText, type TextReader } from './text.ts';

export interface Member {
  chunk(bytes: Uint8Array): void;
  end(): Promise<void>;
}

/** Reads a file that lies in memory; given from outside because archives lie in archives. */
export type ReadWhole = (context: Context, bytes: Uint8Array) => Promise<void>;

export function openMember(context: Context, readWhole: ReadWhole): Member {
  let gathered: Uint8Array[] = [];
  let gatheredBytes = 0;
  let looked = false;
  let reader: TextReader | null = null;

  function look(): void {
    looked = true;
    const head = Buffer.concat(gathered);
    gathered = [head];
    reader = openStream(context, head);
    if (reader === null) return;
    gathered = [];
    reader.push(head);
  }

  return {
    chunk(bytes) {
      if (reader) {
        reader.push(bytes);
        return;
      }
      gathered.push(bytes);
      gatheredBytes += bytes.length;
      if (!looked && gatheredBytes > HEAD_BYTES) look();
    },
    async end() {
      if (reader) reader.end();
      else
        await readWhole(context, gathered.length === 1 ? first(gathered) : Buffer.concat(gathered));
    },
  };
}

function first(parts: readonly Uint8Array[]): Uint8Array {
  return parts[0] ?? new Uint8Array(0);
}

/** A reader for what can be read as it comes; null for all else. */
function openStream(context: Context, head: Uint8Array): TextReader | null {
  const { format, encoding, dialect } = inspect(head, false, '');
  const lines = format === 'json' && encoding?.markBytes === 0 && isSequence(head);
  if (format !== 'text' && format !== 'delimited' && !lines) return null;
  const decoder = openDecoder(isAscii(head) ? null : encoding);
  const table = dialect ? openDelimited(context, dialect) : null;
  const reader = table ?? (lines ? openJsonLines(context) : openText(context));
  return {
    push: (bytes) => reader.push(decoder.push(bytes)),
    jump(offset) {
      decoder.jump();
      reader.jump(offset);
    },
    end() {
      reader.push(decoder.end());
      reader.end();
    },
  };
}
