/**
 * Bank card account (银行卡号) of China: 16 to 19 digits that begin with 62, the last by Luhn.
 *
 * The number on a debit card is the account's. One run of digits with the prefix in ten passes, so
 * that without a word it stays low.
 */
import type { Detector } from '../../src/model/detector.ts';
import { luhn, luhnSum } from '../kit.ts';

const bankAccount: Detector = {
  id: 'cn.bank-account',
  title: 'China bank card account',
  source: "UnionPay issuer prefix 62 (ISO/IEC 7812); JR/T 0008 of the People's Bank of China.",
  kind: 'account',
  alone: 'none',
  shapes: ['{6}{2}d14..17', '{6}{2}d2~d4~d4~d4', '{6}{2}d2~d4~d4~d4~d3'],
  masks: ['{6}{2}d2m8..11d4', '{6}{2}d4m6..9d4', '{6}{2}d2~m4~m4~d4', '{6}{2}d2~m4~m4~m4~d3'],
  hints: [
    ...[
      '银行卡号',
      '银行卡',
      '银行账号',
      '银行账户',
      '卡号',
      '开户行',
      '工资卡',
      '收款账号',
      '账号',
    ],
    ...['銀行卡號', '銀行帳號', 'bank card', 'bank account', 'yhkh'],
  ],
  against: ['订单号', '流水号', '快递单号'],
  passRate: { plausible: 0.1, proved: 0.1 },
  judge: ({ compact }) => (luhn(compact) ? 'proved' : 'no'),
  quick: ({ compact }) => ({ judgement: 'proved', alone: 'none', sum: luhnSum(compact.length) }),
  examples: { yes: ['6228480402637140912', '6217 0001 4382 9055'], no: ['6228480402637140913'] },
};
export default bankAccount;
