/** What is known of a match, as bits of one number: records are kept in typed arrays. */
import type { Confidence } from '../model/detector.ts';

export const Flag = {
  proved: 1,
  header: 2,
  near: 4,
  neighbour: 8,
  surplus: 16,
  against: 32,
  sample: 64,
  uniform: 128,
  epoch: 256,
  gs1: 512,
  date: 1024,
  sequence: 2048,
  /** The column's candidates pass no more often than chance explains. */
  chance: 4096,
  masked: 8192,
  /** Lies in a row of a table, not in running text. */
  row: 16384,
  /** Decided: counts. */
  counts: 32768,
  /** Reads as a plain number: IP address, version, thousands. */
  number: 65536,
  /** Its grouping goes on to a side: a part of a longer number. */
  cut: 131072,
  /** Digits that run over a line end: two numbers more often than one. */
  broken: 262144,
  /** Letters in lower case, in running text: hashes, file names. */
  lower: 524288,
  /** Written with hyphens, slashes or brackets, as it is printed. */
  printed: 1048576,
  /** In this running text the shape passes its check no more often than chance explains. */
  noise: 2097152,
  /** Only a part of the value: `567A`. */
  partial: 4194304,
  /** Found by a finder because an identifier stands beside it. */
  beside: 8388608,
  /** Masked so little that hardly anything stays hidden. */
  thin: 16777216,
  /** Named by the configuration's allow list. */
  allowed: 33554432,
} as const;

const CODES: readonly (readonly [flag: number, code: string])[] = [
  [Flag.proved, 'proved'],
  [Flag.header, 'hint:header'],
  [Flag.near, 'hint:near'],
  [Flag.neighbour, 'neighbour'],
  [Flag.beside, 'beside'],
  [Flag.surplus, 'surplus'],
  [Flag.against, 'against'],
  [Flag.sample, 'sample'],
  [Flag.uniform, 'uniform'],
  [Flag.epoch, 'epoch'],
  [Flag.gs1, 'gs1'],
  [Flag.date, 'date'],
  [Flag.sequence, 'sequence'],
  [Flag.number, 'number'],
  [Flag.cut, 'cut'],
  [Flag.broken, 'broken'],
  [Flag.lower, 'lower'],
  [Flag.noise, 'noise'],
  [Flag.allowed, 'allowed'],
  [Flag.thin, 'thin'],
  [Flag.chance, 'chance'],
];

/**
 * The reasons as they appear in `because`; docs/confidence.md has them all. `chance`: the surplus'
 * probability, at the next power of ten. `candidates`: what a mask leaves.
 */
export function becauseOf(
  flags: number,
  chance: number,
  candidates: number | null,
): readonly string[] {
  const codes = CODES.filter(([flag]) => (flags & flag) !== 0).map(([flag, code]) =>
    flag === Flag.surplus && chance < 1 ? `${code}:p<${powerOver(chance)}` : code,
  );
  return candidates === null ? codes : [...codes, `candidates:${candidates}`];
}

/** The least power of ten over a probability, from 1e-6 to 1e-300. */
function powerOver(probability: number): string {
  const exponent = probability > 0 ? Math.ceil(Math.log10(probability)) : -300;
  return `1e${Math.max(exponent, -300)}`;
}

/** Every code, for the documentation's test. */
export const REASONS: readonly string[] = [...CODES.map(([, code]) => code), 'candidates'];

/** Confidence as a number: none 0, low 1, medium 2, high 3. */
export type Level = number;

export const LEVELS: readonly ('none' | Confidence)[] = ['none', 'low', 'medium', 'high'];
export const LOW: Level = 1;
export const MEDIUM: Level = 2;
export const HIGH: Level = 3;

export function levelOf(confidence: 'none' | Confidence): Level {
  // Asked of every match: comparing in turn is faster than a search of the list.
  if (confidence === 'none') return 0;
  if (confidence === 'low') return LOW;
  return confidence === 'medium' ? MEDIUM : HIGH;
}

/** For levels from low up. */
export function confidenceOf(level: Level): Confidence {
  return level >= HIGH ? 'high' : level === MEDIUM ? 'medium' : 'low';
}
