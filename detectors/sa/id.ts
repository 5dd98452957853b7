/**
 * National identity and Iqama number of Saudi Arabia: ten digits, the last a Luhn digit.
 *
 * Begins with 1 for citizens and 2 for residents. Epoch seconds pass one time in ten: low confidence
 * without a hint.
 */
import type { Detector } from '../../src/model/detector.ts';
import { luhn, luhnSum } from '../kit.ts';

const id: Detector = {
  id: 'sa.id',
  title: 'Saudi national identity or Iqama number',
  source: 'Ministry of Interior (Absher); check digit as in general use.',
  kind: 'person',
  alone: 'low',
  shapes: ['{12}d9'],
  masks: ['dm5d4', 'dm6d3', 'd4m6', 'm6d4'],
  hints: [
    'رقم الهوية',
    'الهوية الوطنية',
    'هوية مقيم',
    'إقامة',
    'رقم الإقامة',
    'Iqama',
    'National ID',
    'السجل المدني',
  ],
  against: ['timestamp', 'هاتف', 'جوال', 'phone', 'order no', 'epoch'],
  passRate: { plausible: 0.1, proved: 0.1 },
  judge: ({ compact }) => (luhn(compact) ? 'proved' : 'no'),
  quick: ({ compact }) => ({ judgement: 'proved', alone: 'low', sum: luhnSum(compact.length) }),
  examples: { yes: ['1482061577', '٢٤٨٢٠٦١٥٧5'], no: ['1482061570', '3482061575'] },
};
export default id;
