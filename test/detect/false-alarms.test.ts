/** What looks like a person's number and is none: each case was once a hit of medium or high confidence. */
import { expect, test } from 'vitest';
import { loadDetectors } from '../../detectors/registry.ts';
import { createHasher, createKernel } from '../../src/detect/index.ts';
import type { Hit } from '../../src/model/detector.ts';
import type { Piece } from '../../src/model/piece.ts';
import { tablePiece, textPiece } from '../kit/accept-detector.ts';

const kernel = createKernel(await loadDetectors(), createHasher(new Uint8Array(16).fill(5)));

function hits(piece: Piece): readonly Hit[] {
  const object = kernel.object({ minConfidence: 'low', collectHits: true });
  object.piece(piece);
  return object.end().hits;
}

/** `detector confidence` of what is at least medium, contacts aside. */
function alarms(piece: Piece): readonly string[] {
  return hits(piece)
    .filter(({ kind, confidence }) => kind !== 'contact' && confidence !== 'low')
    .map(({ detector, confidence }) => `${detector} ${confidence}`);
}

test('an address or a telephone number beside a commit is no person', () => {
  expect(
    alarms(textPiece('* k152803942 fix a crash (Ann Example <ann@mail.hk>, +852 9263 4178)')),
  ).toEqual([]);
  expect(alarms(textPiece('K152803942 fix a crash <ann@mail.hk>'))).toEqual(['tw.nid medium']);
});

test('a number that a word names lifts the one beside it', () => {
  expect(alarms(textPiece('身份證號碼 K482913(1)，又 K152803942'))).toEqual([
    'hk.hkid high',
    'tw.nid high',
  ]);
});

test('letters in lower case are a hash or a file name, unless a word says otherwise', () => {
  expect(alarms(textPiece('see s8412307b.java'))).toEqual([]);
  expect(alarms(textPiece('NRIC s8412307b'))).toEqual(['sg.nric high']);
});

test('ddd-dd-dddd is a Social Security number only with a word, a header or a person', () => {
  expect(alarms(textPiece('482-06-1573'))).toEqual([]);
  expect(alarms(textPiece('SSN 482-06-1573'))).toEqual(['us.ssn high']);
  const grid = Array.from({ length: 30 }, (_, i) => [`${i}`, `48${i % 9}-06-1${500 + i}`]);
  expect(alarms(tablePiece(['id', 'grid'], grid))).toEqual([]);
});

test('a row of names makes printed numbers a person’s', () => {
  const rows = ['陳大文', '李小明', '王小美'].map((name, i) => [name, `482-06-157${i}`]);
  const found = alarms(tablePiece(['', ''], rows));
  expect(found.filter((one) => one === 'us.ssn medium')).toHaveLength(3);
  expect(found.filter((one) => one === 'intl.name medium')).toHaveLength(3);
});

test('the first twelve digits of a card number are no My Number', () => {
  const found = hits(textPiece('マイナンバーではない 4111 1111 1111 1111'));
  expect(found.map(({ detector, start, end }) => [detector, end - start])).toEqual([
    ['intl.card', 19],
  ]);
});

test('digits that run over the end of a line are two numbers more often than one', () => {
  const numbers = Array.from({ length: 40 }, (_, i) => `${2345 + i * 7} ${6789 - i}\n${1024 + i}`);
  expect(alarms(textPiece(numbers.join(' m\n')))).toEqual([]);
});

test('words of other languages are no hints in running text, but in capitals or as labels', () => {
  const number = '4830192057';
  for (const text of [`a la fin ${number}`, `pan ${number}`, `the id no longer ${number}`]) {
    expect(hits(textPiece(text)).filter(({ because }) => because.includes('hint:near'))).toEqual(
      [],
    );
  }
  expect(alarms(textPiece('fin: F7306218R'))).toEqual(['sg.nric high']);
  expect(alarms(textPiece('FIN F7306218R'))).toEqual(['sg.nric high']);
  expect(alarms(tablePiece(['fin'], [['F7306218R']]))).toEqual(['sg.nric high']);
});

test('a hint does not reach into a number: SS12345 is no SS', () => {
  expect(alarms(textPiece('SS4820671 482-06-1573'))).toEqual([]);
});

test('a log of codes of which one in ten passes holds nobody', () => {
  const codes = Array.from(
    { length: 400 },
    (_, i) => `done K1${String(i * 7919 + 10_000_000).slice(0, 8)}`,
  );
  expect(alarms(textPiece(codes.join('\n')))).toEqual([]);
});

test('bare digits in a column that mostly fails the numbering plans are no telephone numbers', () => {
  const rows = Array.from({ length: 60 }, (_, i) => [
    `${i}`,
    `${10_000_000_000 + i * 1_234_567_891}`.slice(0, 11),
  ]);
  const medium = hits(tablePiece(['id', 'order'], rows)).filter(
    ({ confidence }) => confidence !== 'low',
  );
  expect(medium).toEqual([]);
});

test('the specimen of every tutorial is found where a label stands before it', () => {
  expect(alarms(textPiece('身份證號碼S1234567D'))).toEqual(['sg.nric high']);
});

test('bare digits of a telephone number make no person of the other numbers in their row', () => {
  const rows = [
    ['13862749051', '48206157344'],
    ['13220000000', '31847052690'],
  ];
  expect(alarms(tablePiece(['gdp', 'debt'], rows))).toEqual([]);
  expect(alarms(tablePiece(['mobile', ''], rows))).toEqual(['br.cpf medium', 'br.cpf medium']);
});

test('thirteen bare digits that pass a check are an article or a code as well', () => {
  for (const digits of ['2840317404826', '1703984504823', '7564820615736', '8602171034561']) {
    expect(alarms(textPiece(`code ${digits}`))).toEqual([]);
  }
  expect(alarms(textPiece('CNP 2840317404826'))).toEqual(['ro.cnp high']);
});

test('tickets that begin with a day are no people, in a log or in a column', () => {
  const tickets = Array.from({ length: 300 }, (_, i) => {
    const day = new Date(Date.UTC(2021, 0, 1 + i * 3)).toISOString().slice(2, 10);
    return `${day.replaceAll('-', '')}-${1000 + ((i * 7919) % 9000)}`;
  });
  expect(alarms(textPiece(tickets.map((ticket) => `done ${ticket} ok`).join('\n')))).toEqual([]);
  expect(
    alarms(
      tablePiece(
        ['n', 'v'],
        tickets.map((ticket, i) => [`${i}`, ticket]),
      ),
    ),
  ).toEqual([]);
});

test('order numbers that begin with a day are nobody, however many of them do', () => {
  const orders = Array.from({ length: 300 }, (_, i) => {
    const day = new Date(Date.UTC(2021, 0, 1 + i * 3)).toISOString().slice(0, 10);
    return `${day.replaceAll('-', '')}${1000 + ((i * 7919) % 9000)}`;
  });
  expect(
    alarms(
      tablePiece(
        ['n', 'v'],
        orders.map((order, i) => [`${i}`, order]),
      ),
    ),
  ).toEqual([]);
});

test('a log of eleven digits, some of which a numbering plan knows, holds no telephone numbers', () => {
  const log = Array.from({ length: 100 }, (_, i) => `order=${10_000_000_000 + i * 871_236_543} ok`);
  log.push('seen +852 9263 4178', 'mobile 13862749051');
  const found = hits(textPiece(log.join('\n'))).filter(({ confidence }) => confidence !== 'low');
  expect(found.map(({ masked, confidence }) => `${masked} ${confidence}`)).toEqual([
    '+8** **** **** high',
    '1********** high',
  ]);
});
