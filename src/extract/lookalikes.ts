/**
 * Letters at the ends of a number that OCR takes for digits or brackets: `S9903234J` is read as
 * `59903234)`. A number of seven digits between two letters has a check letter, so every way the ends
 * could have been meant is handed on, in a line of its own after the one that was read, and detection
 * keeps the one that is right, if any.
 */
const HEADS: Readonly<Record<string, string>> = { '5': 'S', $: 'S', '7': 'T', '6': 'G' };
const TAILS: Readonly<Record<string, readonly string[]>> = {
  ')': ['J'],
  ']': ['J'],
  '|': ['I'],
  l: ['I'],
  '1': ['I'],
  '7': ['Z'],
  '2': ['Z'],
  '0': ['D', 'Q'],
  '8': ['B'],
  '6': ['G'],
  '4': ['A'],
};
const INNER: Readonly<Record<string, string>> = {
  O: '0',
  o: '0',
  l: '1',
  I: '1',
  Z: '2',
  S: '5',
  B: '8',
};

/** A head, seven of what reads as digits, a tail; the tail `I` is often read twice. */
const NUMBER =
  /(?<![A-Za-z0-9])([A-Z$567])([\dOolIZSB]{7})([A-Z)\]|l1270864]|[lI|]{2})(?![A-Za-z0-9])/g;

function meant(head: string, inner: string, tail: string): readonly string[] {
  const digits = [...inner].map((sign) => INNER[sign] ?? sign).join('');
  const last = tail.length === 2 ? 'I' : tail;
  const tails = /[A-Z]/.test(last) ? [last] : (TAILS[last] ?? []);
  const first = HEADS[head] ?? head;
  return /[A-Z]/.test(first) ? tails.map((end) => first + digits + end) : [];
}

/** The text with a line of alternatives after each line that has some. The words of the line stay with them. */
export function withLookalikes(text: string): string {
  return text
    .split('\n')
    .flatMap((line) => {
      const variants = [...line.matchAll(NUMBER)].flatMap(
        ([read, head = '', inner = '', tail = '']) =>
          meant(head, inner, tail).filter((variant) => variant !== read),
      );
      if (variants.length === 0) return [line];
      const words = line.replace(/\S*\d\S*/g, ' ').trim();
      return [line, `${words} ${variants.join(' , ')}`];
    })
    .join('\n');
}
