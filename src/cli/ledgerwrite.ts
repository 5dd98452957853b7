/** `ajar ledger told, assess`: what a person notes, as ledger entries. */
import { firstKnown } from '../campaign/clocks.ts';
import { RULES, regulatorIds } from '../campaign/regulators/index.ts';
import { UsageError } from '../model/errors.ts';
import type { Assessed, NewEntry, Told } from '../model/ledger.ts';
import type { Archive } from '../model/store.ts';
import { maskedWords, nearest, personOf, recordsOf } from './archive.ts';
import type { Config } from './config.ts';
import { instantText } from './entrywords.ts';
import { entriesOf } from './findingdata.ts';

const WHOM: readonly Told['whom'][] = ['owner', 'privacy-officer', 'regulator'];

export interface ToldWords {
  readonly ids: readonly string[] | undefined;
  readonly by: string | undefined;
  readonly whom: Told['whom'] | undefined;
  readonly id: string | undefined;
  readonly channel: string | undefined;
  readonly reference: string | undefined;
  readonly at: string | undefined;
}

/** The entries for all of these findings, or a UsageError and none. */
export async function toldEntries(
  archive: Archive,
  config: Config,
  words: ToldWords,
): Promise<readonly NewEntry[]> {
  const { whom } = words;
  if (whom === undefined) {
    throw new UsageError(`ledger told: needs --whom, one of ${WHOM.join(', ')}`);
  }
  const by = personOf(words);
  const id = whom === 'regulator' ? regulatorOf('--id', words.id) : departmentOf(config, words.id);
  const channel = words.channel?.trim() ?? '';
  if (!/^[\w-]{1,40}$/.test(channel)) {
    throw new UsageError(
      `--channel ${channel}: one word for how, such as mail, letter, phone or form`,
    );
  }
  const now = new Date();
  const toldAt = words.at === undefined ? undefined : instantOf(words.at, now);
  const records = await recordsOf(archive, words.ids ?? []);
  const reference = await maskedWords('--reference', words.reference, config);
  const body: Told = {
    whom,
    id,
    channel,
    reference,
    ...(toldAt === undefined ? {} : { toldAt }),
  };
  for (const { finding } of records) {
    const entries = await entriesOf(archive, finding.id);
    const known = firstKnown({ finding, entries });
    if (toldAt !== undefined && toldAt < known) {
      throw new UsageError(
        `--at ${words.at}: ${finding.id} is first known since ${instantText(known)}; nobody was told before`,
      );
    }
  }
  return records.map(({ finding }) => ({
    kind: 'told',
    subject: finding.id,
    by,
    body,
    once: null,
  }));
}

function instantOf(text: string, now: Date): string {
  const time = Date.parse(text.trim());
  if (Number.isNaN(time)) {
    throw new UsageError(`--at ${text}: is no time; write it as 2026-03-05T14:30+08:00`);
  }
  if (time > now.getTime()) throw new UsageError(`--at ${text}: lies in the future`);
  return new Date(time).toISOString();
}

/** A regulator, or one of its rules, by id. Throws UsageError with the nearest ones. */
export function regulatorOf(option: string, id: string | undefined): string {
  const known = [...new Set([...regulatorIds(), ...RULES.map((rule) => rule.id)])];
  if (id !== undefined && known.includes(id)) return id;
  const near = nearest(id ?? '', known);
  const hint = near.length > 0 ? `did you mean ${near.join(', ')}?` : 'they are listed by';
  throw new UsageError(
    `${option} ${id ?? 'is missing'}: no regulator that ajar knows; ${hint} "ajar ledger regulators"`,
  );
}

function departmentOf({ owners }: Config, id: string | undefined): string {
  const known = owners.owners.map((each) => each.id);
  if (id === undefined) throw new UsageError('ledger told: needs --id, the id of the department');
  if (known.includes(id)) return id;
  if (known.length === 0) {
    throw new UsageError(
      `--id ${id}: no departments are configured; name the owners file in ajar.yaml (owners: owners.yaml)`,
    );
  }
  const near = nearest(id, known);
  const hint = near.length > 0 ? near : known.slice(0, 5);
  throw new UsageError(
    `--id ${id}: is none of the departments; there are ${hint.join(', ')}${near.length > 0 ? ' and others' : ''}`,
  );
}

export interface AssessWords {
  readonly ids: readonly string[] | undefined;
  readonly by: string | undefined;
  readonly regulator: string | undefined;
  readonly notifiable: 'yes' | 'no' | undefined;
  readonly reason: string | undefined;
}

export async function assessEntries(
  archive: Archive,
  config: Config,
  words: AssessWords,
): Promise<readonly NewEntry[]> {
  const by = personOf(words);
  const regulator = regulatorOf('--regulator', words.regulator);
  if (words.notifiable === undefined) {
    throw new UsageError('ledger assess: needs --notifiable yes or --notifiable no');
  }
  const notifiable = words.notifiable === 'yes';
  const records = await recordsOf(archive, words.ids ?? []);
  const reason = await maskedWords('--reason', words.reason, config);
  if (!notifiable && reason === null) {
    throw new UsageError('ledger assess: --notifiable no needs --reason; it will be asked for');
  }
  const body: Assessed = { regulator, notifiable, reason };
  return records.map(({ finding }) => ({
    kind: 'finding.assessed',
    subject: finding.id,
    by,
    body,
    once: null,
  }));
}
