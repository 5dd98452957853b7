/** Cells and sheet names of a workbook: text that stays text, whatever it begins with. */
import { isFormula } from '../../model/csv.ts';
import { plain } from '../../model/plain.ts';

/** Indices into `cellXfs` of {@link styles}. */
export const STYLE = {
  text: 1,
  /** Excel's own mark for "this is text": editing the cell does not turn it into a formula either. */
  quoted: 2,
  number: 3,
  time: 4,
  head: 5,
  code: 6,
  critical: 7,
  high: 8,
  medium: 9,
  low: 10,
} as const;
export type CellStyle = keyof typeof STYLE;

export interface SheetCell {
  readonly value: string | number | Date;
  readonly style: CellStyle;
}

/** What Excel allows in a cell (Excel specifications and limits). */
export const CELL_CHARACTERS_AT_MOST = 32_767;
/** What Excel allows in a sheet's name. */
const NAME_CHARACTERS = 31;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** `_x0041_` would be read as a character (ECMA-376, ST_Xstring). */
export function xmlText(text: string): string {
  return plain(text)
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '');
}

const DAY_MS = 86_400_000;
/** Days from 1899-12-30, Excel's day 0, to 1970-01-01. */
const EPOCH_DAYS = 25_569;

/** `cut` ends a text that is too long for a cell. */
export function cellXml({ value, style }: SheetCell, reference: string, cut: string): string {
  if (typeof value === 'number' || value instanceof Date) {
    const number = typeof value === 'number' ? value : value.getTime() / DAY_MS + EPOCH_DAYS;
    if (!Number.isFinite(number)) return '';
    return `<c r="${reference}" s="${STYLE[style]}"><v>${number}</v></c>`;
  }
  if (value === '') return '';
  const whole = value.length <= CELL_CHARACTERS_AT_MOST;
  const text = whole
    ? value
    : `${value.slice(0, CELL_CHARACTERS_AT_MOST - cut.length - 1)}\n${cut}`;
  const kept = style === 'text' && isFormula(text) ? STYLE.quoted : STYLE[style];
  // An inline string is a string by its type; a reader never looks for a formula in it.
  return `<c r="${reference}" s="${kept}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;
}

/** 0 → A, 26 → AA. */
export function columnName(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnName(Math.floor(index / 26) - 1) + last;
}

/** A name Excel takes for each of these, each once: 31 characters, without `[]:*?/\`, not `History`. */
export function sheetNames(names: readonly string[]): readonly string[] {
  const taken = new Set(['history']);
  return names.map((name) => {
    const safe = plain(name)
      .replace(/[[\]:*?/\\\n\t\ufffd]+/g, ' ')
      .replace(/\s+/g, ' ')
      .replace(/^[' ]+|[' ]+$/g, '');
    const base = safe === '' ? 'Sheet' : safe;
    for (let count = 1; ; count += 1) {
      const suffix = count === 1 ? '' : ` (${count})`;
      const cut = base.slice(0, NAME_CHARACTERS - suffix.length).toWellFormed();
      const unique = cut.replaceAll('\ufffd', '').replace(/[' ]+$/, '') + suffix;
      if (taken.has(unique.toLowerCase())) continue;
      taken.add(unique.toLowerCase());
      return unique;
    }
  });
}
