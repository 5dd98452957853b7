import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import hkidDetector from '../../detectors/hk/hkid.ts';
import email from '../../detectors/intl/email.ts';
import name from '../../detectors/intl/name.ts';
import phone from '../../detectors/intl/phone.ts';
import mynumber from '../../detectors/jp/mynumber.ts';
import nric from '../../detectors/sg/nric.ts';
import uen from '../../detectors/sg/uen.ts';
import { createHasher, createKernel } from '../../src/detect/index.ts';
import type { Detection, Hit } from '../../src/model/detector.ts';
import { detect, tablePiece, textPiece } from '../kit/accept-detector.ts';
import { hkid, myNumber } from './people-of-paper.ts';

const detectors = [hkidDetector, email, phone, mynumber, nric, uen];
const hasher = createHasher(new Uint8Array(16).fill(3));

function find(text: string): readonly Hit[] {
  return detect(detectors, textPiece(text)).hits;
}

function textOf(hit: Hit | undefined, text: string): string {
  return Buffer.from(text).toString('utf8', hit?.start, hit?.end);
}

test.each([
  ['Chinese on both sides', '身份證號碼S8412307B的持有人', 'S8412307B'],
  ['full-width forms', '号码：Ｓ８４１２３０７Ｂ。', 'Ｓ８４１２３０７Ｂ'],
  ['full-width brackets', '證號 A123456（3）完', 'A123456（3）'],
  ['zero-width characters inside', 'HKID A1234\u200b56(3)\u200b.', 'A1234\u200b56(3)'],
  ['lower case', 'hkid a123456(3)', 'a123456(3)'],
  ['an en dash as hyphen', 'マイナンバー 2468–1357–9021', '2468–1357–9021'],
  [
    'a prolonged sound mark as hyphen',
    'マイナンバー ２４６８ー１３５７ー９０２１',
    '２４６８ー１３５７ー９０２１',
  ],
  ['an ideographic space', 'マイナンバー 2468\u30001357\u30009021', '2468\u30001357\u30009021'],
  ['Thai digits', 'マイナンバー ๒๔๖๘๑๓๕๗๙๐๒๑', '๒๔๖๘๑๓๕๗๙๐๒๑'],
  ['a line break for one separator', 'マイナンバー 2468 1357\n9021', '2468 1357\n9021'],
  ['a line break behind a hyphen', 'マイナンバー 2468-\n1357-9021', '2468-\n1357-9021'],
  ['a bracket on the next line', 'HKID A123456\n(3)', 'A123456\n(3)'],
])('offsets are bytes of the text as it came: %s', (_, text, value) => {
  expect(find(text).map((hit) => textOf(hit, text))).toEqual([value]);
});

test('cells, rows and two lines of bare numbers are never joined', () => {
  const rows = [
    ['2468 1357', '9021'],
    ['2468', '1357 9021'],
  ];
  expect(detect([mynumber], tablePiece(['マイナンバー', 'x'], rows)).hits).toEqual([]);
  expect(find('マイナンバー 246813\n579021')).toEqual([]);
});

test('a number glued to something else is none', () => {
  for (const text of [
    'xS8412307B',
    'S8412307Bx',
    'a_S8412307B',
    'S8412307B_1',
    '-S8412307B',
    'S8412307B-',
    '1.S8412307B',
    'S8412307B.5',
  ]) {
    expect([text, find(text)]).toEqual([text, []]);
  }
  expect(find('S8412307B.')).toHaveLength(1);
});

test('a company number takes its span', () => {
  const value = '201912345';
  const letter = [...'ABCDEFGHJKLMNPQRSTUVWXYZ'].find(
    (one) => uen.judge({ compact: value + one, shape: 1, folded: value + one }) !== 'no',
  );
  expect(find(`UEN ${value}${letter}`)).toEqual([]);
});

test('values masked at their source are hits of form masked', () => {
  const hits = find('HKID A123***(*), NRIC S****567A, HKID A123XXX(X)');
  expect(hits.map(({ detector, form }) => [detector, form])).toEqual([
    ['hk.hkid', 'masked'],
    ['sg.nric', 'masked'],
    ['hk.hkid', 'masked'],
  ]);
  expect(find('HKID A123***#(*) A1*3X56(7)')).toEqual([]);
});

