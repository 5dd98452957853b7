import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { Folder } from '../../src/detect/fold.ts';
import { Machine } from '../../src/detect/kernel/machine.ts';
import { fold } from './reference.ts';

const PIECES = ['a', '12', '中', 'é', '\u200b', '\u00ad\u200b', '（', '👍', '𝟗', '１', '–', ' '];

test('every folded character leads back to the bytes it came from, asked in any order', () => {
  const folder = new Folder(new Machine());
  let state = 5;
  const below = (count: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
  for (let round = 0; round < 2000; round++) {
    const text = Array.from({ length: below(12) }, () => PIECES[below(PIECES.length)]).join('');
    const { text: folded, starts, ends } = fold(text);
    folder.fold(Buffer.from(text));
    // What folds to nothing in particular keeps its bytes.
    let length = 0;
    const indexes = starts.map((start, i) => {
      const index = length;
      length += folded.charAt(i) === '\x80' ? (ends[i] ?? 0) - start : 1;
      return index;
    });
    expect(folder.length).toBe(length);
    const order = starts.map((_, i) => (round % 2 === 0 ? i : starts.length - 1 - i));
    for (const i of order.filter((one) => folded.charAt(one) !== '\x80')) {
      const index = indexes[i] ?? 0;
      expect([text, folder.start(index), folder.end(index + 1)]).toEqual([
        text,
        starts[i],
        ends[i],
      ]);
    }
  }
});

test('a byte that is no UTF-8 is one character, and what stands behind it keeps its place', () => {
  const folder = new Folder(new Machine());
  folder.fold(Buffer.from([0x41, 0xff, 0x42, 0xe4, 0x43]));
  expect([0, 1, 2, 3, 4].map((i) => folder.start(i))).toEqual([0, 1, 2, 3, 4]);
});
