/**
 * Personal identity code (henkilötunnus) of Finland: DDMMYY, a sign for the century, three digits, a
 * check character.
 *
 * `+` 1800s; `-` and since 2023 U to Y 1900s; A to F 2000s. The check character is the remainder of
 * the nine digits by 31. A date to come is let through: the registry's own specimen 131052A308T
 * holds one.
 */
import type { Detector, Judgement } from '../../src/model/detector.ts';
import { beginsWithRecentDay, isDate } from '../kit.ts';

const SIGNS = '0123456789ABCDEFHJKLMNPRSTUVWXY';

function judge(compact: string): Judgement {
  const sign = compact.charAt(6);
  const century = sign === '+' ? 1800 : /[A-F]/.test(sign) ? 2000 : 1900;
  const year = century + Number(compact.slice(4, 6));
  if (!isDate(year, Number(compact.slice(2, 4)), Number(compact.slice(0, 2)))) return 'no';
  const individual = compact.slice(7, 10);
  if (individual < '002') return 'no';
  return SIGNS[Number(compact.slice(0, 6) + individual) % 31] === compact[10] ? 'proved' : 'no';
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
  examples: { yes: ['170384-482L', '170304B482Y'], no: ['170384-482A', '171384-4827'] },
};
export default hetu;
