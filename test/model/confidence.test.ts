import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { REASONS } from '../../src/detect/flags.ts';
import {
  CONFIDENCE_REASONS,
  explainConfidence,
  explainReason,
} from '../../src/model/confidence.ts';

const docs = readFileSync(new URL('../../docs/confidence.md', import.meta.url), 'utf8');

test('every reason that detection gives has words and a line in docs/confidence.md', () => {
  expect(Object.keys(CONFIDENCE_REASONS).sort()).toEqual([...REASONS].sort());
  for (const code of REASONS) expect(docs).toMatch(new RegExp(`^\\| \`${code}[\`:]`, 'm'));
});

test('a reason with a value is said with it', () => {
  expect(explainReason('surplus:p<1e-9')).toContain('(probability p<1e-9)');
  expect(explainReason('candidates:9')).toBe('note: 9 values are possible behind its mask');
});

test('a hit without reasons is what its form is worth', () => {
  expect(explainConfidence([])).toEqual(['its form alone is worth as much']);
});
