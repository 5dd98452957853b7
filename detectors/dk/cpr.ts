/**
 * CPR number (personnummer) of Denmark: DDMMYY-NNNN.
 *
 * The seventh digit and the year give the century. The check by 11 was given up in 2007: it proves a
 * match, its absence does not reject one.
 */
import type { Detector, Judgement } from '../../src/model/detector.ts';
import { beginsWithRecentDay, isBirthDate, shortDatePattern, weightedSum } from '../kit.ts';

function century(seventh: number, yy: number): number {
  if (seventh <= 3) return 1900;
  if (seventh === 4 || seventh === 9) return yy <= 36 ? 2000 : 1900;
  return yy <= 57 ? 2000 : 1800;
}

function judge(compact: string): Judgement {
  const yy = Number(compact.slice(4, 6));
  const year = century(Number(compact[6]), yy) + yy;
  if (!isBirthDate(year, Number(compact.slice(2, 4)), Number(compact.slice(0, 2)))) return 'no';
  const sum = weightedSum(compact, [4, 3, 2, 7, 6, 5, 4, 3, 2, 1]);
  return sum % 11 === 0 ? 'proved' : 'plausible';
}

const PATTERNS = [{ pattern: `${shortDatePattern('ddmmyy')}\\d{4}` }];

const cpr: Detector = {
  id: 'dk.cpr',
  title: 'Denmark CPR number',
  source: 'CPR-kontoret, "Personnummeret i CPR".',
  kind: 'person',
  alone: 'medium',
  shapes: ['d6-d4', 'd6 d4', 'd10'],
  masks: ['d6-m4', 'd6m4', 'm6-d4'],
  hints: ['CPR', 'CPR-nr', 'cprnr', 'cpr-nummer', 'personnummer', 'personnr'],
  against: ['ordrenummer', 'telefon', 'kontonummer', 'fakturanummer', 'CVR'],
  passRate: { plausible: 0.036, proved: 0.0033 },
  judge: ({ compact }) => judge(compact),
  aloneFor: (match) =>
    match.folded.includes('-') && !beginsWithRecentDay(match) ? 'medium' : 'low',
  // The century and the sum are the judge's.
  quick: ({ folded }) => ({
    judgement: 'proved',
    alone: folded.includes('-') ? 'medium' : 'low',
    patterns: PATTERNS,
    passes: 'ask',
  }),
  examples: { yes: ['170384-4826', '3003844825'], no: ['171384-4826', '310284-4826'] },
};
export default cpr;
