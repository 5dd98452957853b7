/**
 * Passport number (旅券番号) of Japan: two letters and seven digits.
 *
 * No check digit: counts only beside a hint or in a column of passports.
 */
import type { Detector } from '../../src/model/detector.ts';

const passport: Detector = {
  id: 'jp.passport',
  title: 'Japan passport number',
  source: 'Ministry of Foreign Affairs, specimen of the passport.',
  kind: 'document',
  alone: 'none',
  shapes: ['l2d7'],
  masks: ['l2m4d3', 'l2d3m4', 'l2d2m5'],
  hints: ['旅券番号', 'パスポート番号', 'パスポート', '旅券', 'passport', 'passport no'],
  against: ['注文番号', '型番', '品番', 'order no', 'part no'],
  passRate: { plausible: 1, proved: 0 },
  judge: () => 'plausible',
  quick: () => ({ judgement: 'plausible', alone: 'none' }),
  examples: { yes: ['TR4839215'], no: ['T04839215', 'TR483921'] },
};
export default passport;
