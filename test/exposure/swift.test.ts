import { expect, test } from 'vitest';
import { denied, fetched } from '../../src/exposure/documents.ts';
import { evaluate } from '../../src/exposure/evaluate.ts';
import { judgeSwiftCase, swiftFacts } from '../../src/exposure/swift.ts';

function judged(input: Record<string, unknown>): string {
  const one = judgeSwiftCase(input);
  return [one.anonymousRead, one.anonymousList, one.anonymousWrite, one.public].join(' ');
}

test.each([
  ['nothing', '', '', 'no no no no'],
  ['a project of its own', 'roads:clerk', 'roads:clerk', 'no no no no'],
  ['.r:* reads by name only', '.r:*', '', 'yes no no yes'],
  ['.rlistings adds the list', '.r:*,.rlistings', '', 'yes yes no yes'],
  ['.rlistings alone opens nothing', '.rlistings', '', 'no no no no'],
  ['a Referer can be sent by anyone', '.r:www.example.org', '', 'yes no no yes'],
  ['a domain of Referers too', '.r:*.example.org,.rlistings', '', 'yes yes no yes'],
  ['the old names of the designator', '.referer : *', '', 'yes no no yes'],
  ['one Referer kept out keeps nobody out', '.r:*,.r:-thief.example', '', 'yes no no yes'],
  ['only Referers kept out', '.r:-thief.example', '', 'no no no no'],
  ['the last fitting entry decides', '.r:a.example,.r:-a.example', '', 'no no no no'],
  ['any token reads and lists', '*:*', '', 'no no no yes'],
  ['any token writes', '', '*:*', 'no no no yes'],
  ['one user of any project is not everyone', '*:clerk', '', 'no no no no'],
  ['a bare star is a group of that name', '*', '', 'no no no no'],
  ['a referrer without host is refused', '.r:', '', 'no no no no'],
  ['a referrer may not write', '', '.r:*', 'no no no no'],
])('%s', (_, readAcl, writeAcl, expected) => {
  expect(judged({ readAcl, writeAcl })).toBe(expected);
});

test('header names and lists of entries are taken too', () => {
  expect(judged({ 'X-Container-Read': ['.r:*', '.rlistings'] })).toBe('yes yes no yes');
});

test('an ACL that is no text is unknown', () => {
  expect(judged({ readAcl: { a: 1 } })).toBe('unknown unknown no unknown');
});

test('a whole project is named as the organisation', () => {
  const facts = swiftFacts({
    container: 'plans',
    readAcl: fetched('roads:*'),
    writeAcl: denied('403'),
  });
  expect(
    facts.filter((fact) => fact.audience === 'organisation').map((fact) => fact.action),
  ).toEqual(['read', 'list']);
  expect(evaluate(facts).read.state).toBe('closed');
  expect(evaluate(facts).write.state).toBe('unknown');
});
