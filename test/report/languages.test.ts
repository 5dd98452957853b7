import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadDetectors } from '../../detectors/registry.ts';
import { becauseCodes, becauseText } from '../../src/model/because.ts';
import { LANGUAGES, type Language } from '../../src/model/language.ts';
import { renderHtml } from '../../src/report/html.ts';
import { EN } from '../../src/report/languages/en.ts';
import { builtInTitle } from '../../src/report/languages/titles.ts';
import { localeOf, reasonCodes } from '../../src/report/locale.ts';
import { renderTable, renderUrgent } from '../../src/report/table.ts';
import { FINDINGS, largeReport, madeReport } from '../kit/report.ts';

const OTHERS = LANGUAGES.filter((each): each is Exclude<Language, 'en'> => each !== 'en');

/** Answers any name with itself in braces, and keeps which were asked for. */
function asking(): { params: Record<string, string>; asked: () => readonly string[] } {
  const names = new Set<string>();
  const params = new Proxy<Record<string, string>>(
    {},
    {
      get(_, name) {
        names.add(String(name));
        return `{${String(name)}}`;
      },
    },
  );
  return { params, asked: () => [...names].sort() };
}

test.each(OTHERS)('every reason of a verdict has its sentence in %s', (language) => {
  expect([...reasonCodes(language)].sort()).toEqual([...becauseCodes()].sort());
});

test.each(OTHERS)('a sentence in %s says all that the English one says', (language) => {
  const locale = localeOf({ language });
  for (const code of becauseCodes()) {
    const english = asking();
    const other = asking();
    becauseText({ code, params: english.params });
    locale.because({ code, params: other.params });
    expect([code, ...other.asked()]).toEqual([code, ...english.asked()]);
  }
});

test.each(OTHERS)('every built-in detector has a title in %s', async (language) => {
  const ids = (await loadDetectors([])).map(({ id }) => id);
  expect(ids.filter((id) => !builtInTitle(id, language))).toEqual([]);
});

test.each(OTHERS)('why objects were left out is said in %s', (language) => {
  const folder = new URL('../../src/scan/', import.meta.url);
  const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'));
  const reasons = sources.flatMap((source) => [
    ...source.matchAll(/\breason:\s*'((?:closed|not asked|contact)[^']+)'|MISSING = '([^']+)'/g),
  ]);
  expect(reasons.length).toBeGreaterThan(3);
  const known = localeOf({ language }).words.code.skip;
  const missing = reasons.map(([, a, b]) => a ?? b ?? '').filter((reason) => !known[reason]);
  expect(missing).toEqual([]);
});

/** Whole sentences and heads of the English catalogue. */
function englishTexts(value: unknown): readonly string[] {
  if (typeof value === 'string')
    return /[a-z] [a-z]/.test(value) && value.length > 11 ? [value] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(englishTexts);
}

test.each(OTHERS)('no English sentence stands on a page, a table or a list in %s', (language) => {
  const report = madeReport();
  const terminal = { width: 100, color: false };
  const shown = [
    renderHtml(report, { language }).replace(/<script>[\s\S]*<\/script>/, ''),
    renderTable(report, terminal, { language }),
    renderUrgent(report, 3, terminal, { language }),
  ].join('\n');
  const texts = englishTexts(EN).filter((text) => text !== EN.say.noRule);
  expect(texts.length).toBeGreaterThan(80);
  expect(texts.filter((text) => shown.includes(text))).toEqual([]);
});

test.each(OTHERS)(
  'the page in %s says its language, so that Han characters take their local form',
  (language) => {
    expect(renderHtml(madeReport(), { language })).toContain(`<html lang="${language}">`);
  },
);

test('a department is called as its readers call it, and by its own name where nobody said how', () => {
  const owners = { registry: { ja: '戸籍局' } };
  const japanese = renderTable(
    madeReport(),
    { width: 120, color: false },
    { language: 'ja', owners },
  );
  expect(japanese).toContain('戸籍局');
  expect(japanese).not.toContain('Civil Registry Office');
  const chinese = renderTable(
    madeReport(),
    { width: 120, color: false },
    { language: 'zh-Hant', owners },
  );
  expect(chinese).toContain('Civil Registry Office');
});

test('numbers, days and how far away they are follow the language', () => {
  const [finding] = FINDINGS;
  const asOf = '2025-11-20T12:00:00Z';
  const said = LANGUAGES.map((language) => {
    const { count, day, until, duration, bytes } = localeOf({ language }).words;
    return [
      count(31_204),
      day(finding?.deadline ?? ''),
      until(asOf, finding?.deadline ?? ''),
      duration(750_000),
      bytes(12),
    ];
  });
  expect(said).toEqual([
    ['31,204', '23 Nov 2025', 'in 3 days', '13 min', '12 bytes'],
    ['31,204', '2025年11月23日', '尚餘 3 日', '13 分鐘', '12 位元組'],
    ['31,204', '2025年11月23日', '剩余 3 天', '13 分钟', '12 字节'],
    ['31,204', '2025年11月23日', '残り3日', '13分', '12 バイト'],
  ]);
});

test('the office’s own detectors keep the title of the configuration in every language', () => {
  const titles = { 'office.staff-number': 'Staff number', 'jp.mynumber': 'Japan My Number' };
  const locale = localeOf({ language: 'ja', titles });
  expect(locale.title('office.staff-number')).toBe('Staff number');
  expect(locale.title('jp.mynumber')).toBe('個人番号（マイナンバー）');
});

test('the order of findings does not depend on the language', () => {
  const order = LANGUAGES.map((language) =>
    [...renderHtml(largeReport(40), { language }).matchAll(/id="(finding-[^"]+)"/g)].map(
      ([, id]) => id,
    ),
  );
  for (const other of order) expect(other).toEqual(order[0]);
});
