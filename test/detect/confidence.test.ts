import { expect, test } from 'vitest';
import tfn from '../../detectors/au/tfn.ts';
import nhs from '../../detectors/gb/nhs.ts';
import hkidDetector from '../../detectors/hk/hkid.ts';
import aadhaar from '../../detectors/in/aadhaar.ts';
import email from '../../detectors/intl/email.ts';
import mynumber from '../../detectors/jp/mynumber.ts';
import mykad from '../../detectors/my/mykad.ts';
import { loadDetectors } from '../../detectors/registry.ts';
import type { Detection, Detector, Hit } from '../../src/model/detector.ts';
import { detect, tablePiece, textPiece } from '../kit/accept-detector.ts';
import { hkid, myNumber, plainNumber } from './people-of-paper.ts';

const all = await loadDetectors();

function inText(text: string, detectors: readonly Detector[] = all): readonly Hit[] {
  return detect(detectors, textPiece(text)).hits;
}

function levels(hits: readonly Hit[], detector: string): readonly string[] {
  return hits.filter((hit) => hit.detector === detector).map(({ confidence }) => confidence);
}

/** One unnamed or named column of values, seen by all detectors. */
function inColumn(values: readonly string[], name = ''): Detection {
  return detect(
    all,
    tablePiece(
      [name],
      values.map((value) => [value]),
    ),
  );
}

function numbers(count: number, make: (i: number) => string): string[] {
  return Array.from({ length: count }, (_, i) => make(i));
}

test('a labelled identity number is certain, a bracketed one alone likely, bare digits hardly', () => {
  expect(levels(inText('HKID: A123456(3)'), 'hk.hkid')).toEqual(['high']);
  expect(levels(inText('seen A123456(3) there'), 'hk.hkid')).toEqual(['medium']);
  expect(levels(inText('seen 648188527 there', [tfn]), 'au.tfn')).toEqual(['low']);
});

test.each([
  ['6144 0292', '9495 2660', '6999 1426'],
  ['5393 0323', '5701 7463', '6606 7217'],
])('of telephone numbers one a line none is part of what two lines would make', (...numbers) => {
  const hits = inText(numbers.join('\n'));
  expect(levels(hits, 'intl.phone')).toEqual(['medium', 'medium', 'medium']);
});

test('two telephone numbers on two lines stay two, though together they pass as a card', () => {
  const hits = inText('6751 3353\n6828 0598');
  expect(levels(hits, 'intl.phone')).toEqual(['medium', 'medium']);
});

test('500 identity numbers in a column without a header are certain', () => {
  const { summaries } = inColumn(numbers(500, hkid));
  const found = summaries.find(({ detector }) => detector === 'hk.hkid');
  expect(found).toMatchObject({ hits: 500, confidence: 'high' });
  expect(found?.because).toContainEqual(expect.stringMatching(/^surplus:p<1e-\d+$/));
});

test('500 order numbers of a letter and seven digits are no identity numbers', () => {
  const orders = numbers(500, (i) => `A${plainNumber(i, 7)}`);
  const hits = inColumn(orders).hits.filter(({ detector }) => detector === 'hk.hkid');
  expect(hits.length).toBeGreaterThan(20);
  expect(new Set(hits.map(({ confidence }) => confidence))).toEqual(new Set(['low']));
  expect(hits[0]?.because).toContain('chance');
});

test('a header does not make order numbers identity numbers when they pass at chance', () => {
  const orders = numbers(200, (i) => `A${plainNumber(i, 7)}`);
  const { hits } = inColumn(orders, 'HKID');
  expect(new Set(levels(hits, 'hk.hkid'))).toEqual(new Set(['low']));
});

test('twelve digits may be of two countries; the column tells', () => {
  const { summaries } = detect(
    [mynumber, aadhaar],
    tablePiece(
      [''],
      numbers(300, myNumber).map((value) => [value]),
    ),
  );
  const found = new Map(summaries.map(({ detector, confidence }) => [detector, confidence]));
  expect(found.get('jp.mynumber')).toBe('high');
  expect(found.get('in.aadhaar')).toBe('low');
});

