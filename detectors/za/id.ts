/**
 * Identity number of South Africa: YYMMDD, four digits (from 5000 for men), citizenship, a digit that
 * means nothing now, a Luhn digit.
 *
 * Citizenship is 0 citizen, 1 permanent resident, 2 refugee.
 */
import type { Detector } from '../../src/model/detector.ts';
import { bareOrGrouped, isShortBirthYmd, luhn, luhnSum, SHORT_BIRTH_YMD } from '../kit.ts';

const aloneFor = bareOrGrouped('low', 'medium');

const id: Detector = {
  id: 'za.id',
  title: 'South Africa identity number',
  source: 'Identification Act 68 of 1997; Department of Home Affairs.',
  kind: 'person',
  alone: 'medium',
  shapes: ['d6~d4~d3', 'd6~d4~d2~d', 'd6~d4~d~d~d'],
  masks: ['d6m7', 'm6d7', 'd6 m4 m3', 'm9d4'],
  hints: ['ID number', 'identity number', 'SA ID', 'RSA ID', 'id_no', 'ID no', 'identiteitsnommer'],
  against: ['EAN', 'barcode', 'order no', 'invoice', 'tel'],
  samples: ['8001015009087'],
  passRate: { plausible: 0.001, proved: 0.001 },
  judge: ({ compact }) => {
    if (!/^[012]$/.test(compact.charAt(10)) || !isShortBirthYmd(compact.slice(0, 6))) return 'no';
    return luhn(compact) ? 'proved' : 'no';
  },
  aloneFor,
  quick: (match) => ({
    judgement: 'proved',
    alone: aloneFor(match),
    sum: luhnSum(match.compact.length),
    patterns: [{ pattern: `${SHORT_BIRTH_YMD}\\d{4}[012]\\d\\d` }],
  }),
  examples: {
    yes: ['8403174820082', '840317 4820 08 2'],
    no: ['8403174820080', '8413174820085', '8403174820985'],
  },
};
export default id;
