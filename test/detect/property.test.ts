import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { Engine } from '../../src/detect/engine.ts';
import { createHasher } from '../../src/detect/index.ts';
import type { Detector } from '../../src/model/detector.ts';
import { spansOf } from './reference.ts';

const SHAPES = [
  'd12',
  'd4~d4~d4',
  'd3~d3~d2..3',
  'l1..2^d6^({0-9A})',
  'l1..2^d6{0-9A}',
  '{STFGM}d7l',
  'd6{-+}d4',
  'd6-d7',
  'l2^d2^w5..10*',
  'd6..9*',
  '{+}d3^d8',
  'T?d5',
  'd4.d2',
  'd2(d3)d2',
];

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

const PIECES = [
  ...['1', '23', '456', '7890', '1234', '123456', '123456789', '12'],
  ...['A', 'ab', 'S', 'T', 'x', 'GB', 'z9'],
  ...[' ', '  ', '-', '.', '/', '(', ')', '+', '_', ',', '\n', ':'],
  ...[
    '號碼',
    'の',
    'é',
    '１２３',
    '４',
    'Ａ',
    '（',
    '）',
    '－',
    '\u3000',
    '–',
    '\u200b',
    '٤٥٦',
    '👍',
    '𝟗',
  ],
];

/** Random text of pieces, with something like a match now and then. */
function makeText(below: (n: number) => number): string {
  const likely = [
    'A123456(7)',
    '1234 5678 9012',
    '123456-1234',
    'S1234567D',
    '12 345 678',
    '1234.12',
    '12(345)67',
    '+852 12345678',
  ];
  let text = '';
  for (let i = below(12); i >= 0; i--) {
    text += below(6) === 0 ? likely[below(likely.length)] : PIECES[below(PIECES.length)];
  }
  return text;
}

function engineOf(shape: string): Engine {
  const detector: Detector = {
    id: 'zz.shape',
    title: 'a shape',
    kind: 'person',
    alone: 'low',
    shapes: [shape],
    hints: [],
    passRate: { plausible: 1, proved: 1 },
    judge: () => 'plausible',
    examples: { yes: [], no: [] },
  };
  return new Engine([detector], createHasher(new Uint8Array(16)));
}

test.each(SHAPES)('the kernel and the reference agree where %s matches', (shape) => {
  const engine = engineOf(shape);
  const below = random(20261122);
  let matches = 0;
  for (let round = 0; round < 4000; round++) {
    const text = makeText(below);
    const spans: (readonly [number, number])[] = [];
    engine.find(Buffer.from(text), { lax: false }, ({ start, end }) => {
      spans.push([engine.folder.start(start), engine.folder.end(end)]);
    });
    const expected = text.includes('\n') ? null : spansOf(shape, text);
    if (expected === null) continue;
    matches += expected.length;
    expect({ text, spans }).toEqual({ text, spans: expected });
  }
  expect(matches).toBeGreaterThan(3);
});

test('all shapes together match where each matches alone', () => {
  const engines = SHAPES.map(engineOf);
  const detectors = engines.map((engine, i) => {
    const [rule] = engine.rules;
    if (!rule) throw new Error('an engine without a rule');
    return { ...rule, id: `zz.shape${i}` } as const;
  });
  const together = new Engine(detectors, createHasher(new Uint8Array(16)));
  const below = random(7);
  for (let round = 0; round < 3000; round++) {
    const bytes = Buffer.from(makeText(below));
    const options = { lax: false };
    const joint: string[] = [];
    together.find(bytes, options, ({ rule, start, end }) => joint.push(`${rule} ${start} ${end}`));
    const single: string[] = [];
    engines.forEach((engine, i) => {
      engine.find(bytes, options, ({ start, end }) => single.push(`${i} ${start} ${end}`));
    });
    expect(joint.sort()).toEqual(single.sort());
  }
});
