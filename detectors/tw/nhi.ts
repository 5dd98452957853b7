/**
 * Card number of the National Health Insurance (健保卡號) of Taiwan: twelve digits.
 *
 * No check digit is published: counts only beside a hint or in a column of cards.
 */
import type { Detector } from '../../src/model/detector.ts';

const nhi: Detector = {
  id: 'tw.nhi',
  title: 'Taiwan health insurance card',
  source: 'National Health Insurance Administration (中央健康保險署), card specimen.',
  kind: 'document',
  alone: 'none',
  shapes: ['d12', 'd4~d4~d4'],
  masks: ['d4m4d4', 'd4m8', 'm8d4'],
  hints: ['健保卡號', '健保卡號碼', '健保卡', '健保IC卡', '全民健康保險卡', 'NHI card'],
  against: ['訂單編號', '發票號碼', '帳號', '電話'],
  passRate: { plausible: 1, proved: 0 },
  judge: () => 'plausible',
  quick: () => ({ judgement: 'plausible', alone: 'none' }),
  examples: { yes: ['048392157260', '0483 9215 7260'], no: ['04839215726', '0483 92157260'] },
};
export default nhi;
