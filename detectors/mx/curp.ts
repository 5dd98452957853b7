/**
 * CURP of Mexico: 18 characters.
 *
 * Four letters of the names, YYMMDD, sex (H, M, X), state, three consonants, a sign that tells the
 * century (a digit until 1999, a letter since), a check digit. Where the first four would make an
 * inconvenient word, the second is an X. A day to come is well formed and no proof.
 */
import type { Detector } from '../../src/model/detector.ts';
import { isBirthDate, isDate } from '../kit.ts';

const SIGNS = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ';
const STATES = new Set(
  (
    'AS BC BS CC CL CM CS CH DF CX DG GT GR HG JC MC MN MS NT NL OC PL QT QR SP SL SR TC TS TL VZ YN ' +
    'ZS NE'
  ).split(' '),
);

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

function checkDigit(compact: string): number {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += SIGNS.indexOf(compact.charAt(i)) * (18 - i);
  return (10 - (sum % 10)) % 10;
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
  examples: {
    yes: ['KRTG840317MDFRNL02', 'KRTG040317HNLRNLA8'],
    no: ['KRTG840317MDFRNL00', 'KRTG840317MXXRNL04'],
  },
};
export default curp;
