/** Made-up records of the store, for tests of what comes after a scan. */
import type { Finding } from '../../src/model/finding.ts';
import type { FindingRecord, Status } from '../../src/model/lifecycle.ts';

/** A finding as an earlier run left it. */
export function madeRecord(
  finding: Finding,
  status: Status = 'open',
  over: Partial<FindingRecord> = {},
): FindingRecord {
  return {
    finding,
    firstRun: 'run-first',
    lastRun: 'run-before',
    lastSeen: '2025-11-13T08:00:00.000Z',
    status,
    statusBy: 'ajar',
    statusAt: '2025-11-13T08:00:00.000Z',
    reason: null,
    until: null,
    ...over,
  };
}
