/**
 * The five corpora of the detection benchmark, made up from a seed: the same bytes on every
 * machine. Nobody in them exists; identity numbers have right check digits, as real registers do.
 */
import { Buffer } from 'node:buffer';

/** Draws a whole number below its argument. */
type Draw = (below: number) => number;

/** mulberry32. */
function generator(seed: number): Draw {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((((mixed ^ (mixed >>> 14)) >>> 0) * below) / 2 ** 32) >>> 0;
  };
}

const words = (text: string): readonly string[] => text.split(' ');

function pick(draw: Draw, from: readonly string[]): string {
  return from[draw(from.length)] ?? '';
}

function digits(draw: Draw, count: number): string {
  let text = '';
  for (let left = count; left > 0; left -= 4) {
    const size = Math.min(left, 4);
    text += String(draw(10 ** size)).padStart(size, '0');
  }
  return text;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** Sum of the digits times descending weights from `first`. */
function sum(text: string, first: number): number {
  let total = 0;
  for (let i = 0; i < text.length; i++) total += (text.charCodeAt(i) - 48) * (first - i);
  return total;
}

/** `A123456(3)`. */
function hkid(draw: Draw): string {
  const letter = draw(26);
  const body = digits(draw, 6);
  const check = (11 - ((36 * 9 + (letter + 10) * 8 + sum(body, 7)) % 11)) % 11;
  return `${String.fromCharCode(65 + letter)}${body}(${check === 10 ? 'A' : check})`;
}

/** `S1234567D`. */
function nric(draw: Draw): string {
  const weights = [2, 7, 6, 5, 4, 3, 2];
  const body = digits(draw, 7);
  let total = 0;
  for (let i = 0; i < 7; i++) total += (body.charCodeAt(i) - 48) * (weights[i] ?? 0);
  return `S${body}${'JZIHGFEDCBA'.charAt(total % 11)}`;
}

function phone(draw: Draw): string {
  return `${pick(draw, words('5 6 9'))}${digits(draw, 7)}`;
}

const FAMILY = words('CHAN LAM WONG LEE NG CHEUNG TANG HO LEUNG YIP TAN LIM SATO KIM NGUYEN PATEL');
const GIVEN = words('Tai Man Siu Ming Ka Yee Wai Kit Mei Ling Chi Hong Yuk Fan Jun Hao Min Ji');
const GIVEN_ZH = [...'大文小明嘉儀偉傑美玲志康玉芬俊豪敏智'];
const FAMILY_ZH = [...'陳林黃李吳張鄧何梁葉'];
const STREETS = words('Nathan Queen Prince Temple Castle Garden Harbour Station Market Canal');
const PLACES = words('Kowloon Wan-Chai Sha-Tin Tai-Po Kwun-Tong Tuen-Mun Yuen-Long Central');

const REGISTER_HEADER =
  'no,name,name_zh,hkid,nric,date_of_birth,mobile,email,address,district,balance,updated_at\n';

function registerRow(draw: Draw, row: number): string {
  const family = pick(draw, FAMILY);
  const given = `${pick(draw, GIVEN)} ${pick(draw, GIVEN)}`;
  const mail = `${given.toLowerCase().replace(' ', '.')}.${family.toLowerCase()}${draw(9000)}`;
  const born = `${1930 + draw(80)}-${two(1 + draw(12))}-${two(1 + draw(28))}`;
  const street = `${1 + draw(400)} ${pick(draw, STREETS)} Road`;
  return (
    `${row},${family} ${given},${pick(draw, FAMILY_ZH)}${pick(draw, GIVEN_ZH)}${pick(draw, GIVEN_ZH)},` +
    `${hkid(draw)},${nric(draw)},${born},${phone(draw)},${mail}@mail.hk,` +
    `"Flat ${1 + draw(40)}, ${street}",${pick(draw, PLACES)},${draw(100_000)}.${two(draw(100))},` +
    `2025-${two(1 + draw(12))}-${two(1 + draw(28))}T${two(draw(24))}:${two(draw(60))}:${two(draw(60))}Z\n`
  );
}

const PROSE = words(
  'the of and to in a is that for it was on are as with his they at be this from have or by one had ' +
    'not but what all were when we there can an your which their said if do will each about how up out ' +
    'them then she many some so these would other into has more her two like him see time could no make ' +
    'than first been its who now people my made over did down only way find use may water long little ' +
    'department application service public record officer committee report government policy budget',
);

/** Running text with somebody named now and then: a few in each hundred kilobytes. */
function prose(draw: Draw): string {
  let text = '';
  for (let sentence = 3 + draw(6); sentence > 0; sentence--) {
    const first = pick(draw, PROSE);
    text += first.charAt(0).toUpperCase() + first.slice(1);
    for (let left = 5 + draw(18); left > 0; left--) text += ` ${pick(draw, PROSE)}`;
    const extra = draw(400);
    if (extra === 0) text += ` (identity card ${hkid(draw)})`;
    else if (extra === 1) text += `, tel. ${phone(draw)}`;
    else if (extra < 30) text += ` in ${1950 + draw(76)}`;
    else if (extra < 36) text += `, $${1 + draw(900)},${digits(draw, 3)}`;
    text += '. ';
  }
  return `${text}\n\n`;
}

const PATHS = words('/ /forms/apply /api/v1/cases /static/app.js /search /login /images/logo.png');
const AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148',
  'curl/8.5.0',
];

