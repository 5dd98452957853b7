/**
 * Identity number (T.C. kimlik numarası) of Türkiye: eleven digits, the last two check digits.
 *
 * The first is never 0.
 */
import type { Detector, SumCheck } from '../../src/model/detector.ts';
import { charValue, passesSum, weightedSum } from '../kit.ts';

/** The last digit: all others added up. */
const ELEVENTH: SumCheck = { weights: Array(10).fill(1), modulus: 10, signs: '0123456789' };

const tckn: Detector = {
  id: 'tr.tckn',
  title: 'Türkiye identity number',
  source: 'Nüfus ve Vatandaşlık İşleri; the two sums as in general use.',
  kind: 'person',
  alone: 'low',
  shapes: ['{1-9}d10', '{1-9}d2~d3~d3~d2'],
  masks: ['d3m5d3', 'm7d4', 'd2m7d2', 'd3m6d2', 'm9d2'],
  hints: [
    'TCKN',
    'TC Kimlik',
    'T.C. Kimlik',
    'kimlik no',
    'kimlik numarası',
    'TC No',
    'vatandaşlık no',
  ],
  against: ['VKN', 'telefon', 'sipariş', 'fatura', 'IBAN'],
  samples: ['10000000146', '11111111110'],
  passRate: { plausible: 0.01, proved: 0.01 },
  judge: ({ compact }) => {
    const odd = weightedSum(compact, [1, 0, 1, 0, 1, 0, 1, 0, 1]);
    const even = weightedSum(compact, [0, 1, 0, 1, 0, 1, 0, 1]);
    const tenth = (((odd * 7 - even) % 10) + 10) % 10;
    const fits = charValue(compact.charAt(9)) === tenth && passesSum(compact, ELEVENTH);
    return fits ? 'proved' : 'no';
  },
  // The tenth digit is left to the judge.
  quick: () => ({ judgement: 'proved', alone: 'low', sum: ELEVENTH, passes: 'ask' }),
  examples: { yes: ['48206157340'], no: ['48206157300'] },
};
export default tckn;
