/**
 * Passport number of Hong Kong: K (before: H) and eight digits; newer ones two letters and seven.
 *
 * No check digit: counts only beside a hint or in a column of passports.
 */
import type { Detector } from '../../src/model/detector.ts';

const passport: Detector = {
  id: 'hk.passport',
  title: 'Hong Kong passport number',
  source:
    'Immigration Department, HKSAR passport; the HJ and KJ series are reported, not ' +
    'published.',
  kind: 'document',
  alone: 'none',
  shapes: ['{HK}d8', '{HK}{J}d7'],
  masks: ['{HK}d4m4', '{HK}m4d4', '{HK}d2m4d2', '{HK}m5d3'],
  hints: ['護照', '護照號碼', '护照', 'passport', 'passport no', 'HKSAR passport', '特區護照'],
  against: ['訂單', 'order no', 'part no', '回鄉證'],
  passRate: { plausible: 1, proved: 0 },
  judge: () => 'plausible',
  quick: () => ({ judgement: 'plausible', alone: 'none' }),
  examples: { yes: ['K04839215', 'KJ4839215'], no: ['K0483921', 'J04839215'] },
};
export default passport;
