import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import { LANGUAGES } from '../../src/model/language.ts';
import type { Status } from '../../src/model/lifecycle.ts';
import { renderJunit } from '../../src/report/junit.ts';
import type { Standing } from '../../src/report/locale.ts';
import { ndjsonPieces } from '../../src/report/ndjson.ts';
import { ocsfPieces } from '../../src/report/ocsf.ts';
import { assetUri, renderSarif } from '../../src/report/sarif.ts';
import { HOSTILE, hostileReport } from '../kit/hostile.ts';
import {
  FINDINGS,
  GAPS,
  interruptedReport,
  largeReport,
  madeReport,
  quietReport,
} from '../kit/report.ts';

function schema(name: string): Record<string, unknown> {
  const file = new URL(`../fixtures/schemas/${name}`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}

/** Draft 4 says `id` and knows no draft 7; nothing else in this schema differs between the two. */
function sarifValidator(): ValidateFunction {
  const { $schema: _, id: __, ...rest } = schema('sarif-2.1.0.json');
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  formats.default(ajv);
  return ajv.compile(rest);
}

function ocsfValidator(): ValidateFunction {
  return new Ajv2020({ strict: false, allErrors: true }).compile(
    schema('ocsf-1.8.0-data-security-finding.json'),
  );
}

const SARIF = sarifValidator();
const OCSF = ocsfValidator();

function standingOf(status: Status): Standing {
  const until = status === 'accepted' ? '2026-01-31' : null;
  return {
    status,
    statusBy: 'chan@example.org',
    statusAt: '2025-11-21T09:00:00.000Z',
    reason: 'known',
    until,
  };
}

const STATUSES: readonly Status[] = [
  'new',
  'acknowledged',
  'not-ours',
  'accepted',
  'fixed',
  'reopened',
];
const standings = new Map(FINDINGS.map(({ id }, i) => [id, standingOf(STATUSES[i] ?? 'open')]));

const REPORTS = [
  ['with findings', madeReport()],
  ['without findings', quietReport()],
  ['that was interrupted', interruptedReport()],
  ['of 300 findings', largeReport(300)],
  ...Object.entries(HOSTILE).map(
    ([text, what]) => [`that holds ${what}`, hostileReport(text)] as const,
  ),
] as const;

test.each(REPORTS)('SARIF of a report %s is valid by the published schema', (_, report) => {
  SARIF(JSON.parse(renderSarif(report, { standings })));
  expect(SARIF.errors).toBeNull();
});

test.each(REPORTS)('OCSF of a report %s is valid by the published schema', (_, report) => {
  for (const line of ocsfPieces(report, { standings })) {
    OCSF(JSON.parse(line));
    expect(OCSF.errors).toBeNull();
  }
});

test.each(LANGUAGES)('SARIF and OCSF are valid in %s', (language) => {
  SARIF(JSON.parse(renderSarif(madeReport(), { language, standings })));
  expect(SARIF.errors).toBeNull();
  for (const line of ocsfPieces(madeReport(), { language, standings })) {
    OCSF(JSON.parse(line));
    expect(OCSF.errors).toBeNull();
  }
});

test('the schemas refuse what is wrong', () => {
  const sarif = JSON.parse(renderSarif(madeReport()));
  sarif.runs[0].results[0].level = 'dreadful';
  expect(SARIF(sarif)).toBe(false);
  const [line] = ocsfPieces(madeReport());
  expect(OCSF({ ...JSON.parse(line ?? ''), severity_id: 17 })).toBe(false);
});

test('each finding is one result of SARIF, and each gap a notification', () => {
  const run = JSON.parse(renderSarif(madeReport())).runs[0];
  expect(run.results).toHaveLength(FINDINGS.length);
  expect(run.invocations[0].toolExecutionNotifications).toHaveLength(GAPS.length);
  expect(run.results[0].partialFingerprints).toEqual({ 'ajarFinding/v1': FINDINGS[0]?.id });
  expect(run.results[0].level).toBe('error');
});

test('an accepted risk is set aside in SARIF with who and why, and a fixed one is absent', () => {
  const { results } = JSON.parse(renderSarif(madeReport(), { standings })).runs[0];
  const states = Object.fromEntries(
    results.map((one: { partialFingerprints: Record<string, string>; baselineState: string }) => [
      one.partialFingerprints['ajarFinding/v1'],
      one.baselineState,
    ]),
  );
  expect(states['f-harbour-2']).toBe('absent');
  const accepted = results.filter((one: object) => 'suppressions' in one);
  expect(accepted).toHaveLength(1);
  expect(accepted[0].suppressions[0].justification).toBe('chan@example.org: known');
});

test.each([
  ['s3:cape/疫苗 預約', 's3:cape/%E7%96%AB%E8%8B%97%20%E9%A0%90%E7%B4%84'],
  ['gcs:a/b?c#d', 'gcs:a/b%3Fc%23d'],
  ['no scheme', 'no%20scheme'],
])('the place %s is the URI %s', (id, uri) => {
  expect(assetUri(id)).toBe(uri);
});

test('a finding that was known before updates in OCSF, and one that was proved closed closes', () => {
  const events = [...ocsfPieces(madeReport(), { standings })].map((line) => JSON.parse(line));
  const byId = new Map(events.map((event) => [event.finding_info.uid, event]));
  expect(byId.get('f-registry-1').type_uid).toBe(200601);
  expect(byId.get('f-registry-2').type_uid).toBe(200602);
  expect(byId.get('f-harbour-2')).toMatchObject({
    type_uid: 200603,
    status_id: 4,
    is_alert: false,
  });
});

test('NDJSON begins with the run and ends with the coverage, so that a cut file shows', () => {
  const types = [...ndjsonPieces(madeReport())].map((line) => JSON.parse(line).type as string);
  expect(types[0]).toBe('run');
  expect(types.at(-1)).toBe('coverage');
  expect(types.filter((type) => type === 'finding')).toHaveLength(FINDINGS.length);
});

test('JUnit counts findings as failures, gaps as errors and accepted risks as skipped', () => {
  const xml = renderJunit(madeReport(), { standings });
  const total =
    /<testsuites [^>]*tests="(\d+)" failures="(\d+)" errors="(\d+)" skipped="(\d+)"/.exec(xml);
  // Six findings, of which one is accepted and one proved closed; three gaps; four places that passed.
  expect(total?.slice(1).map(Number)).toEqual([13, 4, 3, 1]);
  expect(xml.match(/<failure /g)).toHaveLength(4);
  expect(xml.match(/<error /g)).toHaveLength(3);
});

test('a report without findings and gaps passes', () => {
  expect(renderJunit(quietReport())).toContain('tests="4" failures="0" errors="0" skipped="0"');
});
