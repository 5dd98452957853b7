/** What `ajar prove` prints: a finding, a line a request group, what follows from it. */
import type { ProofResult } from '../model/ledger.ts';
import { oneLine } from '../model/plain.ts';
import { counted } from '../report/numbers.ts';
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
  const rows = groupsOf(statement).map(
    ([what, result]) => `  ${what.padEnd(WIDTH)} ${WORD[result]}`,
  );
  const now = became === null ? `stays ${status}` : `${status} → ${became}`;
  const requests = counted(statement.exchanges.length, 'request', 'requests');
  return [
    `${finding.id}  ${finding.asset.id}  ${finding.severity}, ${owner}`,
    ...rows,
    `  = ${WORD[statement.result]}: ${statement.because} (${requests}); ${now}`,
    `  ${file}`,
    '',
    '',
  ]
    .map(oneLine)
    .join('\n');
}

/** Columns of what was asked. */
const WIDTH = 42;
/** Objects of one result that are named one by one. */
const NAMED = 3;

type Group = readonly [what: string, result: ProofResult];

/** A line a request group; many objects with the same answer share one. */
function groupsOf({ subjects }: Proved['statement']): readonly Group[] {
  const whole = subjects
    .filter(({ ref }) => ref === '*')
    .map(({ action, result }): Group => [action === 'list' ? 'the list' : 'the content', result]);
  const objects = Map.groupBy(
    subjects.filter(({ ref }) => ref !== '*'),
    ({ result }) => result,
  );
  return [...whole, ...[...objects].flatMap(([result, those]) => objectGroups(result, those))];
}

function objectGroups(
  result: ProofResult,
  those: Proved['statement']['subjects'],
): readonly Group[] {
  const named = those.length > NAMED + 1 ? those.slice(0, NAMED) : those;
  const rest = those.length - named.length;
  return [
    ...named.map(({ ref, version }): Group => {
      const old = version === null ? '' : ' (old version)';
      return [`object ${ref}${old}`, result];
    }),
    ...(rest > 0 ? [[`and ${rest} more objects`, result] as const] : []),
  ];
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
