/** What tells of a text that no word begins in it: whatever is a word must pass. */
import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { loadDetectors } from '../../../detectors/registry.ts';
import { HintIndex } from '../../../src/detect/hints.ts';
import { openingsOf } from '../../../src/detect/kernel/words.ts';
import { plainWords } from '../../../src/detect/plain.ts';

const rules = await loadDetectors();
const openings = openingsOf(new HintIndex(rules).tree());

/** The lower five bits of a word's first three signs, 0 from where it ends. */
function openingOf(word: string): number {
  const signs = [...(/^[0-9A-Za-z]{0,3}/.exec(word)?.[0] ?? '').padEnd(3, '\0')];
  return signs.reduce((number, sign) => number * 32 + (sign.charCodeAt(0) & 31), 0);
}

const WORDS = rules
  .flatMap(({ hints, against = [] }) => [...hints, ...against])
  .map((hint) => plainWords(hint).trim())
  .filter((word) => /^[0-9A-Z][\x20-\x7e]*$/.test(word));

test('each word of ASCII may begin as it does, in small letters, as a plural, with a number behind it', () => {
  expect(WORDS.length).toBeGreaterThan(800);
  for (const word of WORDS) {
    const forms = [word, word.toLowerCase(), `${word}s`, `${word}1`, `${word} no`];
    for (const form of forms) expect([form, openings[openingOf(form)]]).toEqual([form, 1]);
  }
});

test('most other words may not', () => {
  const text = Buffer.from(
    'Mozilla Windows NT Win64 AppleWebKit KHTML like Gecko Chrome Safari GET',
  );
  const words = text.toString().split(' ');
  expect(words.filter((word) => openings[openingOf(word)] === 1)).toEqual([]);
});
