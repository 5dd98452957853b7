/** The report: what one run found, in the shape of docs/report.schema.json. */
import type { Because, State } from './access.ts';
import type { Authorisation } from './authorisation.ts';
import type { Coverage } from './coverage.ts';
import type { Finding, Severity } from './finding.ts';
import type { Gap } from './gap.ts';
import type { Status } from './lifecycle.ts';
import type { Assignment } from './owner.ts';

export const REPORT_SCHEMA = 'ajar-report/2';

export interface RunInfo {
  readonly id: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** ISO 8601; null while it runs. */
  readonly finishedAt: string | null;
  readonly version: string;
  readonly targets: readonly string[];
  /** `interrupted`: the rest of the report is what was known by then. */
  readonly status: 'running' | 'complete' | 'interrupted';
  readonly seed: number;
  /** Of a sweep; absent or null otherwise. */
  readonly authorisation?: Authorisation | null;
}

export interface Department {
  /** Null: the orphan queue. */
  readonly id: string | null;
  readonly name: string;
  readonly contact: string | null;
  readonly assets: number;
  readonly findings: readonly string[];
  /** Distinct people over all its findings: from merged sets, never from adding. */
  readonly people: number;
  /** `people` is a lower bound, because the list is no longer the run's own: a part of it, or changed by hand. Absent: false. */
  readonly atLeast?: boolean;
  /** ISO 8601, the earliest; null without findings. */
  readonly deadline: string | null;
}

export interface ReportAsset {
  readonly id: string;
  readonly provider: string;
  readonly name: string;
  readonly url: string;
  readonly owner: string | null;
  readonly ownerReason: string;
  readonly ownerConfidence: Assignment['confidence'];
  /** Account, subscription or project; null where the provider has none or it was not learned. */
  readonly account: string | null;
  /** Tags or labels, masked. */
  readonly labels: Readonly<Record<string, string>>;
  readonly read: State;
  readonly list: State;
  readonly write: State;
  readonly because: readonly string[];
  /** The same as data, for readers of other languages; every parameter masked. Absent in reports of older runs. */
  readonly reasons?: readonly Because[];
  readonly disagreement: string | null;
}

/** What an excerpt was narrowed to; null narrows nothing. */
export interface ReportFilter {
  /** Department ids; null among them: the orphan queue. */
  readonly owners: readonly (string | null)[] | null;
  /** This severity and what is worse. */
  readonly severity: Severity | null;
  readonly statuses: readonly Status[] | null;
}

export interface Report {
  readonly schema: typeof REPORT_SCHEMA;
  /** Of an excerpt: what is not in it was left out, not missed. Absent or null: the whole report. */
  readonly filter?: ReportFilter | null;
  readonly run: RunInfo;
  readonly coverage: Coverage;
  /** Distinct people over the whole run. */
  readonly people: number;
  readonly departments: readonly Department[];
  readonly assets: readonly ReportAsset[];
  readonly findings: readonly Finding[];
  readonly gaps: readonly Gap[];
}
