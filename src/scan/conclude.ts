/** Merged results of one asset → its findings, each built field by field so that nothing slips through. */
import { createHash } from 'node:crypto';
import { guessableBy } from '../assess/guessable.ts';
import { highest, isFinding, scoreOf, severityOf } from '../assess/severity.ts';
import type { ActionVerdict, Because, Verdict } from '../model/access.ts';
import type { Asset } from '../model/asset.ts';
import type { Finding, PeopleCount, RemedyStep } from '../model/finding.ts';
import type { Provider } from '../model/provider.ts';
import { composeRemedy, consequences, deadlineFrom, provedBy } from '../remedy/index.ts';
import type { ScanJob } from './job.ts';
import type { GroupResult, ShardResult } from './merge.ts';
import { type AssetPlan, type Group, HELD, KEYS, OWN_GRANTS } from './plan.ts';
import { shownVerdict } from './shownverdict.ts';

const ID_CHARACTERS = 12;

/** Stable across runs: a hash of asset, slice and owner, nothing else. */
function findingId(asset: string, slice: string, owner: string | null): string {
  const hash = createHash('sha256').update(`${asset}\n${slice}\n${owner ?? ''}`);
  return `F-${hash.digest('hex').slice(0, ID_CHARACTERS)}`;
}

export interface Concluded {
  readonly finding: Finding;
  /** For department and run totals: sets merge, numbers do not. */
  readonly persons: BigUint64Array;
  /** Of the group, not masked; for the replay only. */
  readonly slice: string;
  readonly exposed: GroupResult['exposed'];
}

/** The reasons that concern this finding: those of its own slice, and of listing where the keys are the matter. */
function reasons(verdict: Verdict, group: Group): readonly Because[] {
  const { read } = verdict;
  const { lapsed } = group.owner;
  const held: readonly Because[] = lapsed
    ? [{ code: `held.${lapsed.what}`, params: { on: lapsed.on } }]
    : [];
  if (group.slice === HELD) return [...held, ...read.because];
  return [...doorReasons(verdict, group), ...held];
}

function doorReasons({ read, list }: Verdict, group: Group): readonly Because[] {
  if (group.slice === KEYS) return list.because;
  const own = read.because.filter(({ params }) => {
    const object = params.key !== undefined;
    return group.slice === OWN_GRANTS ? object : !object;
  });
  const chosen = own.length > 0 ? own : read.because;
  return list.state === 'open' ? [...chosen, ...list.because] : chosen;
}

/**
 * What to close: the grants that the documents name. A request that got through names no cause, so
 * it asks for the provider's general commands only where no document explains it.
 */
function causes(because: readonly Because[], slice: string): readonly Because[] {
  const held = because.filter(({ code }) => code.startsWith('held.'));
  // Nothing is open there; what is to be done is to take the data away.
  if (held.length > 0 && slice === HELD) return held;
  const named = because.filter(({ code }) => !/^(?:probe|config)\./.test(code));
  return named.length > 0 ? named : because;
}

/** What cannot be listed is proved by one of its objects; a listing proves itself. */
function proofKeys(verdict: Verdict, { slice }: Group, { refs }: GroupResult): readonly string[] {
  return slice === OWN_GRANTS || verdict.list.state === 'closed' ? refs : [];
}

function people({ detectors, persons }: GroupResult): PeopleCount {
  const values = Object.values(detectors)
    .filter(({ kind, form }) => kind === 'person' && form === 'full')
    .map((detector) => detector.values.length);
  const atMost = persons.length;
  return { atLeast: values.length > 0 ? Math.min(atMost, Math.max(...values)) : atMost, atMost };
}

/** Names of assets, slices and addresses stand in the words; a command that was masked would not run. */
function maskedStep(
  { purpose, what, command }: RemedyStep,
  mask: (text: string) => string,
): RemedyStep {
  return { purpose, what: mask(what), command };
}

/** For an object-level slice the objects are readable by name even though the asset as a whole is not. */
function readOf(verdict: Verdict, group: Group): ActionVerdict {
  const closed = group.slice === KEYS || group.slice === HELD;
  return closed ? { ...verdict.read, state: 'closed' } : verdict.read;
}

/** Names of the exposed objects of this group, as far as they were drawn to be read. */
function* drawnNames({ shards }: AssetPlan, { id }: Group): Generator<string> {
  for (const { reads } of shards) {
    for (const { group, object } of reads) if (group === id) yield object.key;
  }
}

const DAY_MS = 86_400_000;

function daysBetween(from: string, to: string): number {
  return Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / DAY_MS));
}

export interface ConcludeInput {
  readonly job: ScanJob;
  readonly asset: Asset;
  readonly provider: Provider;
  readonly plan: AssetPlan;
  readonly result: ShardResult;
}

export async function conclude(input: ConcludeInput): Promise<readonly Concluded[]> {
  const { job, asset, plan, result } = input;
  const entries = Object.entries(result.groups).flatMap(([id, group]) => {
    const meta = plan.groups.get(id);
    const kinds = Object.values(group.detectors);
    if (!meta || !isFinding(kinds, group.persons.length)) return [];
    return [{ id: findingId(asset.id, meta.slice, meta.owner.owner?.id ?? null), meta, group }];
  });
  const known = await job.store.known(entries.map(({ id }) => id));
  return entries.map(({ id, meta, group }) => ({
    finding: build(input, id, meta, group, known.get(id) ?? job.run.startedAt),
    persons: group.persons,
    slice: meta.slice,
    exposed: group.exposed,
  }));
}

function build(
  { job, asset, provider, plan }: ConcludeInput,
  id: string,
  meta: Group,
  group: GroupResult,
  firstKnown: string,
): Finding {
  const because = reasons(plan.verdict, meta);
  const detectors = Object.values(group.detectors).sort(
    (a, b) => b.values.length - a.values.length,
  );
  const count = people(group);
  const read = readOf(plan.verdict, meta);
  const { owner, reason, confidence, lapsed } = meta.owner;
  const evidence = {
    read,
    list: plan.verdict.list,
    kinds: detectors,
    people: count.atMost,
    days: group.since === null ? null : daysBetween(group.since, job.run.startedAt),
    lapsed,
    guessable: guessableBy(drawnNames(plan, meta)),
  };
  return {
    id,
    asset: { id: job.mask(asset.id), provider: asset.provider, name: job.mask(asset.name) },
    slice: job.mask(meta.slice),
    detectors: detectors.map((detector) => ({
      id: detector.id,
      form: detector.form,
      hits: detector.hits,
      people: detector.values.length,
      confidence: detector.confidence,
    })),
    people: count,
    confidence: highest(detectors.map(({ confidence }) => confidence)),
    severity: severityOf(evidence),
    score: scoreOf(evidence),
    verdict: shownVerdict(plan.verdict, because, job.mask),
    owner: owner ? { id: owner.id, name: owner.name } : null,
    ownerReason: reason,
    ownerConfidence: confidence,
    lapsed,
    samples: group.samples.map(({ detector, masked, place, ref }) => ({
      detector,
      masked,
      place,
      ref,
    })),
    remedy: [
      ...consequences(asset, because, plan.reached.others),
      ...composeRemedy(
        asset,
        causes(because, meta.slice),
        proofKeys(plan.verdict, meta, group),
        provider,
      ),
      // Only what is kept can be asked again.
      ...(job.replays ? [provedBy(id)] : []),
    ].map((step) => maskedStep(step, job.mask)),
    firstKnown,
    since: group.since,
    deadline: deadlineFrom(firstKnown, job.deadlineDays),
  };
}
