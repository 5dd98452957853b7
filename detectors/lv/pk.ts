/**
 * Personal code (personas kods) of Latvia: DDMMYY-CNNNX; since July 2017 eleven digits that begin
 * with 32 and hold no date.
 *
 * C is the century: 0 the 1800s, 1 the 1900s, 2 the 2000s. The tax number of a person is `LV` and this
 * number.
 */
import type { Detector, Judgement, Quick } from '../../src/model/detector.ts';
import { bareOrGrouped, isBirthDate, shortDatePattern, weightedSum } from '../kit.ts';

const WEIGHTS = [10, 5, 8, 4, 2, 1, 6, 3, 7, 9];

function judge(compact: string): Judgement {
  const fits = ((1 + weightedSum(compact, WEIGHTS)) % 11) % 10 === Number(compact[10]);
  // Whether numbers without a date keep the check digit is not published.
  if (compact.startsWith('32')) return fits ? 'proved' : 'plausible';
  if (!fits) return 'no';
  const century = [1800, 1900, 2000][Number(compact[6])] ?? 0;
  const year = century + Number(compact.slice(4, 6));
  const isBorn = isBirthDate(year, Number(compact.slice(2, 4)), Number(compact.slice(0, 2)));
  return isBorn ? 'proved' : 'no';
}

const PATTERNS = [{ pattern: `(?:${shortDatePattern('ddmmyy')}[0-2]\\d{4}|32\\d{9})` }];
const aloneFor = bareOrGrouped('low', 'medium');

/** The sum is the judge's: it does not bind numbers without a date. Tax numbers are left to him altogether. */
function quick(alone: Quick['alone']): Quick {
  return { judgement: 'proved', alone, patterns: PATTERNS, passes: 'ask' };
}

const pk: Detector = {
  id: 'lv.pk',
  title: 'Latvia personal code',
  source: 'Fizisko personu reģistra likums; check digit as in general use.',
  kind: 'person',
  alone: 'medium',
  shapes: ['d6-?d5', '{L}{V}^d6-?d5'],
  masks: ['d6-m5', 'd6m5', 'm6-d5', '{3}{2}m4-m5'],
  hints: ['personas kods', 'personas kodu', 'pers. kods', 'p.k.', 'personal code'],
  against: ['telefons', 'pasūtījums', 'rēķins', 'reģistrācijas numurs'],
  passRate: { plausible: 0.012, proved: 0.0025 },
  judge: ({ compact }) => judge(compact.replace('LV', '')),
  canonical: ({ compact }) => compact.replace('LV', ''),
  aloneFor,
  quick: (match) => (match.compact.length === 11 ? quick(aloneFor(match)) : null),
  examples: {
    yes: ['170384-14825', 'LV17038414825', '324820-61574'],
    no: ['170384-14820', '171384-14820'],
  },
};
export default pk;
