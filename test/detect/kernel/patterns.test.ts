import { expect, test } from 'vitest';
import { patternTable } from '../../../src/detect/kernel/patterns.ts';
import { bare, headsOf } from '../../../src/detect/kernel/slotmemory.ts';
import { draws } from '../made-table.ts';

/** Number of the first pattern that a text is of, from one; 0 for none. */
function firstOf(patterns: readonly string[], text: string): number {
  const { steps, classes, width, accepts } = patternTable(patterns);
  let state = 1;
  for (const sign of text) {
    state = steps[state * width + (classes[sign.charCodeAt(0)] ?? 0)] ?? 0;
    if (state === 0) return 0;
  }
  return accepts[state] ?? 0;
}

const PATTERNS = [
  '1[3-9]\\d{2}',
  '(?:2|3(?:4|5[06]))\\d{1,3}',
  '[A-C]?\\d{2}[0-9X]',
  'INFO|ENQUIR(?:Y|IES)|NO-?REPLY',
  '\\+852\\d{2}',
];

test('a table of patterns says what regular expressions say, and the first of them wins', () => {
  const draw = draws(5);
  const signs = '0123456789013542ABCX+';
  const texts = ['INFO', 'ENQUIRY', 'ENQUIRIES', 'ENQUIR', 'NOREPLY', 'NO-REPLY', 'NO--REPLY', ''];
  for (let i = 0; i < 20_000; i++) {
    let text = draw(9) === 0 ? '+852' : '';
    for (let left = draw(6); left > 0; left--) text += signs.charAt(draw(signs.length));
    texts.push(text);
  }
  const expressions = PATTERNS.map((pattern) => new RegExp(`^(?:${pattern})$`));
  for (const text of texts) {
    const expected = expressions.findIndex((expression) => expression.test(text)) + 1;
    expect([text, firstOf(PATTERNS, text)]).toEqual([text, expected]);
  }
});

test('what the first four digits tell of a number is what all of them do', () => {
  const patterns = ['[2-4]\\d{5}', '9(?:1\\d{4}|2[0-4]\\d{3}|355[0-2]\\d)', '935\\d{3}', '7\\d{3}'];
  const heads = headsOf(bare(patternTable(patterns)), 6);
  const draw = draws(6);
  let open = 0;
  for (let i = 0; i < 20_000; i++) {
    let text = ['', '9', '93', '935', '9355'][draw(5)] ?? '';
    while (text.length < 6) text += draw(10);
    const told = heads[Number(text.slice(0, 4))];
    if (told === 255) open++;
    else expect([text, told]).toEqual([text, firstOf(patterns, text)]);
  }
  // `9355` may be of two patterns.
  expect(open).toBeGreaterThan(1000);
  expect(heads.filter((told) => told === 255).length).toBe(1);
});

test.each(['\\d*', '\\d+', '\\d{2,}', '(1|2)', '[0-9', 'a', '.', '(?=1)'])(
  'what the language has not is no pattern: %s',
  (pattern) => {
    expect(() => patternTable([pattern])).toThrow(pattern);
  },
);
