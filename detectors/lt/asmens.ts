/**
 * Personal code (asmens kodas) of Lithuania: sex and century, YYMMDD, three digits, a check digit.
 *
 * The sum is Estonia's; a first digit of 9 stands for a number without a birth date.
 */
import type { Detector } from '../../src/model/detector.ts';
import { balticCheckDigit, judgePersonalCode, PERSONAL_CODE, quickPersonalCode } from '../ee/ik.ts';

const asmens: Detector = {
  id: 'lt.asmens',
  title: 'Lithuania personal code',
  source: 'Lietuvos Respublikos gyventojų registro įstatymas, article 8.',
  kind: 'person',
  alone: 'low',
  shapes: ['{1-9}d10', 'd3-d3-d3-d2'],
  masks: ['d7m4', 'm7d4', 'dm10', 'd3m8'],
  hints: ['asmens kodas', 'asmens k', 'a.k.', 'AK', 'personal code'],
  against: ['telefonas', 'užsakymas', 'sąskaita', 'įmonės kodas'],
  passRate: { plausible: 0.014, proved: 0.014 },
  judge: ({ compact }) => {
    if (compact[0] !== '9') return judgePersonalCode(compact);
    return balticCheckDigit(compact) === Number(compact[10]) ? 'proved' : 'no';
  },
  quick: () => quickPersonalCode(`(?:${PERSONAL_CODE}|9\\d{10})`),
  examples: { yes: ['48403174826', '96403174820'], no: ['48403174820', '48413174820'] },
};
export default asmens;
