import { expect, test } from 'vitest';
import { loadDetectors } from '../../detectors/registry.ts';
import { type ParsedShape, parseShape } from '../../src/detect/shape.ts';
import type { Detector } from '../../src/model/detector.ts';

const RUNS = 4_000;

/** mulberry32: the same sequence in every run, so that a rate near its bound does not flicker. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A text of the shape without its optional parts and separators. */
function randomText(shape: ParsedShape, random: () => number): string {
  let text = '';
  for (const part of shape.parts) {
    if (part.type !== 'run' || part.optional) continue;
    const count = part.min + Math.floor(random() * (part.max - part.min + 1));
    for (let i = 0; i < count; i++) text += part.set.charAt(Math.floor(random() * part.set.length));
  }
  return text;
}

interface Rates {
  readonly plausible: number;
  readonly proved: number;
}

function measure(rule: Detector, shape: number): Rates {
  const random = generator(1);
  const parsed = parseShape(rule.shapes[shape] ?? '');
  let plausible = 0;
  let proved = 0;
  for (let i = 0; i < RUNS; i++) {
    const folded = randomText(parsed, random);
    const compact = [...folded].filter((sign) => parsed.keep[sign.charCodeAt(0)] === 1).join('');
    const verdict = rule.judge({ compact, folded, shape });
    if (verdict !== 'no') plausible++;
    if (verdict === 'proved') proved++;
  }
  return { plausible: plausible / RUNS, proved: proved / RUNS };
}

const rules = await loadDetectors();
/** Contacts are judged by names and metadata, of which random signs say nothing. */
const numbered = rules.filter(({ kind }) => kind !== 'contact');
const ratesOf = new Map(
  numbered.map((rule) => [rule, rule.shapes.map((_, shape) => measure(rule, shape))]),
);

/** Room for chance: a quarter, and half a point. */
const withRoom = (rate: number): number => rate * 1.25 + 0.005;

test('no shape lets more random text pass than its detector says', () => {
  for (const [{ id, passRate }, rates] of ratesOf) {
    for (const { plausible, proved } of rates) {
      expect(plausible, id).toBeLessThanOrEqual(withRoom(passRate.plausible));
      expect(proved, id).toBeLessThanOrEqual(withRoom(passRate.proved));
    }
  }
});

test('a stated rate is not above what the most permissive shape passes', () => {
  for (const [{ id, passRate, lengths }, rates] of ratesOf) {
    // Random lengths are mostly wrong ones; the rate is that of the right ones.
    if (lengths || rates.length === 0) continue;
    const most = Math.max(...rates.map(({ plausible }) => plausible));
    expect(passRate.plausible, id).toBeLessThanOrEqual(withRoom(most));
  }
});

test('a detector without check digit never says that a match is proved', () => {
  for (const [{ id, passRate }, rates] of ratesOf) {
    if (passRate.proved > 0) continue;
    expect(
      rates.every(({ proved }) => proved === 0),
      id,
    ).toBe(true);
  }
});

test('every published sample is well formed', () => {
  for (const rule of rules) {
    for (const sample of rule.samples ?? []) {
      const verdicts = rule.shapes.map((_, shape) =>
        rule.judge({ compact: sample, folded: sample, shape }),
      );
      expect(
        verdicts.some((verdict) => verdict !== 'no'),
        `${rule.id} ${sample}`,
      ).toBe(true);
    }
  }
});
