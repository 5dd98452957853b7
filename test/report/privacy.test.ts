import { expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { renderDepartmentCsv } from '../../src/report/csv.ts';
import { renderHtml } from '../../src/report/html.ts';
import { renderJson } from '../../src/report/json.ts';
import { renderTable, renderUrgent } from '../../src/report/table.ts';
import { PLANTED, plantedReport } from '../kit/report.ts';

const TERMINAL = { width: 120, color: false };

const SINKS: readonly (readonly [string, (report: Report) => string])[] = [
  ['report.json', renderJson],
  ['report.html', renderHtml],
  ['departments/*.csv', allLists],
  ['the table', (report) => renderTable(report, TERMINAL)],
  ['the urgent list', (report) => renderUrgent(report, 100, TERMINAL)],
];

function allLists(report: Report): string {
  return report.departments.map(({ id }) => renderDepartmentCsv(report, id)).join('');
}

test.each(SINKS)('no raw value anywhere in %s', (_, render) => {
  const text = render(plantedReport());
  expect(text.length).toBeGreaterThan(0);
  for (const value of PLANTED) expect(text.includes(value)).toBe(false);
});

test('the planted values are really in the report that the sinks are given', () => {
  const text = JSON.stringify(plantedReport());
  for (const value of PLANTED) expect(text.includes(value)).toBe(true);
});
