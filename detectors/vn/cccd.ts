/**
 * Citizen identity number (số căn cước công dân, số định danh) of Vietnam: 12 digits.
 *
 * Three digits of the province of birth registration, one of century and sex (0, 1: 19xx; 2, 3:
 * 20xx), two of the birth year, six at random. No check digit.
 */
import type { Detector } from '../../src/model/detector.ts';
import { yearsFrom00 } from '../kit.ts';

const PROVINCES = new Set(
  (
    '001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 ' +
    '036 037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 ' +
    '074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096'
  ).split(' '),
);

/** A year that is past for certain. */
const LATEST = 2025;

function pattern(): string {
  return `(?:${[...PROVINCES].join('|')})(?:[01]\\d\\d|[23]${yearsFrom00()})\\d{6}`;
}

const cccd: Detector = {
  id: 'vn.cccd',
  title: 'Vietnam citizen identity number',
  source: 'Decree 137/2015/NĐ-CP, article 13; province codes Circular 59/2021/TT-BCA.',
  kind: 'person',
  alone: 'low',
  shapes: ['d12', 'd3~d3~d3~d3', 'd4~d4~d4'],
  masks: ['d4m8', 'd3m6d3', 'd3m7d2', 'd3m9', 'm8d4', 'm9d3'],
  hints: [
    'CCCD',
    'căn cước',
    'số căn cước',
    'căn cước công dân',
    'can cuoc',
    'số định danh',
    'so dinh danh',
    'CMND',
    'CMT',
    'chứng minh nhân dân',
    'citizen identity',
  ],
  against: ['mã đơn hàng', 'số tài khoản', 'mã vận đơn', 'số hóa đơn'],
  born: [{ at: 4, form: 'yy' }],
  sexAt: { at: 3, female: '13', male: '02' },
  passRate: { plausible: 0.02, proved: 0 },
  judge: ({ compact }) => {
    const sexAndCentury = Number(compact[3]);
    if (!PROVINCES.has(compact.slice(0, 3)) || sexAndCentury > 3) return 'no';
    const year = (sexAndCentury < 2 ? 1900 : 2000) + Number(compact.slice(4, 6));
    // The clock is asked only where it decides: logs hold a hundred thousand addresses of this shape.
    return year <= LATEST || year <= new Date().getUTCFullYear() ? 'plausible' : 'no';
  },
  quick: () => ({ judgement: 'plausible', alone: 'low', patterns: [{ pattern: pattern() }] }),
  examples: { yes: ['079184052937', '031 205 048 213'], no: ['003184052937', '079484052937'] },
};
export default cccd;
