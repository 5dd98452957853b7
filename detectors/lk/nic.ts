/**
 * National identity card number (ජා.හැ.අංකය) of Sri Lanka: nine digits and V or X; since 2016 twelve
 * digits.
 *
 * Year of birth, day of the year with 500 added for women, sequence, check digit. The sum in general
 * use fails for most published numbers: it proves a match, its absence does not reject one.
 */
import type { Detector, Judgement, Quick } from '../../src/model/detector.ts';
import { between, weightedSum, yearsFrom1900 } from '../kit.ts';

const WEIGHTS = [8, 4, 3, 2, 7, 6, 5, 7, 4, 3, 2];

/** The old form's year has no century, and its sequence of three becomes four. */
function longForm(compact: string): string {
  return compact.length === 10 ? `19${compact.slice(0, 5)}0${compact.slice(5, 9)}` : compact;
}

function judge(compact: string): Judgement {
  if (!/[VX\d]$/.test(compact)) return 'no';
  const long = longForm(compact);
  const year = Number(long.slice(0, 4));
  const day = Number(long.slice(4, 7));
  if (year < 1900 || year > new Date().getUTCFullYear()) return 'no';
  if (!((day >= 1 && day <= 366) || (day >= 501 && day <= 866))) return 'no';
  const check = (11 - (weightedSum(long, WEIGHTS) % 11)) % 11;
  return check % 10 === Number(long[11]) ? 'proved' : 'plausible';
}

/** Days of the year from 001 to 366 and from 501 to 866. */
const DAY = `(?:${between('001', '366')}|${between('501', '866')})`;

/** The last letter and the check digit decide what is said of the rest. */
function quick(compact: string): Quick {
  const isOld = compact.length === 10;
  const pattern = isOld ? `\\d\\d${DAY}\\d{4}[VX]` : `${yearsFrom1900()}${DAY}\\d{5}`;
  const alone = isOld ? 'medium' : 'low';
  return { judgement: 'proved', alone, patterns: [{ pattern }], passes: 'ask' };
}

const nic: Detector = {
  id: 'lk.nic',
  title: 'Sri Lanka national identity card',
  source:
    'Department for Registration of Persons, new NIC format, 2016; check digit not ' + 'published.',
  kind: 'person',
  alone: 'medium',
  // Any letter is a candidate, so that a column of V and X stands out from one of part numbers.
  shapes: ['d9l', 'd9 l', 'd12'],
  masks: ['d2m7{VX}', 'd5m4{VX}', 'm5d4{VX}', 'd4m8', 'd7m5'],
  hints: [
    'NIC',
    'NIC no',
    'national identity',
    'ජා.හැ.අංකය',
    'ජාතික හැඳුනුම්පත',
    'தேசிய அடையாள',
    'அடையாள அட்டை',
  ],
  against: ['order no', 'invoice', 'part no', 'timestamp'],
  passRate: { plausible: 0.056, proved: 0.007 },
  judge: ({ compact }) => judge(compact),
  // One book in eleven has an ISBN of nine digits and an X.
  aloneFor: ({ compact }) => (compact.endsWith('V') ? 'medium' : 'low'),
  quick: ({ compact }) => quick(compact),
  canonical: ({ compact }) => longForm(compact),
  examples: {
    yes: ['841234820V', '841234820 V', '846234820X', '198412304820'],
    no: ['844234820V', '198440004820'],
  },
};
export default nic;
