/**
 * EMŠO of Slovenia (JMBG elsewhere in what was Yugoslavia): DDMMYYY, region, sequence, check digit.
 *
 * The year has three digits; 50 is Slovenia's region, other regions live on in other countries.
 */
import type { Detector } from '../../src/model/detector.ts';
import { bareOrGrouped, isBirthDate, weightedSum } from '../kit.ts';

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
    const check = 11 - (weightedSum(compact, [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11);
    // 10 and 11 are both written 0.
    return (check > 9 ? 0 : check) === Number(compact[12]) ? 'proved' : 'no';
  },
  aloneFor: bareOrGrouped('low', 'medium'),
  examples: {
    yes: ['1703984504823', '17-03-984-50-482-3', '1703004504822'],
    no: ['1703984504820', '1713984504827'],
  },
};
export default emso;
