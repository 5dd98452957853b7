/**
 * Birth number (rodné číslo) of Slovakia: YYMMDD/NNNC, before 1954 YYMMDD/NNN.
 *
 * The numbers and their sum are those of Czechoslovakia; see `cz/rc.ts`.
 */
import type { Detector } from '../../src/model/detector.ts';
import { judgeBirthNumber, quickBirthNumber } from '../cz/rc.ts';
import { bareOrGrouped } from '../kit.ts';

const aloneFor = bareOrGrouped('low', 'medium');

const rc: Detector = {
  id: 'sk.rc',
  title: 'Slovak birth number',
  source: 'Zákon č. 301/1995 Z. z. o rodnom čísle.',
  kind: 'person',
  alone: 'medium',
  shapes: ['d6/d4', 'd6/d3', 'd9..10', 'd6 d4'],
  masks: ['d6/m4', 'd6/m3', 'd6m4', 'm6/d4'],
  hints: ['rodné číslo', 'rodne cislo', 'rodné č', 'r.č.', 'RČ', 'birth number'],
  against: ['telefón', 'objednávka', 'faktúra', 'číslo účtu', 'variabilný symbol', 'IČ DPH'],
  passRate: { plausible: 0.055, proved: 0.006 },
  judge: ({ compact }) => judgeBirthNumber(compact),
  aloneFor,
  quick: (match) => quickBirthNumber(match.compact, aloneFor(match)),
  examples: { yes: ['865412/3071', '405412/307'], no: ['865412/3070', '864412/3070'] },
};
export default rc;
