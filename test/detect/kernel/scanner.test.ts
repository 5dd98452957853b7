/** The kernel skips, counts and remembers; what it gives is what the plain search gives. */
import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { loadDetectors } from '../../../detectors/registry.ts';
import { Engine } from '../../../src/detect/engine.ts';
import { createHasher } from '../../../src/detect/index.ts';
import { type Candidate, Filter, Mode } from '../../../src/detect/kernel/matcher.ts';
import type { Detector } from '../../../src/model/detector.ts';
import { PlainScanner } from './plain-scanner.ts';

const detectors = await loadDetectors();

/** Mulberry32: a seeded source, so that a failure can be repeated. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** A run of signs of one kind. */
function runOf(below: (n: number) => number, signs: string, longest: number): string {
  return Array.from({ length: 1 + below(longest) }, () => signs[below(signs.length)]).join('');
}

const SIGNS = [
  ...[' ', ' ', '-', '.', '/', '(', ')', '[', ']', '+', '_', ',', ':', '\n', '\r\n', '\n  '],
  ...['  -  - ', '\x1f', '\x1e', '@', '@mail.hk', '<', '<<<', '號', '１２', '－', 'é', '\u200b'],
];

/** What logs and sources are full of; each 9 stands for some digit. */
const NOISE = [
  ...['99.9.99.999', '999.999.99.9', '999.999.999.999', '99.99.9', '999.99 (', 'x/9.9.9.9 '],
  ...[' - - [', '99/Nov/2099:99:99:99 +9999] "', '" 999 9999 "-" ', '" 999 99999 "', ' 999 999 99'],
  ...[
    '2099-99-99',
    '2099-99-99T99:99:99Z',
    '99:99:99',
    '99.99.9999',
    '99/99/99',
    ' v9.99',
    '#999999',
  ],
  ...[
    'NT 99.9; ',
    'OS 99_9',
    'GB 99 ',
    'AB-99',
    'X 9',
    'QQ 99 99 9',
    'id=9999999',
    '0x9a99f',
    '$9,999.99',
  ],
  ...['年99月99日', '，', '：9999 9999', '、', '第99號'],
];

function makeNoise(below: (n: number) => number): string {
  return (NOISE[below(NOISE.length)] ?? '').replace(/9/g, () => String(below(10)));
}

/** Text in which blocks of 64 bytes end anywhere, often with something like an identifier. */
function makeText(
  below: (n: number) => number,
  examples: readonly string[],
  noise: number,
): string {
  let text = '';
  const length = 20 + below(400);
  while (text.length < length) {
    const kind = below(10);
    if (below(10) < noise) text += makeNoise(below);
    else if (kind < 3) text += runOf(below, '0123456789', 9);
    else if (kind < 5) text += runOf(below, 'ABCDEFGHSTXYZabcx', 7);
    else if (kind < 6) text += runOf(below, '*#Xx_?', 5);
    else if (kind < 7) text += examples[below(examples.length)] ?? '';
    else text += SIGNS[below(SIGNS.length)] ?? '';
  }
  return text;
}

function keyOf({ rule, start, end, masked, judgement }: Candidate): string {
  return `${start}-${end} ${detectors[rule]?.id} ${masked ? 'masked' : judgement}`;
}

function agree(rules: readonly Detector[], rounds: number, seed: number): number {
  const engine = new Engine(rules, createHasher(new Uint8Array(16)));
  const plain = new PlainScanner(rules);
  const all = new Filter(rules.length, Mode.all);
  const examples = rules.flatMap(({ examples: { yes, no } }) => [...yes, ...no]);
  // Of few digits: only the word before tells.
  examples.push('GB29 ABCD EFGH IJKL', 'GB 29 ABCD EFGH IJKL', 'GB-29ABCDEFGHIJKL');
  const below = random(seed);
  let count = 0;
  for (let round = 0; round < rounds; round++) {
    // Half the texts are random, half are like logs.
    const text = makeText(below, examples, (round % 2) * 8);
    const read = (): string[] => {
      const found: string[] = [];
      engine.read(Buffer.from(text), {
        note: () => {},
        enter: () => all,
        take: (candidate) => found.push(keyOf(candidate)),
      });
      return found.sort();
    };
    const found = read();
    const { text: folded, length } = engine.folder;
    const expected = plain.candidates(Uint8Array.from(folded.subarray(0, length))).map(keyOf);
    count += expected.length;
    expect({ text, found }).toEqual({ text, found: expected.sort() });
    // What was learnt of a text hides nothing of the next one.
    expect({ text, found: read() }).toEqual({ text, found: expected });
  }
  return count;
}

test('all detectors together: the same candidates, wherever a block of the scanner ends', () => {
  expect(agree(detectors, 700, 11)).toBeGreaterThan(3000);
});

test('detectors in small groups, for each of which something else tells where to look', () => {
  let count = 0;
  for (let from = 0; from < detectors.length; from += 7) {
    count += agree(detectors.slice(from, from + 7), 60, from);
  }
  expect(count).toBeGreaterThan(500);
});

