/**
 * Personal identity number (personnummer) of Sweden: YYMMDD or YYYYMMDD, a sign, three digits and a
 * Luhn digit over the ten short digits.
 *
 * `+` stands for a hundred years and more. Coordination numbers add 60 to the day; where a birth
 * date is not known their month and day may be 00.
 */
import type { Detector, Judgement, Quick } from '../../src/model/detector.ts';
import {
  beginsWithRecentDay,
  isBirthDate,
  isShortBirthDate,
  luhn,
  luhnSum,
  shortDatePattern,
  twoDigits,
} from '../kit.ts';

/** YYMMDDNNNC with the century that the sign tells: the latest that is not to come, or the one before. */
function shortForm(digits: string, isCentenarian: boolean): string {
  const thisYear = new Date().getUTCFullYear();
  const yy = Number(digits.slice(0, 2));
  const latest = thisYear - ((((thisYear - yy) % 100) + 100) % 100);
  return `${Math.floor(latest / 100) - (isCentenarian ? 1 : 0)}${digits}`;
}

function judge(compact: string): Judgement {
  const digits = compact.replace(/\D/g, '');
  const short = digits.slice(-10);
  const month = Number(short.slice(2, 4));
  const day = Number(short.slice(4, 6));
  const isCoordination = day >= 60;
  const isUnknown = isCoordination && (month === 0 || day === 60) && month <= 12 && day <= 91;
  const yy = Number(short.slice(0, 2));
  const birthDay = isCoordination ? day - 60 : day;
  const isBorn =
    digits.length === 12
      ? isBirthDate(Number(digits.slice(0, 4)), month, birthDay)
      : isShortBirthDate(yy, month, birthDay) ||
        (compact.includes('+') && isBirthDate(1800 + yy, month, birthDay));
  if (!isBorn && !isUnknown) return 'no';
  return !short.slice(6, 9).includes('000') && luhn(short) ? 'proved' : 'no';
}

const SHORT_SUM = luhnSum(10);
const DATE = shortDatePattern('yymmdd', { days: [0, 60] });
/** A coordination number of which month or day is not known. */
const UNKNOWN = `\\d\\d(?:00${twoDigits(60, 91)}|${twoDigits(1, 12)}60)`;

/** The judge looks at the rest: serial 000, days to come, what the number is worth. */
function quick(compact: string): Quick {
  const [, sign = ''] = /^\d+([-+]?)/.exec(compact) ?? [];
  const isLong = compact.length > 11;
  const before = isLong ? [0, 0] : [];
  const { weights } = SHORT_SUM;
  const signWeight = sign === '' ? [] : [0];
  const signPattern = sign === '+' ? '\\+' : sign;
  const date = isLong ? `(?:(?:18|19|20)${DATE}|\\d\\d${UNKNOWN})` : `(?:${DATE}|${UNKNOWN})`;
  return {
    judgement: 'proved',
    alone: sign === '' ? 'low' : 'high',
    sum: {
      ...SHORT_SUM,
      weights: [...before, ...weights.slice(0, 6), ...signWeight, ...weights.slice(6)],
    },
    patterns: [{ pattern: `${date}${signPattern}\\d{4}` }],
    passes: 'ask',
  };
}

const pin: Detector = {
  id: 'se.pin',
  title: 'Sweden personal identity number',
  source: 'Skatteverket SKV 704 and SKV 707; Folkbokföringslagen (1991:481) § 18.',
  kind: 'person',
  alone: 'high',
  shapes: ['d6{-+}d4', 'd8{-+}d4', 'd10', 'd12', 'd6 d4', 'd8 d4', 'd4-d2-d4'],
  masks: ['d6-m4', 'd8-m4', 'd6m4', 'd8m4', 'm6-d4', 'm8-d4'],
  hints: ['personnummer', 'person nr', 'personnr', 'pnr', 'samordningsnummer', 'personal identity'],
  against: ['organisationsnummer', 'org.nr', 'ordernummer', 'telefon', 'fakturanummer'],
  passRate: { plausible: 0.0075, proved: 0.0075 },
  judge: ({ compact }) => judge(compact),
  aloneFor: (match) => {
    if (!/[-+]/.test(match.compact)) return 'low';
    return match.compact.length === 11 && beginsWithRecentDay(match) ? 'low' : 'high';
  },
  canonical: ({ compact }) => {
    const digits = compact.replace(/\D/g, '');
    return digits.length === 12 ? digits : shortForm(digits, compact.includes('+'));
  },
  quick: ({ compact }) => quick(compact),
  examples: {
    yes: ['840317-4827', '8403-17-4827', '198403174827', '840377-4824'],
    no: ['840317-4820', '841317-4825'],
  },
};
export default pin;
