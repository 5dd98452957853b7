/**
 * Passport number (여권번호) of Korea: M, S, R, O or D and eight digits; since 2021 three digits, a
 * letter and four digits.
 *
 * No check digit: counts only beside a hint or in a column of passports.
 */
import type { Detector } from '../../src/model/detector.ts';

const passport: Detector = {
  id: 'kr.passport',
  title: 'Korea passport number',
  source: 'Ministry of Foreign Affairs, 차세대 전자여권 (December 2021).',
  kind: 'document',
  alone: 'none',
  shapes: ['{MSROD}d8', '{MSROD}d3ld4'],
  masks: ['{MSROD}d4m4', '{MSROD}m4d4', '{MSROD}d3m5', '{MSROD}d3lm4'],
  hints: ['여권번호', '여권', 'passport', 'passport no'],
  against: ['주문번호', '품번', 'order no', 'part no'],
  passRate: { plausible: 1, proved: 0 },
  judge: () => 'plausible',
  quick: () => ({ judgement: 'plausible', alone: 'none' }),
  examples: { yes: ['M04839215', 'M048B9215'], no: ['K04839215', 'M048921B5'] },
};
export default passport;
