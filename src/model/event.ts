/** What a running scan says, in order. The consumer pulls, so back-pressure is free. */
import type { Finding } from './finding.ts';
import type { Gap } from './gap.ts';
import type { Report, ReportAsset } from './report.ts';

export interface Progress {
  readonly assetsDone: number;
  readonly assetsFound: number;
  readonly objectsRead: number;
  readonly objectsPlanned: number;
  readonly bytesRead: number;
  readonly bytesPlanned: number;
  readonly findings: number;
  readonly elapsedMs: number;
}

/** A `finding` may repeat: the last of an id holds. `report` comes last, once. */
export type ScanEvent =
  | { readonly type: 'asset'; readonly asset: ReportAsset }
  | { readonly type: 'finding'; readonly finding: Finding }
  | { readonly type: 'gap'; readonly gap: Gap }
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'report'; readonly report: Report };
