import { expect, test } from 'vitest';
import hkid from '../../../detectors/hk/hkid.ts';
import phone from '../../../detectors/intl/phone.ts';
import { compile } from '../../../src/detect/kernel/compile.ts';
import { Places } from '../../../src/detect/kernel/places.ts';

const { shapes } = compile([hkid, phone], () => {});

/** A run that ended at some places, in states of which each completes the shape of its number. */
function run(ends: readonly number[], generation = 1) {
  return {
    id: 0,
    generation,
    maxStates: 10,
    ends: Int32Array.from(ends),
    endStates: Int32Array.from(ends, (_, i) => i),
    shapes: (state: number) => [state + generation - 1],
  };
}

function workedOff(places: Places, all: boolean): string[] {
  const given: string[] = [];
  places.workOff(all, (from, to) => {
    for (let n = from; n < to; n++) given.push(`${places.start(n)}-${places.end(n)}`);
    given.push('|');
  });
  return given;
}

test('places are given by start, the longer first, those of one start together', () => {
  const places = new Places(shapes);
  places.add(run([30, 34]), 20, 2);
  places.add(run([12]), 4, 1);
  places.add(run([40]), 20, 1);
  expect(workedOff(places, true)).toEqual(['4-12', '|', '20-40', '20-34', '20-30', '|']);
  expect(workedOff(places, true)).toEqual([]);
});

test('before the end only those are given before which nothing can come any more', () => {
  const places = new Places(shapes);
  places.add(run([12]), 4, 1);
  places.add(run([1_012]), 1_004, 1);
  expect(workedOff(places, false)).toEqual(['4-12', '|']);
  expect(workedOff(places, true)).toEqual(['1004-1012', '|']);
});

test('places that come in the wrong order, thousands of them, are put in order', () => {
  const places = new Places(shapes);
  const count = 20_000;
  for (let i = count; i > 0; i--) places.add(run([i + 8]), i, 1);
  const given = workedOff(places, true).filter((one) => one !== '|');
  expect(given).toEqual(Array.from({ length: count }, (_, i) => `${i + 1}-${i + 9}`));
});

test('a state means the shapes of its generation', () => {
  const places = new Places(shapes);
  const listed = (generation: number): readonly number[] => {
    places.add(run([12], generation), 4, 1);
    let indexes: readonly number[] = [];
    places.workOff(true, (from) => {
      indexes = (places.lists[places.list(from)] ?? []).map((shape) => shapes.indexOf(shape));
    });
    return indexes;
  };
  expect(listed(1)).toEqual([0]);
  expect(listed(2)).toEqual([1]);
  expect(listed(1)).toEqual([0]);
});

test('more places than there is room for are kept all the same', () => {
  const places = new Places(shapes);
  const ends = Array.from({ length: 9 }, (_, i) => i + 20);
  let isDue = false;
  for (let start = 1; start <= 2_000; start++) isDue = places.add(run(ends), start, 9) || isDue;
  expect(isDue).toBe(true);
  expect(workedOff(places, true).filter((one) => one !== '|')).toHaveLength(18_000);
});
