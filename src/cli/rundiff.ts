/** What changed between two runs, on a terminal. */
import type { Finding } from '../model/finding.ts';
import type { RunDiff } from '../model/lifecycle.ts';
import type { Report } from '../model/report.ts';
import { countText } from '../report/numbers.ts';
import { hanging } from './clockwords.ts';
import { instantText } from './entrywords.ts';
import { type PlainColumn, plainTable, shortened } from './plaintable.ts';

const HEADS: readonly PlainColumn[] = [
  { head: 'FINDING', kind: 'fixed' },
  { head: 'SEVERITY', kind: 'fixed' },
  { head: 'DEPARTMENT', kind: 'text' },
  { head: 'ASSET', kind: 'text' },
  { head: 'PEOPLE', kind: 'number' },
];

function rowOf({ id, severity, owner, asset, slice, people }: Finding): readonly string[] {
  const part = slice === '*' ? '' : ` ${slice}`;
  return [
    id,
    severity,
    owner?.id ?? '(the office)',
    `${asset.id}${part}`,
    countText(people.atLeast),
  ];
}

function runText({ run }: Report): string {
  const state = run.status === 'complete' ? '' : `, ${run.status}`;
  return `${run.id} (${instantText(run.startedAt)}${state})`;
}

/** Lines of at most `width` columns. */
export function renderDiff(diff: RunDiff, before: Report, after: Report, width: number): string {
  const findings = new Map(
    [...before.findings, ...after.findings].map((finding) => [finding.id, finding]),
  );
  const table = (ids: readonly string[]): readonly string[] =>
    plainTable(
      HEADS,
      ids.flatMap((id) => {
        const finding = findings.get(id);
        return finding ? [rowOf(finding)] : [];
      }),
      width,
    );
  const sections: string[][] = [
    ['Between', ...hanging(runText(before), 2, width), ...hanging(runText(after), 2, width)],
  ];
  if (diff.added.length > 0) sections.push([`New: ${diff.added.length}`, ...table(diff.added)]);
  if (diff.gone.length > 0) {
    sections.push([
      `Gone: ${diff.gone.length}. Looked at and no longer seen; "ajar prove" makes them fixed.`,
      ...table(diff.gone),
    ]);
  }
  if (diff.unseen.length > 0) {
    const head = `Not gone: ${diff.unseen.length}. Not looked at this time, or with another department now; not fixed.`;
    const lines = diff.unseen.flatMap(({ finding, why }) => [
      shortened(`  ${finding}  ${findings.get(finding)?.asset.id ?? ''}`.trimEnd(), width),
      ...hanging(why, 6, width),
    ]);
    sections.push([head, ...lines]);
  }
  sections.push([`Still there: ${diff.still.length}`]);
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
