import { expect, test } from 'vitest';
import { listOf } from '../../src/campaign/answer.ts';
import { listTable, renderList } from '../../src/campaign/list.ts';
import { answerOf, dayOf, readReply } from '../../src/campaign/reply.ts';
import { WORDS } from '../../src/campaign/words/index.ts';
import { COLUMNS } from '../../src/campaign/words/words.ts';
import { LANGUAGES } from '../../src/model/language.ts';
import { campaignAfter, FINDINGS } from './office.ts';

const findings = new Map(FINDINGS.map((finding) => [finding.id, finding]));
const campaign = campaignAfter();

function rows(...cells: readonly (readonly string[])[]) {
  return cells.map((row, index) => ({ number: index + 1, cells: row }));
}
const read = (...cells: readonly (readonly string[])[]) =>
  readReply(rows(...cells), { file: 'reply.csv', campaign, owner: undefined });

test.each(LANGUAGES)('the list that went out in %s comes back with its answers', (language) => {
  const words = WORDS[language];
  const table = listTable({ list: listOf(campaign, 'lands'), findings, words, title: String });
  const at = COLUMNS.indexOf('answer');
  const filled = table.map((row, index) =>
    index === 0
      ? row
      : row.map((cell, column) => (column === at ? (words.answers.fixed[0] ?? '') : cell)),
  );
  const [answer] = read(...filled);
  expect(answer).toEqual({
    owner: 'lands',
    all: null,
    answers: ['F-l1', 'F-l2'].map((finding) => ({
      finding,
      answer: 'fixed',
      reason: null,
      until: null,
    })),
    how: 'file',
  });
});

test.each(LANGUAGES)('an empty list in %s comes back confirmed', (language) => {
  const words = WORDS[language];
  const table = listTable({ list: listOf(campaign, 'parks'), findings, words, title: String });
  const at = COLUMNS.indexOf('answer');
  const filled = table.map((row, index) =>
    index === 0
      ? row
      : row.map((cell, column) =>
          column === at ? (words.answers['nothing-to-report'][0] ?? '') : cell,
        ),
  );
  expect(read(...filled)).toEqual([
    { owner: 'parks', all: 'nothing-to-report', answers: [], how: 'file' },
  ]);
});

test('every word for an answer means one answer in all languages together', () => {
  for (const { answers } of Object.values(WORDS)) {
    for (const [kind, words] of Object.entries(answers)) {
      for (const word of words) expect([word, answerOf(word)]).toEqual([word, kind]);
    }
  }
});

test.each([
  [' FIXED ', 'fixed'],
  ['Not-Ours', 'not-ours'],
  ['not  ours', 'not-ours'],
  ['ＦＩＸＥＤ', 'fixed'],
  ['已修復。', 'fixed'],
  ['maybe', undefined],
])('the answer %j is read as %s', (text, kind) => {
  expect(answerOf(text)).toBe(kind);
});

test.each([
  ['2027-03-31', [2027, 2, 31]],
  ['2027/3/31', [2027, 2, 31]],
  ['2027年3月31日', [2027, 2, 31]],
  ['31/03/2027', null],
  ['2027-02-30', null],
  ['soon', null],
])('the day %j', (text, parts) => {
  const at = dayOf(text);
  expect(at && [at.getFullYear(), at.getMonth(), at.getDate()]).toEqual(parts ?? undefined);
});

test('columns stand in any order and what is not filled in is not answered', () => {
  const [answer] = read(['Answer', 'note', 'FINDING'], ['fixed', 'x', 'F-l1'], ['', '', 'F-l2']);
  expect(answer?.answers.map(({ finding }) => finding)).toEqual(['F-l1']);
});

test('rows of several departments make an answer each', () => {
  const given = read(['finding', 'answer'], ['F-l1', 'fixed'], ['F-h1', 'acknowledged']);
  expect(given.map(({ owner }) => owner)).toEqual(['lands', 'health']);
});

test('each bad line is named, and nothing of the file is taken', () => {
  const bad = () =>
    read(
      ['finding', 'answer', 'reason', 'until'],
      ['F-l1', 'fixed', '', ''],
      ['F-l2', 'perhaps', '', ''],
      ['F-x', 'fixed', '', ''],
      ['F-h1', 'not ours', '', ''],
      ['F-o1', 'accepted', 'moves in May', '31.3.27'],
    );
  expect(bad).toThrow(
    /line 3: answer "perhaps".*\n.*line 4: finding "F-x".*\n.*line 5: .*"reason".*\n.*line 6: .*no date/,
  );
});

test('a finding that is answered twice is told', () => {
  expect(() => read(['finding', 'answer'], ['F-l1', 'fixed'], ['F-l1', 'acknowledged'])).toThrow(
    /line 3: finding F-l1: is answered twice/,
  );
});

test('a department cannot answer for another’s finding', () => {
  const given = rows(['finding', 'answer'], ['F-h1', 'fixed']);
  expect(() => readReply(given, { file: 'a.csv', campaign, owner: 'lands' })).toThrow(
    /F-h1: is on the list of health, not of lands/,
  );
});

test.each([
  [
    [
      ['finding', 'note'],
      ['F-l1', 'x'],
    ],
    /no column is called "answer"/,
  ],
  [
    [
      ['id', 'answer'],
      ['F-l1', 'fixed'],
    ],
    /no column is called "finding"/,
  ],
  [
    [
      ['finding', 'answer'],
      ['F-l1', ''],
    ],
    /no row has an answer/,
  ],
])('a file that is no list is told: %#', (cells, message) => {
  expect(() => read(...cells)).toThrow(message);
});

test('a bucket that is named like a formula stays text in the list', () => {
  const [first] = FINDINGS;
  if (!first) throw new Error('no finding');
  const evil = { ...first, slice: '=HYPERLINK("https://evil.example")' };
  const list = listOf(campaign, 'lands');
  const text = renderList({
    list,
    findings: new Map([['F-l1', evil]]),
    words: WORDS.en,
    title: String,
  });
  expect(text).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
});
