/** The reasons of a hit in words: `because` is codes, this table turns them into sentences. docs/confidence.md shows it. */

export type Effect = 'raises' | 'lowers' | 'tells';

interface Reason {
  readonly effect: Effect;
  /** `{value}` is what stands after the code's colon. */
  readonly text: string;
}

export const CONFIDENCE_REASONS: Readonly<Record<string, Reason>> = {
  proved: { effect: 'raises', text: 'its check digit, or the date in it, is right' },
  'hint:header': { effect: 'raises', text: "the column's header names it" },
  'hint:near': { effect: 'raises', text: 'a word beside it names it' },
  neighbour: {
    effect: 'raises',
    text: "it stands beside another of the person's identifiers, or in a table with names",
  },
  beside: { effect: 'raises', text: 'it was looked for because an identifier stands beside it' },
  surplus: {
    effect: 'raises',
    text: 'more of its column pass the check than chance explains (probability {value})',
  },
  thin: { effect: 'raises', text: 'its mask hides so little that it counts as none' },
  against: {
    effect: 'lowers',
    text: 'a header or a word beside it says that it is something else',
  },
  sample: { effect: 'lowers', text: "it is a published sample or an address that is nobody's" },
  uniform: { effect: 'lowers', text: 'its digits are all alike or counted off' },
  epoch: { effect: 'lowers', text: 'it reads as a time in seconds or milliseconds since 1970' },
  gs1: { effect: 'lowers', text: 'it reads as an article number (GS1, EAN-13)' },
  date: { effect: 'lowers', text: 'it reads as a date and time' },
  sequence: { effect: 'lowers', text: 'it is one of a series of numbers' },
  number: { effect: 'lowers', text: 'it reads as a plain number, a version or a network address' },
  cut: { effect: 'lowers', text: 'its grouping goes on: it is a part of a longer number' },
  broken: { effect: 'lowers', text: 'its digits run over the end of a line' },
  lower: { effect: 'lowers', text: 'its letters are in lower case, as in hashes and file names' },
  noise: {
    effect: 'lowers',
    text: 'in this text or column too few of its shape pass the check',
  },
  chance: {
    effect: 'lowers',
    text: 'in its column no more pass the check than chance explains',
  },
  allowed: { effect: 'lowers', text: 'the allow list of the configuration names it' },
  candidates: { effect: 'tells', text: '{value} values are possible behind its mask' },
};

/** `surplus:p<1e-9` → `raised: more of its column … (probability p<1e-9)`. An unknown code is shown as it is. */
export function explainReason(code: string): string {
  const exact = CONFIDENCE_REASONS[code];
  const colon = code.indexOf(':');
  const reason = exact ?? CONFIDENCE_REASONS[colon < 0 ? code : code.slice(0, colon)];
  if (!reason) return code;
  const word = { raises: 'raised', lowers: 'lowered', tells: 'note' }[reason.effect];
  return `${word}: ${reason.text.replace('{value}', colon < 0 ? '' : code.slice(colon + 1))}`;
}

/** Why a hit has its confidence, a sentence a reason; what the form alone is worth where there is none. */
export function explainConfidence(because: readonly string[]): readonly string[] {
  return because.length > 0 ? because.map(explainReason) : ['its form alone is worth as much'];
}
