/** Engines of OCR that are slow, or lack a language: what was not read is told. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Engine, findEngineBy, type Language } from '../../src/extract/engine.ts';
import { extractBytes } from '../kit/pieces.ts';

const PAGE = readFileSync(join(import.meta.dirname, 'cases', 'ocr', 'chinese.webp'));

function installed(languages: readonly Language[], read: Engine['read']): void {
  findEngineBy(async () => ({ languages, read }));
}

test('a page that OCR gave up for its time is a gap, not a blank page', async () => {
  installed(['eng', 'chi_tra'], () => Promise.reject(new Error('took too long')));
  const { cells, gaps } = await extractBytes(PAGE);
  expect(cells).toEqual([]);
  expect(gaps).toMatchObject([{ code: 'timeout' }]);
});

test('a page in a language whose data is not installed is a gap that names the packages', async () => {
  installed(['eng', 'jpn'], async () => ({ text: 'ee BRE RS 912 Rit aa SEE DRS', confidence: 20 }));
  const { gaps } = await extractBytes(PAGE);
  expect(gaps).toMatchObject([{ code: 'unsupported' }]);
  expect(gaps[0]?.detail).toContain('@tesseract.js-data/chi_tra @tesseract.js-data/chi_sim');
});

test('without OCR a picture is a gap that says how to install it', async () => {
  findEngineBy(async () => null);
  const { gaps } = await extractBytes(PAGE);
  expect(gaps).toMatchObject([{ code: 'unsupported' }]);
  expect(gaps[0]?.detail).toContain('OCR is not installed');
});
