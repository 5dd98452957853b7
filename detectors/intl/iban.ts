/**
 * IBAN: country, two check digits, the country's own account number; 15 to 33 characters.
 *
 * The remainder of the rearranged number by 97 is 1, and each country has one length. Printed in
 * groups of four.
 */
import type { Detector } from '../../src/model/detector.ts';
import { mod97 } from '../kit.ts';

const REGISTRY =
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 ' +
  'DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 ' +
  'IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 ' +
  'MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 ' +
  'SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30';
/** Territories that the registry names under their country's entry. */
const TERRITORIES = 'AX18 BL27 GF27 GP27 MF27 MQ27 NC27 PF27 PM27 RE27 TF27 WF27 YT27';
const AHEAD =
  'AO25 BF28 BJ28 CF27 CG27 CI28 CM27 CV25 DZ26 GA27 GQ27 GW25 IR26 KM27 MA28 MG27 ML28 MZ25 NE28 ' +
  'SN28 TD27 TG28';
const LENGTHS: ReadonlyMap<string, readonly number[]> = new Map(
  `${REGISTRY} ${TERRITORIES} ${AHEAD}`
    .split(' ')
    .map((entry) => [entry.slice(0, 2), [Number(entry.slice(2))]]),
);

const iban: Detector = {
  id: 'intl.iban',
  title: 'IBAN',
  source:
    'ISO 13616-1 and the SWIFT IBAN Registry, with the countries that issue IBANs ahead ' +
    'of it.',
  kind: 'account',
  alone: 'high',
  // Norway prints account numbers `1234.56.78901`.
  shapes: ['l2^d2^w11..30*', '{N}{O}^d2^d4.d2.d5', '{N}{O}d2.d4.d2.d5'],
  masks: ['l2d2~m4~m4~m4~m4~d2', 'l2d2m14d4', 'l2d2~m4~m4~m4~d4', 'l2d2m12d4'],
  masksAlone: 'medium',
  // Before an @ it is the name of a mailbox.
  boundary: '_-.@',
  begins: [...LENGTHS.keys()],
  lengths: (compact) => LENGTHS.get(compact.slice(0, 2)) ?? [],
  hints: [
    'IBAN',
    'account',
    'bank account',
    'Konto',
    'Kontonummer',
    'compte',
    'cuenta',
    'rekening',
    'BIC',
    'SWIFT',
  ],
  samples: [
    'GB29NWBK60161331926819',
    'GB82WEST12345698765432',
    'DE89370400440532013000',
    'FR1420041010050500013M02606',
    'NL91ABNA0417164300',
    'CH9300762011623852957',
    'BE68539007547034',
    'AT611904300234573201',
    'ES9121000418450200051332',
    'IT60X0542811101000000123456',
  ],
  passRate: { plausible: 0.01, proved: 0.01 },
  judge: ({ compact }) => {
    if (!LENGTHS.get(compact.slice(0, 2))?.includes(compact.length)) return 'no';
    return mod97(compact) ? 'proved' : 'no';
  },
  shows: 2,
  examples: {
    yes: ['DE00 5001 0517 3648 2910 57', 'NL53INGB0274693851', 'NO32 4820.61.57364'],
    no: ['DEA2 5001 0517 3648 2910 57', 'XX02500105173648291057', 'NL53INGB0274693851@mail.nl'],
  },
};
export default iban;
