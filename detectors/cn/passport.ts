/**
 * Passport number (护照号码) of China: a letter and eight digits, or E, a letter and seven digits.
 *
 * E and G are ordinary, D diplomatic, S service, P public affairs; H and M were given in Hong Kong
 * and Macau. No check digit: counts only beside a hint or in a column of passports.
 */
import type { Detector } from '../../src/model/detector.ts';

const passport: Detector = {
  id: 'cn.passport',
  title: 'China passport number',
  source: 'National Immigration Administration; E plus letter since 2017.',
  kind: 'document',
  alone: 'none',
  shapes: ['{EGDSPHM}d8', '{E}{A-HJ-NP-Z}d7'],
  masks: ['{EGDSPHM}d4m4', '{EGDSPHM}m4d4', '{EGDSPHM}d2m4d2', '{E}ld3m4'],
  hints: ['护照', '护照号', '护照号码', '護照', 'passport', 'passport no', 'hzh', 'huzhao'],
  against: ['订单', '流水号', '料号', 'order no', 'part no'],
  passRate: { plausible: 1, proved: 0 },
  judge: () => 'plausible',
  quick: () => ({ judgement: 'plausible', alone: 'none' }),
  examples: { yes: ['E04839215', 'EC4839215'], no: ['A04839215', 'EI4839215'] },
};
export default passport;
