/** Columns of a made-up register, as offices write them: most values right, some wrong, some odd. */

import ric from '../../detectors/cn/ric.ts';
import hkid from '../../detectors/hk/hkid.ts';
import card from '../../detectors/intl/card.ts';
import mynumber from '../../detectors/jp/mynumber.ts';
import nric from '../../detectors/sg/nric.ts';
import type { Detector } from '../../src/model/detector.ts';
import { judged } from '../kit/judged.ts';

/** Draws a whole number below its argument. */
export type Draw = (below: number) => number;

/** mulberry32. */
export function draws(seed: number): Draw {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((((mixed ^ (mixed >>> 14)) >>> 0) * below) / 2 ** 32) >>> 0;
  };
}

function digits(draw: Draw, count: number): string {
  let text = '';
  while (text.length < count) text += draw(10);
  return text;
}

function pick(draw: Draw, from: readonly string[] | string): string {
  return from[draw(from.length)] ?? '';
}

/** The body with the first of the signs that makes it pass; with any where none does. */
function checked(rule: Detector, body: string, signs: string): string {
  const fits = [...signs].find((sign) => judged(rule, body + sign) === 'proved');
  return body + (fits ?? signs.charAt(0));
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const two = (value: number): string => String(value).padStart(2, '0');

function day(draw: Draw): string {
  // Now and then a day that few months have, or none.
  return `${1930 + draw(110)}${two(1 + draw(12))}${two(1 + draw(draw(30) === 0 ? 33 : 28))}`;
}

function hongKong(draw: Draw): string {
  const heads = draw(40) === 0 ? pick(draw, LETTERS) : '';
  const body = draw(60) === 0 ? '111111' : digits(draw, 6);
  let value = checked(hkid, heads + pick(draw, LETTERS) + body, '0123456789A');
  if (draw(25) === 0) value = value.slice(0, -1) + draw(10);
  if (draw(80) === 0) value = pick(draw, ['Z683365A', 'C6686689']);
  if (draw(30) !== 0) value = `${value.slice(0, -1)}(${value.slice(-1)})`;
  if (draw(40) === 0) value = value.toLowerCase();
  if (draw(90) === 0) value = pick(draw, ['', '-', 'n/a', 'A123***(3)', '見備註', `ID ${value}`]);
  return draw(60) === 0 ? `"${value}"` : value;
}

function singapore(draw: Draw): string {
  const value = checked(nric, pick(draw, 'SSSSTTTFGM') + digits(draw, 7), LETTERS);
  if (draw(40) === 0) return `X${value.slice(1)}`;
  if (draw(60) === 0) return `S****${value.slice(5)}`;
  return draw(30) === 0 ? value.toLowerCase() : value;
}

function china(draw: Draw): string {
  const place = pick(draw, ['110101', '440106', '310115', '810000', '911100', '990101']);
  if (draw(50) === 0) return `${place}${day(draw).slice(2)}${digits(draw, 3)}`;
  return checked(ric, place + day(draw) + digits(draw, 3), '0123456789X');
}

function telephone(draw: Draw): string {
  const eight = pick(draw, '23456789999666') + digits(draw, 7);
  if (draw(50) === 0)
    return pick(draw, ['99999999', '12345678', '19800101', '20240229', '2 lines']);
  const kind = draw(100);
  if (kind === 0) return `${eight.slice(0, 4)} ${eight.slice(4)}`;
  if (kind === 1) return `+852 ${eight.slice(0, 4)} ${eight.slice(4)}`;
  if (kind === 2) return `+852${eight}`;
  if (kind === 3) return `1${digits(draw, 10)}`;
  return eight;
}

const NAMES = [
  'mei.ling',
  'k.yamada',
  'wai-kit',
  'max',
  'xxavier',
  'o_brien',
  'sato',
  'tan.ah.kow',
  'lee',
  'kim',
  'wong',
  'info',
  'no-reply',
];
const HOSTS = [
  'mail.hk',
  'agency.gov.sg',
  'city.osaka.lg.jp',
  'example.org',
  'host.js',
  'qq.com',
  'post.sg',
  'net.tw',
];

function address(draw: Draw): string {
  const local = `${pick(draw, NAMES)}${draw(4) === 0 ? '' : digits(draw, draw(40) === 0 ? 9 : draw(4))}`;
  const value = `${local}${draw(9) === 0 ? '+list' : ''}@${pick(draw, HOSTS)}`;
  if (draw(60) === 0) return `${value}, ${value}`;
  if (draw(60) === 0) return pick(draw, [`a..${value}`, `.${value}`, `${value}.`, `a__${value}`]);
  if (draw(90) === 0) return `t***${value.slice(3)}`;
  return draw(20) === 0 ? value.toUpperCase() : value;
}

/** By header: a cell. */
export const COLUMNS: Readonly<Record<string, (draw: Draw, row: number) => string>> = {
  no: (_, row) => String(row + 1),
  name: (draw) => `${pick(draw, ['CHAN', 'LAM', 'WONG'])} ${pick(draw, ['Tai Man', 'Siu Ming'])}`,
  姓名: (draw) => `${pick(draw, '陳林黃李')}${pick(draw, '大文小明')}${pick(draw, '嘉儀偉傑')}`,
  hkid: hongKong,
  nric: singapore,
  身份证号: china,
  マイナンバー: (draw) => checked(mynumber, digits(draw, 11), '0123456789'),
  mobile: telephone,
  // Numbers that hold others: the part behind the code, groups of a card.
  'phone with code': (draw) =>
    pick(draw, ['+852 9', '+852 2', '+65 8', '+86 138', '+60 1', '']) +
    `${digits(draw, 3)} ${digits(draw, 4)}`,
  'card no': (draw) => {
    const value = checked(card, `4${digits(draw, 14)}`, '0123456789');
    return draw(3) === 0 ? value : value.replace(/(....)(?=.)/g, '$1 ');
  },
  // Identity cards hold numbers that the header names, which lift what stands beside them.
  passport: hongKong,
  notes: (draw) =>
    `${pick(draw, ['identity', 'nothing', 'the', 'x'])} ${digits(draw, 4)}-${digits(draw, 4)} ` +
    `${pick(draw, ['Ltd', 'of', 'Pte', 'Blk'])} ${digits(draw, 2)}-${digits(draw, 2)}-${digits(draw, 4)}`,
  // A postcode looks like a passport's number, and a few cells say that theirs is one.
  'home address': (draw) =>
    `${draw(70) === 0 ? pick(draw, ['Passport', 'passport no.', 'PASSPORT HOLDER, ']) : 'Blk'} ` +
    `${digits(draw, 3)} ${pick(draw, ['Bedok', 'Yishun', 'Ang Mo Kio'])} Ave ${draw(12)}, ` +
    `#${two(draw(20))}-${digits(draw, 3)}, S${digits(draw, 6)}`,
  'sample mail': (draw) => `${pick(draw, ['anna', 'li.wei', 'x_1'])}${draw(900)}@mail.example`,
  email: address,
  'email address': (_, row) => `staff${row}@mail.hk`,
  // In no order that would make it a sequence.
  mailbox: (_, row) => `staff${(row * 7919) % 100_003}@mail.hk`,
  date_of_birth: (draw) => day(draw).replace(/^(....)(..)(..)$/, '$1-$2-$3'),
  'order no': (draw) => digits(draw, 8),
  reference: (draw) => pick(draw, LETTERS) + digits(draw, 7) + pick(draw, LETTERS),
  value: (draw) => `${digits(draw, 1 + draw(4))}.${digits(draw, 2)}`,
  updated: (draw) => `2025-${two(1 + draw(12))}-${two(1 + draw(28))}T12:${two(draw(60))}:00Z`,
  remarks: (draw) => (draw(30) === 0 ? `call ${telephone(draw)}, ID ${hongKong(draw)}` : 'none'),
  sequence: (_, row) => String(20_000_000 + row),
};
