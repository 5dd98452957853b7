/** `begins` says what `lengths` and `judge` say; without it the same is found. */
import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { loadDetectors } from '../../detectors/registry.ts';
import { createHasher, createKernel } from '../../src/detect/index.ts';
import type { Detector, Hit } from '../../src/model/detector.ts';
import { draws } from '../detect/made-table.ts';

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const PAIRS = LETTERS.flatMap((one) => LETTERS.map((other) => one + other));

const detectors = await loadDetectors();
const limited = detectors.filter(({ begins }) => begins !== undefined);
const hasher = createHasher(new Uint8Array(16).fill(3));

test('some detectors say with which pairs of letters they begin', () => {
  expect(limited.map(({ id }) => id)).toContain('intl.iban');
});

test.each(limited.map((one) => [one.id, one] as const))(
  '%s has lengths for those pairs alone',
  (_, { begins = [], lengths }) => {
    const known = PAIRS.filter((pair) => (lengths?.(pair) ?? []).length > 0);
    expect([...begins].sort()).toEqual(known);
  },
);

function hitsOf(rules: readonly Detector[], text: string): readonly Hit[] {
  const object = createKernel(rules, hasher).object({ minConfidence: 'low', collectHits: true });
  object.piece({
    text: Buffer.from(text),
    locate: (offset) => ({ label: String(offset), row: null, column: null }),
  });
  return object.end().hits;
}

/** Numbers of accounts with right check digits, of countries that have such numbers and of others, however written. */
function accountOf(draw: (count: number) => number): string {
  const pair = PAIRS[draw(PAIRS.length)] ?? 'AA';
  const country = draw(2) === 0 ? pair : (['GB', 'DE', 'NO', 'BE', 'NL'][draw(5)] ?? pair);
  const size = { GB: 18, DE: 18, NO: 11, BE: 12, NL: 14 }[country] ?? 11 + draw(20);
  const body = Array.from({ length: size }, () => String(draw(10))).join('');
  const value = [...`${body}${country}00`].map((sign) => Number.parseInt(sign, 36)).join('');
  const check = String(98n - (BigInt(value) % 97n)).padStart(2, '0');
  const whole = `${country}${check}${body}`;
  const groups = draw(2) === 0 ? whole : (whole.match(/.{1,4}/g) ?? []).join(' ');
  return draw(4) === 0 ? groups.toLowerCase() : groups;
}

test.each([1, 2, 3, 4])('text %i gives the same without what they begin with', (seed) => {
  const draw = draws(seed);
  const words = ['IBAN ', 'in 1970 ', 'to 12 34 56 ', 'by 2012, ', 'account ', ''];
  const lines = Array.from(
    { length: 300 },
    () => `${words[draw(words.length)]}${accountOf(draw)}${[' ', '. ', '@x ', '\n'][draw(4)]}of 19`,
  );
  const text = lines.join('\n');
  const found = hitsOf(detectors, text);
  const without = detectors.map(({ begins, ...rule }) => rule);
  expect(found).toEqual(hitsOf(without, text));
  expect(found.filter(({ detector }) => detector === 'intl.iban').length).toBeGreaterThan(50);
});
