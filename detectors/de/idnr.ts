/**
 * Tax identification number (Steuer-ID, IdNr) of Germany: eleven digits, the last a check digit.
 *
 * Among the first ten exactly one digit occurs twice or three times (never three in a row), and the
 * first is not 0.
 */
import type { Confidence, Detector, Match } from '../../src/model/detector.ts';
import { automataOf, mod11by10Step } from '../automaton.ts';
import { mod11by10 } from '../kit.ts';

function hasOneRepeat(ten: string): boolean {
  const counts = [...new Set(ten)].map((sign) => ten.split(sign).length - 1);
  const repeats = counts.filter((count) => count > 1);
  return repeats.length === 1 && (repeats[0] ?? 0) <= 3 && !/(\d)\1\1/.test(ten);
}

const AUTOMATA = automataOf(mod11by10Step);

function aloneFor({ compact, folded, shape }: Match): Confidence {
  return shape === 0 && compact !== folded ? 'medium' : 'low';
}

const idnr: Detector = {
  id: 'de.idnr',
  title: 'Germany tax identification number',
  source: '§ 139b AO; BZSt, ISO 7064 MOD 11,10.',
  kind: 'person',
  alone: 'medium',
  shapes: ['{1-9}d~d3~d3~d3', '{1-9}d2~d3~d4~d', '{1-9}d9 d'],
  masks: ['m2 m3 m3 d3', 'd2 m3 m3 d3', 'm8d3', 'd2m6d3'],
  hints: [
    'Steuer-ID',
    'SteuerID',
    'IdNr',
    'Identifikationsnummer',
    'Steueridentifikationsnummer',
    'Steuer-IdNr',
    'TIN',
  ],
  against: ['Bestellnummer', 'Rechnungsnummer', 'Telefon', 'Kundennummer'],
  samples: ['86095742719', '65929970489', '36574261809'],
  passRate: { plausible: 0.003, proved: 0.003 },
  // The check digit first: it costs a hundredth of counting.
  judge: ({ compact }) =>
    mod11by10(compact) && hasOneRepeat(compact.slice(0, 10)) ? 'proved' : 'no',
  aloneFor,
  // Which digits were there would be states by the ten thousand: one in ten is left to the judge.
  quick: (match) => ({
    judgement: 'proved',
    alone: aloneFor(match),
    automaton: AUTOMATA(match.compact.length),
    passes: 'ask',
  }),
  examples: {
    yes: ['48 206 157 349', '482/061/5734/9', '4820615734 9', '48206157349'],
    no: ['48 206 157 340', '48206157390'],
  },
};
export default idnr;
