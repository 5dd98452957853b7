/**
 * Basic pension number (基礎年金番号) of Japan: ten digits, printed `1234-567890`.
 *
 * No check digit: counts only beside a hint or in a column of pension numbers.
 */
import type { Detector } from '../../src/model/detector.ts';

const pension: Detector = {
  id: 'jp.pension',
  title: 'Japan basic pension number',
  source: 'Japan Pension Service (日本年金機構), 基礎年金番号通知書.',
  kind: 'person',
  alone: 'none',
  shapes: ['d4-d6', 'd10'],
  masks: ['d4-m6', 'm4-d6', 'd4m6'],
  hints: ['基礎年金番号', '年金番号', '年金手帳', 'pension number', 'nenkin'],
  against: ['電話番号', 'TEL', '注文番号', '伝票番号'],
  passRate: { plausible: 1, proved: 0 },
  judge: () => 'plausible',
  quick: () => ({ judgement: 'plausible', alone: 'none' }),
  examples: { yes: ['4830-192057', '4830192057'], no: ['4830-19205', '483-0192057'] },
};
export default pension;
