import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { renderHtml } from '../../src/report/html.ts';
import type { Standing } from '../../src/report/locale.ts';
import {
  FINDINGS,
  GAPS,
  interruptedReport,
  largeReport,
  madeFinding,
  madeReport,
  OWNERS,
  quietReport,
} from '../kit/report.ts';

/** What stands on the page, tags and entities taken away. */
function textOf(page: string): string {
  return page
    .replace(/<(style|script)>[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#34;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
}

function meanFinding(name: string): string {
  const finding = madeFinding({
    id: 'f',
    owner: { ...OWNERS.parks, name },
    provider: 's3',
    name,
    severity: 'low',
    people: [1, 1],
    slice: name,
    because: [name],
    disagreement: name,
  });
  return renderHtml(madeReport({ findings: [finding] }));
}

test('the page loads nothing: no address in any tag but links within the page', () => {
  const page = renderHtml(madeReport());
  const addresses = [...page.matchAll(/\s(?:src|href|action|data|poster|srcset)="([^"]*)"/g)];
  expect(addresses.map((match) => match[1]).filter((each) => !each?.startsWith('#'))).toEqual([]);
  expect(page).not.toMatch(/url\(|@import|<(img|link|iframe|object|embed)\b/);
});

test('the policy allows this style sheet and this script by their hashes, and nothing else', () => {
  const page = renderHtml(madeReport());
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  for (const tag of ['style', 'script']) {
    const body = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(body).digest('base64');
    expect(policy).toContain(`${tag}-src 'sha256-${hash}'`);
  }
  expect(page).not.toMatch(/\s(style|on\w+)="/);
});

test.each(['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "'-->]]>", '&lt;b&gt;'])(
  'a name that is markup stays a name: %s',
  (name) => {
    const page = meanFinding(name);
    expect(page).not.toContain('<script>alert');
    expect(page).not.toContain('<img');
    expect(textOf(page)).toContain(name);
  },
);

test('characters that turn the reading direction are shown as such', () => {
  expect(meanFinding('report\u202Efdp.exe')).toContain('report\uFFFDfdp.exe');
});

test('the first sentence says how many people, where and who must act', () => {
  expect(textOf(renderHtml(madeReport()))).toContain(
    'Personal data of at least 48,903 people can be read without permission in 5 places, ' +
      'and perhaps in 1 more; 3 departments must act.',
  );
});

test('two parts of one bucket are one place', () => {
  const base = { owner: OWNERS.parks, provider: 's3', name: 'one', severity: 'low' } as const;
  const findings = ['a/*', 'b/*'].map((slice) =>
    madeFinding({ ...base, id: slice, slice, people: [2, 2] }),
  );
  expect(textOf(renderHtml(madeReport({ findings })))).toContain('in 1 place; 1 department');
});

test('every finding, its evidence, its commands and its deadline are on the page', () => {
  const text = textOf(renderHtml(madeReport()));
  for (const finding of FINDINGS) {
    expect(text).toContain(finding.asset.name);
    for (const step of finding.remedy) expect(text).toContain(step.command);
    for (const sample of finding.samples) expect(text).toContain(sample.masked);
    for (const because of finding.verdict.because) expect(text).toContain(because);
  }
  expect(text).toContain('the documents say closed (allowBlobPublicAccess is false)');
});

test('departments stand in order of urgency', () => {
  const page = renderHtml(madeReport());
  const names = [...page.matchAll(/<h3><bdi>([^<]*)/g)].map((match) => match[1]);
  expect(names).toEqual([
    'Civil Registry Office',
    '海角衞生局',
    'No department yet',
    '岬港湾管理局',
  ]);
});

test('a finding whose department is not in the list is on the page all the same', () => {
  const report = { ...madeReport(), departments: [] };
  expect(textOf(renderHtml(report))).toContain('registry-exports');
  expect(textOf(renderHtml(report))).toContain('Civil Registry Office');
});

test('a deadline that has passed says so', () => {
  expect(renderHtml(madeReport())).toContain('class="late">2 days overdue');
});

test('every gap is on the page, and the headline says that there are some', () => {
  const text = textOf(renderHtml(madeReport()));
  expect(text).toContain('Not everything was looked at: 3 gaps.');
  for (const gap of GAPS) expect(text).toContain(gap.detail);
});

test('gaps that were counted but not listed are told, not swallowed', () => {
  const report = madeReport();
  const coverage = { ...report.coverage, gaps: 5 };
  expect(textOf(renderHtml({ ...report, coverage }))).toContain('2 gaps more were counted');
});

test('an interrupted run says first that its figures are lower bounds', () => {
  const text = textOf(renderHtml(interruptedReport()));
  expect(text).toContain('This run did not finish. Every figure here is a lower bound');
});

test('a run that found nothing says what that allows one to say', () => {
  const text = textOf(renderHtml(quietReport()));
  expect(text).toContain('Nothing found in what was read: a sample');
  expect(text).toContain('Everything was looked at as planned.');
  expect(text).toContain('At most 0.9 % of the objects hold an identifier, at 95 %.');
});

test('a run that found nothing but has gaps never calls the place clean', () => {
  const text = textOf(renderHtml(madeReport({ findings: [] })));
  expect(text).toContain('Nothing found in what was looked at, but not everything was looked at');
  expect(text).not.toContain('Everything was looked at as planned.');
});

test('places that were looked at and hold nothing are listed with their doors', () => {
  const text = textOf(renderHtml(madeReport()));
  expect(text).toContain('parks-photos');
  expect(text).toContain('all four public access blocks are on');
});

test('2,000 findings stay under 6 MB, folded', () => {
  const page = renderHtml(largeReport(2000));
  expect(Buffer.byteLength(page)).toBeLessThan(6_000_000);
  expect(page.match(/<details class="finding"/g)).toHaveLength(2000);
  expect(page).not.toMatch(/<details class="finding"[^>]* open>/);
});

test('every anchor leads somewhere, and no id stands twice', () => {
  const page = renderHtml(madeReport());
  const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1]);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
});

test('the same report gives the same page', () => {
  expect(renderHtml(madeReport())).toBe(renderHtml(madeReport()));
});

/** What lies packed in the page, portion by portion. */
function unpacked(page: string, kind: 'portion' | 'index'): readonly string[] {
  const scripts = page.matchAll(
    new RegExp(`<script type="application/gzip" class="${kind}"[^>]*>([^<]*)<`, 'g'),
  );
  return [...scripts].map(([, text]) => gunzipSync(Buffer.from(text ?? '', 'base64')).toString());
}

test('of more than 2,000 findings most lie packed, and none is lost or doubled', () => {
  const page = renderHtml(largeReport(6000));
  const packed = unpacked(page, 'portion').join('');
  const ids = [...(page + packed).matchAll(/id="(finding-f-\d+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(6000);
  expect(ids).toHaveLength(6000);
  expect(page.match(/<details class="finding"/g)).toHaveLength(500);
});

test('the index of what lies packed names each finding in its portion', () => {
  const page = renderHtml(largeReport(3000));
  const portions = unpacked(page, 'portion').filter((text) => text.includes('class="finding"'));
  const indexes = unpacked(page, 'index').flatMap((text) => JSON.parse(text) as string[][][]);
  expect(indexes.map((rows) => rows.map(([, id]) => id))).toEqual(
    portions.map((text) => [...text.matchAll(/id="finding-([^"]+)"/g)].map(([, id]) => id)),
  );
});

test('what lies packed is escaped as well', () => {
  const base = largeReport(2500);
  const findings = base.findings.map((each) => ({ ...each, slice: '<img src=x>' }));
  const packed = unpacked(renderHtml({ ...base, findings }), 'portion').join('');
  expect(packed.includes('&lt;img src=x&gt;')).toBe(true);
  expect(packed.includes('<img')).toBe(false);
});

test('without a script the page says where the rest is', () => {
  const page = renderHtml(largeReport(3000));
  expect(page).toContain('are shown by this page’s script; without it, see departments/');
  expect(renderHtml(largeReport(1000)).includes('<noscript>')).toBe(false);
});

test('past runs are a picture, in their order, with a figure and a day each', () => {
  const history = [
    { run: 'b', at: '2025-11-20T08:00:00Z', people: 48_903, findings: 6 },
    { run: 'a', at: '2025-11-13T08:00:00Z', people: 51_200, findings: 9 },
  ];
  const page = renderHtml(madeReport(), { history });
  const labels = [...page.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text);
  expect(labels).toEqual(['51,200', '2025-11-13', '48,903', '2025-11-20']);
  expect(renderHtml(madeReport(), { history: history.slice(1) })).not.toContain('class="overtime"');
});

test('where a finding stands is on the page: by whom, when, why, until when', () => {
  const standing: Standing = {
    status: 'accepted',
    statusBy: 'chan@example.org',
    statusAt: '2025-11-21T09:00:00.000Z',
    reason: 'a test set',
    until: '2026-01-31',
  };
  const standings = new Map([['f-registry-1', standing]]);
  expect(textOf(renderHtml(madeReport(), { standings }))).toContain(
    'accepted risk, until 31 Jan 2026: a test set (by chan@example.org, 21 Nov 2025, 09:00 UTC)',
  );
});

test('a list that was not written is not pointed to', () => {
  const page = renderHtml(madeReport(), { lists: false });
  expect(page).not.toContain('departments/');
  expect(renderHtml(madeReport())).toContain('departments/registry.csv');
});
