/** What a sweep says on stdout: a line a finding as it comes, one of figures at the end. */
import type { Finding } from '../../model/finding.ts';
import { oneLine } from '../../model/plain.ts';
import type { Report } from '../../model/report.ts';
import { counted, countText } from '../../report/numbers.ts';

/** `CRITICAL  s3:aws/lands-data  120 people  data since 2024-01-02  F-…`. */
export function findingLine({ severity, asset, people, since, id, slice }: Finding): string {
  const { atLeast, atMost } = people;
  const from = atLeast === atMost ? '' : `${countText(atLeast)}–`;
  const count = atMost === 1 ? '1 person' : `${from}${countText(atMost)} people`;
  const part = slice === '*' ? '' : ` ${slice}`;
  const when = since === null ? '' : `  data since ${since.slice(0, 10)}`;
  return oneLine(`${severity.toUpperCase().padEnd(8)}  ${asset.id}${part}  ${count}${when}  ${id}`);
}

export function summaryLine({ findings, people, gaps, run }: Report): string {
  const stopped = run.status === 'interrupted' ? ', stopped before the end' : '';
  const parts = [
    counted(findings.length, 'finding', 'findings'),
    counted(people, 'person', 'people'),
    counted(gaps.length, 'place not looked at', 'places not looked at'),
  ];
  return `${parts.join(', ')}${stopped}`;
}