test('a row is one person, named by the strongest identifier', () => {
  const rows = Array.from({ length: 4 }, (_, i) => [hkid(i), `+852 9263 417${i}`, `p${i}@mail.hk`]);
  const { persons } = detect(detectors, tablePiece(['HKID', 'mobile', 'e-mail'], rows));
  expect(new Set(persons)).toEqual(new Set(rows.map(([id]) => kernelHash(id ?? ''))));
});

function kernelHash(value: string): bigint {
  return createHasher(new Uint8Array(16).fill(7)).hash(value);
}

test('the same person in many rows counts once', () => {
  const rows = Array.from({ length: 50 }, (_, i) => [hkid(i % 5)]);
  expect(detect(detectors, tablePiece(['HKID'], rows)).persons).toHaveLength(5);
});

test('in running text each identity number is a person, contacts only where there is none', () => {
  const contacts = 'Tel +852 9263 4178, mail an@mail.hk';
  expect(detect(detectors, textPiece(contacts)).persons).toHaveLength(2);
  const both = `${contacts} HKID A123456(3) and HKID ${hkid(4)}, HKID A123456(3)`;
  expect(detect(detectors, textPiece(both)).persons).toHaveLength(2);
});

test('a name beside an identity number is found whatever comes lines later', () => {
  for (const later of ['', '\n\n\n\n檔案 60688720\n', '\n\n\n\n電話：60688720\n']) {
    const text = `姓名：陳大文，身份證號碼：K482913(1)${later}`;
    const { hits } = detect([...detectors, name], textPiece(text));
    expect([later, hits.some(({ detector }) => detector === 'intl.name')]).toEqual([later, true]);
  }
});

test('hits that stay low name nobody', () => {
  const detection = detect([mynumber], textPiece(`see ${myNumber(3)}`), 'low');
  expect(detection.hits).toHaveLength(1);
  expect(detection.persons).toHaveLength(0);
});

test('hits below the minimum confidence are left out', () => {
  const text = `see ${myNumber(3)} and HKID A123456(3)`;
  expect(detect(detectors, textPiece(text), 'medium').hits.map(({ detector }) => detector)).toEqual(
    ['hk.hkid'],
  );
});

test('pieces of one object share rows and columns', () => {
  const object = createKernel(detectors, hasher).object();
  for (let part = 0; part < 30; part++) {
    const { text } = tablePiece([''], [[hkid(part)]]);
    const column = { index: 0, name: '' };
    object.piece({ text, locate: () => ({ label: `row ${part}`, row: part, column }) });
  }
  expect(object.end().summaries).toMatchObject([
    { detector: 'hk.hkid', hits: 30, confidence: 'high' },
  ]);
});

test('places are asked for in ascending order', () => {
  const offsets: number[] = [];
  const text = Buffer.from(
    '12 ab.cd@mail.hk +852 9263 4178 A123456(3) S8412307B x@y.hk '.repeat(3000),
  );
  const object = createKernel(detectors, hasher).object();
  object.piece({
    text,
    locate(offset) {
      offsets.push(offset);
      return { label: '', row: null, column: null };
    },
  });
  object.end();
  expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
});

test('summaries hold a few samples, masked, with masked places', () => {
  const object = createKernel(detectors, hasher).object();
  object.piece({
    text: Buffer.from('HKID A123456(3)'),
    locate: () => ({ label: 'sheet "K482913(1)" B2', row: null, column: null }),
  });
  expect(object.end().summaries[0]?.samples).toEqual([
    { masked: 'A12****(*)', place: 'sheet "K48****(*)" B2' },
  ]);
});

test('no raw value leaves detection', () => {
  const values = ['A123456(3)', 'an.lee@mail.hk', '+852 9263 4178', '2468 1357 9021', 'S8412307B'];
  const rows = [values, values.toReversed()];
  const detection: Detection = detect(detectors, tablePiece(['HKID A123456(3)', '', '', ''], rows));
  const out = JSON.stringify(detection, (_, value: unknown) =>
    value instanceof BigUint64Array ? value.length : value,
  );
  for (const value of ['123456', 'an.lee', '9263', '1357', '9021', '8412307']) {
    expect(out.includes(value), 'a raw value in the output').toBe(false);
  }
});
