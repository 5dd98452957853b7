import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import hkid from '../../detectors/hk/hkid.ts';
import { loadDetectors } from '../../detectors/registry.ts';
import { binomialTail, ColumnStatistics, type Role } from '../../src/detect/column.ts';
import { Flag } from '../../src/detect/flags.ts';
import { createHasher, createKernel } from '../../src/detect/index.ts';
import type { Detector } from '../../src/model/detector.ts';
import { judged } from '../kit/judged.ts';
import { draws } from './made-table.ts';

test('the tail of the binomial is what tables say', () => {
  expect(binomialTail(10, 0, 0.5)).toBe(1);
  expect(binomialTail(10, 10, 0.5)).toBeCloseTo(1 / 1024, 12);
  expect(binomialTail(20, 12, 0.09)).toBeLessThan(1e-7);
  expect(binomialTail(500, 51, 0.09)).toBeGreaterThan(0.1);
  expect(binomialTail(4096, 4096, 0.09)).toBe(0);
});

/** One value, by its number. */
function compact(number: number): { codes(into: Uint8Array): number } {
  const text = String((number * 7_919) % 1_000_000).padStart(6, '0');
  return {
    codes(into) {
      for (let i = 0; i < text.length; i++) into[i] = text.charCodeAt(i);
      return text.length;
    },
  };
}

/**
 * How many values it takes to settle a column of which a share passes a check at a rate, and what it says
 * then. `role`: what the detector is to the column.
 */
function settle(share: number, rate: number, role: Role): { distinct: number; flags: number } {
  const passRate = { plausible: rate, proved: rate };
  const statistics = new ColumnStatistics({ passRate } as Detector);
  for (let number = 1; number <= 5_000; number++) {
    const passes = Math.floor(number * share) > Math.floor((number - 1) * share);
    statistics.add(compact(number), passes ? 'proved' : 'no', 0, role);
  }
  expect(statistics.isFull).toBe(true);
  return { distinct: statistics.distinct, flags: statistics.flags() };
}

test.each([
  ['as many as chance lets', 0.09, 512, Flag.chance],
  ['none', 0, 512, Flag.chance],
  ['a few more than by chance', 0.14, 4096, 0],
  ['nearly a third', 0.32, 4096, 0],
  ['all', 1, 4096, Flag.surplus],
])(
  "another detector's column of which %s pass is settled where only chance is at work",
  (_, share, n, flags) => {
    expect(settle(share, 0.09, 'other')).toEqual({ distinct: n, flags });
  },
);

test.each([
  ['all', 1, 512, Flag.surplus],
  ['hardly more than half', 0.58, 4096, 0],
  ['some more than half', 0.66, 2048, Flag.surplus],
  ['as many as chance lets', 0.09, 4096, Flag.chance],
  ['none', 0, 4096, Flag.chance],
])("a detector's own column of which %s pass is settled where most do", (_, share, n, flags) => {
  expect(settle(share, 0.09, 'own')).toEqual({ distinct: n, flags });
});

test.each([0, 0.09, 0.5, 1])(
  "a column that is nobody's takes all, whatever share passes: %f",
  (share) => {
    expect(settle(share, 0.09, 'open').distinct).toBe(4096);
  },
);

test('a test that many numbers pass settles where it is far from foreign numbers', () => {
  expect(settle(0.26, 0.5, 'other').distinct).toBe(4096);
  expect(settle(0.05, 0.5, 'other')).toEqual({ distinct: 512, flags: Flag.chance });
  expect(settle(0.9, 0.5, 'own')).toEqual({ distinct: 512, flags: 0 });
  expect(settle(0.05, 0.5, 'own').distinct).toBe(4096);
});

const detectors = await loadDetectors();
const draw = draws(17);
const digits = (count: number): string => Array.from({ length: count }, () => draw(10)).join('');

/** A number that passes the check of a Hong Kong identity card, or one that does not. */
function card(passes: boolean): string {
  const body = `${'ABCDEFGH'.charAt(draw(8))}${digits(6)}`;
  const signs = [...'0123456789A'];
  const right = signs.find((sign) => judged(hkid, body + sign) === 'proved') ?? '0';
  const wrong = signs.filter((sign) => sign !== right)[draw(10)] ?? '1';
  return `${body}(${passes ? right : wrong})`;
}

/** Distinct people in a table of one column besides the rows' numbers. */
function people(header: string, values: readonly string[]): number {
  const columns = ['row', header].map((name, index) => ({ index, name }));
  const column = (cell: number) => columns[cell] ?? { index: cell, name: '' };
  const object = createKernel(detectors, createHasher(new Uint8Array(16))).object();
  for (let first = 0; first < values.length; first += 1000) {
    const rows = values.slice(first, first + 1000).map((value, i) => `r${first + i}\x1f${value}`);
    const text = Buffer.from(rows.join('\x1e'));
    const locate = () => ({ label: '', row: first, column: column(1) });
    object.piece({ text, locate, grid: { firstRow: first, column } });
  }
  return object.end().persons.length;
}

test.each(['hkid', 'no'])(
  'people behind seven hundred other numbers are found, under %s',
  (header) => {
    const others = Array.from({ length: 700 }, () => card(false));
    const cards = Array.from({ length: 3_900 }, () => card(true));
    expect(people(header, [...others, ...cards])).toBeGreaterThan(3_800);
  },
);

test('telephone numbers behind seven hundred codes are found', () => {
  const codes = Array.from({ length: 700 }, () => `4${digits(7)}`);
  const phones = Array.from({ length: 3_000 }, () => `9${1 + draw(8)}${digits(6)}`);
  expect(people('phone', [...codes, ...phones])).toBeGreaterThan(2_000);
});

test('numbers behind six hundred identity cards are no people where no header says so', () => {
  const cards = Array.from({ length: 600 }, () => card(true));
  const parts = Array.from({ length: 8_000 }, () => card(draw(11) === 0));
  expect(people('no', [...cards, ...parts])).toBe(0);
});
