import metadata from 'libphonenumber-js/metadata.max.json';
import { expect, test } from 'vitest';
import { DigitPattern } from '../../detectors/digits.ts';

const fits = (pattern: string, text: string): boolean =>
  new DigitPattern(pattern).fits(
    Uint8Array.from(text, (digit) => Number(digit)),
    0,
    text.length,
  );

test('a pattern fits the digits as a whole', () => {
  const pattern = '[2-57]\\d{3}|1(?:0[1-9]|80)?';
  for (const text of ['2000', '5999', '7123', '1', '101', '180']) {
    expect([text, fits(pattern, text)]).toEqual([text, true]);
  }
  for (const text of ['', '6000', '200', '20000', '10', '100', '181', '1801']) {
    expect([text, fits(pattern, text)]).toEqual([text, false]);
  }
});

test('what is counted may be a group', () => {
  expect(fits('(?:12){2,3}', '1212')).toBe(true);
  expect(fits('(?:12){2,3}', '121212')).toBe(true);
  expect(fits('(?:12){2,3}', '12')).toBe(false);
  expect(fits('(?:12){2,3}', '12121212')).toBe(false);
});

test('a pattern of something else is refused', () => {
  for (const pattern of ['1.', '(1)', '1*', '[1', '(?:1', '1)']) {
    expect(() => new DigitPattern(pattern), pattern).toThrow();
  }
});

test('only the digits that are asked for are read', () => {
  const pattern = new DigitPattern('\\d{2}');
  expect(pattern.fits(Uint8Array.of(1, 2, 3, 4), 1, 3)).toBe(true);
  expect(pattern.fits(Uint8Array.of(1, 2, 3, 4), 1, 4)).toBe(false);
});

test('every pattern of the numbering plans says what the regular expression says', () => {
  let seed = 20_261_122;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const countries = metadata.countries as unknown as Readonly<Record<string, readonly unknown[]>>;
  for (const [country, plan] of Object.entries(countries)) {
    const source = String(plan[2]);
    const pattern = new DigitPattern(source);
    const expression = new RegExp(`^(?:${source})$`);
    let passed = 0;
    for (let i = 0; i < 300; i++) {
      const text = Array.from({ length: 4 + random(9) }, () => random(10)).join('');
      const digits = Uint8Array.from(text, (digit) => Number(digit));
      const isFit = pattern.fits(digits, 0, digits.length);
      expect([country, text, isFit]).toEqual([country, text, expression.test(text)]);
      if (isFit) passed++;
    }
    expect(passed, country).toBeLessThan(300);
  }
});
