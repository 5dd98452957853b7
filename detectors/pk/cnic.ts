/**
 * CNIC (شناختی کارڈ) of Pakistan: `35202-1234567-1`.
 *
 * The first digit is the province (1 to 7), the last is odd for men and never 0. No check digit:
 * a column of EAN-13 codes looks alike, so bare digits stay at low confidence.
 */
import type { Detector } from '../../src/model/detector.ts';
import { bareOrGrouped } from '../kit.ts';

const PATTERN = '[1-7]\\d{11}[1-9]';
const CNIC = new RegExp(`^${PATTERN}$`);

const aloneFor = bareOrGrouped('low', 'medium');

const cnic: Detector = {
  id: 'pk.cnic',
  title: 'Pakistan CNIC',
  source: 'NADRA, structure of the CNIC number.',
  kind: 'person',
  alone: 'medium',
  shapes: ['d5-d7-d', 'd5 d7 d', 'd13'],
  masks: ['d5-m7-d', 'm5-m7-d', 'm5-d7-d', 'd5m7d'],
  masksAlone: 'medium',
  hints: ['CNIC', 'NICOP', 'NIC no', 'شناختی کارڈ', 'قومی شناختی کارڈ', 'identity card', 'NADRA'],
  against: ['EAN', 'barcode', 'IBAN', 'order no', 'tracking'],
  passRate: { plausible: 0.63, proved: 0 },
  judge: ({ compact }) => (CNIC.test(compact) ? 'plausible' : 'no'),
  aloneFor,
  quick: (match) => ({
    judgement: 'plausible',
    alone: aloneFor(match),
    patterns: [{ pattern: PATTERN }],
  }),
  examples: {
    yes: ['34101-4820615-7', '3410148206157'],
    no: ['84101-4820615-7', '34101-4820615-0'],
  },
};
export default cnic;
