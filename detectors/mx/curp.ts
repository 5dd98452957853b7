/**
 * CURP of Mexico: 18 characters.
 *
 * Four letters of the names, YYMMDD, sex (H, M, X), state, three consonants, a sign that tells the
 * century (a digit until 1999, a letter since), a check digit. Where the first four would make an
 * inconvenient word, the second is an X. A day to come is well formed and no proof.
 */
import type { Detector } from '../../src/model/detector.ts';
import { SIGNS as ASCII, ASKED, automataOf, PASSES } from '../automaton.ts';
import { isBirthDate, isDate } from '../kit.ts';

const SIGNS = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ';
const STATES = new Set(
  (
    'AS BC BS CC CL CM CS CH DF CX DG GT GR HG JC MC MN MS NT NL OC PL QT QR SP SL SR TC TS TL VZ YN ' +
    'ZS NE'
  ).split(' '),
);

/** What they begin with. */
const STATE_LETTERS = [...new Set([...STATES].map((state) => state.charAt(0)))].join('');

/** RENAPO's catalogue of words that no CURP begins with (annex 2 of the 2006 instructions). */
const INCONVENIENT = new Set(
  (
    'BACA BAKA BUEI BUEY CACA CACO CAGA CAGO CAKA CAKO COGE COGI COJA COJE COJI COJO COLA CULO FALO ' +
    'FETO GETA GUEI GUEY JETA JOTO KACA KACO KAGA KAGO KAKA KAKO KOGE KOGI KOJA KOJE KOJI KOJO KOLA ' +
    'KULO LILO LOCA LOCO LOKA LOKO MAME MAMO MEAR MEAS MEON MIAR MION MOCO MOKO MULA MULO NACA NACO ' +
    'PEDA PEDO PENE PIPI PITO POPO PUTA PUTO QULO RATA ROBA ROBE ROBO RUIN SENO TETA VACA VAGA VAGO ' +
    'VAKA VUEI VUEY WUEI WUEY'
  ).split(' '),
);

function isBorn(compact: string, isDay: typeof isDate): boolean {
  const century = /\d/.test(compact.charAt(16)) ? 1900 : 2000;
  const [yy, month, day] = [4, 6, 8].map((at) => Number(compact.slice(at, at + 2)));
  return isDay(century + (yy ?? 0), month ?? 0, day ?? 0);
}

const worthAt = (at: number, sign: string): number => SIGNS.indexOf(sign) * (18 - at);

function checkDigit(compact: string): number {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += worthAt(i, compact.charAt(i));
  return (10 - (sum % 10)) % 10;
}

/** What no CURP's beginning is yet, by what has been read of it; behind them what will be none of them. */
const BEGINNINGS = [
  ...new Set([
    '',
    ...[...INCONVENIENT].flatMap((word) => [1, 2, 3].map((to) => word.slice(0, to))),
  ]),
];
const CONVENIENT = BEGINNINGS.length;

/** A date in any century, only in 2000 (29 February), or to come if it is of this one. */
const When = { any: 0, in2000: 1, toCome: 2 } as const;

/** States are the remainder by ten, and ten times what the signs so far leave open. */
const AUTOMATA = automataOf((state, sign, at) => {
  const sum = state % 10;
  const open = Math.floor(state / 10);
  if (at === 17) {
    if (Number(sign) !== (10 - sum) % 10) return null;
    return open === When.toCome ? ASKED : PASSES;
  }
  const next =
    at < 4
      ? named(open, sign, at)
      : at < 10
        ? dated(open, Number(sign), at)
        : placed(open, sign, at);
  return next === null ? null : ((sum + worthAt(at, sign)) % 10) + 10 * next;
}, ASCII);

function named(before: number, sign: string, at: number): number | null {
  const text = (BEGINNINGS[before] ?? '-') + sign;
  if (at === 3) return INCONVENIENT.has(text) ? null : 0;
  const beginning = BEGINNINGS.indexOf(text);
  return beginning < 0 ? CONVENIENT : beginning;
}

