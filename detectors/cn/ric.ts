/**
 * Resident identity number (公民身份号码) of China: 18 characters.
 *
 * Six digits of the place (two of the province), the birth date, three of sequence (odd for men), a
 * check character 0-9 or X. 81, 82 and 83 are the residence permits of people from Hong Kong, Macau
 * and Taiwan; a leading 9, province and ISO country number are a foreigner's permanent residence
 * card since December 2023. The county is not checked: counties come and go, and lists of them
 * reject numbers that are in use. The old form of 15 digits has a two-digit year and no check.
 */
import type { Detector, Judgement, Quick, SumCheck } from '../../src/model/detector.ts';
import { BIRTH_YMD, isBirthYmd, weightedSum } from '../kit.ts';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71'.split(
    ' ',
  ),
);
const PERMITS = new Set(['81', '82', '83']);

function isPlace(compact: string): boolean {
  if (compact[0] === '9') return PROVINCES.has(compact.slice(1, 3));
  return PROVINCES.has(compact.slice(0, 2)) || PERMITS.has(compact.slice(0, 2));
}

function judge(compact: string): Judgement {
  if (!isPlace(compact)) return 'no';
  if (compact.length === 15) {
    const real = compact[0] !== '9' && isBirthYmd(`19${compact.slice(6, 12)}`);
    return real ? 'plausible' : 'no';
  }
  if (!isBirthYmd(compact.slice(6, 14))) return 'no';
  return checkSign(compact) === compact[17] ? 'proved' : 'no';
}

const SIGNS = '10X98765432';
const SUM: SumCheck = { weights: WEIGHTS, modulus: 11, signs: SIGNS };

/** Numbers of 18 characters; what is rare is left to the judge. */
function quick(compact: string): Quick | null {
  if (compact.length !== 18) return null;
  const provinces = [...PROVINCES].join('|');
  const place = `(?:(?:${provinces}|${[...PERMITS].join('|')})\\d{4}|9(?:${provinces})\\d{3})`;
  const patterns = [{ pattern: `${place}${BIRTH_YMD}\\d{3}[0-9X]` }];
  return { judgement: 'proved', alone: 'high', sum: SUM, patterns, otherwise: 'ask' };
}

const checkSign = (compact: string): string => SIGNS.charAt(weightedSum(compact, WEIGHTS) % 11);

/** The old form with its century and check: one person, whichever form stands there. */
function longForm(compact: string): string {
  if (compact.length === 18) return compact;
  const long = `${compact.slice(0, 6)}19${compact.slice(6)}`;
  return long + checkSign(long);
}

const ric: Detector = {
  id: 'cn.ric',
  title: 'China resident identity number',
  source: 'GB 11643-1999, check character ISO 7064 MOD 11-2.',
  kind: 'person',
  alone: 'high',
  shapes: ['{1-9}d5~d8~d3{0-9X}', '{1-9}d14'],
  masks: ['d6m8d3{0-9X}', 'd3m11d3{0-9X}', 'd10m4d3{0-9X}', 'dm16{0-9X}', 'd14m4', 'd6m8m4'],
  masksAlone: 'medium',
  hints: [
    '身份证',
    '身份证号',
    '身份证号码',
    '公民身份号码',
    '证件号',
    '证件号码',
    '身分證',
    '身份證',
    'sfzh',
    'sfz',
    'idcard',
    'id card',
    'id_card_no',
    'cert_no',
    'resident identity',
  ],
  against: ['统一社会信用代码', '订单号', '流水号', 'IMEI'],
  samples: ['11010519491231002X', '440524188001010014'],
  born: [{ at: 6, form: 'yyyymmdd', when: /^.{18}$/ }],
  sexAt: { at: 16, female: '02468', male: '13579' },
  passRate: { plausible: 0.013, proved: 0.00003 },
  judge: ({ compact }) => judge(compact),
  aloneFor: ({ compact }) => (compact.length === 15 ? 'low' : 'high'),
  canonical: ({ compact }) => longForm(compact),
  quick: ({ compact }) => quick(compact),
  examples: {
    yes: ['110101199003074936', '330106850412301'],
    no: ['110101199003074930', '110101199002304934', '330106851312301'],
  },
};
export default ric;
