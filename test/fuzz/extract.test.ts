import { expect, test } from 'vitest';
import { fuzz, sources } from './extract.ts';

// Pictures and the columnar formats take their libraries' time: they run in the long fuzz, by hand.
const QUICK = /^(csv|tsv|text|json|zip|tar|doc|odt|fodt|rtf|html|odp|ppt|pptx|docx|eml|mbox|msg)-/;

test('damaged files come out as pieces and gaps, in bounded time', async () => {
  const chosen = sources().filter(({ name }) => QUICK.test(name));
  expect(await fuzz(chosen, 7, 4)).toEqual([]);
}, 120_000);
