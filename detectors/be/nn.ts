/**
 * National register number (rijksregisternummer, numéro national) of Belgium: `YY.MM.DD-NNN.CC`.
 *
 * The last two are 97 minus the remainder of the nine before (with a 2 in front for those born from
 * 2000). Bis numbers add 20 or 40 to the month; an unknown month or day is 00.
 */
import type { Detector } from '../../src/model/detector.ts';
import { bareOrGrouped, isBirthDate, twoDigits } from '../kit.ts';

function isBorn(year: number, bisMonth: number, day: number): boolean {
  const month = bisMonth % 20;
  if (bisMonth > 52) return false;
  const isUnknown = (month === 0 || day === 0) && month <= 12 && day <= 31;
  return isUnknown ? year <= new Date().getUTCFullYear() : isBirthDate(year, month, day);
}

const DATE = `\\d\\d${twoDigits(0, 12, [0, 20, 40])}${twoDigits(0, 31)}`;
const PATTERNS = [{ pattern: `${DATE}\\d{3}${twoDigits(1, 97)}` }];
const aloneFor = bareOrGrouped('low', 'high');

const nn: Detector = {
  id: 'be.nn',
  title: 'Belgium national register number',
  source: 'Royal Decree of 3 April 1984; bis numbers Royal Decree of 8 February 1991.',
  kind: 'person',
  alone: 'high',
  shapes: [
    'd2.d2.d2-d3.d2',
    'd2.d2.d2-d3-d2',
    'd2.d2.d2-d3 d2',
    'd2~d2~d2~d3~d2',
    'd6~d3~d2',
    'd6-d3.d2',
    'd6-d5',
    'd6 d5',
    'd2/d4-d5',
  ],
  masks: ['d2.d2.d2-m3.m2', 'm2.m2.m2-d3.d2', 'm2.m2.m2-m3.d2', 'd6m5', 'd2.m2.m2-m3.d2'],
  hints: [
    'rijksregisternummer',
    'rijksregister',
    'numéro national',
    'registre national',
    'NISS',
    'INSZ',
    'RRN',
    'NRN',
    'Nationalregister',
  ],
  against: ['commande', 'bestelling', 'facture', 'factuur', 'téléphone'],
  passRate: { plausible: 0.0015, proved: 0.0015 },
  judge: ({ compact }) => {
    const [yy, month, day] = [0, 2, 4].map((at) => Number(compact.slice(at, at + 2)));
    const number = Number(compact.slice(0, 9));
    const check = Number(compact.slice(9));
    const isBornIn = (century: number): boolean =>
      isBorn(century + (yy ?? 0), month ?? 0, day ?? 0);
    const before = isBornIn(1900) && 97 - (number % 97) === check;
    const since = isBornIn(2000) && 97 - ((2_000_000_000 + number) % 97) === check;
    return before || since ? 'proved' : 'no';
  },
  aloneFor,
  // Remainders by 97 are the judge's.
  quick: (match) => ({
    judgement: 'proved',
    alone: aloneFor(match),
    patterns: PATTERNS,
    passes: 'ask',
  }),
  examples: {
    yes: ['84.03.17-482.17', '84.03.17-482 17', '840317-482.17', '84/0317-48217', '04031748215'],
    no: ['84.03.17-482.00', '84.13.17-482.06'],
  },
};
export default nn;
