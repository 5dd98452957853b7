/** What each file of the evidence is, for whoever gets it without knowing ajar. */
import { oneLine } from '../../model/plain.ts';
import type { Report } from '../../model/report.ts';
import type { TargetLine } from './evidence.ts';

export interface ReadmeFacts {
  readonly requests: number;
  readonly targets: readonly TargetLine[];
}

/** No character of the text begins markup. */
function cell(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]<>|#]/g, '\\$&');
}

export function readme(report: Report, { requests, targets }: ReadmeFacts): string {
  const { run, findings, gaps, people } = report;
  const { authorisation } = run;
  const outcome = (which: TargetLine['outcome']): number =>
    targets.filter((target) => target.outcome === which).length;
  const allowed = authorisation
    ? [
        `- by: ${cell(authorisation.by)}`,
        `- reference: ${cell(authorisation.reference)}`,
        `- until: ${cell(authorisation.until)}`,
        `- hosts: ${authorisation.hosts.map(cell).join(', ')}`,
      ]
    : [];
  return `# Evidence of a sweep

Run ${run.id}, from ${run.startedAt} to ${run.finishedAt ?? '(not finished)'}, by ajar ${run.version}${run.status === 'interrupted' ? '. It was stopped: everything below is what was known by then' : ''}.

- ${findings.length} findings with ${people} people, ${gaps.length} places that could not be looked at
- ${requests} requests, none with a credential: GET and HEAD only
- places of the list, and those derived from them: ${outcome('asked')} asked, ${outcome('not there')} not there, ${outcome('outside the authorisation')} outside the authorisation and not asked

Authorised

${allowed.join('\n')}

| file | what it is |
| --- | --- |
| report/report.html | the report, to read and to print |
| report/report.json | the same for programs (schema ${report.schema}) |
| report/departments/ | a list for each department with findings |
| requests.ndjson | each request as it was made: method, address, time, status, SHA-256 and number of the bytes of the answer that were read, error; one JSON value a line. The answers themselves were not kept |
| samples.ndjson | what was found, masked: at least 10,000 values remain possible behind each |
| targets.ndjson | each place of the list, what it was taken for, and what became of it |
| ledger.ndjson | the ledger of this store, chained by SHA-256: who knew what when |
| statement.json | the signed statement: authorisation, findings, and the SHA-256 of the files above |
| SHA256SUMS | for "sha256sum -c SHA256SUMS" |

Identifiers in addresses, places and errors are masked. "ajar locate K-…" prints the object's name behind a reference where the store and the key file of this sweep are. "ajar prove F-…" repeats the requests of a finding, "ajar prove --verify statement.json" checks the signature. The times are those of the machine that asked; the signature does not prove them.
`;
}
