/**
 * Driving licence number (運転免許証番号) of Japan: 12 digits.
 *
 * Code of the prefecture's commission, year of the first licence, six digits, a check digit, the
 * number of times it was issued again. The check is known from use only, so it strengthens a match
 * and never rejects one; without a hint twelve digits are no licence.
 */
import type { Detector } from '../../src/model/detector.ts';
import { weightedSum } from '../kit.ts';

const WEIGHTS = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
const COMMISSIONS = '(?:1[0-4]|2[0-5]|30|4\\d|5[0-5]|6[0-5]|7[0-4]|8[0-3]|9[0-7])';
const COMMISSION = new RegExp(`^${COMMISSIONS}`);

const licence: Detector = {
  id: 'jp.licence',
  title: 'Japan driving licence number',
  source: 'National Police Agency, commission codes; check digit not published.',
  kind: 'document',
  alone: 'none',
  shapes: ['d12', 'd4~d4~d4'],
  masks: ['d4m8', 'm8d4', 'd2m8d2'],
  hints: [
    '運転免許証番号',
    '免許証番号',
    '運転免許',
    '免許番号',
    "driver's license",
    'driver license',
    'driving licence',
  ],
  against: ['注文番号', '伝票番号', 'マイナンバー', '個人番号'],
  passRate: { plausible: 0.48, proved: 0.05 },
  judge: ({ compact }) => {
    if (!COMMISSION.test(compact)) return 'no';
    const check = (11 - (weightedSum(compact, WEIGHTS) % 11)) % 10;
    return check === Number(compact[10]) ? 'proved' : 'plausible';
  },
  // The check decides what is said of the rest.
  quick: () => ({
    judgement: 'proved',
    alone: 'none',
    patterns: [{ pattern: `${COMMISSIONS}\\d{10}` }],
    passes: 'ask',
  }),
  examples: { yes: ['301948205070', '301948205170'], no: ['991948205170', '00194820517'] },
};
export default licence;
