import { expect, test } from 'vitest';
import { LANGUAGES, type Language } from '../../src/model/language.ts';
import type { Report } from '../../src/model/report.ts';
import { renderDepartmentCsv } from '../../src/report/csv.ts';
import { renderEml } from '../../src/report/eml.ts';
import { renderHtml } from '../../src/report/html.ts';
import { renderJson } from '../../src/report/json.ts';
import { renderJunit } from '../../src/report/junit.ts';
import type { Setting } from '../../src/report/locale.ts';
import { ndjsonPieces } from '../../src/report/ndjson.ts';
import { ocsfPieces } from '../../src/report/ocsf.ts';
import { renderSarif } from '../../src/report/sarif.ts';
import { renderTable, renderUrgent } from '../../src/report/table.ts';
import { renderXlsx } from '../../src/report/xlsx.ts';
import { PLANTED, plantedReport } from '../kit/report.ts';
import { readMail, readMembers } from '../kit/report-readers.ts';

const TERMINAL = { width: 120, color: false };

type Sink = (report: Report, setting: Setting) => string | Promise<string>;

const SINKS: Readonly<Record<string, Sink>> = {
  'report.json': renderJson,
  'report.ndjson': (report, setting) => [...ndjsonPieces(report, setting)].join(''),
  'report.html': renderHtml,
  'report.sarif': renderSarif,
  'report.ocsf.ndjson': (report, setting) => [...ocsfPieces(report, setting)].join(''),
  'report.junit.xml': renderJunit,
  'report.xlsx': (report, setting) => [...readMembers(renderXlsx(report, setting)).values()].join(),
  'departments/*.csv': (report, setting) =>
    report.departments.map(({ id }) => renderDepartmentCsv(report, id, setting)).join(''),
  'departments/*.eml': async (report, setting) => {
    const mails = report.departments.map(({ id }) => renderEml(report, id, setting));
    return (await Promise.all(mails)).map((mail) => JSON.stringify(readMail(mail))).join('');
  },
  'the table': (report, setting) => renderTable(report, TERMINAL, setting),
  'the urgent list': (report, setting) => renderUrgent(report, 100, TERMINAL, setting),
};

const CASES: readonly (readonly [string, Language])[] = Object.keys(SINKS).flatMap((sink) =>
  LANGUAGES.map((language): readonly [string, Language] => [sink, language]),
);

test.each(CASES)('no raw value anywhere in %s in %s', async (sink, language) => {
  const text = (await SINKS[sink]?.(plantedReport(), { language })) ?? '';
  expect(text.length).toBeGreaterThan(0);
  for (const value of PLANTED) expect(text.includes(value)).toBe(false);
});

test('the planted values are really in the report that the sinks are given', () => {
  const text = JSON.stringify(plantedReport());
  for (const value of PLANTED) expect(text.includes(value)).toBe(true);
});
