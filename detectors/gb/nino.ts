/**
 * National Insurance number (NINO) of the United Kingdom: two letters, six digits, a letter A to D.
 *
 * D, F, I, Q, U and V never stand in front, O not second; some pairs are never given. No check digit.
 * Written in pairs, the last letter sometimes left out.
 */
import type { Confidence, Detector, Match } from '../../src/model/detector.ts';

const FIRST = 'ABCEGHJKLMNOPRSTWXYZ';
const SECOND = 'ABCEGHJKLMNPRSTWXYZ';
const NEVER = ['BG', 'GB', 'NK', 'KN', 'TN', 'NT', 'ZZ'];

/** A letter, and those that may follow it. */
const PREFIXES = [...FIRST].map(
  (first) =>
    `${first}[${[...SECOND].filter((second) => !NEVER.includes(first + second)).join('')}]`,
);
const PATTERN = `(?:${PREFIXES.join('|')})\\d{6}[A-D]?`;
const NINO = new RegExp(`^${PATTERN}$`);

/** LLddddddL is a common part number; nobody spaces those in pairs. */
function aloneFor({ compact, folded }: Match): Confidence {
  return compact.length === 9 && compact !== folded ? 'medium' : 'low';
}

const nino: Detector = {
  id: 'gb.nino',
  title: 'UK National Insurance number',
  source: 'HMRC National Insurance Manual NIM39110.',
  kind: 'person',
  alone: 'medium',
  shapes: ['l2^d2^d2^d2^{A-D}', 'l2^d6^{A-D}', 'l2^d6'],
  masks: ['l2m4d2{A-D}', 'l2 m2 m2 d2 {A-D}', 'l2m6{A-D}', 'm2 m2 m2 d2 {A-D}'],
  hints: ['NINO', 'NI number', 'NI no', 'National Insurance', 'nat ins', 'nat_ins_no'],
  against: ['part no', 'serial no', 'passport', 'order no', 'flight'],
  samples: ['AB123456C'],
  passRate: { plausible: 0.55, proved: 0 },
  judge: ({ compact }) => (NINO.test(compact) ? 'plausible' : 'no'),
  aloneFor,
  quick: (match) => ({
    judgement: 'plausible',
    alone: aloneFor(match),
    patterns: [{ pattern: PATTERN }],
  }),
  examples: { yes: ['KR 48 20 61 B', 'KR482061B', 'KR482061'], no: ['QR482061B', 'KR482061E'] },
};
export default nino;
