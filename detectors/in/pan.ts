/**
 * Permanent Account Number (PAN) of India's income tax: five letters, four digits, a letter.
 *
 * The fourth letter is the kind of holder (P a person, C a company, H a family …), the fifth the
 * initial of the surname. How the last letter follows is not published.
 */
import type { Detector } from '../../src/model/detector.ts';
import { notZero } from '../kit.ts';

const PATTERN = `[A-Z]{3}[ABCFGHJLPTKE][A-Z]${notZero(4)}[A-Z]`;
const PAN = new RegExp(`^${PATTERN}$`);

const pan: Detector = {
  id: 'in.pan',
  title: 'India PAN',
  source: 'Income Tax Department, structure of PAN; rule 114.',
  kind: 'person',
  alone: 'low',
  shapes: ['l5d4l'],
  masks: ['l3m5dl', 'l3m4d2l', 'l5m4l', 'm5d4l', 'l2m6dl', 'm6d3l'],
  hints: ['PAN', 'PAN no', 'PAN card', 'Permanent Account', 'पैन', 'स्थायी खाता', 'income tax'],
  against: ['part no', 'serial no', 'SKU', 'IFSC', 'GSTIN'],
  samples: ['ABCPE1234F', 'AAAPL1234C'],
  passRate: { plausible: 0.46, proved: 0 },
  judge: ({ compact }) => (PAN.test(compact) ? 'plausible' : 'no'),
  quick: () => ({ judgement: 'plausible', alone: 'low', patterns: [{ pattern: PATTERN }] }),
  examples: { yes: ['BKTPR4819M', 'BKTCR4819M'], no: ['BKTDR4819M', 'BKTPR0000M'] },
};
export default pan;
