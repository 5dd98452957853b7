/** Properties of a message as TNEF writes them one after the other. Source: [MS-OXTNEF] 2.1.3.4. */

export interface Property {
  /** Four hexadecimal digits, as the streams of msg files are named. */
  readonly id: string;
  readonly text: string | null;
  /** Of a binary value. */
  readonly bytes: Uint8Array | null;
  /** A message or a document: {@link bytes} begin with the identifier of its interface. */
  readonly object: boolean;
}

const TYPE = { text: 0x1e, wide: 0x1f, binary: 0x102, object: 0x0d } as const;
const MANY = 0x1000;
const FIRST_NAMED = 0x8000;
const GUID_BYTES = 16;
/** Bytes of values of fixed size, padded to four. */
const FIXED: Readonly<Record<number, number>> = {
  1: 4,
  2: 4,
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 8,
  10: 4,
  11: 4,
  20: 8,
  64: 8,
  72: 16,
};
const MAX_PROPERTIES = 10_000;

/** `size`: bytes that they take; up to the damage where there is some. */
export function readProperties(
  data: Buffer,
  label: string,
): { readonly properties: readonly Property[]; readonly size: number } {
  const properties: Property[] = [];
  if (data.length < 4) return { properties, size: 0 };
  const count = Math.min(data.readUInt32LE(0), MAX_PROPERTIES);
  const cursor = { at: 4 };
  try {
    for (let number = 0; number < count; number += 1) readProperty(data, cursor, label, properties);
  } catch {
    return { properties, size: data.length }; // it ends inside one of them
  }
  return { properties, size: cursor.at };
}

function padded(size: number): number {
  return (size + 3) & ~3;
}

function readProperty(data: Buffer, cursor: { at: number }, label: string, into: Property[]): void {
  const number = (): number => {
    const value = data.readUInt32LE(cursor.at);
    cursor.at += 4;
    return value;
  };
  const tag = number();
  const type = tag & 0xffff & ~MANY;
  const idNumber = tag >>> 16;
  if (idNumber >= FIRST_NAMED) {
    cursor.at += GUID_BYTES;
    if (number() === 0) cursor.at += 4;
    else cursor.at += padded(number());
  }
  const id = idNumber.toString(16).toUpperCase().padStart(4, '0');
  const fixed = FIXED[type];
  const many = (tag & MANY) !== 0;
  if (fixed !== undefined) {
    cursor.at += fixed * (many ? number() : 1);
    return;
  }
  const values = number();
  for (let value = 0; value < values; value += 1) {
    const size = number();
    if (cursor.at + size > data.length) throw new RangeError('a value ends behind the data');
    const bytes = data.subarray(cursor.at, cursor.at + size);
    cursor.at += padded(size);
    const text =
      type === TYPE.wide
        ? bytes.toString('utf16le')
        : type === TYPE.text
          ? new TextDecoder(label).decode(bytes)
          : null;
    into.push({
      id,
      text: text === null ? null : text.replace(/\0+$/, ''),
      bytes: text === null ? bytes : null,
      object: type === TYPE.object,
    });
  }
}
