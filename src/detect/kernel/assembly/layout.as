/**
 * Where things lie in the memory that the scanner shares with JavaScript. `layout.ts` says the same
 * to the other side; a test compares the two.
 */
export const IS_WORD: usize = 0x0000;
export const IS_MASK: usize = 0x0100;
/** Signs that an identifier anchored by digits may hold, letters and digits too. */
export const IS_INNER: usize = 0x0200;
/** Four automata: digit, at, angle, mask. A table of 256 bytes each. */
export const CLASSES: usize = 0x0400;
export const FIRSTS: usize = 0x0800;
export const BEFORES: usize = 0x0c00;
/** Byte → first symbol of its kind for the rough automaton; 255 ends a cluster. */
export const SYMBOLS: usize = 0x1000;
/** Signs beside which no identifier of the digit automaton begins or ends. */
export const IS_BORDER: usize = 0x1200;
/** Pairs of 16-byte tables: signs inside, everything that stops the skipping but digits. */
export const SETS: usize = 0x1300;
/** Row, cell, its start, cells so far, how often what is quiet was forgotten; then numbers by automaton. */
export const STATE: usize = 0x1400;
export const NUMBERS: usize = 0x1440;
/** A keyed hash, the key, the value hashed: of a machine that does nothing else. */
export const HASH: usize = 0x14f0;
export const KEY: usize = 0x1500;
export const VALUE: usize = 0x1800;
/** The table's: a value to hash with room for a prefix before it, digits of one, patterns' work. */
export const TABLE_VALUE: usize = 0x1580;
export const PATTERNS: usize = 0x1680;
export const ENDS: usize = 0x1800;
export const END_STATES: usize = 0x2000;
/** The numbers from 0 to 15, a byte each. */
export const NUMBERING: usize = 0x2800;
/** Of the row at hand what was found in it: slot, offset of the cell, hash; signs kept of a match, within its slot. */
export const ROW_ENTRIES: usize = 0x2820;
export const ENTRY: usize = 16;
export const PLACES: usize = 96;
/** Bytes of one known look of a column's cells, behind sixteen of the column's own. */
export const LOOK: usize = 48;
/** May a match begin with a word? By which of its first signs are digits, as bits; see kernel/beginnings.ts. */
export const BEGINNINGS: usize = 0x2b00;
/** May a word with digits behind it begin with two letters? As bits; see kernel/prefilter.ts. */
export const PAIRS: usize = 0x2f00;
/** Boundary tables, one for each set of signs that all shapes of a state share. */
export const BOUNDARIES: usize = 0x3000;
/** By the sign before a cluster: where the rough automaton starts, two bytes each. */
export const ROUGH_STARTS: usize = 0xf800;
/** Sixteen times the same byte, of bytes that are needed often. */
export const SPLATS: usize = 0xfa00;
/** The rough automaton's transitions: 128 symbols of two bytes a state. */
export const ROUGH: usize = 0x10000;
/** Folded code by code point of the basic plane. */
export const FOLDS: usize = 0x90000;
/** Clusters seen, 64 bytes each. */
export const KNOWN: usize = 0xa0000;
/** By UTF-16 unit: what it is in the plain form of words; the node of words that begin with it. */
export const KINDS: usize = 0xc0000;
export const ROOTS: usize = 0xd0000;
/** Plain form of the text at hand; where in it words may begin; words found in it, three numbers each; from, to, length of the plain form. */
export const PLAIN: usize = 0xf0000;
export const CANDIDATES: usize = 0xf0800;
export const FOUND: usize = 0xf1000;
export const WINDOW: usize = 0xf4000;
/** Of the tree of words: addresses of its tables, in the order of kernel/words.ts. */
export const TREE: usize = 0xf4020;
/** By cell of a row: address of what is known of its column. */
export const CELLS: usize = 0xf4060;
/** Where the addresses of the kinds of rows are. */
export const SIGNATURES: usize = 0xf4860;
/** By cell of a row: address of what its column is known to make nothing of; see scanner.as. */
export const INERTS: usize = 0xf4980;
