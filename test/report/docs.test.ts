import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderDepartmentCsv } from '../../src/report/csv.ts';
import { FILE_NAMES, FORMATS } from '../../src/report/formats.ts';
import { renderJson } from '../../src/report/json.ts';
import { madeReport, quietReport } from '../kit/report.ts';

const GUIDE = readFileSync(new URL('../../docs/report.md', import.meta.url), 'utf8');

test('the guide names every column of a department’s list, in order', () => {
  const listed = /<!-- columns.*?-->([\s\S]*?)<!-- \/columns -->/.exec(
    GUIDE.replaceAll('\r', ''),
  )?.[1];
  const columns = [...(listed ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1]);
  const head = renderDepartmentCsv(quietReport(), null).slice(1).trimEnd();
  expect(columns.join(',')).toBe(head);
});

test('the guide names every key of the report', () => {
  const section = GUIDE.slice(GUIDE.indexOf('## report.json'), GUIDE.indexOf('## report.html'));
  const rows = [...section.matchAll(/^\| `(\w+)` +\|/gm)].map((match) => match[1]);
  expect(rows).toEqual(Object.keys(JSON.parse(renderJson(madeReport())) as object));
});

test('the guide names every format with its file', () => {
  const rows = [...GUIDE.matchAll(/^\| `(\w+)` \| (?:`([^`]+)`|on the terminal) \|/gm)];
  const files: Readonly<Record<string, string>> = {
    ...FILE_NAMES,
    csv: 'departments/<id>.csv',
    eml: 'departments/<id>.eml',
  };
  const named = Object.fromEntries(rows.map(([, format = '', file = '']) => [format, file]));
  expect(Object.keys(named).sort()).toEqual([...FORMATS].sort());
  for (const format of FORMATS) expect(named[format]).toBe(files[format] ?? '');
});
