/**
 * Emirates ID number: 784, the birth year, seven digits, a check digit; `784-1984-1234567-1`.
 *
 * 784 is the country's ISO number. The check is Luhn's in all known numbers, but is not published.
 */
import type { Detector } from '../../src/model/detector.ts';
import { bareOrGrouped, luhn, luhnSum, yearsFrom1900 } from '../kit.ts';

const aloneFor = bareOrGrouped('medium', 'high');

const eid: Detector = {
  id: 'ae.eid',
  title: 'Emirates ID',
  source: 'Federal Authority for Identity and Citizenship; ISO 3166-1.',
  kind: 'person',
  alone: 'high',
  shapes: ['{7}{8}{4}~d4~d7~d'],
  masks: ['{7}{8}{4}-d4-m7-d', '{7}{8}{4}-m4-m7-d', '{7}{8}{4}-m4-m7-m', '{7}{8}{4}m11d'],
  masksAlone: 'medium',
  hints: [
    'Emirates ID',
    'EID',
    'رقم الهوية',
    'الهوية الإماراتية',
    'بطاقة الهوية',
    'IDN',
    'emiratesid',
  ],
  against: ['EAN', 'barcode', 'order no'],
  passRate: { plausible: 0.002, proved: 0.002 },
  judge: ({ compact }) => {
    const year = Number(compact.slice(3, 7));
    if (year < 1900 || year > new Date().getUTCFullYear()) return 'no';
    return luhn(compact) ? 'proved' : 'no';
  },
  aloneFor,
  quick: (match) => ({
    judgement: 'proved',
    alone: aloneFor(match),
    sum: luhnSum(match.compact.length),
    patterns: [{ pattern: `\\d{3}${yearsFrom1900()}\\d{8}` }],
  }),
  examples: {
    yes: ['784-1984-4820615-5', '784198448206155'],
    no: ['784-1984-4820615-0', '784-1784-4820615-3'],
  },
};
export default eid;
