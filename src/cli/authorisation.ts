/** The authorisation of a sweep, as ajar.yaml holds it: without one, or after its last day, nothing is asked. */
import * as v from 'valibot';
import type { Authorisation } from '../model/authorisation.ts';
import { UsageError } from '../model/errors.ts';

const text = v.pipe(v.string(), v.trim(), v.nonEmpty('a text'));
const pattern = v.pipe(
  text,
  v.regex(
    /^(?!\*+$)[\w.*-]+(?::\d{1,5})?$|^\[[0-9a-f:]+\](?::\d{1,5})?$/i,
    'a host, host:port or pattern such as *.example.org (not * alone)',
  ),
);

export const AUTHORISATION: v.GenericSchema<unknown, Authorisation> = v.strictObject({
  by: text,
  reference: text,
  until: v.pipe(
    text,
    v.check((day) => endOf(day) !== null, 'a day such as 2027-03-31'),
  ),
  hosts: v.pipe(v.array(pattern), v.minLength(1, 'at least one host')),
});

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The instant after which it holds no more: a day counts to its end, by this machine's time zone. */
function endOf(until: string): Date | null {
  const day = DAY.exec(until);
  if (!day) {
    const instant = /^\d{4}-\d{2}-\d{2}T/.test(until) ? new Date(until) : null;
    return instant && !Number.isNaN(instant.getTime()) ? instant : null;
  }
  const [year, month, date] = day.slice(1).map(Number) as [number, number, number];
  const end = new Date(year, month - 1, date + 1);
  // 2027-02-31 is no day.
  return new Date(year, month - 1, date).getDate() === date && month <= 12 ? end : null;
}

const BLOCK = `authorisation:
  by: "Name and office of who allows it"
  reference: "File number or mandate"
  until: 2027-03-31
  hosts:                     # what may be asked; * is any run of characters
    - "*.example.org"
    - "lands-*.s3.*.amazonaws.com"`;

/** The authorisation that holds now. Throws UsageError, with the block to write, where there is none. */
export function authorised(
  authorisation: Authorisation | null,
  file: string,
  now: Date = new Date(),
): Authorisation {
  if (authorisation === null) {
    throw new UsageError(
      `sweep: looks at places from outside and therefore needs an authorisation; have it given, and write into ${file}:\n\n${BLOCK}\n`,
    );
  }
  const end = endOf(authorisation.until);
  if (end === null || end.getTime() <= now.getTime()) {
    throw new UsageError(
      `sweep: the authorisation ${authorisation.reference} ended on ${authorisation.until}; have it renewed and change "until" in ${file}`,
    );
  }
  return authorisation;
}
