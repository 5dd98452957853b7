/**
 * Social Security number of the United States: `123-45-6789`.
 *
 * No check digit: nine random digits in ten fit, so that without a word or a header it stays low; the
 * area is never 000, 666 or 9xx, the group never 00, the serial never 0000. Two numbers that were
 * printed in advertisements are void.
 */
import type { Detector } from '../../src/model/detector.ts';
import { between, notZero } from '../kit.ts';

const NEVER_GIVEN = /^(?:000|666|9)|^...00|0000$|^(?:078051120|219099999)$/;

/** All others, but for the two areas of the void ones, which are left to the judge. */
const AREAS = [
  between('001', '077'),
  between('079', '218'),
  between('220', '665'),
  between('667', '899'),
];
const GIVEN = `(?:${AREAS.join('|')})${notZero(2)}${notZero(4)}`;

const ssn: Detector = {
  id: 'us.ssn',
  title: 'US Social Security number',
  source: 'Social Security Administration, POMS RM 10201.035; randomised since 25 June 2011.',
  kind: 'person',
  alone: 'low',
  shapes: ['d3~d2~d4'],
  masks: ['m3-m2-d4', 'm3 m2 d4', 'm5d4', 'd3-m2-m4', 'd3-d2-m4'],
  masksAlone: 'medium',
  hints: ['SSN', 'Social Security', 'soc sec', 'social security number', 'SS#', 'ssn_last4'],
  against: ['phone', 'order no', 'part no', 'ZIP', 'EIN', 'routing'],
  passRate: { plausible: 0.89, proved: 0 },
  judge: ({ compact }) => (NEVER_GIVEN.test(compact) ? 'no' : 'plausible'),
  quick: () => ({
    judgement: 'plausible',
    alone: 'low',
    patterns: [{ pattern: GIVEN }],
    otherwise: 'ask',
  }),
  examples: {
    yes: ['482-06-1573', '482061573'],
    no: ['666-06-1573', '982-06-1573', '482-00-1573', '482-06-0000', '078-05-1120'],
  },
};
export default ssn;
