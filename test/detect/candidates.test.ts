import { expect, test } from 'vitest';
import ric from '../../detectors/cn/ric.ts';
import hkid from '../../detectors/hk/hkid.ts';
import mykad from '../../detectors/my/mykad.ts';
import nric from '../../detectors/sg/nric.ts';
import nid from '../../detectors/tw/nid.ts';
import { candidatesBehind, FEW, knownFrom, NOTHING_KNOWN } from '../../src/detect/candidates.ts';
import { detect, tablePiece, textPiece } from '../kit/accept-detector.ts';

test('a check letter rules out ten in eleven, a year of birth all but nine', () => {
  const alone = candidatesBehind(nric, 'S****567A', NOTHING_KNOWN) ?? 0;
  expect(alone).toBeGreaterThan(800);
  expect(alone).toBeLessThan(910);
  expect(candidatesBehind(nric, 'S****567A', { ...NOTHING_KNOWN, year: 1985 })).toBe(9);
});

test('the masks of the published rules leave a thousand: no fewer than counts as hidden', () => {
  expect(candidatesBehind(hkid, 'A123XXXX', NOTHING_KNOWN)).toBe(1000);
  expect(candidatesBehind(nid, 'A12345****', NOTHING_KNOWN)).toBe(1000);
  expect(FEW).toBe(1000);
});

test('a hidden date of birth is as many values as there are days, not a hundred million', () => {
  const left = candidatesBehind(ric, '110101********1234', NOTHING_KNOWN) ?? 0;
  expect(left).toBeGreaterThan(1_000);
  expect(left).toBeLessThan(8_000);
});

test('the sex in a column halves what a digit of sex may be', () => {
  const all = candidatesBehind(mykad, '85040114****', NOTHING_KNOWN) ?? 0;
  const women = candidatesBehind(mykad, '85040114****', { ...NOTHING_KNOWN, sex: 'female' });
  expect(women).toBe(all / 2);
});

test('the columns beside are read in the languages of the forms', () => {
  expect(knownFrom(['姓名', '出生日期', '性別'], ['陳大文', '1985年4月1日', '女'])).toEqual({
    year: 1985,
    month: 4,
    day: 1,
    sex: 'female',
  });
  expect(knownFrom(['DOB', 'Sex'], ['01/04/1985', 'M'])).toEqual({
    ...NOTHING_KNOWN,
    year: 1985,
    sex: 'male',
  });
});

test('a masked hit says how many candidates are left, and that few are as good as none', () => {
  const rows = [['S****567A', '1985']];
  const [hit] = detect([nric], tablePiece(['NRIC', 'Year of birth'], rows)).hits;
  expect(hit?.candidates).toBe(9);
  expect(hit?.because).toEqual(['hint:header', 'thin', 'candidates:9']);
  expect(hit?.confidence).toBe('high');
});

test('a mask that hides enough is no more than what it is', () => {
  const [hit] = detect([nid], textPiece('身分證字號 A12345****')).hits;
  expect(hit?.because).toEqual(['hint:near', 'candidates:1000']);
  expect(hit?.confidence).toBe('medium');
});
