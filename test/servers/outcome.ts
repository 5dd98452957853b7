/** What the server suite learned, kept until its end: one line of JSON a row, in a file that all its processes share. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

export interface Outcome {
  readonly server: string;
  readonly row: string;
  /** The verdict; from the documents alone; from the requests alone. */
  readonly verdict: string;
  readonly config: string;
  readonly probe: string;
  /** What plain requests got. */
  readonly plain: string;
  /** Why this server differs from Amazon; empty where it does not. */
  readonly why: string;
  /** Why verdict and plain requests may differ. */
  readonly named: string | undefined;
}

/** Names the file; unset outside of the server suite. */
export const OUTCOMES = 'AJAR_SERVERS_OUTCOMES';

export function note(outcome: Outcome): void {
  const file = process.env[OUTCOMES];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(outcome)}\n`);
}

export function outcomes(file: string): readonly Outcome[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Outcome);
}

/** Does what was said agree with what was got? Open must be reachable, closed must not be. */
export function agreement({ verdict, plain, named, why }: Outcome): string {
  const [, read, list] = /^read (\S+), list (\S+)$/.exec(verdict) ?? [];
  const got = [...plain.matchAll(/\d+/g)].map(Number);
  const files = got.slice(1).filter((one) => one === 200).length;
  const readFits =
    (read === 'open' && files === got.length - 1) ||
    (read === 'partly-open' && files > 0) ||
    (read === 'closed' && files === 0);
  const listFits = (list === 'open') === (got[0] === 200);
  const fits = readFits && listFits ? 'agree' : `named: ${named ?? 'NOT NAMED'}`;
  return why === '' ? fits : `${fits} (differs from Amazon: ${why})`;
}
