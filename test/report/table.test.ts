import { expect, test } from 'vitest';
import { renderTable, renderUrgent } from '../../src/report/table.ts';
import { columns } from '../../src/report/text.ts';
import { interruptedReport, madeFinding, madeReport, OWNERS, quietReport } from '../kit/report.ts';

const WIDE = { width: 100, color: false };

test.each([40, 60, 80, 120])('no line of the table is wider than %i columns', (width) => {
  const lines = renderTable(madeReport(), { width, color: false }).split('\n');
  for (const line of lines) expect(columns(line)).toBeLessThanOrEqual(width);
});

test('columns stand under each other whatever the script of a name', () => {
  const lines = renderTable(madeReport(), WIDE).split('\n');
  const at = (name: string): number => {
    const line = lines.find((each) => each.startsWith(name)) ?? '';
    return columns(line.slice(0, line.search(/critical|medium/)));
  };
  expect(at('海角衞生局')).toBe(at('Civil Registry Office'));
  expect(at('岬港湾管理局')).toBe(at('Civil Registry Office'));
});

test('no figure is cut on a narrow terminal', () => {
  const text = renderTable(madeReport(), { width: 40, color: false });
  expect(text).toContain('32,016');
  expect(text.replace(/\s+/g, ' ')).toContain('23 Nov 2025 (in 3 days)');
});

test('colour only where it is wanted', () => {
  expect(renderTable(madeReport(), WIDE)).not.toContain('\u001b');
  expect(renderTable(madeReport(), { ...WIDE, color: true })).toContain('\u001b[');
});

test('a name cannot move the cursor or recolour the screen', () => {
  const finding = madeFinding({
    id: 'f',
    owner: { ...OWNERS.parks, name: 'Parks\u001b[2J\u202E' },
    provider: 's3',
    name: 'bucket\u001b]0;owned\u0007\nsecond line',
    severity: 'low',
    people: [1, 1],
  });
  const report = madeReport({ findings: [finding] });
  const departments = report.departments.map((each) => ({ ...each, name: 'Parks\u001b[2J' }));
  const text = renderTable({ ...report, departments }, WIDE) + renderUrgent(report, 1, WIDE);
  expect(text).not.toMatch(/[\u001b\u0007\u202e]/);
  expect(text).not.toMatch(/^second line/m);
});

test('an interrupted run says so', () => {
  expect(renderTable(interruptedReport(), WIDE)).toContain('The run was interrupted');
});

test('gaps and doors that nobody could judge are named under the table', () => {
  const text = renderTable(madeReport(), WIDE);
  expect(text).toContain('3 gaps: something was not looked at');
  expect(text).toContain('2 assets could not be judged; unknown is not closed.');
});

test('nothing found is said of what was read only', () => {
  expect(renderTable(quietReport(), WIDE)).toContain('Nothing found in what was read: a sample');
});

test('the most urgent findings come with reader, people, deadline and the first command', () => {
  const text = renderUrgent(madeReport(), 1, { width: 200, color: false });
  expect(text.split('\n').slice(0, 3)).toEqual([
    'CRITICAL  Civil Registry Office: s3 registry-exports',
    '  Anyone on the internet, without a password; the list of files is open too. ' +
      '31,204 people: hk.hkid and intl.email. Close it by 23 Nov 2025, in 3 days.',
    '  $ aws s3api put-public-access-block --bucket registry-exports ' +
      '--public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,' +
      'BlockPublicPolicy=true,RestrictPublicBuckets=true',
  ]);
});

test('what does not fit among the most urgent is counted', () => {
  expect(renderUrgent(madeReport(), 2, WIDE)).toContain('… and 4 more');
});

test('a command is never cut, however narrow the terminal', () => {
  const text = renderUrgent(madeReport(), 1, { width: 40, color: false });
  expect(text).toContain('BlockPublicPolicy=true,RestrictPublicBuckets=true\n');
});

test('nothing urgent is nothing to print', () => {
  expect(renderUrgent(quietReport(), 5, WIDE)).toBe('');
});
