/**
 * Made-up people from a seeded generator: the same seed makes the same ones on every machine.
 *
 * Numbers are drawn at random and given a right check digit; nobody is meant. E-mail addresses lie
 * in documentation domains (RFC 2606) and telephone numbers in ranges that regulators keep for
 * drama (Ofcom 07700 900xxx), so that nothing here reaches anyone.
 */
import { createRandom, type Random } from '../../src/sample/random.ts';

export interface Person {
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly born: string;
  readonly address: string;
  readonly hkid: string;
  readonly nric: string;
  readonly mynumber: string;
  readonly ric: string;
}

const CHINESE = [
  '陳',
  '林',
  '黃',
  '張',
  '李',
  '王',
  '吳',
  '劉',
  '蔡',
  '楊',
  '許',
  '鄭',
  '謝',
  '郭',
];
const GIVEN = [
  '大文',
  '小明',
  '美玲',
  '志強',
  '家欣',
  '俊傑',
  '淑芬',
  '建國',
  '雅婷',
  '國華',
  '麗華',
  '子軒',
];
const JAPANESE = ['佐藤', '鈴木', '高橋', '田中', '伊藤', '渡辺', '山本', '中村', '小林', '加藤'];
const JAPANESE_GIVEN = ['太郎', '花子', '一郎', '美咲', '健太', '陽子', '翔太', '恵子'];
const ENGLISH = ['Tan', 'Lim', 'Ng', 'Wong', 'Lee', 'Goh', 'Chua', 'Ong', 'Koh', 'Teo'];
const ENGLISH_GIVEN = ['Wei Ling', 'Jun Jie', 'Mei Hua', 'Kok Leong', 'Siti', 'Ravi', 'Hui Min'];
const STREETS = ['Sample Road', 'Demo Street', 'Mock Avenue', 'Pattern Lane', 'Trial Path'];

export type Tongue = 'chinese' | 'japanese' | 'english';

export interface People {
  /** So many new people. */
  make(count: number, tongue: Tongue): readonly Person[];
}

function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => random.below(10)).join('');
}

function pick<T>(random: Random, items: readonly T[], fallback: T): T {
  return items[random.below(items.length)] ?? fallback;
}

function weighted(text: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(text[index]), 0);
}

/** One letter that the register has not given out, six digits, check in brackets (weights 9…2, blank 36). */
function hkid(random: Random): string {
  const letter = pick(random, ['I', 'O', 'Q', 'U'], 'Q');
  const body = digits(random, 6);
  const sum = 36 * 9 + (letter.charCodeAt(0) - 55) * 8 + weighted(body, [7, 6, 5, 4, 3, 2]);
  const check = (11 - (sum % 11)) % 11;
  return `${letter}${body}(${check === 10 ? 'A' : check})`;
}

function nric(random: Random): string {
  const body = digits(random, 7);
  const sum = weighted(body, [2, 7, 6, 5, 4, 3, 2]);
  return `S${body}${'JZIHGFEDCBA'[sum % 11]}`;
}

function mynumber(random: Random): string {
  const body = `${1 + random.below(9)}${digits(random, 10)}`;
  const rest = weighted(body, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
  return `${body}${rest <= 1 ? 0 : 11 - rest}`;
}

function ric(random: Random, born: string): string {
  const area = pick(random, ['110101', '310104', '440305', '330106'], '110101');
  const body = `${area}${born.replaceAll('-', '')}${digits(random, 3)}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return `${body}${'10X98765432'[weighted(body, weights) % 11]}`;
}

function name(random: Random, tongue: Tongue): string {
  if (tongue === 'chinese') return pick(random, CHINESE, '陳') + pick(random, GIVEN, '大文');
  if (tongue === 'japanese')
    return `${pick(random, JAPANESE, '')} ${pick(random, JAPANESE_GIVEN, '')}`;
  return `${pick(random, ENGLISH_GIVEN, '')} ${pick(random, ENGLISH, '')}`;
}

function address(random: Random, tongue: Tongue): string {
  const number = 1 + random.below(200);
  if (tongue === 'japanese') return `東京都見本区例町${1 + random.below(9)}丁目${number}番地`;
  if (tongue === 'chinese') return `九龍示範街${number}號${1 + random.below(30)}樓`;
  return `${number} ${pick(random, STREETS, 'Sample Road')}`;
}

export function createPeople(seed: number): People {
  const random = createRandom(seed);
  let made = 0;
  function person(tongue: Tongue): Person {
    const [year, month, day] = [
      1945 + random.below(60),
      1 + random.below(12),
      1 + random.below(28),
    ];
    const born = [year, month, day].map((part) => String(part).padStart(2, '0')).join('-');
    made++;
    return {
      name: name(random, tongue),
      phone: `+44 7700 900${digits(random, 3)}`,
      email: `person${made}@example.${pick(random, ['org', 'com', 'net'], 'org')}`,
      born,
      address: address(random, tongue),
      hkid: hkid(random),
      nric: nric(random),
      mynumber: mynumber(random),
      ric: ric(random, born),
    };
  }
  return { make: (count, tongue) => Array.from({ length: count }, () => person(tongue)) };
}

/** Everything of a person that must not be seen in any output. */
export function rawValues(person: Person): readonly string[] {
  const { hkid, nric, mynumber, ric } = person;
  return [hkid, hkid.replace(/[()]/g, ''), nric, mynumber, ric];
}
