/**
 * Driving licence number (운전면허번호) of Korea: region, year, six digits, two digits: `11-19-204857-30`.
 *
 * Regions are 11 to 26 and 28. No published check: bare digits count only beside a hint, and their
 * region tells nothing, because order numbers that begin with a date share it.
 */
import type { Detector } from '../../src/model/detector.ts';
import { bareOrGrouped } from '../kit.ts';

const REGIONS = '(?:1[1-9]|2[0-6]|28)';
const REGION = new RegExp(`^${REGIONS}`);

const aloneFor = bareOrGrouped('none', 'low');

const licence: Detector = {
  id: 'kr.licence',
  title: 'Korea driving licence number',
  source: 'Korean National Police Agency, region codes of licence offices.',
  kind: 'document',
  alone: 'low',
  shapes: ['d2-d2-d6-d2', 'd12'],
  masks: ['d2-d2-m6-d2', 'd2-d2-m6-m2', 'd2-d2-d4m2-m2', 'd2-m2-m6-d2'],
  hints: [
    '운전면허번호',
    '면허번호',
    '운전면허',
    '운전면허증',
    "driver's license",
    'driver license',
  ],
  against: ['계좌번호', '주문번호', '송장번호'],
  passRate: { plausible: 1, proved: 0 },
  judge: ({ compact, shape }) => (shape === 1 || REGION.test(compact) ? 'plausible' : 'no'),
  aloneFor,
  aloneAtMost: 'low',
  quick: (match) => ({
    judgement: 'plausible',
    alone: aloneFor(match),
    ...(match.shape === 1 ? {} : { patterns: [{ pattern: `${REGIONS}\\d{10}` }] }),
  }),
  examples: { yes: ['11-19-204857-30'], no: ['27-19-204857-30', '11-19-20485-30'] },
};
export default licence;
