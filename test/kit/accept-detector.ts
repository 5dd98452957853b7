/**
 * What every detector must pass: `acceptDetector(detector)` registers the tests. A detector's own
 * test file adds only what is special about it.
 */
import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { Engine } from '../../src/detect/engine.ts';
import { createHasher, createKernel } from '../../src/detect/index.ts';
import type { Confidence, Detection, Detector, Hit } from '../../src/model/detector.ts';
import { CELL, type Piece, ROW } from '../../src/model/piece.ts';

const HOSTILE_BYTES = 256 * 1024;
/** Automaton steps for each byte of hostile text; the longest identifier has some 90 characters. */
const STEPS_A_BYTE = 100;
/** Calls of `judge` for each byte of hostile text: a separator may open a place at every second byte. */
const JUDGEMENTS_A_BYTE = 8;

const hasher = createHasher(new Uint8Array(16).fill(7));

/** Running text as a piece. */
export function textPiece(text: string | Uint8Array): Piece {
  return {
    text: Buffer.from(text),
    locate: (offset) => ({ label: `offset ${offset}`, row: null, column: null }),
  };
}

/** A table as extraction hands it over; `header` names the columns and is no row of the text. */
export function tablePiece(header: readonly string[], rows: readonly (readonly string[])[]): Piece {
  const cell = String.fromCharCode(CELL);
  const text = Buffer.from(rows.map((row) => row.join(cell)).join(String.fromCharCode(ROW)));
  return {
    text,
    locate(offset) {
      const before = text.subarray(0, offset);
      const row = before.filter((byte) => byte === ROW).length;
      const inRow = before.subarray(before.lastIndexOf(ROW) + 1);
      const index = inRow.filter((byte) => byte === CELL).length;
      const name = header[index] ?? '';
      return { label: `row ${row + 2} column ${name || index + 1}`, row, column: { index, name } };
    },
  };
}

/** Everything that a set of detectors finds in a piece, from `low` up. */
export function detect(
  detectors: readonly Detector[],
  piece: Piece,
  minConfidence: Confidence = 'low',
): Detection {
  const object = createKernel(detectors, hasher).object({ minConfidence, collectHits: true });
  object.piece(piece);
  return object.end();
}

function found(detector: Detector, text: string): readonly Hit[] {
  return detect([detector], textPiece(text)).hits.filter(({ form }) => form === 'full');
}

/** What stands at the offsets of a hit. */
function textOf(hit: Hit, text: string): string {
  return Buffer.from(text).toString('utf8', hit.start, hit.end);
}

/** ASCII as its full-width forms. */
function fullWidth(text: string): string {
  return text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
}

/** Lets what counts only beside a word count, without touching the value. */
function introduced(detector: Detector, value: string): string {
  return `${detector.hints[0] ?? ''}: ${value}`;
}

/** Finds the value, and nothing but it, in a text made around it. */
function expectFound(detector: Detector, value: string, before: string, behind: string): void {
  const text = `${before}${value}${behind}`;
  const spans = found(detector, text).map((hit) => textOf(hit, text));
  expect(spans, 'hits in a made-up text').toEqual([value]);
}

export function acceptDetector(detector: Detector): void {
  describe(`${detector.id} as every detector`, () => {
    acceptExamples(detector);
    acceptPositions(detector);
    acceptSpellings(detector);
    acceptMasks(detector);
    acceptBounds(detector);
    acceptChanges(detector);
    acceptHostileText(detector);
  });
}

/** A company number takes its span and is not reported: only its judgement can be asked. */
function isReported(detector: Detector): boolean {
  return detector.kind !== 'company';
}

