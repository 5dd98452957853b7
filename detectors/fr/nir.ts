/**
 * NIR (numéro de sécurité sociale) of France: 13 characters and a key of two.
 *
 * Sex, year and month of birth, department (2A and 2B are Corsica), commune, order; the key is 97
 * minus the remainder of the number by 97. Months 20 to 42 and 50 to 99 stand for incomplete civil
 * records.
 */
import type { Detector } from '../../src/model/detector.ts';
import { bareOrGrouped, remainder, twoDigits } from '../kit.ts';

const PLACED = '[1-478]\\d\\d(?:0[1-9]|1[0-2]|[23]\\d|4[0-2]|[5-9]\\d)(?:\\d\\d|2[AB])';
const HEAD = new RegExp(`^${PLACED}\\d{8}$`);
const PATTERNS = [{ pattern: `${PLACED}\\d{6}${twoDigits(1, 97)}` }];
const aloneFor = bareOrGrouped('low', 'high');

const nir: Detector = {
  id: 'fr.nir',
  title: 'France social security number (NIR)',
  source: 'INSEE, décret n° 82-103 du 22 janvier 1982.',
  kind: 'person',
  alone: 'high',
  shapes: ['d~d2~d2~d{0-9AB}~d3~d3~d2', 'd~d2~d2~d{0-9AB}d3~d3~d2', 'd3d2d{0-9AB}d6~d2'],
  masks: ['d m2 m2 m2 m3 m3 d2', 'd d2 d2 m2 m3 m3 m2', 'dm12d2', 'd5m10', 'd3m10d2'],
  hints: [
    'NIR',
    'sécurité sociale',
    'securite sociale',
    'n° sécu',
    'num_secu',
    'NSS',
    'numéro INSEE',
    'assuré',
  ],
  against: ['SIRET', 'IMEI', 'n° commande', 'facture'],
  samples: ['255081416802538', '269054958815780'],
  passRate: { plausible: 0.005, proved: 0.005 },
  judge: ({ compact }) => {
    if (!HEAD.test(compact)) return 'no';
    const digits = compact.slice(0, 13).replace('2A', '19').replace('2B', '18');
    return 97 - remainder(digits, 97) === Number(compact.slice(13)) ? 'proved' : 'no';
  },
  // Bare, it looks like the number of a telephone handset (IMEI), of which one in seventy passes.
  aloneFor,
  // The key is the judge's.
  quick: (match) => ({
    judgement: 'proved',
    alone: aloneFor(match),
    patterns: PATTERNS,
    passes: 'ask',
  }),
  examples: {
    yes: ['2 84 03 75 116 042 82', '184032A11604292'],
    no: ['2 84 03 75 116 042 00', '9 84 03 75 116 042 11'],
  },
};
export default nir;
