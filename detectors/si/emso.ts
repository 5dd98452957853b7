/**
 * EMŠO of Slovenia (JMBG elsewhere in what was Yugoslavia): DDMMYYY, region, sequence, check digit.
 *
 * The year has three digits; 50 is Slovenia's region, other regions live on in other countries.
 */
import type { Detector, SumCheck } from '../../src/model/detector.ts';
import { bareOrGrouped, isBirthDate, passesSum, twoDigits } from '../kit.ts';

/** 10 and 11 are both written 0. */
const SUM: SumCheck = {
  weights: [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2],
  modulus: 11,
  signs: '00987654321',
};
/** Born from 1800 to 2099. */
const PATTERNS = [{ pattern: `${twoDigits(1, 31)}${twoDigits(1, 12)}[089]\\d{8}` }];
const aloneFor = bareOrGrouped('low', 'medium');

const emso: Detector = {
  id: 'si.emso',
  title: 'Slovenia EMŠO',
  source: 'Uredba o načinu določanja osebne identifikacijske številke (Uradni list RS 8/99).',
  kind: 'person',
  alone: 'medium',
  shapes: ['d13', 'd7 d6', 'd2~d2~d3~d2~d3~d'],
  masks: ['d7m6', 'm7d6', 'd4m9', 'm9d4'],
  hints: ['EMŠO', 'EMSO', 'JMBG', 'matična številka', 'matični broj', 'ЈМБГ'],
  against: ['EAN', 'črtna koda', 'telefon', 'naročilo', 'račun'],
  passRate: { plausible: 0.001, proved: 0.001 },
  judge: ({ compact }) => {
    const yyy = Number(compact.slice(4, 7));
    const year = yyy + (yyy >= 800 ? 1000 : 2000);
    if (!isBirthDate(year, Number(compact.slice(2, 4)), Number(compact.slice(0, 2)))) return 'no';
    return passesSum(compact, SUM) ? 'proved' : 'no';
  },
  aloneFor,
  // Whether there is such a day is the judge's.
  quick: (match) => ({
    judgement: 'proved',
    alone: aloneFor(match),
    sum: SUM,
    patterns: PATTERNS,
    passes: 'ask',
  }),
  examples: {
    yes: ['1703984504823', '17-03-984-50-482-3', '1703004504822'],
    no: ['1703984504820', '1713984504827'],
  },
};
export default emso;
