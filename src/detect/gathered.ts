/** What is known of an object when its pieces have passed; conclude.ts decides on it. */
import type { ColumnState } from './columns.ts';
import type { TextStatistics } from './noise.ts';
import { Field, type Records } from './records.ts';

/** What may be shown of one match. The place is not yet masked. */
export interface Evidence {
  readonly record: number;
  readonly masked: string;
  readonly label: string;
  /** What a mask at its source leaves; null where there is none. */
  readonly candidates: number | null;
}

/** All that is known of an object when its pieces have passed. */
export interface Gathered {
  readonly records: Records;
  readonly columns: readonly ColumnState[];
  /** Record numbers at which running-text pieces begin. */
  readonly pieceStarts: readonly number[];
  /** Of all running text. */
  readonly text: TextStatistics;
  readonly evidence: readonly Evidence[];
  /** By record: hashes of all the rows that it stands for, two words each. */
  readonly alike: ReadonlyMap<number, readonly Uint32Array[]>;
}

/** The column of a record; undefined in running text: an array asked for what is before its first element is slow. */
export function columnOf({ records, columns }: Gathered, record: number): ColumnState | undefined {
  const column = records.get(record, Field.column);
  return column < 0 ? undefined : columns[column];
}