function logLine(draw: Draw): string {
  const address = `${1 + draw(223)}.${draw(256)}.${draw(256)}.${draw(256)}`;
  const time = `${two(1 + draw(28))}/Nov/2026:${two(draw(24))}:${two(draw(60))}:${two(draw(60))} +0800`;
  const query = draw(5) === 0 ? `?id=${draw(10_000_000)}` : '';
  const mail = draw(300) === 0 ? `&to=${pick(draw, GIVEN).toLowerCase()}${draw(900)}@mail.hk` : '';
  return (
    `${address} - - [${time}] "GET ${pick(draw, PATHS)}${query}${mail} HTTP/1.1" ` +
    `${pick(draw, words('200 200 200 304 404 500'))} ${draw(90_000)} "-" "${pick(draw, AGENTS)}" ${draw(900)}\n`
  );
}

const NOTICE = [
  ...[
    '本署現通知下列人士須於限期前辦理有關手續',
    '申請人須填妥表格並親身遞交',
    '如有查詢請於辦公時間內聯絡本署職員',
  ],
  ...[
    '根據條例規定逾期申請概不受理',
    '有關資料只會用作處理申請之用',
    '請攜同身份證明文件正本及副本',
    '本公告自公布日起生效',
  ],
  ...[
    '該項工程預計於下年度展開',
    '市民可瀏覽本署網頁下載有關表格',
    '各區辦事處已張貼通告供市民查閱',
  ],
];

function notice(draw: Draw): string {
  let text = '';
  for (let left = 4 + draw(8); left > 0; left--) text += `${pick(draw, NOTICE)}，`;
  const extra = draw(6);
  if (extra === 0) text += `申請人身份證號碼${hkid(draw)}聯絡電話${phone(draw)}，`;
  if (extra === 1) text += `檔案編號${digits(draw, 8)}，`;
  return `${text}日期${2000 + draw(27)}年${1 + draw(12)}月${1 + draw(28)}日。\n`;
}

const NAMES = words(
  'e t n r i o a s u c l f d p m this.props Object.keys self window.__d module n.exports',
);

function script(draw: Draw): string {
  const name = (): string => pick(draw, NAMES);
  const part = draw(9);
  if (part === 0)
    return `${name()}[${draw(900)}]=function(${name()}){return ${name()}+${draw(70)}};`;
  if (part === 1)
    return `if(${name()}.length>${draw(300)}){${name()}=${name()}.call(this,"${pick(draw, PROSE)}")}`;
  if (part === 2) return `var ${name()}=${draw(65_536)},${name()}=0x${draw(2 ** 32).toString(16)};`;
  if (part === 3)
    return `${name()}("${pick(draw, PROSE)}-${pick(draw, PROSE)}",{key:"${pick(draw, PROSE)}"});`;
  if (part === 4)
    return `case ${draw(200)}:${name()}=${name()}?${name()}:"#${digits(draw, 6)}";break;`;
  if (part === 5 && draw(40) === 0)
    return `/*! ${pick(draw, PROSE)}.js v${draw(9)}.${draw(30)}.${draw(20)} */\n`;
  return `!function(${name()},${name()}){"use strict";${name()}.default=${name()}(${draw(12)})}();`;
}

export interface Corpus {
  /** Also the name of its file. */
  readonly name: string;
  readonly head: string;
  /** The `number`-th part of the text. */
  readonly part: (draw: Draw, number: number) => string;
}

export const CORPORA: readonly Corpus[] = [
  { name: 'register.csv', head: REGISTER_HEADER, part: registerRow },
  { name: 'prose.txt', head: '', part: prose },
  { name: 'access.log', head: '', part: logLine },
  { name: 'notices.txt', head: '', part: notice },
  { name: 'bundle.js', head: '', part: script },
];

export const CORPUS_BYTES: number = 64 * 1024 * 1024;

/** At least `sizeBytes` of a corpus. */
export function makeCorpus({ head, part }: Corpus, sizeBytes: number = CORPUS_BYTES): Buffer {
  const draw = generator(20_261_122);
  const chunks = [Buffer.from(head)];
  let size = head.length;
  for (let number = 1; size < sizeBytes; ) {
    let text = '';
    while (text.length < 65_536) text += part(draw, number++);
    const chunk = Buffer.from(text);
    size += chunk.length;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
