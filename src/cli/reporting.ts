/** What a report is told from the configuration and the store: names, languages, where findings stand, past runs. */
import { UsageError } from '../model/errors.ts';
import type { Finding } from '../model/finding.ts';
import type { Language } from '../model/language.ts';
import type { RunFinished } from '../model/ledger.ts';
import { type FindingRecord, responsibleFor } from '../model/lifecycle.ts';
import type { Report, ReportFilter } from '../model/report.ts';
import type { Archive } from '../model/store.ts';
import type { OwnerNames, PastRun, Setting, Standing } from '../report/locale.ts';
import { BY_HAND } from '../report/words.ts';
import type { Config } from './config.ts';

/** Names and titles; {@link settingFrom} adds what the store knows. */
export function settingOf(config: Config, titles: Readonly<Record<string, string>>): Setting {
  const owners = config.owners.owners.map(({ id, names }): [string, OwnerNames] => [
    id,
    names ?? {},
  ]);
  return { language: config.language, titles, owners: Object.fromEntries(owners) };
}

/** Department id → the language its mails are in. */
export function languagesOf({ owners }: Config): Readonly<Record<string, Language>> {
  return Object.fromEntries(
    owners.owners.flatMap(({ id, language }) => (language ? [[id, language]] : [])),
  );
}

/** The same with where each finding of the report stands and what earlier runs found. */
export async function settingFrom(
  setting: Setting,
  archive: Pick<Archive, 'records' | 'entries' | 'runs'>,
  ids: readonly string[],
): Promise<Setting> {
  const standings = new Map<string, Standing>();
  const wanted = new Set(ids);
  for await (const record of archive.records()) {
    if (wanted.has(record.finding.id)) standings.set(record.finding.id, record);
  }
  return { ...setting, standings, history: await historyOf(archive) };
}

/** By the start of each run, as the ledger has what it found. */
async function historyOf(archive: Pick<Archive, 'entries' | 'runs'>): Promise<readonly PastRun[]> {
  const started = new Map((await archive.runs()).map(({ id, startedAt }) => [id, startedAt]));
  const history: PastRun[] = [];
  for await (const { subject, body, at } of archive.entries({ kinds: ['run.finished'] })) {
    const { people, findings } = body as RunFinished;
    history.push({ run: subject, at: started.get(subject) ?? at, people, findings });
  }
  return history;
}

/** The run's report with the findings that the wanted statuses ask for. Throws UsageError where there is none. */
export async function reportFrom(
  archive: Pick<Archive, 'report' | 'runs' | 'records'>,
  run: string | undefined,
  filter: ReportFilter,
  owners: Config['owners'],
): Promise<Report> {
  const report = await archive.report(run ?? 'latest');
  if (report === null) throw await noReport(archive, run);
  const records = new Map<string, FindingRecord>();
  for await (const record of archive.records()) records.set(record.finding.id, record);
  // What was proved fixed is in no later run: asked for by its status, it comes as it was last seen.
  const wanted = run === undefined && filter.statuses !== null;
  const found = wanted
    ? [...records.values()].filter(({ status }) => filter.statuses?.includes(status))
    : report.findings.map((finding) => records.get(finding.id) ?? { finding });
  const seen = new Map(report.findings.map((finding) => [finding.id, finding]));
  const findings = found.map((record) => inItsQueue(record, seen, owners));
  return { ...report, findings, departments: departmentsOf(report, findings, owners) };
}

/** The finding as this run had it, in the queue of those whose turn it is now. */
function inItsQueue(
  record: Pick<FindingRecord, 'finding'> & Partial<FindingRecord>,
  run: ReadonlyMap<string, Finding>,
  { owners }: Config['owners'],
): Finding {
  const seen = run.get(record.finding.id) ?? record.finding;
  const { status = 'open', assigned = null } = record;
  const id = responsibleFor({ status, assigned, finding: seen });
  if (id === (seen.owner?.id ?? null)) return seen;
  if (id === null) return { ...seen, owner: null };
  const name = owners.find((each) => each.id === id)?.name ?? id;
  return { ...seen, owner: { id, name }, ownerReason: BY_HAND };
}

/** Departments that got findings by hand or by their status are not in the run's own list as they are now. */
function departmentsOf(
  report: Report,
  findings: readonly Finding[],
  { owners }: Config['owners'],
): Report['departments'] {
  const known = new Map(report.departments.map((each) => [each.id, each]));
  const grouped = Map.groupBy(findings, ({ owner }) => owner?.id ?? null);
  const ids = new Set([...known.keys(), ...grouped.keys()]);
  return [...ids].map((id) => {
    const own = grouped.get(id) ?? [];
    const before = known.get(id);
    const same =
      before?.findings.length === own.length && own.every((f) => before.findings.includes(f.id));
    if (before && same) return before;
    const owner = owners.find((each) => each.id === id);
    return {
      id,
      name: before?.name ?? owner?.name ?? own[0]?.owner?.name ?? '',
      contact: before?.contact ?? owner?.contact ?? null,
      assets: new Set(own.map(({ asset }) => asset.id)).size,
      findings: own.map((finding) => finding.id),
      // People of several findings overlap and are not added up: the largest is a lower bound.
      people: own.reduce((most, { people }) => Math.max(most, people.atLeast), 0),
      atLeast: own.length > 1,
      deadline: own.map(({ deadline }) => deadline).sort()[0] ?? null,
    };
  });
}

async function noReport(
  archive: Pick<Archive, 'runs'>,
  run: string | undefined,
): Promise<UsageError> {
  const runs = (await archive.runs()).filter(({ finishedAt }) => finishedAt !== null);
  if (runs.length === 0)
    return new UsageError('report: the store has no finished run; run a scan first');
  const newest = runs.slice(0, 3).map(({ id, startedAt }) => `${id} (${startedAt.slice(0, 16)})`);
  return new UsageError(
    `--run ${run}: the store has no finished run of that id; the newest are ${newest.join(', ')}`,
  );
}
