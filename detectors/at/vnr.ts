/**
 * Insurance number (Versicherungsnummer) of Austria: three digits, a check digit, DDMMYY.
 *
 * Months 13 to 15 are given when a day's numbers run out.
 */
import type { Detector, SumCheck } from '../../src/model/detector.ts';
import { bareOrGrouped, isShortBirthDate, passesSum, shortDatePattern, twoDigits } from '../kit.ts';

/**
 * The fourth digit is the remainder by 11 of the others, weights 3, 7, 9, 5, 8, 4, 2, 1 and 6. Here it
 * is solved for the last one, whose 6 makes 1 with 2: the fourth counts 2, the others their weight by -2.
 */
const SUM: SumCheck = {
  weights: [5, 8, 4, 2, 1, 6, 3, 7, 9],
  modulus: 11,
  signs: '0123456789-',
};
const OVERFLOW = `${twoDigits(1, 31)}${twoDigits(13, 15)}\\d\\d`;
const PATTERNS = [{ pattern: `\\d{4}(?:${shortDatePattern('ddmmyy')}|${OVERFLOW})` }];
const aloneFor = bareOrGrouped('low', 'medium');

const vnr: Detector = {
  id: 'at.vnr',
  title: 'Austria insurance number',
  source: 'Hauptverband der Sozialversicherungsträger; § 31 ASVG.',
  kind: 'person',
  alone: 'medium',
  shapes: ['{1-9}d3~d6'],
  masks: ['d4 m6', 'm4 d6', 'm4d6', 'd4m6'],
  hints: [
    'Versicherungsnummer',
    'SVNR',
    'SV-Nummer',
    'Sozialversicherungsnummer',
    'VSNR',
    'e-card',
  ],
  against: ['Telefon', 'Bestellnummer', 'Rechnungsnummer', 'Kundennummer'],
  samples: ['1237010180'],
  passRate: { plausible: 0.005, proved: 0.005 },
  judge: ({ compact }) => {
    const month = Number(compact.slice(6, 8));
    const yy = Number(compact.slice(8, 10));
    const day = Number(compact.slice(4, 6));
    const overflows = month >= 13 && month <= 15 && day >= 1 && day <= 31;
    if (!overflows && !isShortBirthDate(yy, month, day)) return 'no';
    return passesSum(compact, SUM) ? 'proved' : 'no';
  },
  aloneFor,
  quick: (match) => ({
    judgement: 'proved',
    alone: aloneFor(match),
    sum: SUM,
    patterns: PATTERNS,
  }),
  examples: { yes: ['4829 170384'], no: ['4820 170384', '4820 171684'] },
};
export default vnr;
