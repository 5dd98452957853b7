/** ASN.1 as certificates and signatures are written (BER, X.690): elements with a tag and a length. */

export interface Element {
  /** The first byte: class, whether it holds elements, number. */
  readonly tag: number;
  /** Where its contents lie, half open. */
  readonly start: number;
  readonly end: number;
  /** Behind all of it. */
  readonly next: number;
  /** The file ends inside it. */
  readonly cut: boolean;
}

export const TAG = {
  octets: 0x04,
  id: 0x06,
  sequence: 0x30,
  set: 0x31,
  /** `[0]` around something. */
  first: 0xa0,
} as const;

const CONSTRUCTED = 0x20;
const MAX_DEPTH = 40;

/** Null when there is none. */
export function elementAt(bytes: Uint8Array, at: number, end: number, depth = 0): Element | null {
  const tag = bytes[at];
  let length = bytes[at + 1];
  if (tag === undefined || length === undefined || (tag & 0x1f) === 0x1f || depth > MAX_DEPTH) {
    return null;
  }
  let start = at + 2;
  if (length === 0x80) return unbounded(bytes, tag, start, end, depth);
  if (length > 0x80) {
    const size = length & 0x7f;
    if (size > 6) return null;
    length = 0;
    for (let digit = 0; digit < size; digit += 1) length = length * 256 + (bytes[start++] ?? 0);
  }
  const next = Math.min(end, start + length);
  return { tag, start: Math.min(start, end), end: next, next, cut: start + length > end };
}

/** Of a length that is not stated: up to two zeros, which stand behind its last element. */
function unbounded(
  bytes: Uint8Array,
  tag: number,
  start: number,
  end: number,
  depth: number,
): Element | null {
  let at = start;
  while (at + 2 <= end) {
    if (bytes[at] === 0 && bytes[at + 1] === 0) {
      return { tag, start, end: at, next: at + 2, cut: false };
    }
    const inner = elementAt(bytes, at, end, depth + 1);
    if (inner === null) return null;
    at = inner.next;
  }
  return { tag, start, end, next: end, cut: true };
}

/** What lies in an element, as far as it is whole. */
export function* elementsIn(
  bytes: Uint8Array,
  { start, end }: Pick<Element, 'start' | 'end'>,
): Generator<Element> {
  for (let at = start; at < end; ) {
    const element = elementAt(bytes, at, end);
    if (element === null) return;
    yield element;
    at = element.next;
  }
}

/** The bytes of an octet string, which may come in pieces. */
export function octets(bytes: Uint8Array, element: Element, depth = 0): Uint8Array {
  if ((element.tag & CONSTRUCTED) === 0) return bytes.subarray(element.start, element.end);
  if (depth > MAX_DEPTH) return new Uint8Array(0);
  const parts = [...elementsIn(bytes, element)].map((part) => octets(bytes, part, depth + 1));
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
}

const TEXTS: ReadonlyMap<number, string> = new Map([
  [0x0c, 'utf-8'],
  [0x13, 'latin1'],
  [0x14, 'latin1'],
  [0x16, 'latin1'],
  [0x1e, 'utf-16be'],
  // An address among a certificate's other names.
  [0x81, 'latin1'],
]);

/** The texts in an element, at any depth. */
export function* textsIn(bytes: Uint8Array, element: Element, depth = 0): Generator<string> {
  const label = TEXTS.get(element.tag);
  if (label !== undefined) {
    yield new TextDecoder(label).decode(bytes.subarray(element.start, element.end));
  } else if ((element.tag & CONSTRUCTED) !== 0 && depth < MAX_DEPTH) {
    for (const inner of elementsIn(bytes, element)) yield* textsIn(bytes, inner, depth + 1);
  } else if (element.tag === TAG.octets && depth < MAX_DEPTH) {
    // Extensions of certificates are elements written into an octet string.
    const inner = elementAt(bytes, element.start, element.end);
    if (inner?.next === element.end && !inner.cut && inner.tag === TAG.sequence) {
      yield* textsIn(bytes, inner, depth + 1);
    }
  }
}
