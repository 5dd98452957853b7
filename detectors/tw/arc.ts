/**
 * UI number of foreign residents (居留證統一證號) of Taiwan: a letter, 8 or 9, eight digits; before
 * 2021 two letters and eight digits.
 *
 * The check digit is that of the national number; of an old second letter the units of its value
 * count.
 */
import type { Confidence, Detector, Match } from '../../src/model/detector.ts';
import { TAIWAN_NUMBER, taiwanSum } from '../kit.ts';

/** Two letters and eight digits are also what a commit's short hash looks like. */
function aloneFor({ compact }: Match): Confidence {
  return /^.[A-D]/.test(compact) ? 'low' : 'medium';
}

const arc: Detector = {
  id: 'tw.arc',
  title: 'Taiwan resident certificate number',
  source: 'National Immigration Agency, 新式統一證號 (2021-01-02).',
  kind: 'person',
  alone: 'medium',
  shapes: ['l{89}d8', 'l{A-D}d8'],
  masks: ['l{89}d4m4', 'l{A-D}d4m4', 'l{89}d2m3d3', 'l{A-D}d2m3d3'],
  masksAlone: 'medium',
  hints: [
    '居留證',
    '居留證號',
    '統一證號',
    '外僑居留證',
    '外來人口',
    'ARC',
    'ARC no',
    'APRC',
    'resident certificate',
    'UI no',
  ],
  against: ['訂單編號', '料號', '批號', '序號', 'part no'],
  samples: ['A800000014'],
  passRate: { plausible: 0.1, proved: 0.1 },
  judge: ({ compact }) => (taiwanSum(compact) % 10 === 0 ? 'proved' : 'no'),
  aloneFor,
  // Eight times the units of an old second letter's value are, by ten, eight times the value.
  quick: (match) => ({ judgement: 'proved', alone: aloneFor(match), sum: TAIWAN_NUMBER }),
  examples: { yes: ['F804392170', 'FC04392178'], no: ['F804392171', 'FC04392170', 'FE04392171'] },
};
export default arc;
