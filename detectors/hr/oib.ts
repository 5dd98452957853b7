/**
 * OIB (osobni identifikacijski broj) of Croatia: eleven digits, the last a check digit.
 *
 * Given to people and to companies alike; the digits mean nothing.
 */
import type { Detector } from '../../src/model/detector.ts';
import { automataOf, mod11by10Step } from '../automaton.ts';
import { mod11by10 } from '../kit.ts';

const AUTOMATA = automataOf(mod11by10Step, '0123456789HR');

const oib: Detector = {
  id: 'hr.oib',
  title: 'Croatia OIB',
  source: 'Zakon o osobnom identifikacijskom broju (NN 60/08); ISO 7064 MOD 11,10.',
  kind: 'person',
  alone: 'low',
  shapes: ['d11', '{H}{R}d11'],
  masks: ['m7d4', 'd3m5d3', 'm8d3', 'd4m7'],
  hints: ['OIB', 'osobni identifikacijski broj', 'identifikacijski broj', 'porezni broj'],
  against: ['telefon', 'narudžba', 'račun', 'poziv na broj'],
  passRate: { plausible: 0.1, proved: 0.1 },
  judge: ({ compact }) => (mod11by10(compact.replace('HR', '')) ? 'proved' : 'no'),
  canonical: ({ compact }) => compact.replace('HR', ''),
  // With the country before it it is written otherwise than its value, so that the judge is asked.
  quick: ({ compact }) => ({
    judgement: 'proved',
    alone: 'low',
    automaton: AUTOMATA(compact.length),
    ...(compact.length > 11 ? { passes: 'ask' } : {}),
  }),
  examples: { yes: ['48206157349'], no: ['48206157340'] },
};
export default oib;
