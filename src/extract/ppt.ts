/**
 * PowerPoint 97 to 2003 (ppt) → a flow: every text atom of the stream, in slides where it lies in
 * one. What a slide was before it was last saved is still in the file, so it is read too.
 * Source: [MS-PPT] 2.3 (persist objects), 2.9 (text).
 */
import type { CfbEntry, CompoundFile } from './cfb.ts';
import { type Context, reportGap } from './context.ts';
import { Flow } from './flow.ts';

const SLIDE = 0x03ee;
const NOTES = 0x03f0;
const MASTER = 0x03f8;
const SLIDE_LIST = 0x0ff0;
const SLIDE_PERSIST = 0x03f3;
const SLIDE_ATOM = 0x03ef;
const NOTES_ATOM = 0x03f1;
const TEXT_CHARS = 0x0fa0;
const TEXT_BYTES = 0x0fa8;
const STRING = 0x0fba;
const COMMENT = 0x2ee0;
const USER_EDIT = 0x0ff5;
const PERSIST = 0x1772;
const ENCRYPTED_TOKEN = 0xf3d1c4df;
const MAX_EDITS = 1_000;

interface Atom {
  readonly type: number;
  readonly version: number;
  readonly instance: number;
  /** Half open, of the contents. */
  readonly start: number;
  readonly end: number;
}

/** Reads the presentation in a storage; false when there is none. */
export function readPpt(context: Context, file: CompoundFile, storage: CfbEntry): boolean {
  const stream = file.named(storage, 'PowerPoint Document');
  if (stream.length < 8) return false;
  const user = file.named(storage, 'Current User');
  if (user.length >= 16 && user.readUInt32LE(12) === ENCRYPTED_TOKEN) {
    const detail = 'The presentation is protected with a password; it was not read.';
    reportGap(context, 'encrypted', detail);
    return true;
  }
  const flow = new Flow(context, 'presentation');
  new Presentation(stream, flow, slideOrder(stream, user)).run();
  flow.end();
  return true;
}

function atomAt(stream: Buffer, at: number, end: number): Atom | null {
  if (at + 8 > end) return null;
  const first = stream.readUInt16LE(at);
  const start = at + 8;
  return {
    type: stream.readUInt16LE(at + 2),
    version: first & 0xf,
    instance: first >> 4,
    start,
    end: Math.min(end, start + stream.readUInt32LE(at + 4)),
  };
}

interface Order {
  /** Offset of a slide's container → its number. */
  readonly byOffset: ReadonlyMap<number, number>;
  /** A slide's id → its number. */
  readonly byId: ReadonlyMap<number, number>;
}

/** The slides as they are shown: the list in the document, by the directory of the last save. */
function slideOrder(stream: Buffer, user: Buffer): Order {
  const offsets = persistDirectory(stream, user.length >= 20 ? user.readUInt32LE(16) : 0);
  const byOffset = new Map<number, number>();
  const byId = new Map<number, number>();
  for (const { start, end } of slideLists(stream, offsets)) {
    for (let at = start; ; ) {
      const atom = atomAt(stream, at, end);
      if (!atom) break;
      if (atom.type === SLIDE_PERSIST && atom.end - atom.start >= 16) {
        const number = byId.size + 1;
        byId.set(stream.readUInt32LE(atom.start + 12), number);
        const offset = offsets.get(stream.readUInt32LE(atom.start));
        if (offset !== undefined) byOffset.set(offset, number);
      }
      at = atom.end;
    }
  }
  return { byOffset, byId };
}

/** Lists of slides (instance 0) in the current document container. */
function* slideLists(stream: Buffer, offsets: ReadonlyMap<number, number>): Generator<Atom> {
  const document = [...offsets.values()]
    .map((offset) => atomAt(stream, offset, stream.length))
    .find((atom) => atom?.type === 0x03e8);
  if (!document) return;
  for (let at = document.start; ; ) {
    const atom = atomAt(stream, at, document.end);
    if (!atom) return;
    if (atom.type === SLIDE_LIST && atom.instance === 0) yield atom;
    at = atom.end;
  }
}

