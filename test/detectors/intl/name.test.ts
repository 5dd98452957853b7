import { expect, test } from 'vitest';
import name from '../../../detectors/intl/name.ts';
import { acceptFinder, asked } from '../../kit/accept-finder.ts';

acceptFinder(name);

test('names with characters hidden are names', () => {
  for (const value of ['陳○明', '王**', '홍*동']) expect(asked(name, value)).toHaveLength(1);
});

test('a name without a surname of the region needs a header that can only mean people', () => {
  expect(asked(name, 'Jane Example', 'name')).toHaveLength(0);
  expect(asked(name, 'Jane Example', 'Applicant name')).toHaveLength(1);
});

test('around an identifier a name stands between the words of a form', () => {
  const text = '申請人陳大文身份證號碼';
  const found = name.find?.({ where: 'around', text, header: '', beside: null, hasName: false });
  expect(found?.map(({ start, end }) => text.slice(start, end))).toEqual(['陳大文']);
});
