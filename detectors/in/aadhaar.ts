/**
 * Aadhaar (आधार): 12 digits, the last a Verhoeff check digit, given to residents of India.
 *
 * Printed `4820 6157 3090`; never begins with 0 or 1 and never reads the same backwards. Masked
 * Aadhaar shows the last four.
 */
import type { Detector } from '../../src/model/detector.ts';
import { ASKED, automataOf, PASSES } from '../automaton.ts';
import { bareOrGrouped, verhoeff, verhoeffStep } from '../kit.ts';

/** What is remembered of the four digits in the middle: they read the same backwards, or they do not. */
const MIRRORED = 1;
const OTHER = 10;

/**
 * States are what Verhoeff's check comes to, and ten times what is remembered. Of all twelve digits
 * that would be a million; so the judge is asked of the one in a hundred whose middle is mirrored.
 */
const AUTOMATA = automataOf((state, sign, at) => {
  const digit = Number(sign);
  const check = verhoeffStep(state % 10, digit, 11 - at);
  if (at === 11) return check !== 0 ? null : state >= 10 ? ASKED : PASSES;
  return check + 10 * remembered(Math.floor(state / 10), digit, at);
});

function remembered(before: number, digit: number, at: number): number {
  if (at === 4) return digit;
  if (at === 5) return before * 10 + digit;
  if (at === 6) return before % 10 === digit ? Math.floor(before / 10) : OTHER;
  return at === 7 ? (before === digit ? MIRRORED : 0) : before;
}

const aloneFor = bareOrGrouped('low', 'medium');

const aadhaar: Detector = {
  id: 'in.aadhaar',
  title: 'India Aadhaar',
  source:
    'UIDAI, "A UID Numbering Scheme", 2010; masking: Aadhaar (Sharing of Information) ' +
    'Regulations 2016.',
  kind: 'person',
  alone: 'medium',
  shapes: ['{2-9}d3~d4~d4'],
  masks: ['m4~m4~d4', 'm8d4'],
  hints: [
    'Aadhaar',
    'Aadhar',
    'Adhaar',
    'UIDAI',
    'UID',
    'UID no',
    'आधार',
    'आधार संख्या',
    'ஆதார்',
    'ఆధార్',
    'আধার',
    'आधार क्रमांक',
  ],
  against: ['order no', 'invoice no', 'AWB', 'tracking', 'UTR', 'RRN'],
  samples: ['999941057058', '999971658847', '999933119405'],
  passRate: { plausible: 0.1, proved: 0.1 },
  judge: ({ compact }) => {
    if ([...compact].reverse().join('') === compact) return 'no';
    return verhoeff(compact) ? 'proved' : 'no';
  },
  aloneFor,
  quick: (match) => ({
    judgement: 'proved',
    alone: aloneFor(match),
    automaton: AUTOMATA(match.compact.length),
    otherwise: 'ask',
  }),
  examples: { yes: ['4820 6157 3090', '482061573090'], no: ['4820 6157 3091', '1820 6157 3094'] },
};
export default aadhaar;
