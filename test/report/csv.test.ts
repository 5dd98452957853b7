import { expect, test } from 'vitest';
import { renderDepartmentCsv } from '../../src/report/csv.ts';
import { madeFinding, madeReport, OWNERS, quietReport } from '../kit/report.ts';

/** RFC 4180, strictly: rows of cells. */
function parse(csv: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  const text = csv.slice(1);
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text);
    if (!match) throw new Error('not RFC 4180');
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '\r\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

function records(csv: string): readonly Readonly<Record<string, string>>[] {
  const [head = [], ...rows] = parse(csv);
  return rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i] ?? ''])));
}

function listOf(name: string): string {
  const finding = madeFinding({
    id: 'f',
    owner: OWNERS.parks,
    provider: 's3',
    name,
    severity: 'low',
    people: [1, 1],
  });
  return renderDepartmentCsv(madeReport({ findings: [finding] }), 'parks');
}

test('a list begins with a byte order mark, so that Excel reads Chinese and Japanese', () => {
  const csv = renderDepartmentCsv(madeReport(), 'health');
  expect(csv.codePointAt(0)).toBe(0xfeff);
  expect(records(csv)[0]).toMatchObject({ department: '海角衞生局', asset: '疫苗預約' });
});

test('every row has as many cells as the head, line breaks in cells included', () => {
  const rows = parse(renderDepartmentCsv(madeReport(), 'registry'));
  expect(rows).toHaveLength(3);
  expect(new Set(rows.map((row) => row.length)).size).toBe(1);
});

test('a row says what to close, who can read it, how many people, by when, and how to prove it', () => {
  const row = records(renderDepartmentCsv(madeReport(), 'registry'))[0];
  expect(row).toMatchObject({
    asset: 'registry-exports',
    deadline: '2025-11-23T08:00:00.000Z',
    'people at least': '31204',
    'people at most': '31204',
    'exposed since': '2023-04-02T10:15:00.000Z',
  });
  expect(row?.['who can read it']).toContain('Anyone on the internet');
  expect(row?.['commands to close it']).toContain('aws s3api put-public-access-block');
  expect(row?.['what lies there']).toContain('hk.hkid: 31204');
  expect(row?.['samples (masked)']).toContain('A12****(*)');
  expect(row?.proof).toContain('curl -sI "https://');
});

test('findings that are nobody’s are a list of their own', () => {
  const rows = records(renderDepartmentCsv(madeReport(), null));
  expect(rows.map((row) => row.asset)).toEqual(['tmp-migration-2019']);
});

test('a department without findings gets the head row only', () => {
  expect(records(renderDepartmentCsv(quietReport(), 'registry'))).toEqual([]);
});

test.each(['=HYPERLINK("x")', '+1', '-1', '@SUM(1)', '\t=1', ' =1', '\uff1d1', '\u0000=1'])(
  'a name that a spreadsheet would run as a formula becomes text: %j',
  (name) => {
    expect(records(listOf(name))[0]?.asset).toMatch(/^'/);
  },
);

test.each([
  ['quotes and commas', 'a "b", c'],
  ['line breaks', 'a\nb'],
])('%s in a name come back as they were', (_, name) => {
  expect(records(listOf(name))[0]?.asset).toBe(name);
});

test('titles of detectors stand in place of their ids', () => {
  const csv = renderDepartmentCsv(madeReport(), 'harbour', {
    titles: { 'jp.mynumber': 'Japan My Number' },
  });
  expect(records(csv)[0]?.['what lies there']).toContain('Japan My Number: 140');
});