test('shapes of an office: few digits, short tokens, words before, long runs', () => {
  const office = (shapes: readonly string[], masks: readonly string[] = []): Detector => ({
    ...(detectors[0] as Detector),
    id: 'zz.office',
    shapes,
    masks,
    judge: () => 'plausible',
    boundary: '',
    examples: {
      yes: [
        'AB12 CD',
        '12 AB\n  221086',
        'XY 12-AB',
        'XY 12 AB',
        'ABC 1 D',
        'ABC1 D',
        'C 1234',
        '12A34',
      ],
      no: [],
    },
  });
  const rules = [
    [office(['d3'])],
    [office(['l2d2'], ['l2m2'])],
    [office(['l2 d2~l2', 'l3^d1..2^l1'])],
    [office(['{0-9A-F}8', 'w5'])],
    [office(['d50', 'l1d45l1'])],
    [office(['d2l1d4', 'd2~l2~d6'])],
    [office(['l1..2~d4', 'd2:d2'])],
  ];
  for (const [number, group] of rules.entries()) {
    expect([number, agree(group, 200, number) >= 0]).toEqual([number, true]);
  }
});

test('a text that ends within an identifier teaches nothing wrong about the whole one', () => {
  const engine = new Engine(detectors, createHasher(new Uint8Array(16)));
  const plain = new PlainScanner(detectors);
  const all = new Filter(detectors.length, Mode.all);
  const read = (text: string): string[] => {
    const found: string[] = [];
    engine.read(Buffer.from(text), {
      enter: () => all,
      note: () => {},
      take: (candidate) => found.push(keyOf(candidate)),
    });
    return found.sort();
  };
  for (const text of detectors.flatMap(({ examples }) => examples.yes)) {
    for (let size = 1; size < text.length; size++) read(`A123456(7)${text.slice(0, size)}`);
    const whole = `A123456(7)${text}1(7)`;
    const found = read(whole);
    const { text: folded, length } = engine.folder;
    const expected = plain.candidates(Uint8Array.from(folded.subarray(0, length))).map(keyOf);
    expect({ text, found }).toEqual({ text, found: expected.sort() });
  }
});

test.each([
  ['d12..19*', '4539 8120\n6743 1502'],
  ['l2^d7', 'EC-\r\n    4839215'],
  ['l1~l2~d6', 'K-GB- \r\n    482061'],
  ['l4*d6', 'A B\nC D482061'],
])('all by itself the shape %s is found over the end of a line', (shape, text) => {
  const [first] = detectors;
  if (!first) throw new Error('no detectors');
  const rule: Detector = { ...first, shapes: [shape], masks: [], judge: () => 'plausible' };
  const engine = new Engine([rule], createHasher(new Uint8Array(16)));
  const found: string[] = [];
  engine.find(Buffer.from(`is ${text}`), { lax: false }, ({ start, end }) => {
    found.push(`is ${text}`.slice(start, end));
  });
  expect(found).toContain(text);
});

test('a full-width comma stays as it lies until a shape holds one', () => {
  const [first] = detectors;
  if (!first) throw new Error('no detectors');
  const startsOf = (shape: string): number[] => {
    const rule: Detector = { ...first, shapes: [shape], masks: [], judge: () => 'plausible' };
    const engine = new Engine([rule], createHasher(new Uint8Array(16)));
    const starts: number[] = [];
    engine.find(Buffer.from('，，12，345678：'), { lax: false }, ({ start }) => {
      starts.push(engine.folder.start(start));
    });
    return starts;
  };
  expect([startsOf('d2,d6'), startsOf('d6'), startsOf('d6:')]).toEqual([[6], [11], [11]]);
});

test('a text larger than any before moves the tables in memory, and nothing is lost', () => {
  const engine = new Engine(detectors, createHasher(new Uint8Array(16)));
  const accepted = new Filter(detectors.length, Mode.accepted);
  const startsIn = (text: string): number[] => {
    const starts = new Set<number>();
    engine.read(Buffer.from(text), {
      note: () => {},
      enter: () => accepted,
      take: ({ start }) => starts.add(engine.folder.start(start)),
    });
    return [...starts];
  };
  expect(startsIn('K482913(1)')).toEqual([0]);
  const filler = '沒有號碼。'.repeat(300_000);
  const size = Buffer.byteLength(filler);
  expect(startsIn(`${filler}K482913(1)${filler}（Ｋ482913(1)）`)).toEqual([size, size * 2 + 13]);
  expect(startsIn('K482913(1)')).toEqual([0]);
});

test('in running text an address at what is no host is not told, and one at a host that goes on is', () => {
  const engine = new Engine(detectors, createHasher(new Uint8Array(16)));
  // From the first place on the search leaves out what comes to nothing.
  const told = (text: string): number => {
    let places = 0;
    const note = (): void => {
      places++;
      engine.scanner.hush();
    };
    const take = (): void => expect.fail('nothing is judged');
    engine.read(Buffer.from(`k.wong@mail.hk ${text}`), { enter: () => null, note, take });
    return places - 1;
  };
  // Twice, since what was said of a host is kept.
  for (let i = 0; i < 2; i++) expect(told('hero@2x.png, lib@1.2.js and me@mail.js.')).toBe(0);
  for (const host of ['2x.png.hk', 'mail.hk', 'mail.hk.png', 'a-b.example', 'MAIL.HK']) {
    expect(told(`k.lam@${host}`)).toBe(1);
    expect(told(`k.lam@${host}. k.lam@${host}`)).toBe(2);
  }
});
