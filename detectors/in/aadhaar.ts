/**
 * Aadhaar (आधार): 12 digits, the last a Verhoeff check digit, given to residents of India.
 *
 * Printed `4820 6157 3090`; never begins with 0 or 1 and never reads the same backwards. Masked
 * Aadhaar shows the last four.
 */
import type { Detector } from '../../src/model/detector.ts';
import { bareOrGrouped, verhoeff } from '../kit.ts';

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
  aloneFor: bareOrGrouped('low', 'medium'),
  examples: { yes: ['4820 6157 3090', '482061573090'], no: ['4820 6157 3091', '1820 6157 3094'] },
};
export default aadhaar;
