/**
 * AHV number (numéro AVS) of Switzerland: 13 digits that begin with 756, the last as in EAN-13.
 *
 * Printed `756.1234.5678.97`.
 */
import type { Detector, SumCheck } from '../../src/model/detector.ts';
import { bareOrGrouped, passesSum, TO_TEN } from '../kit.ts';

const SUM: SumCheck = {
  weights: [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3],
  modulus: 10,
  signs: TO_TEN,
};
const aloneFor = bareOrGrouped('low', 'high');

const ahv: Detector = {
  id: 'ch.ahv',
  title: 'Switzerland AHV number',
  source: 'Zentrale Ausgleichsstelle (ZAS), NAVS13, in force since July 2008.',
  kind: 'person',
  alone: 'high',
  shapes: ['{7}{5}{6}~d4~d4~d2', '{7}{5}{6}d8 d2'],
  masks: ['{7}{5}{6}.m4.m4.d2', '{7}{5}{6}.m4.m4.m2', '{7}{5}{6}.d4.m4.m2', '{7}{5}{6}m8d2'],
  masksAlone: 'medium',
  hints: [
    'AHV',
    'AHV-Nr',
    'AHV-Nummer',
    'AVS',
    'NAVS',
    'OASI',
    'Sozialversicherungsnummer',
    'numéro AVS',
    'numero AVS',
  ],
  against: ['EAN', 'GTIN', 'Bestellnummer', 'barcode'],
  samples: ['7569217076985', '7561234567897'],
  passRate: { plausible: 0.1, proved: 0.1 },
  judge: ({ compact }) => (passesSum(compact, SUM) ? 'proved' : 'no'),
  aloneFor,
  quick: (match) => ({ judgement: 'proved', alone: aloneFor(match), sum: SUM }),
  examples: {
    yes: ['756.4820.6157.36', '75648206157 36', '7564820615736'],
    no: ['756.4820.6157.30', '755.4820.6157.34'],
  },
};
export default ahv;
