/**
 * PPS number of Ireland: seven digits, a check letter, since 2013 a second letter A to I.
 *
 * Older numbers carry W, T or X behind, which do not count in the sum (mod 23). The tax number of a sole
 * trader is `IE` and this number.
 */
import type { Detector, Quick, SumCheck } from '../../src/model/detector.ts';
import { weightedSum } from '../kit.ts';

const LETTERS = 'WABCDEFGHIJKLMNOPQRSTUV';
const WEIGHTS = [8, 7, 6, 5, 4, 3, 2];
const SUM: SumCheck = { weights: WEIGHTS, modulus: 23, signs: LETTERS };

/** Not of numbers with a second letter: where it does not count it may be one of three. */
function quick(compact: string): Quick | null {
  if (/^\d{7}[A-Z]$/.test(compact)) return { judgement: 'proved', alone: 'low', sum: SUM };
  if (!/^[A-Z]{2}\d{7}[A-Z]$/.test(compact)) return null;
  return {
    judgement: 'proved',
    alone: 'low',
    sum: { ...SUM, weights: [0, 0, ...WEIGHTS] },
    patterns: [{ pattern: 'IE\\d{7}[A-Z]' }],
    // Written otherwise than its value.
    passes: 'ask',
  };
}

const withoutCountry = (compact: string): string => compact.replace('IE', '');

const pps: Detector = {
  id: 'ie.pps',
  title: 'Ireland PPS number',
  source: 'Department of Social Protection; Revenue, Tax and Duty Manual, PPS number check.',
  kind: 'person',
  alone: 'low',
  shapes: [
    'd7{A-W}',
    'd7{A-W}{A-IWTX}',
    'd7 {A-W}{A-IWTX}?',
    '{I}{E}d7{A-W}{A-IWTX}?',
    'd7{A-W}/{A-IWTX}',
  ],
  masks: ['m4d3{A-W}', 'm4d3{A-W}{A-IWTX}', 'd3m4{A-W}', 'd3m4{A-W}{A-IWTX}'],
  hints: ['PPS', 'PPSN', 'PPS no', 'PPS number', 'RSI', 'UPSP'],
  against: ['part no', 'order no', 'VAT', 'invoice', 'licence plate'],
  passRate: { plausible: 0.043, proved: 0.043 },
  judge: (match) => {
    const compact = withoutCountry(match.compact);
    const second = compact.charAt(8);
    const counted = /[A-I]/.test(second) ? 9 * LETTERS.indexOf(second) : 0;
    const sum = weightedSum(compact, WEIGHTS) + counted;
    return LETTERS[sum % 23] === compact[7] ? 'proved' : 'no';
  },
  canonical: ({ compact }) => withoutCountry(compact),
  quick: ({ compact }) => quick(compact),
  examples: {
    yes: ['4820615V', 'IE4820615V', '5820614NA', '5820614N/A'],
    no: ['4820615A', '5820614AA'],
  },
};
export default pps;
