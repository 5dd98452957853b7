/**
 * Bank account of Singapore: nine digits (POSB), ten (DBS, UOB, OCBC) or twelve (OCBC).
 *
 * Printed `012-34567-8`, `012-3-456789`, `123-456-789-0`. Check digits are the banks' own: it
 * counts only beside a word or under a header.
 */
import type { Detector } from '../../src/model/detector.ts';
import { automataOf, PASSES } from '../automaton.ts';

/** States: none yet, a digit throughout (1 to 10), several. */
const SEVERAL = 11;
const AUTOMATA = automataOf((state, sign, at, length) => {
  const digit = Number(sign) + 1;
  const next = at === 0 || state === digit ? digit : SEVERAL;
  return at < length - 1 ? next : next === SEVERAL ? PASSES : null;
});

const bankAccount: Detector = {
  id: 'sg.bank-account',
  title: 'Singapore bank account',
  source:
    'account formats as published by the Association of Banks in Singapore for GIRO and ' + 'FAST.',
  kind: 'account',
  alone: 'none',
  shapes: ['d3-d5-d1', 'd3-d6-d1', 'd3-d1-d6', 'd3-d3-d3-d1', 'd9..10', 'd12', 'd3-d6-d3'],
  masks: ['m5..8d4', 'd3-m5-d1', 'd3-m6-d1'],
  hints: [
    ...[
      'bank account',
      'bank account no',
      'account number',
      'account no',
      'a/c no',
      'GIRO account',
    ],
    ...['POSB', 'DBS', 'OCBC', 'UOB', '银行户口', '银行户口号码', 'akaun bank'],
  ],
  against: ['order no', 'invoice no', 'UEN', 'phone'],
  passRate: { plausible: 1, proved: 0 },
  judge: ({ compact }) => (/^0+$|^(\d)\1+$/.test(compact) ? 'no' : 'plausible'),
  quick: ({ compact }) => ({
    judgement: 'plausible',
    alone: 'none',
    automaton: AUTOMATA(compact.length),
  }),
  examples: {
    yes: ['048-31925-7', '371-4-820569', '0483192570'],
    no: ['000-00000-0', '048-3192-57'],
  },
};
export default bankAccount;
