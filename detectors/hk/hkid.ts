/**
 * Hong Kong identity card number (香港身份證號碼): one or two letters, six digits, a check digit in
 * brackets: `A123456(3)`.
 *
 * Printed with round brackets; square ones, none, and spaces occur in files. Any letter may lead
 * (new prefixes keep coming), so none is ruled out. The check digit is 0–9 or A.
 */
import type { Detector } from '../../src/model/detector.ts';
import { charValue, weightedSum } from '../kit.ts';

const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 1];
/** What the blank before a single letter counts. */
const BLANK = 36;

function isValid(compact: string): boolean {
  const hasTwoLetters = compact.length === 9;
  const first = hasTwoLetters ? charValue(compact.charAt(0)) : BLANK;
  return (first * 9 + weightedSum(hasTwoLetters ? compact.slice(1) : compact, WEIGHTS)) % 11 === 0;
}

const hkid: Detector = {
  id: 'hk.hkid',
  title: 'Hong Kong identity card number',
  source:
    'Immigration Department, layout of the Hong Kong identity card; the sum in general ' +
    'use (letters A = 10 … Z = 35, a missing first letter 36, weights 9 to 1, remainder ' +
    'by 11 is 0).',
  kind: 'person',
  alone: 'low',
  shapes: ['l1..2^d6^({0-9A})', 'l1..2^d6^[{0-9A}]', 'l1..2^d6{0-9A}', 'l1..2^d6^{0-9A}'],
  masks: [
    'l1..2d3m3({0-9A})',
    'l1..2d3m3(m)',
    'l1..2d2m4(m)',
    'l1..2m6({0-9A})',
    'l1..2m6(m)',
    'l1..2m3d3({0-9A})',
    'l1..2m3d3(m)',
    'l1..2d4m2(m)',
    'l1..2d3m4',
    'l1..2d4m3',
    'm4d3({0-9A})',
  ],
  masksAlone: 'medium',
  hints: [
    'HKID',
    'HKIC',
    'HKID no',
    'HK ID',
    'ID card',
    'ID card no',
    'identity card',
    'identity card no',
    'identity document',
    'ID no',
    'ID number',
    '身份證',
    '身份證號碼',
    '身份證明文件',
    '香港身份證',
    '身分證',
    '身份证',
    '身份証',
  ],
  against: ['part no', 'model no', 'flight', 'order no', 'invoice no', '訂單編號', '貨號', '型號'],
  samples: ['Z683365A', 'C6686689'],
  passRate: { plausible: 0.091, proved: 0.091 },
  judge: ({ compact }) => (isValid(compact) ? 'proved' : 'no'),
  // Brackets around a check digit that holds are hardly ever anything else.
  aloneFor: ({ folded }) => (folded.includes('(') || folded.includes('[') ? 'medium' : 'low'),
  examples: {
    yes: ['K482913(1)', 'P6305176', 'WX 274805(1)', 'R507138[A]'],
    no: ['K482913(2)', 'P6305177', 'K48291(1)', '1K482913(1)'],
  },
};
export default hkid;
