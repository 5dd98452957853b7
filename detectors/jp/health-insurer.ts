/**
 * Insurer's number (保険者番号) on Japan's health insurance certificates: eight digits, of the National
 * Health Insurance six; the last a check digit.
 *
 * It names the insurer, and stands beside the symbol and number of the insured: with them it is a
 * person's. One number in ten passes the check, so it counts only beside a hint. The form of six is
 * left out: every postal code and every date would have to be asked.
 */
import type { Detector } from '../../src/model/detector.ts';
import { luhn, luhnSum } from '../kit.ts';

const healthInsurer: Detector = {
  id: 'jp.health-insurer',
  title: 'Japan health insurer number',
  source:
    'Ministry of Health, Labour and Welfare (保険者番号等の設定について); check digit modulus 10, ' +
    'weights 2 and 1.',
  kind: 'document',
  alone: 'none',
  shapes: ['d8', 'd2~d2~d3~d'],
  hints: ['保険者番号', '被保険者番号', '健康保険証', '被保険者証', '保険証番号'],
  against: ['注文番号', '伝票番号', '電話番号', '郵便番号', '法人番号'],
  passRate: { plausible: 0.1, proved: 0.1 },
  judge: ({ compact }) => (luhn(compact) ? 'proved' : 'no'),
  quick: ({ compact }) => ({ judgement: 'proved', alone: 'none', sum: luhnSum(compact.length) }),
  examples: { yes: ['06138218', '06-13-821-8'], no: ['06138214', '0613821'] },
};
export default healthInsurer;