function acceptExamples(detector: Detector): void {
  test('the rule is complete: hints, examples of both kinds, pass rates in order', () => {
    expect(detector.id).toMatch(/^[a-z]{2,4}\.[a-z0-9-]+$/);
    expect(detector.title).not.toBe('');
    expect(detector.source ?? '', 'source').not.toBe('');
    expect(detector.hints.length).toBeGreaterThan(0);
    expect(detector.examples.yes.length).toBeGreaterThan(0);
    expect(detector.examples.no.length).toBeGreaterThan(0);
    expect(detector.passRate.proved).toBeLessThanOrEqual(detector.passRate.plausible);
  });

  test('each yes-example is found whole, each no-example not', () => {
    const engine = new Engine([detector], hasher);
    const spansIn = (value: string): string[] => {
      const spans: string[] = [];
      const bytes = Buffer.from(value);
      engine.find(bytes, { lax: false }, (candidate) => {
        if (!candidate.masked) spans.push(value.slice(candidate.start, candidate.end));
      });
      return spans;
    };
    for (const value of detector.examples.yes) expect(spansIn(value)).toContain(value);
    for (const value of detector.examples.no) expect(spansIn(value)).not.toContain(value);
  });

  test('published samples are at most low', () => {
    for (const sample of detector.samples ?? []) {
      const confidences = found(detector, introduced(detector, sample)).map(
        ({ confidence }) => confidence,
      );
      expect(confidences.filter((confidence) => confidence !== 'low')).toEqual([]);
    }
  });
}

function acceptPositions(detector: Detector): void {
  if (!isReported(detector)) return;
  const [value = ''] = detector.examples.yes;
  const hint = detector.hints[0] ?? '';

  test('found at the start, in the middle and at the end of a text', () => {
    expectFound(detector, value, '', `\n(${hint})`);
    expectFound(detector, value, `${hint}: `, ', and so on.');
    expectFound(detector, value, `so it goes\n${hint}: `, '');
  });

  test('found each time it is repeated, and counted as one person', () => {
    const lines = Array.from({ length: 5 }, () => introduced(detector, value)).join('\n');
    const detection = detect([detector], textPiece(lines));
    expect(detection.hits).toHaveLength(5);
    expect(detection.summaries[0]?.values).toHaveLength(1);
  });

  test('found under its header in a table, at least at medium', () => {
    const rows = detector.examples.yes.map((one, i) => [`${i + 1}`, one, 'x']);
    const { hits } = detect([detector], tablePiece(['#', hint, 'remark'], rows), 'medium');
    const inColumn = hits.filter(({ column }) => column !== '#' && column !== 'remark');
    expect(inColumn).toHaveLength(rows.length);
    expect(inColumn[0]?.because).toContain('hint:header');
  });
}

function acceptSpellings(detector: Detector): void {
  if (!isReported(detector)) return;
  const [value = ''] = detector.examples.yes;

  test('found between Chinese, Japanese, Korean and Thai neighbours', () => {
    for (const [before, behind] of [
      ['證號', '張先生'],
      ['番号は', 'です。'],
      ['번호는', '입니다'],
      ['เลขที่', 'ครับ'],
    ] as const) {
      expectFound(detector, value, `${detector.hints[0]} ${before}`, behind);
    }
  });

  test('found in full-width characters', () => {
    const text = introduced(detector, fullWidth(value).replaceAll(' ', '\u3000'));
    const full = detector.hints[0] ?? '';
    expect(found(detector, text).map((hit) => textOf(hit, text).length)).toEqual([
      text.length - full.length - 2,
    ]);
  });

  test('glued to letters, digits or an underscore it is no hit', () => {
    for (const text of [
      `x${value}`,
      `9${value}`,
      `_${value}`,
      `${value}x`,
      `${value}9`,
      `${value}_`,
    ]) {
      const spans = found(detector, introduced(detector, text)).map((hit) =>
        textOf(hit, introduced(detector, text)),
      );
      expect(spans).not.toContain(value);
    }
  });
}

