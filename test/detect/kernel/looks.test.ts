/** What a text can be by its looks: all that a search finds must be among it. */
import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { loadDetectors } from '../../../detectors/registry.ts';
import { Engine } from '../../../src/detect/engine.ts';
import { createHasher } from '../../../src/detect/index.ts';
import { draws } from '../made-table.ts';

const rules = await loadDetectors();
const engine = new Engine(rules, createHasher(new Uint8Array(16)));

function lookOf(text: string): string {
  return text.replace(/[0-9]/g, '0').replace(/[A-Za-z]/g, 'A');
}

function possible(text: string): Set<string> {
  const all = engine.looks?.possible(lookOf(text)) ?? [];
  return new Set(all.map(({ shape, start, end }) => `${engine.shape(shape).rule} ${start} ${end}`));
}

function found(text: string): { readonly key: string; readonly text: string }[] {
  const list: { key: string; text: string }[] = [];
  engine.find(Buffer.from(text), { lax: false }, ({ rule, masked, start, end }) => {
    if (!masked) list.push({ key: `${rule} ${start} ${end}`, text });
  });
  return list;
}

test("each detector's examples are among what they can be by their looks", () => {
  const texts = rules
    .flatMap(({ examples }) => examples.yes)
    .filter((text) => /^[\x20-\x7e]{1,60}$/.test(text) && !/[@<]/.test(text));
  expect(texts.length).toBeGreaterThan(150);
  for (const text of texts) {
    const looks = possible(text);
    for (const one of found(text)) expect([one, looks.has(one.key)]).toEqual([one, true]);
  }
});

test('so is whatever is found in random cells', () => {
  const draw = draws(11);
  const signs = '0123456789012345678901234567890123456789ABCSTXZabc-- ./()+';
  let count = 0;
  for (let i = 0; i < 6_000; i++) {
    let text = '';
    for (let left = 6 + draw(22); left > 0; left--) text += signs.charAt(draw(signs.length));
    const matches = found(text);
    if (matches.length === 0) continue;
    const looks = possible(text);
    for (const one of matches) expect([one, looks.has(one.key)]).toEqual([one, true]);
    count += matches.length;
  }
  expect(count).toBeGreaterThan(500);
});

test('each sign of what is found is of the set that its place allows', () => {
  for (const text of ['A123456(3)', 'S8412307B', '110101199003074936', '9263 4178', 'C6686689']) {
    const look = lookOf(text);
    const matches = found(text).map(({ key }) => key);
    expect(matches.length).toBeGreaterThan(0);
    for (const one of engine.looks?.possible(look) ?? []) {
      const { rule } = engine.shape(one.shape);
      const sets = engine.looks?.sets(one, look);
      const isAlone = (engine.looks?.possible(look) ?? []).every(
        (other) => other === one || engine.shape(other.shape).rule !== rule,
      );
      if (!sets || !isAlone || !matches.includes(`${rule} ${one.start} ${one.end}`)) continue;
      for (const [place, set] of sets.entries()) expect(set).toContain(text[one.start + place]);
    }
  }
});
