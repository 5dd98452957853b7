/**
 * EGN (единен граждански номер) of Bulgaria: YYMMDD, three digits, a check digit.
 *
 * The month carries the century: 20 added for the 1800s, 40 for the 2000s; a day to come is well formed
 * and no proof. The tax number of a person is `BG` and this number.
 */
import type { Detector, Quick, SumCheck } from '../../src/model/detector.ts';
import { isBirthDate, isDate, passesSum, shortDatePattern } from '../kit.ts';

const WEIGHTS = [2, 4, 8, 5, 10, 9, 7, 3, 6];
/** A remainder of 10 gives a 0. */
const SUM: SumCheck = { weights: WEIGHTS, modulus: 11, signs: '01234567890' };
const CENTURIES = [1900, 1800, 2000];

const withoutCountry = (compact: string): string => compact.replace('BG', '');

const PATTERN = `${shortDatePattern('yymmdd', { months: [0, 20, 40] })}\\d{4}`;

/** Whether the day is to come is the judge's. */
function quick(compact: string): Quick {
  const isTaxNumber = compact.length === 12;
  return {
    judgement: 'proved',
    alone: 'low',
    sum: isTaxNumber ? { ...SUM, weights: [0, 0, ...WEIGHTS] } : SUM,
    patterns: [{ pattern: isTaxNumber ? `BG${PATTERN}` : PATTERN }],
    passes: 'ask',
  };
}

const egn: Detector = {
  id: 'bg.egn',
  title: 'Bulgaria EGN',
  source: 'Закон за гражданската регистрация; ГРАО, структура на ЕГН.',
  kind: 'person',
  alone: 'low',
  shapes: ['d10', 'd6 d4', '{B}{G}d10'],
  masks: ['d6m4', 'm6d4', 'd2m8'],
  hints: ['ЕГН', 'EGN', 'единен граждански номер', 'граждански номер'],
  against: ['ЕИК', 'телефон', 'поръчка', 'фактура'],
  passRate: { plausible: 0.011, proved: 0.0085 },
  judge: (match) => {
    const compact = withoutCountry(match.compact);
    const written = Number(compact.slice(2, 4));
    const century = CENTURIES[Math.floor(written / 20)] ?? 0;
    const year = century + Number(compact.slice(0, 2));
    const [month, day] = [written % 20, Number(compact.slice(4, 6))];
    if (century === 0 || !isDate(year, month, day)) return 'no';
    if (!passesSum(compact, SUM)) return 'no';
    return isBirthDate(year, month, day) ? 'proved' : 'plausible';
  },
  canonical: ({ compact }) => withoutCountry(compact),
  quick: ({ compact }) => quick(compact),
  examples: { yes: ['8403174828', 'BG8403174828', '0443174822'], no: ['8403174820', '8413174825'] },
};
export default egn;
