import { expect, test } from 'vitest';
import { departmentFileNames } from '../../src/report/files.ts';

function nameOf(id: string | null, others: readonly string[] = []): string {
  return departmentFileNames([id, ...others]).get(id) ?? '';
}

test('an ordinary id is the name', () => {
  expect(nameOf('public-works_2')).toBe('departments/public-works_2.csv');
});

test('what is nobody’s goes to unowned.csv', () => {
  expect(nameOf(null)).toBe('departments/unowned.csv');
});

test('a department called unowned does not take the orphans’ file', () => {
  expect(nameOf('unowned')).toMatch(/^departments\/unowned-[0-9a-f]{8}\.csv$/);
});

test.each(['../../etc/x', '..', '/', 'a/b', 'a\\b', 'a\u0000b', '.hidden', 'a b', ''])(
  'an id that could leave the folder or hide gets a safe name: %j',
  (id) => {
    expect(nameOf(id)).toMatch(/^departments\/[\p{L}\p{N}_][\p{L}\p{N}._-]*-[0-9a-f]{8}\.csv$/u);
  },
);

test.each(['con', 'NUL', 'com1', 'aux.list'])('a device name of Windows is avoided: %s', (id) => {
  expect(nameOf(id)).toMatch(/^departments\/department-/);
});

test('ids that differ only in case, or only in what was taken out, get files of their own', () => {
  const ids = ['Health', 'health', 'a/b', 'a b'];
  const names = [...departmentFileNames(ids).values()].map((name) => name.toLowerCase());
  expect(new Set(names).size).toBe(names.length);
});

test('Chinese and Japanese ids stay readable', () => {
  expect(nameOf('衞生局')).toBe('departments/衞生局.csv');
});

test('a long id stays under what file systems allow', () => {
  expect(Buffer.byteLength(nameOf('局'.repeat(500)))).toBeLessThan(255);
});
