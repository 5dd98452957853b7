/**
 * CPF (cadastro de pessoas físicas) of Brazil: nine digits and two check digits, `123.456.789-09`.
 *
 * Eleven times the same digit passes the sums and is never given.
 */
import type { Confidence, Detector, Match, SumCheck } from '../../src/model/detector.ts';
import { isUniform, passesSum } from '../kit.ts';

const WEIGHTS = [10, 9, 8, 7, 6, 5, 4, 3, 2];
/** Remainders of 0 and 1 give a 0. */
const SIGNS = '00987654321';
const FIRST: SumCheck = { weights: WEIGHTS, modulus: 11, signs: SIGNS };
const SECOND: SumCheck = { weights: [11, ...WEIGHTS], modulus: 11, signs: SIGNS };

function aloneFor({ folded }: Match): Confidence {
  if (/^...\....\....-/.test(folded)) return 'high';
  return /^\d{9}-/.test(folded) ? 'medium' : 'low';
}

const cpf: Detector = {
  id: 'br.cpf',
  title: 'Brazil CPF',
  source: 'Receita Federal, Instrução Normativa RFB nº 1548/2015.',
  kind: 'person',
  alone: 'high',
  shapes: ['d3.d3.d3-d2', 'd3~d3~d3~d2', 'd9-d2'],
  masks: ['m3.d3.d3-m2', 'd3.m3.m3-d2', 'm3.m3.m3-d2', 'm3.d3.m3-m2', 'd3m6d2'],
  masksAlone: 'medium',
  hints: ['CPF', 'CPF/MF', 'cadastro de pessoa', 'contribuinte', 'documento'],
  against: ['CNPJ', 'telefone', 'celular', 'pedido', 'nota fiscal'],
  samples: ['12345678909'],
  passRate: { plausible: 0.01, proved: 0.01 },
  judge: ({ compact }) => {
    if (isUniform(compact)) return 'no';
    const fits = passesSum(compact.slice(0, -1), FIRST) && passesSum(compact, SECOND);
    return fits ? 'proved' : 'no';
  },
  aloneFor,
  // The first check digit and the uniform ones are left to the judge.
  quick: (match) => ({
    judgement: 'proved',
    alone: aloneFor(match),
    sum: SECOND,
    passes: 'ask',
  }),
  examples: { yes: ['482.061.573-44', '48206157344'], no: ['482.061.573-00', '222.222.222-22'] },
};
export default cpf;
