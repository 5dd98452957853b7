/**
 * MyKad number (No. Kad Pengenalan) of Malaysia: YYMMDD, place of birth, four digits.
 *
 * The two digits of the place are a state, an earlier state code or a country group; the last digit
 * is odd for men. There is no check digit, and a column of `yymmddHHMMSS` looks alike: twelve bare
 * digits stay at low confidence without a hint.
 */
import type { Detector } from '../../src/model/detector.ts';
import { bareOrGrouped, isShortBirthYmd, SHORT_BIRTH_YMD } from '../kit.ts';

const NO_PLACE = new Set('00 17 18 19 20 69 70 73 80 81 94 95 96 97'.split(' '));

/** A pattern of all others. */
function places(): string {
  const all = Array.from({ length: 100 }, (_, code) => String(code).padStart(2, '0'));
  return `(?:${all.filter((code) => !NO_PLACE.has(code)).join('|')})`;
}

const aloneFor = bareOrGrouped('low', 'medium');

const mykad: Detector = {
  id: 'my.mykad',
  title: 'Malaysia MyKad',
  source: 'National Registration Department (Jabatan Pendaftaran Negara), list of place codes.',
  kind: 'person',
  alone: 'medium',
  shapes: ['d6-d2-d4', 'd6 d2 d4', 'd12'],
  masks: ['d6-d2-m4', 'd6-m2-m4', 'm6-m2-d4', 'd6m2d4', 'd6m6', 'm8d4'],
  masksAlone: 'medium',
  hints: [
    'kad pengenalan',
    'no. kad pengenalan',
    'MyKad',
    'NRIC',
    'No. IC',
    'IC no',
    'No KP',
    'no_kp',
    'nokp',
    'identity card',
    '身份证',
  ],
  against: ['timestamp', 'tarikh masa', 'no. pesanan', 'order no', 'no. resit'],
  born: [{ at: 0, form: 'yymmdd' }],
  sexAt: { at: 11, female: '02468', male: '13579' },
  passRate: { plausible: 0.031, proved: 0 },
  judge: ({ compact }) => {
    if (NO_PLACE.has(compact.slice(6, 8))) return 'no';
    return isShortBirthYmd(compact.slice(0, 6)) ? 'plausible' : 'no';
  },
  aloneFor,
  quick: (match) => ({
    judgement: 'plausible',
    alone: aloneFor(match),
    patterns: [{ pattern: `${SHORT_BIRTH_YMD}${places()}\\d{4}` }],
  }),
  examples: {
    yes: ['840317-10-5238', '840317146239'],
    no: ['840231-10-5238', '840317-17-5238'],
  },
};
export default mykad;
