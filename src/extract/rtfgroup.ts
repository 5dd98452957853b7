/** The state of RTF that groups save and restore. */

/** What holds inside a group of RTF, and ends with it. */
export interface Group {
  skip: boolean;
  /** Nothing was read of it yet but `\*`. */
  starred: boolean;
  fonts: boolean;
  code: boolean;
  /** An information field or the name of a drawing's property: its text is a value of this name. */
  value: string | null;
  object: boolean;
  section: boolean;
  /** What held of the text around the section: in a table, a table open. */
  around: readonly [boolean, boolean];
  font: number;
  skipAfterUnicode: number;
  deleted: boolean;
  inserted: boolean;
  /** `\htmlrtf`: what only stands there for readers that do not know the HTML around it. */
  shadow: boolean;
}

export const FIRST: Group = {
  skip: false,
  starred: false,
  fonts: false,
  code: false,
  value: null,
  object: false,
  section: false,
  around: [false, false],
  font: -1,
  skipAfterUnicode: 1,
  deleted: false,
  inserted: false,
  shadow: false,
};