function acceptMasks(detector: Detector): void {
  if (!isReported(detector)) return;

  test('evidence shows neither the value nor its last four characters', () => {
    for (const value of detector.examples.yes) {
      const text = introduced(detector, value);
      const tail = value.replace(/[^0-9A-Za-z]/g, '').slice(-4);
      for (const { masked } of found(detector, text)) {
        expect(masked.includes(value), 'the mask shows the value').toBe(false);
        const shown = masked.replace(/[^0-9A-Za-z]/g, '');
        expect(shown.endsWith(tail), 'the mask shows the last four').toBe(false);
      }
      const kernel = createKernel([detector], hasher);
      const shape = detector.aloneFor?.({ compact: value, shape: 0, folded: value });
      if (shape === 'none' || detector.alone === 'none') continue;
      expect(kernel.mask(`forms/${value}.pdf`).includes(value), 'mask() shows it').toBe(false);
    }
  });
}

function acceptBounds(detector: Detector): void {
  const { aloneFor, aloneAtMost } = detector;
  if (!aloneFor || aloneAtMost === undefined) return;

  test('no match is worth more alone than the bound of its shape', () => {
    const engine = new Engine([detector], hasher);
    const levels = ['none', 'low', 'medium', 'high'];
    const values = detector.examples.yes;
    for (const value of [...values, ...values.flatMap(singleDigitChanges)]) {
      engine.find(Buffer.from(value), { lax: false }, ({ masked, match }) => {
        if (masked) return;
        const most = typeof aloneAtMost === 'string' ? aloneAtMost : aloneAtMost[match.shape];
        const worth = levels.indexOf(aloneFor(match));
        expect(worth, value).toBeLessThanOrEqual(levels.indexOf(most ?? 'high'));
      });
    }
  });
}

function acceptChanges(detector: Detector): void {
  if (detector.passRate.proved >= 0.2) return;

  test('a changed digit is refused, or no more often proved than the pass rate says', () => {
    const engine = new Engine([detector], hasher);
    const isProved = (text: string): boolean => {
      let proved = false;
      engine.find(Buffer.from(text), { lax: false }, (candidate) => {
        const isWhole = candidate.end - candidate.start === text.length;
        if (isWhole && candidate.judgement === 'proved') proved = true;
      });
      return proved;
    };
    const changes = detector.examples.yes.filter(isProved).flatMap(singleDigitChanges);
    const passed = changes.filter(isProved).length;
    // Among strings that fit otherwise, a check passes with this chance; the margin is for few examples.
    const { proved, plausible } = detector.passRate;
    const expected =
      changes.length * Math.max(0.1, proved < plausible ? proved / plausible : proved);
    expect(passed).toBeLessThanOrEqual(expected + 3 * Math.sqrt(expected));
  });
}

function singleDigitChanges(value: string): string[] {
  const changes: string[] = [];
  for (let i = 0; i < value.length; i++) {
    if (!/[0-9]/.test(value.charAt(i))) continue;
    for (const digit of '0123456789') {
      if (digit !== value.charAt(i)) changes.push(value.slice(0, i) + digit + value.slice(i + 1));
    }
  }
  return changes;
}

function acceptHostileText(detector: Detector): void {
  test('a quarter of a megabyte of anything takes a bounded number of steps', () => {
    for (const unit of [
      '1',
      'A',
      ' ',
      '-',
      '1 ',
      '1-',
      'A1',
      '@',
      'a@',
      '<',
      '*',
      '1*',
      'X',
      '(',
      '12345678\n',
    ]) {
      let judgements = 0;
      const counting: Detector = {
        ...detector,
        judge(match) {
          judgements++;
          return detector.judge(match);
        },
      };
      const engine = new Engine([counting], hasher);
      const text = Buffer.from(unit.repeat(HOSTILE_BYTES / unit.length));
      engine.find(text, { lax: false }, () => {});
      expect(engine.steps / text.length, `steps a byte of "${unit}"`).toBeLessThan(STEPS_A_BYTE);
      expect(judgements / text.length).toBeLessThan(JUDGEMENTS_A_BYTE);
    }
  });
}
