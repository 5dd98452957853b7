/**
 * National identification number (國民身分證統一編號) of Taiwan: a letter and nine digits.
 *
 * The letter stands for the place of first registration, the next digit for the sex (1 or 2), the
 * last is the check digit. Government notices hide the last four.
 */
import type { Detector } from '../../src/model/detector.ts';
import { passesSum, TAIWAN_NUMBER } from '../kit.ts';

const nid: Detector = {
  id: 'tw.nid',
  title: 'Taiwan national identification number',
  source:
    'Ministry of the Interior, household registration; masking: NDC 發資字第1031501471號 ' +
    '(2014).',
  kind: 'person',
  alone: 'medium',
  shapes: ['l{12}d8'],
  masks: ['l{12}d4m4', 'l{12}d2m3d3', 'lm5d4', 'l{12}d3m3d2', 'l{12}m4d4', 'l{12}d3m5', 'l{12}m8'],
  masksAlone: 'medium',
  hints: [
    '身分證字號',
    '身分證統一編號',
    '國民身分證',
    '身份證字號',
    '身分證號',
    '身分證',
    '身份證',
    'ID No',
    'national id',
    'national identification',
    'id_no',
    'idno',
  ],
  against: ['訂單編號', '料號', '批號', '序號', 'part no'],
  samples: ['A123456789', 'A223456781'],
  sexAt: { at: 1, female: '2', male: '1' },
  passRate: { plausible: 0.1, proved: 0.1 },
  judge: ({ compact }) => (passesSum(compact, TAIWAN_NUMBER) ? 'proved' : 'no'),
  quick: () => ({ judgement: 'proved', alone: 'medium', sum: TAIWAN_NUMBER }),
  examples: { yes: ['K152803942'], no: ['K152803940', 'K352803948'] },
};
export default nid;
