/** What `ajar prove` prints: a finding, a line a request group, what follows from it. */
import type { ProofResult } from '../model/ledger.ts';
import type { Proved } from './prove.ts';

const WORD: Readonly<Record<ProofResult, string>> = {
  closed: 'closed',
  open: 'OPEN',
  unknown: 'unknown',
};

/** Ends with a line break. */
export function proofTable({ record, statement, became, file }: Proved): string {
  const { finding, status } = record;
  const owner = finding.owner?.name ?? 'nobody’s';
  const rows = statement.subjects.map(({ ref, version, action, result }) => {
    const what = ref === '*' ? (action === 'list' ? 'the list' : 'the content') : `object ${ref}`;
    const old = version === null ? '' : ' (old version)';
    return `  ${`${what}${old}`.padEnd(36)} ${WORD[result]}`;
  });
  const now = became === null ? `stays ${status}` : `${status} → ${became}`;
  const requests = `${statement.exchanges.length} request${statement.exchanges.length === 1 ? '' : 's'}`;
  return [
    `${finding.id}  ${finding.asset.id}  ${finding.severity}, ${owner}`,
    ...rows,
    `  = ${WORD[statement.result]}: ${statement.because} (${requests}); ${now}`,
    `  ${file}`,
    '',
    '',
  ].join('\n');
}

export function proofSummary(counts: Readonly<Record<ProofResult, number>>): string {
  const { closed, open, unknown } = counts;
  if (closed + open + unknown === 0) return 'The store has no findings.\n';
  return `${closed} closed, ${open} open, ${unknown} unknown\n`;
}

/** One JSON line. */
export function proofLine({ record, statement, became, file }: Proved): string {
  const { finding, asset, result, because, subjects, startedAt, finishedAt } = statement;
  const line = {
    finding,
    asset,
    result,
    because,
    requests: statement.exchanges.length,
    subjects,
    was: record.status,
    became,
    startedAt,
    finishedAt,
    file,
  };
  return `${JSON.stringify(line)}\n`;
}
