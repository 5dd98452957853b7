import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadDetectors } from '../../detectors/registry.ts';
import { detectorsPage, rate } from '../../src/cli/detectorspage.ts';

const all = await loadDetectors();

test('docs/detectors.md is what the detectors say: npm run -s docs:detectors writes it', () => {
  const page = readFileSync(new URL('../../docs/detectors.md', import.meta.url), 'utf8');
  expect(page).toBe(detectorsPage(all));
});

test('every detector names its source', () => {
  expect(all.filter(({ source }) => (source ?? '') === '').map(({ id }) => id)).toEqual([]);
});

test('the pass rate is the check digit’s, with the form’s where that is weaker', () => {
  const shown = (id: string): string => {
    const one = all.find((detector) => detector.id === id);
    return one ? rate(one) : '';
  };
  expect(shown('hk.hkid')).toBe('9.1 %');
  expect(shown('kr.rrn')).toBe('0.26 % (form 1.7 %)');
  expect(shown('intl.name')).toBe('–');
});
