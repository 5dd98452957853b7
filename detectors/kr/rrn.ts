/**
 * Resident registration number (주민등록번호) of Korea: YYMMDD, a hyphen, seven digits.
 *
 * The seventh digit tells century and sex (9, 0: 18xx; 1, 2: 19xx; 3, 4: 20xx). Numbers given before
 * October 2020 end in a check digit; those given since are random after the seventh digit, and a
 * person of any age may be given a new one. So a real date makes a match plausible, the check proves
 * it, and only those born in the 1800s must pass. A day to come is well formed behind a hyphen, and no
 * proof.
 */
import type { Detector, Judgement, Match } from '../../src/model/detector.ts';
import { isBirthDate, isDate, SHORT_BIRTH_YMD, weightedSum } from '../kit.ts';

const WEIGHTS = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
const CENTURIES = [1800, 1900, 1900, 2000, 2000, 0, 0, 0, 0, 1800];

function isBorn(compact: string, isDay: typeof isDate): boolean {
  const year = (CENTURIES[Number(compact[6])] ?? 0) + Number(compact.slice(0, 2));
  return isDay(year, Number(compact.slice(2, 4)), Number(compact.slice(4, 6)));
}

function judge({ compact, folded }: Match): Judgement {
  if (!isBorn(compact, isBirthDate))
    return folded.includes('-') && isBorn(compact, isDate) ? 'plausible' : 'no';
  if ((11 - (weightedSum(compact, WEIGHTS) % 11)) % 10 === Number(compact[12])) return 'proved';
  return CENTURIES[Number(compact[6])] === 1800 ? 'no' : 'plausible';
}

const rrn: Detector = {
  id: 'kr.rrn',
  title: 'Korea resident registration number',
  source:
    'Enforcement Rule of the Resident Registration Act (주민등록법 시행규칙), changed 2020-10-05.',
  kind: 'person',
  alone: 'high',
  shapes: ['d6-{0-49}d6', 'd6{0-49}d6', 'd6 {0-49}d6'],
  masks: ['d6-dm6', 'd6-m7', 'd6dm6', 'd6m7', 'd6 dm6'],
  masksAlone: 'medium',
  hints: [
    '주민등록번호',
    '주민번호',
    '주민등록',
    'RRN',
    'jumin',
    'resident registration',
    'ssn_kr',
  ],
  against: ['주문번호', '송장번호', '운송장번호', '사업자등록번호', '법인등록번호'],
  born: [{ at: 0, form: 'yymmdd' }],
  sexAt: { at: 6, female: '02468', male: '13579' },
  passRate: { plausible: 0.017, proved: 0.0026 },
  // `+340308-1181434` is a place: latitude and longitude (ISO 6709).
  boundary: '_-.+',
  judge,
  aloneFor: (match) => {
    if (match.compact === match.folded || !isBorn(match.compact, isBirthDate)) return 'low';
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
    yes: ['860217-1034561', '8602171034561'],
    no: ['860231-1034561', '860217-5034561', '970217-9034561'],
  },
};
export default rrn;
