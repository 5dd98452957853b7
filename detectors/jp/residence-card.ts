/**
 * Residence card number (在留カード番号) of Japan: two letters, eight digits, two letters.
 *
 * No published check; the shape is rare enough to be shown at low confidence without a hint.
 */
import type { Detector } from '../../src/model/detector.ts';

const residenceCard: Detector = {
  id: 'jp.residence-card',
  title: 'Japan residence card number',
  source: 'Immigration Services Agency, specification of the residence card.',
  kind: 'document',
  alone: 'low',
  shapes: ['l2d8l2'],
  masks: ['l2d4m4l2', 'l2m4d4l2', 'l2d4m4m2'],
  hints: [
    '在留カード番号',
    '在留カード',
    '在留番号',
    '特別永住者証明書',
    'residence card',
    'zairyu',
  ],
  against: ['注文番号', '型番', '品番', '追跡番号', 'tracking'],
  passRate: { plausible: 1, proved: 0 },
  judge: () => 'plausible',
  quick: () => ({ judgement: 'plausible', alone: 'low' }),
  examples: { yes: ['BC48392150KF'], no: ['BC4839215KF', '1C48392150KF'] },
};
export default residenceCard;
