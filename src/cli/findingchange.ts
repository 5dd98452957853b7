/** `ajar findings ack, not-ours, accept, reopen, assign`: what a person says, as ledger entries. */
import { changeStatus, giveTo, reopen } from '../campaign/lifecycle.ts';
import { UsageError } from '../model/errors.ts';
import type { NewEntry } from '../model/ledger.ts';
import type { FindingRecord, Status } from '../model/lifecycle.ts';
import type { Archive } from '../model/store.ts';
import { maskedWords, nearest, personOf, recordsOf } from './archive.ts';
import type { Config } from './config.ts';
import { parseDays } from './yaml.ts';

export interface ChangeWords {
  readonly ids: readonly string[] | undefined;
  readonly by: string | undefined;
  readonly reason: string | undefined;
  readonly until: string | undefined;
  readonly owner: string | undefined;
}

const STATUS: Readonly<Record<string, Status>> = {
  ack: 'acknowledged',
  'not-ours': 'not-ours',
  accept: 'accepted',
};

const DAY_MS = 86_400_000;

/** `2027-03-31` → the end of that day in UTC, `90d` → that many days from now; else as it is. */
export function untilOf(text: string, now: Date): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text.trim())) {
    const end = new Date(`${text.trim()}T23:59:59.999Z`);
    return Number.isNaN(end.getTime()) ? text : end.toISOString();
  }
  const days = /[dD]/.test(text) ? parseDays(text) : undefined;
  return days === undefined ? text : new Date(now.getTime() + days * DAY_MS).toISOString();
}

/** The entries for all of these findings, or a UsageError and none. */
export async function changesOf(
  archive: Archive,
  config: Config,
  command: string,
  words: ChangeWords,
): Promise<readonly { record: FindingRecord; entry: NewEntry }[]> {
  const now = new Date();
  const by = personOf(words);
  const owner = command === 'assign' ? ownerOf(config, words.owner) : null;
  const until = words.until === undefined ? null : untilOf(words.until, now);
  const records = await recordsOf(archive, words.ids ?? []);
  const reason = await maskedWords('--reason', words.reason, config);
  const options = { by, reason, until, now };
  return records.map((record) => {
    const to = STATUS[command];
    if (to !== undefined) return { record, entry: changeStatus(record, to, options) };
    const entry = owner === null ? reopen(record, options) : giveTo(record, owner, options);
    return { record, entry };
  });
}

function ownerOf({ owners }: Config, id: string | undefined): string {
  if (id === undefined) {
    throw new UsageError('findings assign: needs --owner, the id of a department in owners.yaml');
  }
  const known = owners.owners.map((each) => each.id);
  if (known.includes(id)) return id;
  const near = nearest(id, known);
  const some = near.length > 0 ? near : known.slice(0, 5);
  const hint =
    known.length === 0
      ? 'no owners file is configured (owners: in ajar.yaml)'
      : `did you mean ${some.join(', ')}?`;
  throw new UsageError(`--owner ${id}: is none of the departments; ${hint}`);
}
