/**
 * Exit-entry permit to Hong Kong and Macau (往来港澳通行证): C and eight digits, C, a letter and seven,
 * or W and eight.
 *
 * No check digit: counts only beside a hint or in a column of permits.
 */
import type { Detector } from '../../src/model/detector.ts';

const eep: Detector = {
  id: 'cn.eep',
  title: 'China exit-entry permit to Hong Kong and Macau',
  source:
    'National Immigration Administration; the letters after C are reported, not ' + 'published.',
  kind: 'document',
  alone: 'none',
  shapes: ['{CW}d8', '{C}ld7'],
  masks: ['{CW}d4m4', '{CW}m4d4', '{CW}d2m4d2', '{C}ld3m4'],
  hints: [
    '港澳通行证',
    '往来港澳通行证',
    '往來港澳通行證',
    '双程证',
    '雙程證',
    '通行证号',
    'exit-entry permit',
    'EEP',
    'two-way permit',
  ],
  against: ['订单', '流水号', 'order no', 'part no'],
  passRate: { plausible: 1, proved: 0 },
  judge: () => 'plausible',
  quick: () => ({ judgement: 'plausible', alone: 'none' }),
  examples: { yes: ['C04839215', 'CE4839215', 'W04839215'], no: ['B04839215', 'WE4839215'] },
};
export default eep;
