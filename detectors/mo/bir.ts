/**
 * Resident identity card number (BIR, 澳門居民身份證) of Macau: `1234567(8)` or `1/234567/8`.
 *
 * The first digit is 1, 5 or 7; how the last follows from the others is not published, so eight bare
 * digits stay at low confidence.
 */
import type { Confidence, Detector, Match } from '../../src/model/detector.ts';

const aloneFor = ({ folded }: Match): Confidence => (/[(/-]/.test(folded) ? 'medium' : 'low');

const bir: Detector = {
  id: 'mo.bir',
  title: 'Macau resident identity card',
  source:
    'Identification Services Bureau (Direcção dos Serviços de Identificação), card ' + 'specimen.',
  kind: 'person',
  alone: 'medium',
  shapes: ['d7^(d)', 'd/d6/d', 'd8'],
  masks: ['d4m3(m)', 'd4m3(d)', 'd/d3m3/m', 'd4m4'],
  masksAlone: 'medium',
  hints: [
    '澳門居民身份證',
    '澳门居民身份证',
    '澳門身份證',
    '居民身份證',
    '身份證編號',
    'BIR',
    'BIRM',
    'Bilhete de Identidade',
    'Macau ID',
  ],
  against: ['電話', 'telefone', '訂單', '發票', 'fatura'],
  passRate: { plausible: 0.3, proved: 0 },
  judge: ({ compact }) => ('157'.includes(compact.charAt(0)) ? 'plausible' : 'no'),
  aloneFor,
  quick: (match) => ({
    judgement: 'plausible',
    alone: aloneFor(match),
    patterns: [{ pattern: '[157]\\d{7}' }],
  }),
  aloneAtMost: ['medium', 'medium', 'low'],
  examples: {
    yes: ['5203948(1)', '5203948 (1)', '1/203948/7', '72039485'],
    no: ['3203948(1)', '520394(1)'],
  },
};
export default bir;
