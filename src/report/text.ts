/** How many columns of a terminal a text takes. */

/** Two columns wide in a terminal: the Wide and Fullwidth blocks of Unicode's EastAsianWidth.txt (16.0), and emoji. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x2329, 0x232a],
  [0x23e9, 0x23ec],
  [0x25fd, 0x25fe],
  [0x2614, 0x2615],
  [0x2630, 0x2637],
  [0x2648, 0x2653],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4dc0, 0x4dff],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6b],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18cff],
  [0x1aff0, 0x1b2fb],
  [0x1f004, 0x1f004],
  [0x1f18e, 0x1f18e],
  [0x1f191, 0x1f19a],
  [0x1f200, 0x1f320],
  [0x1f32d, 0x1f335],
  [0x1f337, 0x1f64f],
  [0x1f680, 0x1f6d2],
  [0x1f90c, 0x1faf8],
  [0x20000, 0x3fffd],
];

/** Takes no column of its own: accents and joiners that sit on the character before. */
const COMBINING = /^[\p{Mn}\p{Me}\p{Cf}]$/u;

/** Columns that this text takes in a terminal. */
export function columns(text: string): number {
  let sum = 0;
  for (const character of text) sum += characterColumns(character);
  return sum;
}

function characterColumns(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (COMBINING.test(character)) return 0;
  return WIDE.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}

/** Cut to at most `width` columns; what was cut shows as `…`. */
export function cutTo(text: string, width: number): string {
  if (columns(text) <= width) return text;
  if (width <= 0) return '';
  let kept = '';
  let sum = 0;
  for (const character of text) {
    sum += characterColumns(character);
    if (sum > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

export type Align = 'left' | 'right';

/** Cut or filled with spaces to exactly `width` columns. */
export function pad(text: string, width: number, align: Align = 'left'): string {
  const cut = cutTo(text, width);
  const space = ' '.repeat(Math.max(0, width - columns(cut)));
  return align === 'left' ? cut + space : space + cut;
}

/** Broken into lines of at most `width` columns, at spaces where there are any. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((each) => breakWord(each, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (columns(longer) <= width) {
      line = longer;
    } else {
      lines.push(line);
      line = word;
    }
  }
  lines.push(line);
  return lines;
}

/** Chinese and Japanese have no spaces: a run that is wider than the line is cut where the line ends. */
function breakWord(word: string, width: number): readonly string[] {
  if (columns(word) <= width) return [word];
  const parts: string[] = [];
  let part = '';
  for (const character of word) {
    if (part !== '' && columns(part) + characterColumns(character) > width) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  parts.push(part);
  return parts;
}
