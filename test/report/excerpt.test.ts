import { expect, test } from 'vitest';
import type { ReportFilter } from '../../src/model/report.ts';
import { excerptOf } from '../../src/report/excerpt.ts';
import { renderHtml } from '../../src/report/html.ts';
import { renderJson } from '../../src/report/json.ts';
import type { Standing } from '../../src/report/locale.ts';
import { renderTable } from '../../src/report/table.ts';
import { FINDINGS, madeReport } from '../kit/report.ts';

const ALL: ReportFilter = { owners: null, severity: null, statuses: null };

test('an excerpt of a department holds its places, gaps and figures, and nobody else’s', () => {
  const part = excerptOf(madeReport(), { ...ALL, owners: ['health'] });
  expect(part.findings.map(({ id }) => id)).toEqual(['f-health-1']);
  expect(part.assets.map(({ owner }) => owner)).toEqual(['health', 'health', 'health']);
  expect(part.gaps.map(({ asset }) => asset)).toEqual(['azure-blob:cape/health-labs']);
  expect(part.people).toBe(16_870);
  expect(part.coverage.assetsFound).toBe(3);
  const text = renderJson(part) + renderHtml(part);
  expect(text).not.toMatch(/registry|harbour|parks/);
});

test('null among the departments is nobody’s', () => {
  const part = excerptOf(madeReport(), { ...ALL, owners: [null] });
  expect(part.findings.map(({ id }) => id)).toEqual(['f-orphan-1']);
});

test('from a severity on, what is worse is there too', () => {
  const part = excerptOf(madeReport(), { ...ALL, severity: 'high' });
  const levels = new Set(part.findings.map(({ severity }) => severity));
  expect([...levels].sort()).toEqual(['critical', 'high']);
});

test('a status that nobody has kept is no match', () => {
  const standing: Standing = {
    status: 'accepted',
    statusBy: 'chan',
    statusAt: '2025-11-21T09:00:00.000Z',
    reason: null,
    until: null,
  };
  const standings = new Map([['f-harbour-1', standing]]);
  const part = excerptOf(madeReport(), { ...ALL, statuses: ['accepted'] }, standings);
  expect(part.findings.map(({ id }) => id)).toEqual(['f-harbour-1']);
});

test('a place whose findings were left out does not stand among those where nothing was found', () => {
  const page = renderHtml(excerptOf(madeReport(), { ...ALL, severity: 'critical' }));
  expect(page).not.toContain('registry-scans</bdi><br>');
  expect(page).toContain('parks-photos</bdi><br>');
});

test('people of a part of a department are a lower bound, never a sum', () => {
  const part = excerptOf(madeReport(), { ...ALL, severity: 'critical' });
  const most = Math.max(
    ...FINDINGS.filter(({ severity }) => severity === 'critical').map(
      ({ people }) => people.atLeast,
    ),
  );
  expect(part.people).toBe(most);
  const registry = part.departments.find(({ id }) => id === 'registry');
  expect([registry?.people, registry?.atLeast]).toEqual([31_204, false]);
  const both = excerptOf(madeReport(), { ...ALL, severity: 'high' });
  const health = both.departments.find(({ id }) => id === 'health');
  expect([health?.people, health?.atLeast]).toEqual([16_870, false]);
  expect(renderTable(part, { width: 100, color: false })).toContain('At least 31,204 people');
});

test('an excerpt says on top what it was narrowed to', () => {
  const part = excerptOf(madeReport(), { ...ALL, owners: ['registry'], severity: 'high' });
  const sentence = 'This is an excerpt: only Civil Registry Office; severity high and above.';
  expect(renderTable(part, { width: 120, color: false })).toContain(sentence);
  expect(renderHtml(part)).toContain(sentence);
  expect(JSON.parse(renderJson(part)).filter).toEqual({
    owners: ['registry'],
    severity: 'high',
    statuses: null,
  });
});

test('a whole report says that it is one', () => {
  expect(JSON.parse(renderJson(madeReport())).filter).toBeNull();
});
