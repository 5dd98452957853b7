/**
 * Birth number (rodné číslo) of Czechia: YYMMDD/NNNC, before 1954 YYMMDD/NNN.
 *
 * Women's months have 50 added; since 2004 20 may be added as well when a day's numbers run out. Ten
 * digits divide by 11, but a remainder of 10 is written as 0 (the rule until
 * 1985, met later too). The tax number (DIČ) of a person is `CZ` and this number, or nine digits from
 * 6 on with a check digit where there is none.
 */
import type { Detector, Judgement, Quick, SumCheck } from '../../src/model/detector.ts';
import {
  bareOrGrouped,
  dayPattern,
  decimalWeights,
  isBirthDate,
  isDate,
  passesSum,
  shortDatePattern,
  weightedSum,
} from '../kit.ts';

const WEIGHTS = decimalWeights(9, 11);
/** A remainder of 10 gives a 0. */
const SUM: SumCheck = { weights: WEIGHTS, modulus: 11, signs: '01234567890' };

type IsDay = (year: number, month: number, day: number) => boolean;

function isBorn(isDay: IsDay, year: number, written: number, day: number): boolean {
  const month = written % 50;
  if (year >= 2004 && isDay(year, month - 20, day)) return true;
  return isDay(year, month, day);
}

/** Shared with Slovakia, whose numbers continue those of Czechoslovakia. */
export function judgeBirthNumber(compact: string): Judgement {
  const yy = Number(compact.slice(0, 2));
  const isOld = compact.length === 9;
  // Given since 1946: to people born from the 1880s on.
  if (isOld && yy >= 54 && yy < 80) return 'no';
  const year = isOld ? (yy < 54 ? 1900 : 1800) + yy : (yy < 54 ? 2000 : 1900) + yy;
  const born = (isDay: IsDay): boolean =>
    isBorn(isDay, year, Number(compact.slice(2, 4)), Number(compact.slice(4, 6)));
  if (isOld) return born(isBirthDate) && !compact.endsWith('000') ? 'plausible' : 'no';
  if (!passesSum(compact, SUM) || !born(isDate)) return 'no';
  // A day to come: someone of before 1954 written with ten digits, or a test.
  return born(isBirthDate) ? 'proved' : 'plausible';
}

const TEN_DIGITS = `${shortDatePattern('yymmdd', { months: [0, 20, 50, 70] })}\\d{4}`;
/** Years 1880 to 1953, of which 1900 has no 29 February. */
const OLD_DATE =
  `(?:(?:[0-4]\\d|5[0-3]|[89]\\d)${dayPattern('mmdd', { months: [0, 50] })}|` +
  '(?:0[48]|[24][048]|[13][26]|52|8[048]|9[26])(?:02|52)29)';
const NINE_DIGITS = `${OLD_DATE}(?:00[1-9]|0[1-9]\\d|[1-9]\\d\\d)`;

/** Tables for {@link judgeBirthNumber}, which looks at days to come. */
export function quickBirthNumber(compact: string, alone: Quick['alone']): Quick {
  if (compact.length === 9) {
    return { judgement: 'plausible', alone, patterns: [{ pattern: NINE_DIGITS }] };
  }
  const patterns = [{ pattern: TEN_DIGITS }];
  return { judgement: 'proved', alone, sum: SUM, patterns, passes: 'ask' };
}

/** Ten digits with the country before them: written otherwise than their value, so that the judge is asked. */
function quickTaxNumber(compact: string, alone: Quick['alone']): Quick | null {
  if (compact.length !== 12) return null;
  const sum = { ...SUM, weights: [0, 0, ...WEIGHTS] };
  const patterns = [{ pattern: `CZ${TEN_DIGITS}` }];
  return { judgement: 'proved', alone, sum, patterns, passes: 'ask' };
}

const aloneFor = bareOrGrouped('low', 'medium');

/** The tax number of a person without a birth number. */
function isForeigner(compact: string): boolean {
  if (!/^CZ6\d{8}$/.test(compact)) return false;
  const remainder = weightedSum(compact.slice(3), [8, 7, 6, 5, 4, 3, 2]) % 11;
  return (8 - ((10 - remainder + 11) % 11) + 10) % 10 === Number(compact[10]);
}

const rc: Detector = {
  id: 'cz.rc',
  title: 'Czech birth number',
  source: 'Zákon č. 133/2000 Sb., § 13.',
  kind: 'person',
  alone: 'medium',
  shapes: ['d6/d4', 'd6/d3', 'd9..10', 'd6 d4', '{C}{Z}^d9..10', '{C}{Z}^d6/d3..4'],
  masks: ['d6/m4', 'd6/m3', 'd6m4', 'm6/d4'],
  hints: ['rodné číslo', 'rodne cislo', 'rodné č', 'r.č.', 'RČ', 'birth number'],
  against: ['telefon', 'objednávka', 'faktura', 'číslo účtu', 'variabilní symbol'],
  passRate: { plausible: 0.055, proved: 0.006 },
  judge: ({ compact }) =>
    isForeigner(compact) ? 'proved' : judgeBirthNumber(compact.replace('CZ', '')),
  canonical: ({ compact }) => compact.replace('CZ', ''),
  aloneFor,
  quick: (match) => {
    const { compact } = match;
    return (compact.length > 10 ? quickTaxNumber : quickBirthNumber)(compact, aloneFor(match));
  },
  examples: {
    yes: ['845317/4829', '405317/482', '0473174823', 'CZ8453174829', 'CZ 405317/482'],
    no: ['845317/4820', '843317/4820', '405317000'],
  },
};
export default rc;