/** Object id → offset. Later saves come first and hold. */
function persistDirectory(stream: Buffer, lastEdit: number): ReadonlyMap<number, number> {
  const offsets = new Map<number, number>();
  let edit = lastEdit;
  for (let count = 0; count < MAX_EDITS && edit > 0; count += 1) {
    const atom = atomAt(stream, edit, stream.length);
    if (!atom || atom.type !== USER_EDIT || atom.end - atom.start < 16) break;
    const directory = atomAt(stream, stream.readUInt32LE(atom.start + 12), stream.length);
    if (directory?.type === PERSIST) readDirectory(stream, directory, offsets);
    edit = stream.readUInt32LE(atom.start + 8);
  }
  return offsets;
}

function readDirectory(stream: Buffer, directory: Atom, offsets: Map<number, number>): void {
  for (let at = directory.start; at + 4 <= directory.end; ) {
    const head = stream.readUInt32LE(at);
    const first = head & 0xfffff;
    const count = head >>> 20;
    at += 4;
    for (let index = 0; index < count && at + 4 <= directory.end; index += 1) {
      if (!offsets.has(first + index)) offsets.set(first + index, stream.readUInt32LE(at));
      at += 4;
    }
  }
}

class Presentation {
  readonly #stream: Buffer;
  readonly #flow: Flow;
  readonly #order: Order;
  #comments = 0;

  constructor(stream: Buffer, flow: Flow, order: Order) {
    this.#stream = stream;
    this.#flow = flow;
    this.#order = order;
  }

  run(): void {
    const ends: number[] = [];
    for (let at = 0; ; ) {
      while (ends.length > 0 && at >= (ends.at(-1) ?? 0)) {
        ends.pop();
        this.#flow.close();
      }
      const atom = atomAt(this.#stream, at, this.#stream.length);
      if (!atom) break;
      const label = this.#label(atom, at);
      if (label !== null && this.#flow.open(label)) ends.push(atom.end);
      if (atom.version === 0xf) at = atom.start;
      else {
        this.#text(atom);
        at = atom.end;
      }
    }
    for (const _ of ends) this.#flow.close();
  }

  #label(atom: Atom, at: number): string | null {
    if (atom.type === SLIDE) {
      const number = this.#order.byOffset.get(at);
      return number === undefined ? 'an earlier state of a slide' : `slide ${number}`;
    }
    if (atom.type === NOTES) {
      const number = this.#notedSlide(atom);
      return number === undefined ? 'notes' : `notes of slide ${number}`;
    }
    if (atom.type === MASTER) return 'slide master';
    if (atom.type === COMMENT) {
      this.#comments += 1;
      return `comment ${this.#comments}`;
    }
    return atom.type === SLIDE_LIST && atom.version === 0xf ? 'outline' : null;
  }

  #notedSlide(notes: Atom): number | undefined {
    const atom = atomAt(this.#stream, notes.start, notes.end);
    if (atom?.type !== NOTES_ATOM && atom?.type !== SLIDE_ATOM) return undefined;
    if (atom.end - atom.start < 4) return undefined;
    return this.#order.byId.get(this.#stream.readUInt32LE(atom.start));
  }

  #text(atom: Atom): void {
    const { type } = atom;
    if (type !== TEXT_CHARS && type !== TEXT_BYTES && type !== STRING) return;
    const bytes = this.#stream.subarray(atom.start, atom.end);
    const text = bytes.toString(type === TEXT_BYTES ? 'latin1' : 'utf16le');
    for (const line of text.split(/[\r\x0b]/)) {
      this.#flow.paragraph(line.replace(/[\x00-\x08\x0e-\x1f]/g, ' '));
    }
  }
}
