import { expect, test } from 'vitest';
import { conditionReach } from '../../../src/exposure/gcs/condition.ts';
import { parseCondition } from '../../../src/exposure/gcs/expression.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const NAME = 'projects/_/buckets/permits';

function on(where: 'bucket' | 'object', expression: string): string {
  const reached = conditionReach(expression, { bucket: 'permits', on: where, now: NOW });
  if (reached.kind === 'never') return 'never';
  const doubt = reached.judged ? '' : '?';
  if (reached.kind === 'always') return `always${doubt}`;
  const slices = reached.slices.map((slice) => [slice.pattern, ...slice.except].join(' -'));
  return `${slices.join(' | ')}${doubt}`;
}

test.each([
  ['', 'always'],
  ['true', 'always'],
  ['false', 'never'],
  ['request.time < timestamp("2026-01-01T00:00:00Z")', 'never'],
  ['request.time < timestamp("2027-01-01T00:00:00Z")', 'always'],
  ["timestamp('2027-01-01T00:00:00Z') > request.time", 'always'],
  ['request.time >= timestamp("2027-01-01T00:00:00Z")', 'never'],
  ['request.time < timestamp("soon")', 'always?'],
  ['request.time.getHours("Europe/Berlin") < 9', 'always?'],
  ['request.time < timestamp("2026-01-01T00:00:00Z") + duration("9000h")', 'always?'],
  [`resource.name.startsWith("${NAME}/objects/public/")`, 'public/*'],
  [`resource.name.startsWith("${NAME}/objects/")`, 'always'],
  [`resource.name.startsWith("${NAME}")`, 'always'],
  ['resource.name.startsWith("projects/_/buckets/other/objects/")', 'never'],
  [`!resource.name.startsWith("${NAME}/objects/private/")`, '* -private/*'],
  [`resource.name == "${NAME}/objects/a.csv"`, 'a.csv'],
  [`resource.name in ["${NAME}/objects/a", "${NAME}/objects/b"]`, 'a | b'],
  ['resource.name.endsWith(".csv")', '*.csv'],
  ['resource.name.extract("objects/{x}/") == "a"', 'always?'],
  ['resource.type == "storage.googleapis.com/Object"', 'always'],
  ['resource.type == "storage.googleapis.com/Bucket"', 'never'],
  ['resource.service == "storage.googleapis.com"', 'always'],
  ['resource.matchTag("1/env", "prod")', 'always?'],
  ['this is no expression', 'always?'],
  [
    `resource.name.startsWith("${NAME}/objects/a/") && request.time < timestamp("2026-01-01T00:00:00Z")`,
    'never',
  ],
  [`resource.name.startsWith("${NAME}/objects/a/") && resource.name.endsWith(".csv")`, 'a/*.csv'],
  [
    `resource.name.startsWith("${NAME}/objects/a/") && resource.name.startsWith("${NAME}/objects/b/")`,
    'never',
  ],
  [
    `resource.name.startsWith("${NAME}/objects/a/") || resource.name.startsWith("${NAME}/objects/b/")`,
    'a/* | b/*',
  ],
  [`resource.name.startsWith("${NAME}/objects/a/") && resource.matchTag("1/e", "p")`, 'a/*?'],
])('for an object, %s holds %s', (expression, expected) => {
  expect(on('object', expression)).toBe(expected);
});

test('listing asks the bucket, so a condition on object names never lets anyone list', () => {
  expect(on('bucket', `resource.name.startsWith("${NAME}/objects/public/")`)).toBe('never');
  expect(on('bucket', `resource.name.startsWith("${NAME}")`)).toBe('always');
});

test('the list prefix is for the caller to choose', () => {
  const expression =
    'api.getAttribute("storage.googleapis.com/objectListPrefix", "").startsWith("public/")';
  expect(on('bucket', expression)).toBe('public/*');
  expect(on('object', expression)).toBe('never');
});

test.each([`${'('.repeat(2000)}true${')'.repeat(2000)}`, '!'.repeat(4000), '"', 'a'.repeat(9999)])(
  'hostile text is refused, not crashed upon',
  (text) => {
    expect(parseCondition(text)).toBeNull();
  },
);
