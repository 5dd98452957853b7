/**
 * NRIC and FIN: the number of every citizen, permanent resident and pass holder of Singapore.
 *
 * A letter for the series (S born before 2000, T from 2000; F, G and M foreigners), seven digits
 * (for citizens the first two are the birth year), a check letter. Shown in part as the last three
 * digits and the letter.
 */
import type { Detector, FoundSpan, Question, SumCheck } from '../../src/model/detector.ts';
import { passesSum } from '../kit.ts';

/** The check letters by remainder, from the one that a series adds to its sum. */
const from = (added: number, letters: string): string =>
  letters.slice(added) + letters.slice(0, added);

const SUM: SumCheck = {
  weights: [0, 2, 7, 6, 5, 4, 3, 2],
  modulus: 11,
  signs: {
    S: 'JZIHGFEDCBA',
    T: from(4, 'JZIHGFEDCBA'),
    F: 'XWUTRQPNMLK',
    G: from(4, 'XWUTRQPNMLK'),
    M: from(3, 'XWUTRQPNJLK'),
  },
};

/** The last three digits and a letter that some series uses: what the PDPC lets organisations show. */
const PARTIAL = /^\s*\d{3}[A-NP-RTUWXZ]\s*$/;

function find({ text, where }: Question): readonly FoundSpan[] {
  if (where !== 'cell' || !PARTIAL.test(text)) return [];
  const start = text.search(/\d/);
  return [{ start, end: start + 4, form: 'partial' }];
}

const nric: Detector = {
  id: 'sg.nric',
  title: 'Singapore NRIC or FIN',
  source:
    'the sum in general use (ICA publishes none), M series as issued since 2022; partial ' +
    'form: PDPC Advisory Guidelines on NRIC numbers, 2018.',
  kind: 'person',
  alone: 'medium',
  shapes: ['{STFGM}d7l', '{STFGM}~d7~l'],
  masks: ['{STFGM}m4d3l', '{STFGM}m7l', 'm5d3l', '{STFGM}d3m4l', '{STFGM}d4m3l'],
  masksAlone: 'medium',
  hints: [
    'NRIC',
    'FIN',
    'FIN no',
    'IC no',
    'identity card',
    'identification no',
    'UIN',
    '身份证号',
    '身份證',
    'kad pengenalan',
    'அடையாள அட்டை',
  ],
  against: ['UEN', 'part no', 'serial no', 'invoice no'],
  // Citizens and permanent residents born from 1968: the first two digits.
  born: [{ at: 1, form: 'yy', when: /^[ST]/ }],
  passRate: { plausible: 0.039, proved: 0.039 },
  find,
  judge: ({ compact }) => (passesSum(compact, SUM) ? 'proved' : 'no'),
  quick: () => ({ judgement: 'proved', alone: 'medium', sum: SUM }),
  examples: {
    yes: ['S8412307B', 'F7306218R', 'M2410386W'],
    no: ['S8412307A'],
  },
};
export default nric;
