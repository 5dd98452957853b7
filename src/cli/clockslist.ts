/** `ajar ledger clocks`: all clocks of all findings, the most pressing first. */
import { clocksFor, movedFrom } from '../campaign/clocks.ts';
import type { Clock, ClockState } from '../model/clock.ts';
import type { Entry, EntryKind } from '../model/ledger.ts';
import { responsibleFor } from '../model/lifecycle.ts';
import type { OpenArchive } from './archive.ts';
import { stateText } from './clockwords.ts';
import { instantText } from './entrywords.ts';
import { inTime } from './findingdata.ts';
import { type PlainColumn, plainTable } from './plaintable.ts';

export interface ListedClock {
  readonly finding: string;
  /** Department id; null: the office. */
  readonly department: string | null;
  readonly clock: Clock;
}

const KINDS: readonly EntryKind[] = ['finding.seen', 'finding.assessed', 'told'];
const PRESSING: readonly ClockState[] = ['late', 'due', 'at-once', 'running'];

/** Of what still has to be told, or of all; a finding that is fixed still has to be told. */
export async function listedClocks(
  { archive, config }: OpenArchive,
  regulator: string | undefined,
  all: boolean,
  now: Date,
): Promise<readonly ListedClock[]> {
  const entries = new Map<string, Entry[]>();
  for await (const entry of archive.entries({ kinds: KINDS })) {
    const own = entries.get(entry.subject);
    if (own) own.push(entry);
    else entries.set(entry.subject, [entry]);
  }
  const withPast = (id: string, asked: ReadonlySet<string> = new Set()): readonly Entry[] => {
    const own = entries.get(id) ?? [];
    const past = movedFrom(own).filter((each) => each !== id && !asked.has(each));
    const met = new Set([...asked, id]);
    return past.length === 0
      ? own
      : [...past.flatMap((each) => withPast(each, met)), ...own].toSorted(inTime);
  };
  const departments = (await archive.report('latest'))?.departments ?? [];
  const people = new Map(departments.map((each) => [each.id, each.people]));
  const owners = new Map(config.owners.owners.map((owner) => [owner.id, owner]));
  const found: ListedClock[] = [];
  for await (const record of archive.records()) {
    // The finding that it moved to has the clock.
    if (record.status === 'moved') continue;
    const { finding } = record;
    const department = responsibleFor(record);
    const clocks = clocksFor({
      finding,
      owner: owners.get(department ?? '') ?? null,
      entries: withPast(finding.id),
      now,
      together: people.get(finding.owner?.id ?? null),
    });
    for (const clock of clocks) {
      const meant = [undefined, clock.rule.id, clock.rule.regulator].includes(regulator);
      if (meant && (all || isPressing(clock)))
        found.push({ finding: finding.id, department, clock });
    }
  }
  return found.sort(byPressure);
}

function isPressing({ state, applies, rule }: Clock): boolean {
  return PRESSING.includes(state) && applies !== 'not-met' && rule.duty !== 'none';
}

function rank({ clock }: ListedClock): number {
  const state = PRESSING.indexOf(clock.state);
  const sure = clock.applies === 'met' ? 0 : 1;
  return (state < 0 ? PRESSING.length : state) * 2 + sure;
}

function byPressure(a: ListedClock, b: ListedClock): number {
  return (
    rank(a) - rank(b) ||
    (a.clock.latest ?? '').localeCompare(b.clock.latest ?? '') ||
    a.finding.localeCompare(b.finding) ||
    a.clock.rule.id.localeCompare(b.clock.rule.id)
  );
}

const HEADS: readonly PlainColumn[] = [
  { head: 'STATE', kind: 'fixed' },
  { head: 'BY', kind: 'fixed' },
  { head: 'RULE', kind: 'fixed' },
  { head: 'FINDING', kind: 'fixed' },
  { head: 'DEPARTMENT', kind: 'text' },
];

export function clocksTable(clocks: readonly ListedClock[], width: number): string {
  if (clocks.length === 0) return 'No clock is running.\n';
  const rows = clocks.map(({ finding, department, clock }) => [
    stateText(clock),
    clock.latest === null ? 'as soon as possible' : instantText(clock.latest),
    clock.rule.id,
    finding,
    department ?? '(the office)',
  ]);
  const ending = 'A person decides; ajar reminds. "ajar findings show ID" says why each may apply.';
  return `${[...plainTable(HEADS, rows, width), '', ending].join('\n')}\n`;
}
