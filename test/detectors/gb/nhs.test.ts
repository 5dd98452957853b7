import { expect, test } from 'vitest';
import nhs from '../../../detectors/gb/nhs.ts';
import { acceptDetector, detect, tablePiece } from '../../kit/accept-detector.ts';
import { judged } from '../../kit/judged.ts';

const DIGITS = '0123456789';

acceptDetector(nhs);

test('a check of 10 is never given', () => {
  for (const check of DIGITS) expect(judged(nhs, `482 061 505${check}`)).toBe('no');
  expect(judged(nhs, '482 061 5734')).toBe('proved');
});

test('a remainder of 0 gives check digit 0', () => {
  expect(judged(nhs, '482 061 5130')).toBe('proved');
});

test('a column of books is no column of patients', () => {
  // Ten digits that pass, as every ISBN-10 does.
  const numbers: string[] = [];
  for (let i = 0; numbers.length < 60; i++) {
    const nine = String(300_000_000 + i * 1_234_567);
    const check = [...'0123456789'].find((sign) => judged(nhs, nine + sign) === 'proved');
    if (check !== undefined) numbers.push(nine + check);
  }
  const rows = numbers.map((number, i) => [`${i}`, number]);
  const levels = (header: string): readonly string[] => [
    ...new Set(
      detect([nhs], tablePiece(['n', header], rows)).hits.map(({ confidence }) => confidence),
    ),
  ];
  expect(levels('book')).toEqual(['low']);
  expect(levels('NHS no')).toEqual(['high']);
});
