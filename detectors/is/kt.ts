/**
 * Kennitala of Iceland: DDMMYY-NNXC, X a check digit, C the century (8, 9 or 0).
 *
 * Companies have one too, with 40 added to the day.
 */
import type { Detector } from '../../src/model/detector.ts';
import {
  bareOrGrouped,
  beginsWithRecentDay,
  isBirthDate,
  shortDatePattern,
  weightedSum,
} from '../kit.ts';

const bareOrPrinted = bareOrGrouped('low', 'medium');
const PATTERNS = [{ pattern: `${shortDatePattern('ddmmyy', { days: [0, 40] })}\\d{3}[089]` }];

const kt: Detector = {
  id: 'is.kt',
  title: 'Iceland kennitala',
  source: 'Þjóðskrá Íslands, lög um skráningu einstaklinga nr. 140/2019.',
  kind: 'person',
  alone: 'medium',
  shapes: ['d6-?d4', 'd6 d4'],
  masks: ['d6-m4', 'd6m4', 'm6-d4'],
  hints: ['kennitala', 'kt.', 'kt', 'kennit', 'íslensk kennitala'],
  against: ['sími', 'pöntun', 'reikningur', 'reikningsnúmer'],
  passRate: { plausible: 0.002, proved: 0.002 },
  judge: ({ compact }) => {
    const century = { '8': 1800, '9': 1900, '0': 2000 }[compact.charAt(9)];
    const head = Number(compact.slice(0, 2));
    const year = (century ?? 0) + Number(compact.slice(4, 6));
    const day = head > 40 ? head - 40 : head;
    if (century === undefined || !isBirthDate(year, Number(compact.slice(2, 4)), day)) return 'no';
    return weightedSum(compact, [3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0 ? 'proved' : 'no';
  },
  aloneFor: (match) => (beginsWithRecentDay(match) ? 'low' : bareOrPrinted(match)),
  // The last digit is none of the sum, which is the judge's.
  quick: (match) => ({
    judgement: 'proved',
    alone: bareOrPrinted(match),
    patterns: PATTERNS,
    passes: 'ask',
  }),
  examples: { yes: ['170384-4829', '1703044890'], no: ['170384-4809', '171384-4829'] },
};
export default kt;
