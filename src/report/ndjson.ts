/**
 * `report.ndjson`: the report as one JSON object a line, for programs that read as it comes.
 *
 * Each line has a `type`: first `run`, then `department`, `asset`, `finding` and `gap` in the order
 * of report.json, whose fields they have, and last `coverage`, so that a file that was cut short
 * is known by its lack.
 */
import type { Report } from '../model/report.ts';
import { byUrgency, compare, groupsOf } from './figures.ts';
import {
  assetFields,
  coverageFields,
  departmentFields,
  filterFields,
  findingFields,
  gapFields,
  runFields,
} from './json.ts';
import { localeOf, type Setting, type Standing } from './locale.ts';

/** One line each; `standing` of a finding is null where nobody has kept one. */
export function* ndjsonPieces(report: Report, setting: Setting = {}): Generator<string> {
  const { standings } = localeOf(setting);
  const filter = filterFields(report.filter ?? null);
  yield line({ type: 'run', schema: report.schema, filter, run: runFields(report.run) });
  for (const { department } of groupsOf(report)) {
    yield line({ type: 'department', department: departmentFields(department) });
  }
  for (const asset of [...report.assets].sort((a, b) => compare(a.id, b.id))) {
    yield line({ type: 'asset', asset: assetFields(asset) });
  }
  for (const finding of [...report.findings].sort(byUrgency)) {
    const standing = standingFields(standings.get(finding.id));
    yield line({ type: 'finding', finding: findingFields(finding), standing });
  }
  for (const gap of report.gaps) yield line({ type: 'gap', gap: gapFields(gap) });
  const coverage = coverageFields(report.coverage);
  yield line({ type: 'coverage', people: report.people, coverage });
}

function standingFields(standing: Standing | undefined): Standing | null {
  if (!standing) return null;
  const { status, statusBy, statusAt, reason, until } = standing;
  return { status, statusBy, statusAt, reason, until };
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
