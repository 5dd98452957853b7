/**
 * NIK (Nomor Induk Kependudukan) of Indonesia: 16 digits on the KTP and the family card.
 *
 * Province, regency and district (two digits each), DDMMYY of birth with 40 added to a woman's day,
 * four digits of sequence. No check digit: about three random runs of 16 digits in a hundred pass.
 */
import type { Detector } from '../../src/model/detector.ts';
import { isShortBirthYmd, notZero, shortDatePattern } from '../kit.ts';

const PROVINCES = '(?:1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])';
const PROVINCE = new RegExp(`^${PROVINCES}`);
/** Days of birth as `ddmmyy`, each also with 40 added to the day. */
const BORN = shortDatePattern('ddmmyy', { days: [0, 40] });

const nik: Detector = {
  id: 'id.nik',
  title: 'Indonesia NIK',
  source: 'Permendagri on administration of population; province codes BPS / Kemendagri.',
  kind: 'person',
  alone: 'low',
  shapes: ['d16', 'd4~d4~d4~d4', 'd6~d6~d4'],
  masks: ['d4m8d4', 'd6m6d4', 'd6m10', 'd12m4', 'm12d4'],
  hints: [
    'NIK',
    'No KTP',
    'No. KTP',
    'nomor KTP',
    'no_ktp',
    'KTP',
    'e-KTP',
    'Nomor Induk Kependudukan',
    'No KK',
    'nomor kartu keluarga',
    'identity number',
  ],
  against: ['nomor rekening', 'no. resi', 'no pesanan', 'kartu kredit', 'virtual account'],
  passRate: { plausible: 0.028, proved: 0 },
  judge: ({ compact }) => {
    const day = Number(compact.slice(6, 8));
    if (!PROVINCE.test(compact) || compact.endsWith('0000')) return 'no';
    const birthDay = String(day > 40 ? day - 40 : day).padStart(2, '0');
    const yymmdd = compact.slice(10, 12) + compact.slice(8, 10) + birthDay;
    return isShortBirthYmd(yymmdd) ? 'plausible' : 'no';
  },
  quick: () => ({
    judgement: 'plausible',
    alone: 'low',
    patterns: [{ pattern: `${PROVINCES}\\d{4}${BORN}${notZero(4)}` }],
  }),
  examples: {
    yes: ['3374015208870003', '3374011208870003'],
    no: ['3374013202870003', '2074015208870003', '3374015208870000'],
  },
};
export default nik;
