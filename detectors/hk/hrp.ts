/**
 * Home Return Permit (港澳居民來往內地通行證, 回鄉證): H for Hong Kong or M for Macau, eight digits for
 * life, two more that count renewals on older cards.
 *
 * No check digit: counts only beside a hint or in a column of permits.
 */
import type { Detector } from '../../src/model/detector.ts';

const hrp: Detector = {
  id: 'hk.hrp',
  title: 'Home Return Permit',
  source: 'Ministry of Public Security of China, numbering rule of 2010.',
  kind: 'document',
  alone: 'none',
  shapes: ['{HM}d8', '{HM}d10'],
  masks: ['{HM}d4m4', '{HM}m4d4', '{HM}d2m4d2', '{HM}d4m6'],
  hints: [
    '回鄉證',
    '回乡证',
    '回鄉卡',
    '港澳居民來往內地通行證',
    '港澳居民来往内地通行证',
    '通行證號碼',
    'home return permit',
    'HRP',
    'mainland travel permit',
  ],
  against: ['訂單', 'order no', 'part no'],
  passRate: { plausible: 1, proved: 0 },
  judge: () => 'plausible',
  examples: { yes: ['H04839215', 'M0483921502'], no: ['K04839215', 'H048392150'] },
};
export default hrp;
