/**
 * Mainland travel permit of Taiwan residents (台胞證): eight digits; older ones ten and a letter.
 *
 * No check digit: counts only beside a hint or in a column of permits.
 */
import type { Detector } from '../../src/model/detector.ts';

const permit: Detector = {
  id: 'tw.permit',
  title: 'Mainland travel permit for Taiwan residents',
  source: 'National Immigration Administration of China, 台湾居民来往大陆通行证.',
  kind: 'document',
  alone: 'none',
  shapes: ['d8', 'd10l', 'd10(l)'],
  masks: ['d4m4', 'd2m4d2', 'd4m6l'],
  hints: [
    '台胞證',
    '台胞证',
    '臺胞證',
    '台灣居民來往大陸通行證',
    '台湾居民来往大陆通行证',
    'mainland travel permit',
    'MTP no',
  ],
  against: ['電話', '手機', '統一編號', '訂單'],
  passRate: { plausible: 1, proved: 0 },
  judge: () => 'plausible',
  quick: () => ({ judgement: 'plausible', alone: 'none' }),
  examples: { yes: ['04839215', '0483921503(B)'], no: ['0483921', '0483921503'] },
};
export default permit;
