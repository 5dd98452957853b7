/**
 * What the Arrow library believes of a file, bounded by what there is: a damaged length or offset
 * would have it go through thousands of millions of entries that are not there.
 */
import { createRequire } from 'node:module';
import type { Data } from 'apache-arrow';

type Arrow = typeof import('apache-arrow');

interface Metadata {
  capacity(): number;
  __vector_len(offset: number): number;
}

interface Messages {
  readMetadataLength(): { readonly value: number };
}

let loaded: Arrow | null = null;

/**
 * The library, with bounds on what stands in metadata: the lengths of lists, and that of the next
 * message, which goes back in the file when it is negative. Required, not imported, because only so
 * is the library's own reader of metadata the one that is bounded.
 */
export function loadArrow(): Arrow {
  if (loaded) return loaded;
  const require = createRequire(import.meta.url);
  const path = require.resolve('apache-arrow');
  const { ByteBuffer } = createRequire(path)('flatbuffers') as {
    readonly ByteBuffer: { readonly prototype: Metadata };
  };
  const stated = ByteBuffer.prototype.__vector_len;
  ByteBuffer.prototype.__vector_len = function bounded(this: Metadata, offset) {
    const length = stated.call(this, offset);
    if (length >= 0 && length <= this.capacity() - offset) return length;
    throw new RangeError('a list that is longer than what it lies in');
  };
  loaded = require(path) as Arrow;
  const prototype = loaded.MessageReader.prototype as unknown as Messages;
  const next = prototype.readMetadataLength;
  prototype.readMetadataLength = function bounded(this: Messages) {
    const length = next.call(this);
    if (length.value >= -1) return length;
    throw new RangeError('a message of negative length');
  };
  return loaded;
}

/** False when lists of the data reach outside of their values, or values outside of their bytes. */
export function isSound(data: Data): boolean {
  const { children, valueOffsets, typeIds } = data;
  if (data.length > capacity(data)) return false;
  const [items] = children;
  if (items && valueOffsets && !typeIds) {
    let before = 0;
    for (let at = 0; at <= data.length; at += 1) {
      const offset = Number(valueOffsets[at] ?? 0);
      if (offset < before || offset > items.length) return false;
      before = offset;
    }
  }
  return children.every(isSound);
}

/** The most values that what there is of the data can be; nulls take no bytes. */
function capacity({ children, valueOffsets, values, typeIds }: Data): number {
  if (valueOffsets) return Math.max(0, valueOffsets.length - 1);
  if (typeIds) return typeIds.length;
  // Of truth values there are eight in a byte.
  if (values) return values.length * 8;
  return children.length > 0
    ? Math.max(...children.map(({ length }) => length))
    : Number.POSITIVE_INFINITY;
}
