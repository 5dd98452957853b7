import ExcelJS from 'exceljs';
import { Parser } from 'htmlparser2';
import { expect, test } from 'vitest';
import { csvPieces } from '../../src/report/csv.ts';
import { renderEml } from '../../src/report/eml.ts';
import { renderHtml } from '../../src/report/html.ts';
import { renderJunit } from '../../src/report/junit.ts';
import { ndjsonPieces } from '../../src/report/ndjson.ts';
import { ocsfPieces } from '../../src/report/ocsf.ts';
import { renderSarif } from '../../src/report/sarif.ts';
import { renderTable, renderUrgent } from '../../src/report/table.ts';
import { renderXlsx } from '../../src/report/xlsx.ts';
import { HOSTILE, hostileReport } from '../kit/hostile.ts';
import { partsOf, readMail, readMembers } from '../kit/report-readers.ts';

const TEXTS = Object.entries(HOSTILE).map(([text, what]): [what: string, text: string] => [
  what,
  text,
]);
const UNSHOWN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\ufffe\uffff]/g;

/** What no person could see of it: such characters are shown as �. */
function unshown(text: string): readonly string[] {
  return text.replaceAll('\n', '').match(UNSHOWN) ?? [];
}

/** Names of the elements, with the attributes of each. */
function elementsOf(markup: string, xmlMode: boolean): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const known = found.get(name) ?? new Set<string>();
        for (const attribute of Object.keys(attributes)) known.add(attribute);
        found.set(name, known);
      },
    },
    { xmlMode },
  );
  parser.end(markup);
  return found;
}

test.each(TEXTS)('a page shows %s as text', (_, text) => {
  const page = renderHtml(hostileReport(text));
  const calm = elementsOf(renderHtml(hostileReport('calm')), false);
  const elements = elementsOf(page, false);
  expect([...elements.keys()].sort()).toEqual([...calm.keys()].sort());
  for (const [name, attributes] of elements) {
    expect([...attributes].sort()).toEqual([...(calm.get(name) ?? [])].sort());
  }
  expect(unshown(page)).toEqual([]);
});

test.each(TEXTS)('a list in CSV holds %s as text', (_, text) => {
  const rows = [...csvPieces(hostileReport(text))].slice(1).join('');
  for (const cell of rows.match(/"(?:[^"]|"")*"|[^,\r\n]+/g) ?? []) {
    expect(cell.replace(/^"/, '')).not.toMatch(/^[\s\ufffd]*[=+@＝]/);
  }
});

test.each(TEXTS)('a workbook holds %s as text, in every cell', async (_, text) => {
  const bytes = renderXlsx(hostileReport(text));
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(new Uint8Array(bytes).buffer);
  const types = new Set<number>();
  book.eachSheet((sheet) => sheet.eachRow((row) => row.eachCell((cell) => types.add(cell.type))));
  expect(types.has(ExcelJS.ValueType.Formula)).toBe(false);
  expect(types.has(ExcelJS.ValueType.Hyperlink)).toBe(false);
  for (const xml of readMembers(bytes).values()) expect(xml).not.toMatch(/<f>|externalLink/);
});

test.each(TEXTS)('a JUnit result holds %s as text', (_, text) => {
  const xml = renderJunit(hostileReport(text));
  const calm = elementsOf(renderJunit(hostileReport('calm')), true);
  expect([...elementsOf(xml, true).keys()].sort()).toEqual([...calm.keys()].sort());
  expect(xml.includes('tests="7" failures="1" errors="1" skipped="0"')).toBe(true);
  expect(unshown(xml)).toEqual([]);
});

test.each(TEXTS)('a mail keeps %s out of its head', async (_, text) => {
  const bytes = await renderEml(hostileReport(text), 'parks');
  const calm = readMail(await renderEml(hostileReport('calm'), 'parks'));
  const mail = readMail(bytes);
  expect(Object.keys(mail.headers)).toEqual(Object.keys(calm.headers));
  expect(mail.headers.to).toBe('"undisclosed-recipients":;');
  expect(mail.headers.subject).not.toMatch(/[\r\n]/);
  const [body] = partsOf(mail, 'text/html');
  expect([...elementsOf(body?.text ?? '', false).keys()]).not.toContain('script');
  expect([...elementsOf(body?.text ?? '', false).keys()]).not.toContain('img');
});

test.each(TEXTS)('a terminal is not steered by %s', (_, text) => {
  const terminal = { width: 100, color: false };
  const report = hostileReport(text);
  const shown = renderTable(report, terminal) + renderUrgent(report, 5, terminal);
  expect(unshown(shown)).toEqual([]);
});

test.each(TEXTS)('JSON for machines stays one value a line with %s', (_, text) => {
  const report = hostileReport(text);
  expect(JSON.parse(renderSarif(report)).runs[0].results).toHaveLength(1);
  const lines = [...ndjsonPieces(report), ...ocsfPieces(report)].join('').trimEnd().split('\n');
  for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
});
