/**
 * Codice fiscale of Italy: 16 characters.
 *
 * Three letters of the surname, three of the name, year, a letter for the month, day with 40 added
 * for women, place (a letter and three digits), check letter. Where two people would share a code,
 * digits are replaced by the letters L to V (omocodia).
 */
import type { Detector } from '../../src/model/detector.ts';
import { automataOf, PASSES, SIGNS } from '../automaton.ts';
import { charValue, isShortBirthDate } from '../kit.ts';

/** Values of 0-9 (as A-J) and A-Z in odd places. */
const ODD = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 22, 25, 24, 23,
];
const ODD_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUWXYZ';
const OMOCODIA = 'LMNPQRSTUV';
const MONTHS = 'ABCDEHLMPRST';

function oddValue(sign: string): number {
  if (sign === 'V') return 10;
  const letter = /\d/.test(sign) ? ODD_LETTERS.charAt(Number(sign)) : sign;
  return ODD[ODD_LETTERS.indexOf(letter)] ?? 0;
}

const evenValue = (sign: string): number => charValue(sign) - (/\d/.test(sign) ? 0 : 10);

const valueAt = (at: number, sign: string): number =>
  at % 2 === 0 ? oddValue(sign) : evenValue(sign);

function checkLetter(compact: string): string {
  let sum = 0;
  for (let i = 0; i < 15; i++) sum += valueAt(i, compact.charAt(i));
  return String.fromCharCode(65 + (sum % 26));
}

/** Two digits, undone from omocodia. */
function twoDigits(text: string): number {
  return Number([...text].map(plainDigit).join(''));
}

const plainDigit = (sign: string): number =>
  /\d/.test(sign) ? Number(sign) : OMOCODIA.indexOf(sign);

/** States are the remainder by 26, and 26 times what the date still needs. */
const AUTOMATA = automataOf((state, sign, at) => {
  if (at === 15) return sign === String.fromCharCode(65 + state) ? PASSES : null;
  const needs = neededAt(Math.floor(state / 26), sign, at);
  return needs === null ? null : ((state + valueAt(at, sign)) % 26) + 26 * needs;
}, SIGNS);

/** Of the year whether it is a leap year, of the month its days; null where there is no such date. */
function neededAt(before: number, sign: string, at: number): number | null {
  if (at === 8) {
    const month = MONTHS.indexOf(sign) + 1;
    return month === 0 ? null : month === 2 ? 28 + before : [4, 6, 9, 11].includes(month) ? 30 : 31;
  }
  if (at < 6 || at > 10) return 0;
  const digit = plainDigit(sign);
  if (digit < 0) return null;
  if (at === 6) return digit % 2;
  if (at === 7) return (before * 10 + digit) % 4 === 0 ? 1 : 0;
  if (at === 9) return digit < 8 ? before * 4 + (digit % 4) : null;
  const day = (before % 4) * 10 + digit;
  return day >= 1 && day <= Math.floor(before / 4) ? 0 : null;
}

const cf: Detector = {
  id: 'it.cf',
  title: 'Italy codice fiscale',
  source: 'Decreto ministeriale 23 dicembre 1976, n. 13813.',
  kind: 'person',
  alone: 'high',
  shapes: [
    'l6{0-9L-NP-V}2{ABCDEHLMPRST}{0-9L-NP-V}2l{0-9L-NP-V}3l',
    'l3 l3 d2{ABCDEHLMPRST}d2 l{0-9L-NP-V}3l',
  ],
  masks: ['l6m6ld3l', 'l6d2m3ld3l', 'l6d2ld2m5', 'l3m10d2l'],
  hints: ['codice fiscale', 'cod. fiscale', 'cod fisc', 'C.F.', 'CF', 'codicefiscale'],
  against: ['partita IVA', 'ordine', 'fattura'],
  passRate: { plausible: 0.021, proved: 0.021 },
  judge: ({ compact }) => {
    const day = twoDigits(compact.slice(9, 11));
    const month = 1 + MONTHS.indexOf(compact.charAt(8));
    if (!isShortBirthDate(twoDigits(compact.slice(6, 8)), month, day > 40 ? day - 40 : day))
      return 'no';
    return checkLetter(compact) === compact[15] ? 'proved' : 'no';
  },
  quick: ({ compact }) => ({
    judgement: 'proved',
    alone: 'high',
    automaton: AUTOMATA(compact.length),
  }),
  examples: {
    yes: ['KRTGNN84C57H501M', 'KRTGNN84C57H50ME', 'KRT GNN 84C57 H50ME'],
    no: ['KRTGNN84C57H501A', 'KRTGNN84C77H5010'],
  },
};
export default cf;
