/**
 * What ripgrep looks for beside us: twelve shapes of identifiers, without check digits, words
 * beside them or people. Rust's regex syntax, bytes (`--no-unicode`).
 */
export const PATTERNS: readonly (readonly [what: string, pattern: string])[] = [
  ['Hong Kong identity card', String.raw`\b[A-Z]{1,2}\d{6}\(?[0-9A]\)?`],
  ['Singapore NRIC or FIN', String.raw`\b[STFGM]\d{7}[A-Z]\b`],
  ['China resident identity number', String.raw`\b\d{17}[0-9Xx]\b`],
  ['the same in its old form', String.raw`\b\d{15}\b`],
  ['e-mail address', String.raw`[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}`],
  ['telephone of eight digits', String.raw`\b[2-9]\d{3}[ -]?\d{4}\b`],
  ['My Number, Aadhaar', String.raw`\b\d{4}[ -]?\d{4}[ -]?\d{4}\b`],
  ['payment card', String.raw`\b\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4,7}\b`],
  ['mobile telephone of China', String.raw`\b1[3-9]\d{9}\b`],
  ['US Social Security number', String.raw`\b\d{3}-\d{2}-\d{4}\b`],
  ['Taiwan national identity number', String.raw`\b[A-Z]\d{9}\b`],
  ['Korea resident registration number', String.raw`\b\d{6}-\d{7}\b`],
];
