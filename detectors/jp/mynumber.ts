/**
 * My Number (個人番号): 12 digits, the last a check digit, given to every resident of Japan.
 *
 * Written `246813579021` or `2468 1357 9021`; hyphens, underscores, groups of six and a check digit
 * apart occur too. One run of twelve random digits in ten passes the check, so a match with nothing to
 * support it stays at low confidence.
 */
import type { Detector, SumCheck } from '../../src/model/detector.ts';
import { bareOrGrouped, passesSum } from '../kit.ts';

/** Remainders of 0 and 1 give a 0. */
const SUM: SumCheck = {
  weights: [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2],
  modulus: 11,
  signs: '00987654321',
};

const aloneFor = bareOrGrouped('low', 'low');

const mynumber: Detector = {
  id: 'jp.mynumber',
  title: 'Japan My Number',
  source: 'MIC Ordinance No. 85 of 2014 (平成26年総務省令第85号), article 5.',
  kind: 'person',
  alone: 'low',
  shapes: ['d12', 'd4~d4~d4', 'd6~d6', 'd4-d4-d3-d', 'd4_d4_d4'],
  masks: ['m8d4', 'm4~m4~d4', 'd4~m4~m4'],
  hints: [
    '個人番号',
    'マイナンバー',
    '特定個人情報',
    'my number',
    'mynumber',
    'my_number',
    'kojin_bango',
    'kojin bango',
    'individual number',
  ],
  against: ['注文番号', '伝票番号', '受注番号', '送り状番号', '追跡番号', '口座番号', '円', '件'],
  samples: ['123456789018'],
  passRate: { plausible: 0.0996, proved: 0.0996 },
  judge: ({ compact }) => (passesSum(compact, SUM) ? 'proved' : 'no'),
  aloneFor,
  quick: (match) => ({ judgement: 'proved', alone: aloneFor(match), sum: SUM }),
  aloneAtMost: 'low',
  examples: {
    yes: ['246813579021', '2468 1357 9021', '2468-1357-902-1', '2468_1357_9021'],
    no: ['246813579020', '2468 13579021'],
  },
};
export default mynumber;
