/** The port to extraction: bytes → pieces. */
import type { ByteRange } from './asset.ts';
import type { ScanErrorCode } from './errors.ts';
import type { Limits } from './limits.ts';
import type { Piece } from './piece.ts';

/** A part that could not be read; `what` is its path inside the object (`list.zip › b.csv`), empty for all of it. */
export interface ExtractionGap {
  readonly code: ScanErrorCode;
  readonly what: string;
  readonly detail: string;
}

/** Bytes of one object. `ranges` are half open and ascending; one range over the whole object when it was read whole. */
export interface ObjectBytes {
  /** The key's last segment: used for words in messages and as a hint, never to decide the format. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly parts: readonly { readonly start: number; readonly bytes: Uint8Array }[];
  /** Set where only the head is among the parts, and the rest can be had. */
  readonly more?: MoreBytes;
}

/** The rest of an object that is too large to be read whole. */
export interface MoreBytes {
  /** What the sample drew, for formats that can be cut anywhere; ascending, behind the head. */
  readonly sample: readonly ByteRange[];
  /** The bytes of a range. Rejects with ScanError. */
  read(range: ByteRange): Promise<Uint8Array>;
}

export interface Sink {
  piece(piece: Piece): void;
  gap(gap: ExtractionGap): void;
}

export type Extract = (object: ObjectBytes, sink: Sink, limits: Limits) => Promise<void>;
