/**
 * People's identity card number (chứng minh nhân dân) of Vietnam: nine digits, given until 2021 and
 * still in old lists.
 *
 * No structure to check: counts only beside a hint or in a column of them.
 */
import type { Detector } from '../../src/model/detector.ts';

const cmnd: Detector = {
  id: 'vn.cmnd',
  title: 'Vietnam identity card number (nine digits)',
  source: 'Decree 05/1999/NĐ-CP.',
  kind: 'person',
  alone: 'none',
  shapes: ['d9', 'd3~d3~d3'],
  masks: ['d3m3d3', 'm5d4', 'm6d3', 'd4m5'],
  hints: ['CMND', 'CMT', 'chứng minh nhân dân', 'số CMND', 'chung minh nhan dan', 'giấy CMND'],
  against: ['mã đơn hàng', 'số tài khoản', 'điện thoại', 'mã số thuế', 'MST'],
  passRate: { plausible: 1, proved: 0 },
  judge: () => 'plausible',
  quick: () => ({ judgement: 'plausible', alone: 'none' }),
  examples: { yes: ['024819357'], no: ['02481935', '0248193570'] },
};
export default cmnd;
