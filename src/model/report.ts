/** The report: what one run found, in the shape of docs/report.schema.json. */
import type { State } from './access.ts';
import type { Coverage } from './coverage.ts';
import type { Finding } from './finding.ts';
import type { Gap } from './gap.ts';
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
  readonly disagreement: string | null;
}

export interface Report {
  readonly schema: typeof REPORT_SCHEMA;
  readonly run: RunInfo;
  readonly coverage: Coverage;
  /** Distinct people over the whole run. */
  readonly people: number;
  readonly departments: readonly Department[];
  readonly assets: readonly ReportAsset[];
  readonly findings: readonly Finding[];
  readonly gaps: readonly Gap[];
}