test('columns of business numbers hold nobody', () => {
  const pad = (n: number): string => String(n % 60).padStart(2, '0');
  const columns: Readonly<Record<string, readonly string[]>> = {
    'epoch seconds': numbers(400, (i) => String(1_600_000_000 + i * 7919)),
    'epoch milliseconds': numbers(400, (i) => String(1_600_000_000_000 + i * 7_919_333)),
    yymmddHHMMSS: numbers(
      400,
      (i) => `24${pad((i % 12) + 1)}${pad((i % 28) + 1)}${pad(i % 24)}${pad(i * 7)}${pad(i * 13)}`,
    ),
    'nine digits': numbers(400, (i) => plainNumber(i, 9)),
    'eleven digits': numbers(400, (i) => plainNumber(i, 11)),
    'twelve digits': numbers(400, (i) => plainNumber(i, 12)),
    'sixteen digits': numbers(400, (i) => plainNumber(i, 16)),
    'counted up': numbers(400, (i) => String(40_012_001 + i)),
    versions: numbers(400, (i) => `${i % 200} ${(i * 7) % 200} ${(i * 13) % 200}`),
  };
  for (const [what, values] of Object.entries(columns)) {
    for (const name of ['', 'reference']) {
      const { summaries } = inColumn(values, name);
      const reported = summaries.filter(({ confidence }) => confidence !== 'low');
      expect([what, reported.map(({ detector }) => detector)]).toEqual([what, []]);
    }
  }
});

test('a column of timestamps is no column of birthdays, though nearly all pass', () => {
  const moments = numbers(
    300,
    (i) => `9${i % 10}0${(i % 9) + 1}1${i % 10}0${(i % 9) + 1}${10 + (i % 50)}${10 + (i % 49)}`,
  );
  const { hits } = detect(
    [mykad],
    tablePiece(
      [''],
      moments.map((value) => [value]),
    ),
  );
  expect(new Set(levels(hits, 'my.mykad'))).toEqual(new Set(['low']));
  expect(hits[0]?.because).toContain('date');
});

test('a header overrules the epoch', () => {
  const value = '1594287035';
  const named = detect([nhs], tablePiece(['NHS number'], [[value]])).hits;
  const bare = inText(`at ${value} it`, [nhs]);
  const isNumber = nhs.judge({ compact: value, shape: 0, folded: value }) !== 'no';
  expect(named.map(({ confidence }) => confidence)).toEqual(isNumber ? ['high'] : []);
  expect(bare.every(({ confidence }) => confidence === 'low')).toBe(true);
});

test('the nearest word decides, and a word against keeps it low', () => {
  const value = myNumber(5);
  expect(levels(inText(`マイナンバー：${value}`), 'jp.mynumber')).toEqual(['high']);
  expect(levels(inText(`注文番号 ${value}`), 'jp.mynumber')).toEqual(['low']);
  expect(levels(inText(`Order no 77, my number ${value}`), 'jp.mynumber')).toEqual(['high']);
});

test('a short hint is no part of another word', () => {
  expect(inText('a topical 648188527 item', [tfn])[0]?.because).not.toContain('hint:near');
});

test('headers are read in any of their usual spellings', () => {
  for (const name of [
    'my_number',
    'myNumber',
    'MY NUMBER',
    'MyNumber1',
    'マイナンバー（数字）',
    'ﾏｲﾅﾝﾊﾞｰ',
  ]) {
    const { hits } = detect([mynumber], tablePiece([name], [[myNumber(9)]]));
    expect([name, hits[0]?.because.includes('hint:header')]).toEqual([name, true]);
  }
});

test('a column that is named for a product is not one for persons', () => {
  const { hits } = detect([mynumber], tablePiece(['伝票番号'], [[myNumber(9)]]));
  expect(hits[0]).toMatchObject({ confidence: 'low' });
  expect(hits[0]?.because).toContain('against');
});

test('where columns have no names, the cell to the left is the label', () => {
  const { hits } = detect([hkidDetector], tablePiece([], [['身份證號碼', hkid(3)]]));
  expect(hits[0]).toMatchObject({ confidence: 'high', because: ['proved', 'hint:near'] });
});

test('a neighbour of the same country raises a match, a stranger does not make nine digits a person', () => {
  // Further than any word reaches, on the same line.
  const far = `HKID A123456(3) ${'and so on '.repeat(6)}${hkid(4)}`;
  expect(inText(far, [hkidDetector])[1]).toMatchObject({
    confidence: 'medium',
    because: ['proved', 'neighbour'],
  });
  const beside = inText('kim@mail.kr wrote 648188527', [tfn, email]);
  expect(levels(beside, 'au.tfn')).toEqual(['low']);
});

test('published and made-up numbers stay low and say so, even under a header', () => {
  const sample = inText('HKID: Z683365(A)')[0];
  expect(sample).toMatchObject({ confidence: 'low' });
  expect(sample?.because).toContain('sample');
  const zeros = detect([mynumber], tablePiece(['マイナンバー'], [['000000000000']])).hits[0];
  expect(zeros).toMatchObject({ confidence: 'low' });
  expect(zeros?.because).toContain('uniform');
});

test('an IP address or a version is no number of a person', () => {
  expect(
    inText('from 10.234.167.192 to 4.118.705').filter(({ confidence }) => confidence !== 'low'),
  ).toEqual([]);
});
