/**
 * Payment card number (PAN): issuer number, account, Luhn check digit; 12 to 19 digits.
 *
 * Issuer ranges decide the length. 13-digit Visa numbers are no longer issued and EAN-13 codes that
 * begin with 4 pass as such one time in ten, so they stay at low confidence.
 */
import type { Confidence, Detector, Match } from '../../src/model/detector.ts';
import { between, luhn, luhnSum } from '../kit.ts';

/** Prefixes as closed ranges over the first digits, and the lengths that scheme issues. */
const ISSUERS: readonly (readonly [from: string, to: string, lengths: readonly number[]])[] = [
  ['4', '4', [13, 16, 19]], // Visa
  ['51', '55', [16]], // Mastercard
  ['2221', '2720', [16]],
  ['34', '34', [15]], // American Express
  ['37', '37', [15]],
  ['3528', '3589', [16, 17, 18, 19]], // JCB
  ['300', '305', [14, 16]], // Diners Club
  ['36', '36', [14, 16]],
  ['38', '39', [14, 16]],
  ['6011', '6011', [16, 19]], // Discover
  ['644', '649', [16, 19]],
  ['65', '65', [16, 19]],
  ['62', '62', [16, 17, 18, 19]], // UnionPay
  ['81', '81', [16, 17, 18, 19]],
  ['2200', '2204', [16, 17, 18, 19]], // Mir
  ['5018', '5018', [12, 13, 14, 15, 16, 17, 18, 19]], // Maestro
  ['5020', '5020', [12, 13, 14, 15, 16, 17, 18, 19]],
  ['5038', '5038', [12, 13, 14, 15, 16, 17, 18, 19]],
  ['5893', '5893', [12, 13, 14, 15, 16, 17, 18, 19]],
  ['6304', '6304', [12, 13, 14, 15, 16, 17, 18, 19]],
  ['6390', '6390', [12, 13, 14, 15, 16, 17, 18, 19]],
  ['67', '67', [12, 13, 14, 15, 16, 17, 18, 19]],
];

function lengthsOf(compact: string): readonly number[] {
  for (const [from, to, lengths] of ISSUERS) {
    const head = compact.slice(0, from.length);
    if (head >= from && head <= to) return lengths;
  }
  return [];
}

/** A pattern of all numbers of so many digits with an issuer's prefix, none of which is over four. */
function issuedWith(length: number): string {
  const prefixes = ISSUERS.filter(([, , lengths]) => lengths.includes(length)).map(([from, to]) =>
    between(from.padEnd(4, '0'), to.padEnd(4, '9')),
  );
  return `(?:${prefixes.join('|')})\\d{${length - 4}}`;
}

function aloneFor({ compact, folded }: Match): Confidence {
  // Nobody prints a card in pairs; coordinates and tables of numbers look like that.
  const isPrinted = folded.split(/[ -]/).every((group) => group.length >= 3);
  return isPrinted && (compact.length === 16 || compact.length === 15) ? 'medium' : 'low';
}

const card: Detector = {
  id: 'intl.card',
  title: 'Payment card number',
  source: 'ISO/IEC 7812-1 (annex B: Luhn); issuer ranges as the schemes publish them.',
  kind: 'account',
  alone: 'medium',
  shapes: ['d12..19*'],
  masks: ['d4~d2m2~m4~d4', 'd6m6d4', 'm12d4', 'm4~m4~m4~d4', 'd4~m4~m4~d4', 'd6m5d4', 'm11d4'],
  masksAlone: 'medium',
  lengths: lengthsOf,
  hints: [
    'card no',
    'card number',
    'credit card',
    'debit card',
    'PAN',
    'cardholder',
    'visa',
    'mastercard',
    'amex',
    '信用卡',
    '信用咭',
    '卡號',
    '银行卡号',
    '银行卡',
    'カード番号',
    'クレジットカード',
    '카드번호',
    '신용카드',
    'บัตรเครดิต',
    'kartu kredit',
    'kad kredit',
    'số thẻ',
    'carte bancaire',
    'tarjeta',
  ],
  against: ['IMEI', 'ICCID', 'EAN', 'barcode', 'tracking', '訂單', '订单', '注文番号', '운송장'],
  samples: [
    '4111111111111111',
    '4242424242424242',
    '4012888888881881',
    '4000056655665556',
    '5555555555554444',
    '5105105105105100',
    '5200828282828210',
    '2223003122003222',
    '378282246310005',
    '371449635398431',
    '6011111111111117',
    '6011000990139424',
    '30569309025904',
    '38520000023237',
    '3530111333300000',
    '3566002020360505',
    '6200000000000005',
  ],
  // Of numbers with an issuer's prefix and length; of any sixteen digits 2.7 % pass.
  passRate: { plausible: 0.1, proved: 0.1 },
  judge: ({ compact }) =>
    lengthsOf(compact).includes(compact.length) && luhn(compact) ? 'proved' : 'no',
  aloneFor,
  quick: (match) => ({
    judgement: 'proved',
    alone: aloneFor(match),
    sum: luhnSum(match.compact.length),
    patterns: [{ pattern: issuedWith(match.compact.length) }],
    isSized: true,
  }),
  examples: {
    yes: ['4539 8120 6743 1502', '2315670948123456', '374620918350474', '6228480402637140912'],
    no: ['4539 8120 6743 1500', '1234567812345670', '374620918350470'],
  },
};
export default card;
