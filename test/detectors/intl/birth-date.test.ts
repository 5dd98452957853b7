import { expect, test } from 'vitest';
import birthDate from '../../../detectors/intl/birth-date.ts';
import { acceptFinder, asked } from '../../kit/accept-finder.ts';

acceptFinder(birthDate);

test('the first year of an era is 元年, and eras end', () => {
  expect(asked(birthDate, '平成元年1月8日')).toHaveLength(1);
  expect(asked(birthDate, '令和99年1月8日')).toHaveLength(0);
});

test('in running text it needs a label', () => {
  const around = (text: string): number =>
    birthDate.find?.({ where: 'around', text, header: '', beside: null, hasName: true }).length ??
    0;
  expect(around('出生日期：1985年4月1日')).toBe(1);
  expect(around('issued on 1985-04-01')).toBe(0);
});
