/**
 * Identity number (מספר זהות) of Israel: nine digits with leading zeros, the last a Luhn digit.
 */
import type { Detector, Quick } from '../../src/model/detector.ts';
import { bareOrGrouped, luhn, luhnSum, notZero } from '../kit.ts';

function quick(compact: string): Quick {
  return {
    judgement: 'proved',
    alone: 'low',
    sum: luhnSum(compact.length),
    patterns: [{ pattern: notZero(compact.length), prefix: '0'.repeat(9 - compact.length) }],
  };
}

const id: Detector = {
  id: 'il.id',
  title: 'Israel identity number',
  source: 'Population and Immigration Authority; the sum as in general use.',
  kind: 'person',
  alone: 'low',
  shapes: ['d8..9', 'd8-d', 'd7-d'],
  masks: ['m5d4', 'm6d3', 'd2m5d2', 'm4d4-d', 'd4m5'],
  hints: ['ת.ז.', 'ת"ז', 'תעודת זהות', 'מספר זהות', 'מס זהות', 'teudat zehut'],
  against: ['טלפון', 'הזמנה', 'חשבונית', 'ח.פ.', 'phone', 'order no', 'SIREN'],
  samples: ['123456782', '000000018'],
  passRate: { plausible: 0.1, proved: 0.1 },
  judge: ({ compact }) => (luhn(compact) && Number(compact) > 0 ? 'proved' : 'no'),
  aloneFor: bareOrGrouped('low', 'low'),
  aloneAtMost: 'low',
  canonical: ({ compact }) => compact.padStart(9, '0'),
  quick: ({ compact }) => quick(compact),
  examples: { yes: ['048206155', '4820615-5'], no: ['048206150', '000000000'] },
};
export default id;
