/**
 * Medicare card number of Australia: eight digits, a check digit, the issue; a tenth digit for the
 * person on the card.
 *
 * Begins with 2 to 6.
 */
import type { Confidence, Detector, Match } from '../../src/model/detector.ts';
import { automataOf, PASSES } from '../automaton.ts';
import { weightedSum } from '../kit.ts';

const WEIGHTS = [1, 3, 7, 9, 1, 3, 7, 9];

/** The check digit stands before the issue: the sum so far, and behind it nothing. */
const AUTOMATA = automataOf((state, sign, at, length) => {
  if (at < 8) return (state + Number(sign) * (WEIGHTS[at] ?? 0)) % 10;
  if (at === 8 && state !== Number(sign)) return null;
  return at === length - 1 ? PASSES : 0;
});

/** Tables of figures look like the last shape. */
function aloneFor({ compact, folded, shape }: Match): Confidence {
  return compact === folded || shape === 6 ? 'low' : 'medium';
}

const medicare: Detector = {
  id: 'au.medicare',
  title: 'Australia Medicare number',
  source: 'Services Australia; check digit as in the HPOS and PBS claim specifications.',
  kind: 'person',
  alone: 'medium',
  shapes: [
    '{2-6}d3~d5~d',
    '{2-6}d3~d5~d~d',
    '{2-6}d3 d5 d/d',
    '{2-6}d3 d5 d-d',
    '{2-6}d9/d',
    '{2-6}d9-d',
    '{2-6}d2 d3 d3 d d',
  ],
  masks: ['d4 m5 d', 'm4 m5 d', 'm4 m4d d', 'd4m5d', 'm6d4'],
  hints: ['Medicare', 'Medicare no', 'Medicare card', 'IRN', 'medicare_number'],
  against: ['phone', 'order no', 'version', 'barcode'],
  samples: ['2123456701'],
  passRate: { plausible: 0.1, proved: 0.1 },
  judge: ({ compact }) =>
    weightedSum(compact, WEIGHTS) % 10 === Number(compact[8]) ? 'proved' : 'no',
  aloneFor,
  quick: (match) => ({
    judgement: 'proved',
    alone: aloneFor(match),
    automaton: AUTOMATA(match.compact.length),
  }),
  examples: { yes: ['4820 61579 1', '482 061 579 1 2'], no: ['4820 61570 1'] },
};
export default medicare;
