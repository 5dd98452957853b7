/**
 * Foreigner registration number (외국인등록번호) of Korea: YYMMDD, a hyphen, seven digits of which the
 * first is 5 to 8.
 *
 * Numbers given before October 2020 end in a check digit; two formulas for it are in use (the
 * citizens' one, and the same plus 2) and sources disagree, so either proves a match and a real date
 * alone makes it plausible.
 */
import type { Detector, Judgement, Match } from '../../src/model/detector.ts';
import { isBirthDate, SHORT_BIRTH_YMD, weightedSum } from '../kit.ts';

const WEIGHTS = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];

function judge({ compact }: Match): Judgement {
  const year = (Number(compact[6]) < 7 ? 1900 : 2000) + Number(compact.slice(0, 2));
  if (!isBirthDate(year, Number(compact.slice(2, 4)), Number(compact.slice(4, 6)))) return 'no';
  const remainder = weightedSum(compact, WEIGHTS) % 11;
  const check = Number(compact[12]);
  return check === (13 - remainder) % 10 || check === (11 - remainder) % 10
    ? 'proved'
    : 'plausible';
}

const frn: Detector = {
  id: 'kr.frn',
  title: 'Korea foreigner registration number',
  source: 'Enforcement Rule of the Immigration Act (출입국관리법 시행규칙).',
  kind: 'person',
  alone: 'high',
  shapes: ['d6-{5-8}d6', 'd6{5-8}d6', 'd6 {5-8}d6'],
  masks: ['d6-{5-8}m6', 'd6{5-8}m6', 'd6-m7'],
  masksAlone: 'medium',
  hints: ['외국인등록번호', '외국인번호', '등록번호', 'ARC', 'FRN', 'alien registration'],
  against: ['주문번호', '송장번호', '운송장번호', '사업자등록번호'],
  passRate: { plausible: 0.02, proved: 0.004 },
  // `+340308-1181434` is a place: latitude and longitude (ISO 6709).
  boundary: '_-.+',
  judge,
  aloneFor: (match) => {
    if (match.compact === match.folded) return 'low';
    return judge(match) === 'proved' ? 'high' : 'medium';
  },
  // The check proves and refuses nothing.
  quick: ({ compact, folded }) => ({
    judgement: 'proved',
    alone: compact === folded ? 'low' : 'high',
    patterns: [{ pattern: `${SHORT_BIRTH_YMD}\\d{7}` }],
    passes: 'ask',
  }),
  examples: {
    yes: ['860217-5034564'],
    no: ['860231-5034561', '860217-1034561', '860217-9034561'],
  },
};
export default frn;