/** Of a year: is it a leap year, or only in this century; 3 more if it is to come in this one. */
function yearOf(yy: number): number {
  const isToCome = yy >= new Date().getUTCFullYear() % 100;
  return (yy % 4 > 0 ? 0 : yy > 0 ? 1 : 2) + (isToCome ? 3 : 0);
}

function dated(before: number, digit: number, at: number): number | null {
  if (Number.isNaN(digit)) return null;
  if (at === 4) return digit;
  if (at === 5) return yearOf(before * 10 + digit);
  if (at === 6) return digit > 1 ? null : before * 2 + digit;
  if (at === 7) return monthOf(Math.floor(before / 2), (before % 2) * 10 + digit);
  if (at === 8) return digit > 3 ? null : before * 4 + digit;
  return dayOf(Math.floor(before / 4), (before % 4) * 10 + digit);
}

/** The last day, 40 more if that is one of 2000 only, 80 more if the year is to come. */
function monthOf(year: number, month: number): number | null {
  if (month < 1 || month > 12) return null;
  const toCome = year >= 3 ? 80 : 0;
  if (month !== 2) return toCome + ([4, 6, 9, 11].includes(month) ? 30 : 31);
  return toCome + ([28, 29, 29 + 40][year % 3] ?? 0);
}

function dayOf(month: number, day: number): number | null {
  if (day < 1 || day > month % 40) return null;
  if (month >= 80) return When.toCome;
  return month >= 40 && day === 29 ? When.in2000 : When.any;
}

/** Sex, state, consonants, and the sign of the century. */
function placed(when: number, sign: string, at: number): number | null {
  if (at === 11) {
    const first = STATE_LETTERS.indexOf(sign);
    return first < 0 ? null : when + 3 * first;
  }
  if (at === 12) {
    const state = STATE_LETTERS.charAt(Math.floor(when / 3)) + sign;
    return STATES.has(state) ? when % 3 : null;
  }
  if (at !== 16) return when;
  if (/\d/.test(sign)) return when === When.in2000 ? null : When.any;
  return when === When.toCome ? When.toCome : When.any;
}

const curp: Detector = {
  id: 'mx.curp',
  title: 'Mexico CURP',
  source: 'RENAPO, Instructivo normativo para la asignación de la CURP (DOF 18-10-2021).',
  kind: 'person',
  alone: 'high',
  shapes: ['l4d6{HMX}l5wd'],
  masks: ['l4d6{HMX}m7', 'l4m6{HMX}l5wd', 'l4d6m8', 'm10{HMX}l5wd'],
  hints: ['CURP', 'clave única', 'registro de población', 'clave unica'],
  against: ['RFC', 'pedido', 'factura', 'folio fiscal'],
  passRate: { plausible: 0.00013, proved: 0.00013 },
  judge: ({ compact }) => {
    if (!STATES.has(compact.slice(11, 13)) || !isBorn(compact, isDate)) return 'no';
    if (INCONVENIENT.has(compact.slice(0, 4))) return 'no';
    if (checkDigit(compact) !== Number(compact[17])) return 'no';
    return isBorn(compact, isBirthDate) ? 'proved' : 'plausible';
  },
  aloneFor: ({ compact }) => (isBorn(compact, isBirthDate) ? 'high' : 'low'),
  // Whose year may be one to come is left to the judge.
  quick: ({ compact }) => ({
    judgement: 'proved',
    alone: 'high',
    automaton: AUTOMATA(compact.length),
    otherwise: 'ask',
  }),
  examples: {
    yes: ['KRTG840317MDFRNL02', 'KRTG040317HNLRNLA8'],
    no: ['KRTG840317MDFRNL00', 'KRTG840317MXXRNL04'],
  },
};
export default curp;
