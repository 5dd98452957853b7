import { describe, expect, test } from 'vitest';
import {
  globAfter,
  globBoth,
  globCovers,
  globMatches,
} from '../../../../src/exposure/s3/iam/glob.ts';

test('a star is any run, a question mark one character, the rest itself', () => {
  expect(globMatches('a*c?', 'abbbcd')).toBe(true);
  expect(globMatches('a*c?', 'abbbc')).toBe(false);
  expect(globMatches('a.c', 'abc')).toBe(false);
  expect(globMatches('*', '')).toBe(true);
});

test('a hostile pattern is matched in time', () => {
  expect(globMatches(`${'*a'.repeat(200)}b`, 'a'.repeat(5000))).toBe(false);
});

describe('one pattern covers another', () => {
  const rows = [
    ['a*', 'ab*', true],
    ['a*', 'a?c', true],
    ['a?c', 'a*c', false],
    ['*', '', true],
    ['*.csv', 'x/*.csv', true],
    ['*.csv', 'x/*', false],
    ['a/*', 'a/*', true],
    ['abc', 'abc', true],
    ['?', '*', false],
    ['*a*', 'bab', true],
  ] as const;
  test.each(rows)('%s covers %s: %s', (general, specific, covers) => {
    expect(globCovers(general, specific)).toBe(covers);
  });
});

describe('what follows a fixed beginning', () => {
  const rows = [
    ['arn:b/*', 'arn:b/', ['*']],
    ['arn:b*', 'arn:b/', ['*']],
    ['*', 'arn:b/', ['*']],
    ['arn:b/x/?.csv', 'arn:b/', ['x/?.csv']],
    ['*/x', 'arn:b/', ['*/x', 'x']],
    ['arn:c/*', 'arn:b/', []],
    ['arn:b', 'arn:b/', []],
  ] as const;
  test.each(rows)('%s after %s', (pattern, literal, rest) => {
    expect([...globAfter(pattern, literal)].sort()).toEqual([...rest].sort());
  });
});

describe('what two patterns have in common', () => {
  const rows = [
    ['a/*', '*.csv', ['a/*.csv']],
    ['a*', 'b*', []],
    ['a*', 'ab', ['ab']],
    ['a?', '?b', ['ab']],
    ['ab*', '*ba', ['ab*ba', 'aba']],
  ] as const;
  test.each(rows)('%s and %s', (a, b, common) => {
    expect([...globBoth(a, b)].sort()).toEqual([...common].sort());
  });

  test('agrees with matching both, on all short texts', () => {
    const texts = [''];
    for (let at = 0; at < 121; at += 1) texts.push(...['a', 'b', '/'].map((c) => texts[at] + c));
    for (const a of ['*a', 'a*', '*a*', 'a?*', '*/?', '?', '*', 'ab/*']) {
      for (const b of ['*b', 'b*', 'a*b', '*/*', '??', '*a?', '/*', 'ab*']) {
        const common = globBoth(a, b);
        for (const text of texts) {
          const both = globMatches(a, text) && globMatches(b, text);
          const found = common.some((pattern) => globMatches(pattern, text));
          expect(found, `${a} and ${b} on "${text}"`).toBe(both);
        }
      }
    }
  });
});
