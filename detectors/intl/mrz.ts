/**
 * Machine readable zone of passports and identity cards: two lines of 44 or 36, three of 30.
 *
 * Document number, birth date, expiry and (but for visas) all of them together each have a check
 * digit; a birth date that is not known is all `<`.
 */
import type { Detector, Judgement } from '../../src/model/detector.ts';
import { icaoCheckDigit } from '../kit.ts';

/** `<` counts as 0: an empty field may leave its check digit out. */
const fits = (field: string, check: string): boolean =>
  icaoCheckDigit(field) === (check === '<' ? 0 : Number(check));

/** TD2, TD3 and visas: everything that is checked stands in the second line. */
function judgeTwoLines(first: string, line: string): Judgement {
  if (!fits(line.slice(0, 9), line.charAt(9))) return 'no';
  if (!fits(line.slice(13, 19), line.charAt(19))) return 'no';
  if (!fits(line.slice(21, 27), line.charAt(27))) return 'no';
  if (first.startsWith('V')) return 'proved';
  const isPassport = line.length === 44;
  if (isPassport && !fits(line.slice(28, 42), line.charAt(42))) return 'no';
  const optional = line.slice(21, isPassport ? 43 : 35);
  const composite = line.slice(0, 10) + line.slice(13, 20) + optional;
  return fits(composite, line.slice(-1)) ? 'proved' : 'no';
}

function judgeThreeLines(first: string, second: string): Judgement {
  // A long number goes on in the optional field, its check digit behind it, and `<` in between.
  const overflow =
    first.charAt(14) === '<' ? /^[A-Z0-9]+(?=<)/.exec(first.slice(15))?.[0] : undefined;
  const number = first.slice(5, 14);
  if (overflow === undefined) {
    if (!fits(number, first.charAt(14))) return 'no';
  } else {
    // Issuers differ in whether the `<` in between has a weight.
    const rest = overflow.slice(0, -1);
    const check = overflow.slice(-1);
    if (!fits(number + rest, check) && !fits(`${number}<${rest}`, check)) return 'no';
  }
  if (!fits(second.slice(0, 6), second.charAt(6))) return 'no';
  if (!fits(second.slice(8, 14), second.charAt(14))) return 'no';
  const composite =
    first.slice(5) + second.slice(0, 7) + second.slice(8, 15) + second.slice(18, 29);
  return fits(composite, second.charAt(29)) ? 'proved' : 'no';
}

const mrz: Detector = {
  id: 'intl.mrz',
  title: 'Machine readable zone of a passport or identity card',
  source: 'ICAO Doc 9303, parts 3 (check digit), 4 (TD3), 5 (TD1), 6 (TD2) and 7 (visas).',
  kind: 'document',
  alone: 'high',
  shapes: [
    '{PV}{A-Z<}{A-Z<}3{A-Z0-9<}39⏎{A-Z0-9<}44',
    '{IACPV}{A-Z<}{A-Z<}3{A-Z0-9<}31⏎{A-Z0-9<}36',
    '{IAC}{A-Z0-9<}29⏎{A-Z0-9<}30⏎{A-Z0-9<}30',
  ],
  hints: [
    'MRZ',
    'machine readable',
    'passport',
    'passeport',
    '護照',
    '护照',
    '旅券',
    '여권',
    'OCR',
  ],
  passRate: { plausible: 0.0001, proved: 0.0001 },
  judge: ({ compact, shape }) => {
    const text = compact.replace(/[^A-Z0-9<]/g, '');
    if (shape === 2) return judgeThreeLines(text.slice(0, 30), text.slice(30, 60));
    return judgeTwoLines(text.slice(0, text.length / 2), text.slice(text.length / 2));
  },
  examples: {
    yes: [
      'P<UTOKRETT<<GANNA<MARIE<<<<<<<<<<<<<<<<<<<<<\nK482061579UTO8403179F3103175ZE184226B<<<<<14',
      'I<UTOKRETT<<GANNA<MARIE<<<<<<<<<<<<<\nK482061579UTO8403179F3103175<<<<<<<2',
      'I<UTOK482061579<<<<<<<<<<<<<<<\n8403179F3103175UTO<<<<<<<<<<<2\nKRETT<<GANNA<MARIE<<<<<<<<<<<<',
    ],
    no: [
      'P<UTOKRETT<<GANNA<MARIE<<<<<<<<<<<<<<<<<<<<<\nK482061579UTO8403179F3103175ZE184226B<<<<<15',
    ],
  },
};
export default mrz;
