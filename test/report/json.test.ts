import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { excerptOf } from '../../src/report/excerpt.ts';
import { renderJson } from '../../src/report/json.ts';
import {
  FINDINGS,
  interruptedReport,
  largeReport,
  madeReport,
  plantedReport,
  quietReport,
} from '../kit/report.ts';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly description?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const SCHEMA = JSON.parse(
  readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8'),
) as Schema;

function validator(): ValidateFunction {
  const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
  return new Ajv2020({ allErrors: true, formats: { 'date-time': instant } }).compile(SCHEMA);
}

/** `findings[].asset.id`: every key that occurs, arrays as one. */
function pathsOf(value: unknown, at = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((each) => pathsOf(each, `${at}[]`));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = at === '' ? key : `${at}.${key}`;
    // A reason's parameters are named by its code and labels by their owner, not by the schema.
    return [path, ...(key === 'params' || key === 'labels' ? [] : pathsOf(inner, path))];
  });
}

function pathsOfSchema(schema: Schema, at = ''): readonly string[] {
  const name = schema.$ref?.replace('#/$defs/', '');
  const target = name === undefined ? schema : (SCHEMA.$defs?.[name] ?? schema);
  const own = Object.entries(target.properties ?? {}).flatMap(([key, inner]) => {
    const path = at === '' ? key : `${at}.${key}`;
    return [path, ...pathsOfSchema(inner, path)];
  });
  const items = target.items ? pathsOfSchema(target.items, `${at}[]`) : [];
  const choices = (target.oneOf ?? []).flatMap((choice) => pathsOfSchema(choice, at));
  return [...own, ...items, ...choices];
}

test.each([
  ['with findings', madeReport()],
  ['without findings', quietReport()],
  ['interrupted', interruptedReport()],
  ['still running', madeReport({ status: 'running' })],
  ['of 2,000 findings', largeReport(2000)],
])('a report %s is valid by the schema', (_, report) => {
  const validate = validator();
  validate(JSON.parse(renderJson(report)));
  expect(validate.errors).toBeNull();
});

test('the schema describes exactly the keys that are written', () => {
  const excerpt = excerptOf(madeReport(), { owners: null, severity: 'low', statuses: null });
  const hosts = ['*.example.org'];
  const authorisation = { by: 'CIO', reference: 'CIO/7', until: '2027-01-31', hosts };
  const run = { ...excerpt.run, authorisation };
  const written = new Set(pathsOf(JSON.parse(renderJson({ ...excerpt, run }))));
  expect([...new Set(pathsOfSchema(SCHEMA))].sort()).toEqual([...written].sort());
});

test('every key of the schema is required and explained', () => {
  const objects = Object.values(SCHEMA.$defs ?? {}).filter((each) => each.properties);
  for (const each of [SCHEMA, ...objects]) {
    expect(each.required).toEqual(Object.keys(each.properties ?? {}));
    expect(each.description).not.toBe('');
  }
});

test('a key that the contract does not know is refused by the schema', () => {
  const validate = validator();
  expect(validate({ ...JSON.parse(renderJson(madeReport())), extra: 1 })).toBe(false);
});

test('the same content in another order gives the same file', () => {
  const report = madeReport();
  const shuffled = {
    ...report,
    findings: [...report.findings].reverse(),
    assets: [...report.assets].reverse(),
    gaps: [...report.gaps].reverse(),
    departments: [...report.departments].reverse(),
    coverage: { ...report.coverage, assets: [...report.coverage.assets].reverse() },
  };
  expect(renderJson(shuffled)).toBe(renderJson(report));
});

test('the most urgent finding stands first', () => {
  const { findings } = JSON.parse(renderJson(madeReport())) as { findings: { id: string }[] };
  expect(findings.map((finding) => finding.id)).toEqual([
    'f-registry-1',
    'f-health-1',
    'f-orphan-1',
    'f-registry-2',
    'f-harbour-1',
    'f-harbour-2',
  ]);
  expect(findings).toHaveLength(FINDINGS.length);
});

test('what hangs on the objects beside the contract is not written', () => {
  expect(renderJson(plantedReport())).toBe(renderJson(madeReport()));
});
