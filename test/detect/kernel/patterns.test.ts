import { expect, test } from 'vitest';
import { patternTable } from '../../../src/detect/kernel/patterns.ts';
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

test.each(['\\d*', '\\d+', '\\d{2,}', '(1|2)', '[0-9', 'a', '.', '(?=1)'])(
  'what the language has not is no pattern: %s',
  (pattern) => {
    expect(() => patternTable([pattern])).toThrow(pattern);
  },
);
