import { expect, test } from 'vitest';
import { customDetector } from '../../detectors/custom.ts';
import { loadDetectors } from '../../detectors/registry.ts';
import type { CustomDetector } from '../../src/model/custom.ts';
import { judged } from '../kit/judged.ts';

const plain: CustomDetector = {
  id: 'office.number',
  title: 'Number of an office',
  kind: 'person',
  shapes: ['w8..20'],
  masks: [],
  hints: ['office no'],
  against: [],
  check: null,
  weights: [],
  alone: 'low',
};

/** Published examples of each system, then one digit changed. */
const EXAMPLES: readonly (readonly [
  data: Partial<CustomDetector>,
  right: string,
  wrong: string,
])[] = [
  [{ check: 'luhn' }, '79927398713', '79927398712'],
  [{ check: 'verhoeff' }, '234123412346', '234123412345'],
  // ISO 7064 MOD 97-10: 794 with its check digits 44.
  [{ check: 'mod97', shapes: ['d5'] }, '79444', '79443'],
  // ISO 7064 MOD 11-2: 0794 with its check digit 0; an ORCID ends in X.
  [{ check: 'iso7064-mod11-2', shapes: ['d4..15{0-9X}'] }, '07940', '07941'],
  [{ check: 'iso7064-mod11-2', shapes: ['d4..15{0-9X}'] }, '000000021694233X', '0000000216942339'],
  [{ check: 'iso7064-mod11-10', shapes: ['d5'] }, '07945', '07944'],
  [{ check: 'iso7064-mod37-36', shapes: ['w18'] }, 'A12425GABC1234002M', 'A12425GABC1234002N'],
  // ISBN-10 is the best known: weights 10 to 1.
  [
    { check: 'mod11', weights: [10, 9, 8, 7, 6, 5, 4, 3, 2, 1], shapes: ['d9{0-9X}'] },
    '080442957X',
    '0804429571',
  ],
];

test.each(EXAMPLES)(
  '%o proves its published example and refuses another check digit',
  (data, right, wrong) => {
    const detector = customDetector({ ...plain, ...data });
    expect(judged(detector, right)).toBe('proved');
    expect(judged(detector, wrong)).toBe('no');
  },
);

test('one weight fewer than characters: the rest of the sum to eleven is the last character', () => {
  const detector = customDetector({
    ...plain,
    shapes: ['d4'],
    check: 'mod11',
    weights: [4, 3, 2],
  });
  // 1·4 + 2·3 + 3·2 = 16, and 22 − 16 = 6.
  expect(judged(detector, '1236')).toBe('proved');
  expect(judged(detector, '1235')).toBe('no');
});

test('without a check the shape alone decides, and never proves', () => {
  expect(judged(customDetector(plain), 'AB123456')).toBe('plausible');
});

test("an office's detector cannot take a built-in id", async () => {
  await expect(loadDetectors([{ ...plain, id: 'hk.hkid' }])).rejects.toThrow(
    'detectors.custom: the id "hk.hkid" is taken',
  );
  const all = await loadDetectors([plain]);
  expect(all.map(({ id }) => id)).toContain('office.number');
});
