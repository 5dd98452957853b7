import { expect, test } from 'vitest';
import {
  between,
  isShortBirthYmd,
  luhn,
  luhnSum,
  notZero,
  passesSum,
  SHORT_BIRTH_YMD,
} from '../../detectors/kit.ts';

const THREE_DIGITS: readonly string[] = Array.from({ length: 1000 }, (_, number) =>
  String(number).padStart(3, '0'),
);

function fitting(pattern: string): readonly string[] {
  const whole = new RegExp(`^(?:${pattern})$`);
  return THREE_DIGITS.filter((digits) => whole.test(digits));
}

test.each([
  ['000', '999'],
  ['000', '000'],
  ['001', '366'],
  ['079', '218'],
  ['199', '200'],
  ['667', '899'],
])('the pattern from %s to %s takes these numbers and no others', (from, to) => {
  expect(fitting(between(from, to))).toEqual(
    THREE_DIGITS.filter((digits) => digits >= from && digits <= to),
  );
});

test('nothing but zeros is zero', () => {
  expect(fitting(notZero(3))).toEqual(THREE_DIGITS.slice(1));
});

test('short days of birth are the same as a pattern, leap years included', () => {
  const pattern = new RegExp(`^${SHORT_BIRTH_YMD}$`);
  const years = ['00', '01', '04', '26', '50', '96', '99'];
  for (const year of years) {
    for (let rest = 0; rest < 10_000; rest++) {
      const day = year + String(rest).padStart(4, '0');
      if (pattern.test(day) !== isShortBirthYmd(day)) expect.fail(day);
    }
  }
});

test.each([2, 7, 8, 15, 16])('Luhn as a sum of %i digits is Luhn', (length) => {
  for (let number = 0; number < 5000; number++) {
    const digits = String(number * 7919)
      .padStart(length, '4')
      .slice(-length);
    expect(passesSum(digits, luhnSum(length))).toBe(luhn(digits));
  }
});
