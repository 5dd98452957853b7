/**
 * CUIT and CUIL of Argentina: a kind of two digits, the DNI of eight, a check digit.
 *
 * Kinds 20, 23, 24, 25, 26 and 27 are people, 30, 33 and 34 companies; 50, 51 and 55 foreign.
 */
import type { Detector, SumCheck } from '../../src/model/detector.ts';
import { bareOrGrouped, passesSum } from '../kit.ts';

const KINDS = '(?:2[034567]|3[034]|5[015])';
const KIND = new RegExp(`^${KINDS}`);
/** 11 less the remainder; 11 is written 0 and 10 is written 9. */
const SUM: SumCheck = {
  weights: [5, 4, 3, 2, 7, 6, 5, 4, 3, 2],
  modulus: 11,
  signs: '09987654321',
};

const aloneFor = bareOrGrouped('low', 'medium');

const cuit: Detector = {
  id: 'ar.cuit',
  title: 'Argentina CUIT or CUIL',
  source: 'AFIP (ARCA), Resolución General 10/97.',
  kind: 'person',
  alone: 'medium',
  shapes: ['d2~d8~d'],
  masks: ['d2-m8-d', 'd2-m5d3-d', 'd2-d2m6-d', 'd2m8d'],
  hints: ['CUIT', 'CUIL', 'CUIT/CUIL', 'clave única', 'AFIP', 'ARCA'],
  against: ['teléfono', 'pedido', 'factura', 'CBU'],
  passRate: { plausible: 0.012, proved: 0.012 },
  judge: ({ compact }) => (KIND.test(compact) && passesSum(compact, SUM) ? 'proved' : 'no'),
  aloneFor,
  quick: (match) => ({
    judgement: 'proved',
    alone: aloneFor(match),
    sum: SUM,
    patterns: [{ pattern: `${KINDS}\\d{9}` }],
  }),
  examples: { yes: ['27-24820615-8', '20248206153'], no: ['27-24820615-0', '99-24820615-4'] },
};
export default cuit;
