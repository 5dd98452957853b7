/**
 * Business registration number (商業登記號碼) of Hong Kong: eight digits, with branch and period
 * `12345678-000-03-24-5` on the certificate.
 *
 * No published check. A company's number, kept so that it is not taken for a person's.
 */
import type { Detector } from '../../src/model/detector.ts';

const br: Detector = {
  id: 'hk.br',
  title: 'Hong Kong business registration number',
  source: 'Inland Revenue Department, Unique Business Identifier, December 2023.',
  kind: 'company',
  alone: 'none',
  shapes: ['d8', 'd8-d3-d2-d2-{0-9A}'],
  hints: [
    '商業登記',
    '商業登記號碼',
    '商业登记',
    '公司編號',
    'BR no',
    'BRN',
    'UBI',
    'business registration',
    'company no',
    'CR no',
  ],
  passRate: { plausible: 1, proved: 0 },
  judge: () => 'plausible',
  aloneFor: ({ compact }) => (compact.length > 8 ? 'medium' : 'none'),
  aloneAtMost: ['none', 'medium'],
  quick: ({ compact }) => ({
    judgement: 'plausible',
    alone: compact.length > 8 ? 'medium' : 'none',
  }),
  examples: { yes: ['24819350', '24819350-000-03-24-5'], no: ['2481935', '24819350-000-03-24'] },
};
export default br;
