/** Text as extraction hands it to detection. */

/** Hard border between two cells of a row: no identifier reaches across. */
export const CELL = 0x1f;
/** Hard border between two rows (records). */
export const ROW = 0x1e;

export interface Column {
  /** Zero based, stable within one object; two sheets' columns never share one. */
  readonly index: number;
  /** The header, JSON path or attribute name; empty where there is none. May hold an identifier: mask before showing. */
  readonly name: string;
}

/** Where an offset lies, for a person. */
export interface Place {
  /** `line 12`, `row 812 column phone`, `sheet "Staff" C7`, `$.people[4].id`, `a.zip › list.csv › row 3`. May hold an identifier: mask before showing. */
  readonly label: string;
  /** Identifies the row or record within the object, unique over all its pieces; null in running text. */
  readonly row: number | null;
  readonly column: Column | null;
}

/** A table whose every row has its cells in the same order, as in CSV. */
export interface Grid {
  /** `Place.row` of the piece's first row; the others count up by one. */
  readonly firstRow: number;
  /** The column of a row's n-th cell, from zero. */
  column(cell: number): Column;
}

/**
 * A run of text.
 *
 * `text` is UTF-8. Cells of one row are separated by {@link CELL}, rows by {@link ROW}; running text
 * has neither. `locate` takes byte offsets of `text` in ascending order and is asked only for
 * candidates, so it may walk forward from the last offset.
 */
export interface Piece {
  readonly text: Uint8Array;
  locate(offset: number): Place;
  /** Where set, row and column follow from counting borders, and `locate` is asked for labels only. */
  readonly grid?: Grid;
}
