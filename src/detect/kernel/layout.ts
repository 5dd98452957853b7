/** Where things lie in the memory shared with the scanner: assembly/layout.as, which says what each is. */

export const Layout = {
  IS_WORD: 0x0000,
  IS_MASK: 0x0100,
  IS_INNER: 0x0200,
  CLASSES: 0x0400,
  FIRSTS: 0x0800,
  BEFORES: 0x0c00,
  SYMBOLS: 0x1000,
  IS_BORDER: 0x1200,
  SETS: 0x1300,
  STATE: 0x1400,
  NUMBERS: 0x1440,
  HASH: 0x14f0,
  KEY: 0x1500,
  VALUE: 0x1800,
  ENDS: 0x1800,
  END_STATES: 0x2000,
  NUMBERING: 0x2800,
  BEGINNINGS: 0x2b00,
  PAIRS: 0x2f00,
  BOUNDARIES: 0x3000,
  ROUGH_STARTS: 0xf800,
  SPLATS: 0xfa00,
  ROUGH: 0x10000,
  FOLDS: 0x90000,
  KNOWN: 0xa0000,
  KINDS: 0xc0000,
  ROOTS: 0xd0000,
  PLAIN: 0xf0000,
  CANDIDATES: 0xf0800,
  FOUND: 0xf1000,
  WINDOW: 0xf4000,
  TREE: 0xf4020,
  CELLS: 0xf4060,
  SIGNATURES: 0xf4860,
  INERTS: 0xf4980,
  TABLE_VALUE: 0x1580,
  PATTERNS: 0x1680,
  ROW_ENTRIES: 0x2820,
} as const;

/** Bytes that are there sixteen times, in the order in which assembly/kinds.as names them. */
export const SPLAT_BYTES: readonly number[] = [
  15, 31, 3, 80, -118, 32, 31, -102, 48, 65, -2, 30, 64, 60, 10, 16,
];

/** From here on tables of one engine, then texts. */
export const FREE = 0xf5180;

/** Bytes of zeros before and behind a text. */
export const MARGIN = 64;
