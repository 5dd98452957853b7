/**
 * Personal identity code (henkilötunnus) of Finland: DDMMYY, a sign for the century, three digits, a
 * check character.
 *
 * `+` 1800s; `-` and since 2023 U to Y 1900s; A to F 2000s. The check character is the remainder of
 * the nine digits by 31. A date to come is let through: the registry's own specimen 131052A308T
 * holds one.
 */
import type { Detector, Judgement, Quick, SumCheck } from '../../src/model/detector.ts';
import { beginsWithRecentDay, dayPattern, decimalWeights, isDate, passesSum } from '../kit.ts';

const WEIGHTS = decimalWeights(9, 31);
/** The sign in the midst does not count. */
const SUM: SumCheck = {
  weights: [...WEIGHTS.slice(0, 6), 0, ...WEIGHTS.slice(6)],
  modulus: 31,
  signs: '0123456789ABCDEFHJKLMNPRSTUVWXY',
};

function judge(compact: string): Judgement {
  const sign = compact.charAt(6);
  const century = sign === '+' ? 1800 : /[A-F]/.test(sign) ? 2000 : 1900;
  const year = century + Number(compact.slice(4, 6));
  if (!isDate(year, Number(compact.slice(2, 4)), Number(compact.slice(0, 2)))) return 'no';
  const individual = compact.slice(7, 10);
  if (individual < '002') return 'no';
  return passesSum(compact, SUM) ? 'proved' : 'no';
}

/** Of the years that end in 00 only 2000 has a 29 February. */
const DATE =
  `(?:(?:${dayPattern('ddmm')}\\d\\d|2902(?:0[48]|[2468][048]|[13579][26]))(?:-|\\+|[A-Z])|` +
  '290200[A-F])';
const PATTERNS = [{ pattern: `${DATE}(?:00[2-9]|0[1-9]\\d|[1-9]\\d\\d)[0-9A-Z]` }];

function quick(compact: string): Quick {
  const rules: Quick = { judgement: 'proved', alone: 'high', sum: SUM, patterns: PATTERNS };
  // Where it may be a ticket's number.
  return /-\d{4}$/.test(compact) ? { ...rules, passes: 'ask' } : rules;
}

const hetu: Detector = {
  id: 'fi.hetu',
  title: 'Finland personal identity code',
  source: 'Valtioneuvoston asetus väestötietojärjestelmästä 128/2010, changed 2022 (690/2022).',
  kind: 'person',
  alone: 'high',
  shapes: ['d6{-+U-YA-F}d3w'],
  masks: ['d6-m4', 'd6{A-F}m4', 'd6-m3w', 'm6-d3w'],
  hints: [
    'henkilötunnus',
    'hetu',
    'henkilotunnus',
    'personbeteckning',
    'sotu',
    'personal identity code',
  ],
  against: ['tilausnumero', 'Y-tunnus', 'viitenumero', 'part no'],
  samples: ['131052-308T', '131052A308T'],
  passRate: { plausible: 0.001, proved: 0.001 },
  judge: ({ compact }) => judge(compact),
  // One ticket in thirty that is numbered `240305-0012` passes.
  aloneFor: (match) =>
    /-\d{4}$/.test(match.compact) && beginsWithRecentDay(match) ? 'low' : 'high',
  quick: ({ compact }) => quick(compact),
  examples: { yes: ['170384-482L', '170304B482Y'], no: ['170384-482A', '171384-4827'] },
};
export default hetu;
