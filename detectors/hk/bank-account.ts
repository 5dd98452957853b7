/**
 * Bank account (銀行戶口) of Hong Kong: bank code of three digits, branch of three, six to nine more.
 *
 * The check digits are the banks' own and not published, and the length differs from bank to bank:
 * it counts only beside a word or under a header.
 */
import type { Detector } from '../../src/model/detector.ts';

/** Clearing codes run from 003 to 409; the digital banks have 387 to 397. */
const CODES = '(?:00[3-9]|0[1-9]\\d|[1-3]\\d\\d|40\\d)';
const CODE = new RegExp(`^${CODES}`);

const bankAccount: Detector = {
  id: 'hk.bank-account',
  title: 'Hong Kong bank account',
  source: 'HKMA list of clearing codes (three digits), account formats as banks print them.',
  kind: 'account',
  alone: 'none',
  shapes: ['d3~d3~d6..9', 'd3-d6-d3', 'd3-d3-d5..6-d1..3'],
  masks: ['d3-d3-m4..6d3', 'd3~m4..9d3', 'm6..9d3'],
  hints: [
    ...[
      '戶口號碼',
      '銀行戶口',
      '銀行戶口號碼',
      '戶口編號',
      '賬戶號碼',
      '帳戶號碼',
      '收款戶口',
      '出糧戶口',
    ],
    ...[
      'bank account',
      'bank account no',
      'account number',
      'account no',
      'a/c no',
      'autopay account',
    ],
  ],
  against: ['訂單編號', '發票號碼', 'order no', 'invoice no'],
  passRate: { plausible: 0.41, proved: 0 },
  judge: ({ compact }) => (CODE.test(compact) ? 'plausible' : 'no'),
  quick: ({ compact }) => ({
    judgement: 'plausible',
    alone: 'none',
    patterns: [{ pattern: `${CODES}\\d{${compact.length - 3}}` }],
  }),
  examples: { yes: ['012-358-67104829', '024-318205-883'], no: ['999-358-67104829', '012-345-67'] },
};
export default bankAccount;
