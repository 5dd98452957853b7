/** What every detector that looks by itself (`find`) must pass: `acceptFinder(detector)` registers the tests. */
import { describe, expect, test } from 'vitest';
import hkid from '../../detectors/hk/hkid.ts';
import type { Detector, FoundSpan, Question } from '../../src/model/detector.ts';
import { detect, tablePiece, textPiece } from './accept-detector.ts';

const HOSTILE_CHARACTERS = 2_000;
/** For one cell or window of hostile text; real ones take microseconds. */
const HOSTILE_MS = 50;

/** Asks of one cell under a header. */
export function asked(detector: Detector, text: string, header = ''): readonly FoundSpan[] {
  const question: Question = { where: 'cell', text, header, beside: null, hasName: true };
  return detector.find?.(question) ?? [];
}

export function acceptFinder(detector: Detector): void {
  describe(`${detector.id} as every finder`, () => {
    test('finds each yes-example whole in a cell, and no no-example', () => {
      for (const value of detector.examples.yes) {
        expect(asked(detector, value), value).toEqual([
          { start: 0, end: value.length, form: 'full' },
        ]);
      }
      for (const value of detector.examples.no) expect(asked(detector, value), value).toEqual([]);
    });

    test('is low under its header, medium beside an identifier, and never quoted', () => {
      const [hint = ''] = detector.hints;
      const alone = detector.examples.yes.map((value, number) => [`${number + 1}`, value]);
      const low = detect([detector], tablePiece(['#', hint], alone));
      expect(low.hits.map(({ confidence, masked }) => `${confidence} ${masked}`)).toEqual(
        alone.map(() => 'low ***'),
      );
      expect(low.summaries[0]?.samples.every(({ masked }) => masked === '***')).toBe(true);
      expect(low.persons).toHaveLength(0);
      const beside = detector.examples.yes.map((value) => ['K482913(1)', value]);
      const { hits } = detect([detector, hkid], tablePiece(['HKID', hint], beside));
      const own = hits.filter((hit) => hit.detector === detector.id);
      expect(own.map(({ confidence }) => confidence)).toEqual(beside.map(() => 'medium'));
    });

    test('alone in running text it is nothing', () => {
      const text = detector.examples.yes
        .map((value) => `${detector.hints[0]}: ${value}\n`)
        .join('');
      expect(detect([detector], textPiece(text)).hits).toEqual([]);
    });

    test('hostile text takes no longer than honest text', () => {
      for (const unit of ['1', 'A ', '中', '路1', 'Ab ', '〒', '1/', 'ア', '가', '縣市', ' ']) {
        const text = unit.repeat(HOSTILE_CHARACTERS / unit.length);
        for (const where of ['cell', 'around'] as const) {
          const start = performance.now();
          detector.find?.({ where, text, header: '', beside: null, hasName: false });
          expect(performance.now() - start, `${where} of "${unit}"`).toBeLessThan(HOSTILE_MS);
        }
      }
    });
  });
}
