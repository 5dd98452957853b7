/**
 * National identity number (জাতীয় পরিচয়পত্র) of Bangladesh: ten digits on smart cards, thirteen on
 * older ones, seventeen with the birth year before them.
 *
 * Of thirteen: district (two), kind of area (0 to 5, 9), upazila (two), union (two), serial (six). Of
 * ten: never begins with 0, no digit four times or three in a row; the check is not published.
 */
import type { Detector, Quick } from '../../src/model/detector.ts';
import { notZero, yearsFrom1900 } from '../kit.ts';

/** No digit four times, or three times in a row; asked of every ten digits, hence a loop. */
function isVaried(compact: string): boolean {
  counts.fill(0);
  for (let at = 0; at < compact.length; at++) {
    const code = compact.charCodeAt(at);
    const count = (counts[code & 15] ?? 0) + 1;
    counts[code & 15] = count;
    if (count === 4) return false;
    if (compact.charCodeAt(at - 1) === code && compact.charCodeAt(at - 2) === code) return false;
  }
  return true;
}

const counts = new Uint8Array(16);

function isPlausible(compact: string): boolean {
  if (compact.length === 10) return compact[0] !== '0' && isVaried(compact);
  if (compact.length === 17) {
    const year = Number(compact.slice(0, 4));
    if (year < 1900 || year > new Date().getUTCFullYear()) return false;
  }
  return /^(?!00)\d\d[0-59]\d{10}$/.test(compact.slice(-13));
}

function quick(compact: string): Quick {
  const rules = { judgement: 'plausible', alone: 'low' } as const;
  // How often a digit stands there is for the judge.
  if (compact.length === 10)
    return { ...rules, patterns: [{ pattern: '[1-9]\\d{9}' }], passes: 'ask' };
  const thirteen = `${notZero(2)}[0-59]\\d{10}`;
  if (compact.length === 13) return { ...rules, patterns: [{ pattern: thirteen }] };
  // The year is no part of the value.
  return { ...rules, patterns: [{ pattern: yearsFrom1900() + thirteen }], passes: 'ask' };
}

const nid: Detector = {
  id: 'bd.nid',
  title: 'Bangladesh national identity number',
  source: 'Election Commission Bangladesh, NID wing.',
  kind: 'person',
  alone: 'low',
  shapes: ['d10', 'd3~d3~d4', 'd13', 'd17'],
  masks: ['m6d4', 'd3m4d3', 'm9d4', 'd4m9', 'm13d4'],
  hints: ['NID', 'NID no', 'national id', 'জাতীয় পরিচয়পত্র', 'এনআইডি', 'পরিচয়পত্র নং'],
  against: ['মোবাইল', 'phone', 'mobile', 'order no', 'barcode', 'EAN'],
  passRate: { plausible: 0.76, proved: 0 },
  judge: ({ compact }) => (isPlausible(compact) ? 'plausible' : 'no'),
  quick: ({ compact }) => quick(compact),
  canonical: ({ compact }) => (compact.length === 17 ? compact.slice(4) : compact),
  examples: {
    yes: ['482 061 5739', '2691648204817', '19842691648204817'],
    no: ['048 206 1573', '4482444157', '2671648204817', '17842691648204817'],
  },
};
export default nid;
