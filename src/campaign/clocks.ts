/**
 * Which authorities may have to hear of a finding, until when, and who has been told.
 *
 * A rule is asked where the department's jurisdiction is the rule's, or where identifiers of that
 * country lie there: somebody else's law follows their people's data. Thresholds are compared with
 * what was counted; what no scanner can tell is left to a person and said so. Nothing is decided
 * here: ajar reminds.
 */
import type { Clock, ClockCondition, ClockRule, ClockState } from '../model/clock.ts';
import type { DetectorCount, Finding } from '../model/finding.ts';
import type { Assessed, Entry, FindingSeen, Told } from '../model/ledger.ts';
import type { Owner } from '../model/owner.ts';
import { RULES } from './regulators/index.ts';

export interface ClockInput {
  readonly finding: Finding;
  /** The department it lies with; null: nobody's yet. */
  readonly owner: Pick<Owner, 'jurisdiction' | 'publicBody'> | null;
  /** Of this finding, and of those that moved to it; in order. */
  readonly entries: readonly Entry[];
  readonly now: Date;
  /** Distinct people over all findings of the department: several small ones may be one incident. */
  readonly together?: number | undefined;
  /** Default: all that are known. */
  readonly rules?: readonly ClockRule[];
}

/** Countries of the EEA by the detectors that are named after them. */
const EEA: ReadonlySet<string> = new Set(
  'at be bg cy cz de dk ee es fi fr gr hr hu ie is it li lt lu lv mt nl no pl pt ro se si sk'.split(
    ' ',
  ),
);

const ORDER: Readonly<Record<ClockState, number>> = {
  late: 0,
  due: 1,
  'at-once': 2,
  running: 3,
  'told-late': 4,
  told: 5,
  'not-notifiable': 6,
  'not-in-force': 7,
};

/**
 * The clocks that may apply: the department's own before those of other people's laws, the most
 * pressing first. Rules that only bind others are left out.
 */
export function clocksFor(input: ClockInput): readonly Clock[] {
  const clocks = (input.rules ?? RULES).flatMap((rule) => {
    const because = whyAsked(rule, input);
    return because === null ? [] : [clockOf(rule, because, input)];
  });
  return clocks.toSorted(
    (a, b) =>
      applied(a) - applied(b) ||
      ORDER[a.state] - ORDER[b.state] ||
      (a.due ?? '').localeCompare(b.due ?? '') ||
      a.rule.id.localeCompare(b.rule.id),
  );
}

function applied({ applies, because, rule, state }: Clock): number {
  if (applies === 'not-met' || rule.duty === 'none' || state === 'not-in-force') return 2;
  return because === 'data' ? 1 : 0;
}

function whyAsked(rule: ClockRule, { finding, owner }: ClockInput): Clock['because'] | null {
  const own = owner?.jurisdiction?.toUpperCase();
  if (own !== undefined && jurisdictionsOf(own).includes(rule.jurisdiction)) {
    const isPublic = owner?.publicBody === true;
    if (rule.binds === 'public' && !isPublic) return null;
    if (rule.binds === 'private' && isPublic) return null;
    return 'department';
  }
  // Another country's rules for its own public bodies do not follow the data.
  if (rule.binds === 'public' || rule.duty === 'none') return null;
  return countriesOf(finding.detectors).has(rule.jurisdiction) ? 'data' : null;
}

function jurisdictionsOf(code: string): readonly string[] {
  const known = code === 'UK' ? 'GB' : code;
  return EEA.has(known.toLowerCase()) ? [known, 'EU'] : [known];
}

function countriesOf(detectors: readonly DetectorCount[]): ReadonlySet<string> {
  const codes = detectors.map(({ id }) => id.split('.')[0] ?? '');
  return new Set(codes.map((code) => (EEA.has(code) ? 'EU' : code.toUpperCase())));
}

type Met = Clock['applies'];

interface Judged {
  readonly met: Met;
  readonly why: string;
}

function judge(condition: ClockCondition, { finding, together }: ClockInput): Judged {
  if ('judge' in condition) {
    return { met: 'to-judge', why: `to be judged: ${condition.judge}` };
  }
  if ('detectors' in condition) {
    const found = finding.detectors.filter(({ id }) => condition.detectors.includes(id));
    const full = found.some(({ form }) => form !== 'masked');
    const met = full ? 'met' : found.length > 0 ? 'to-judge' : 'not-met';
    return {
      met,
      why: `${full ? 'found' : met === 'to-judge' ? 'masked' : 'none found'}: ${condition.what}`,
    };
  }
  const { atLeast, atMost } = finding.people;
  const least = condition.people;
  if (atLeast >= least) return { met: 'met', why: `${atLeast} people, from ${least} on` };
  if (atMost >= least) {
    return { met: 'to-judge', why: `between ${atLeast} and ${atMost} people, from ${least} on` };
  }
  if (together !== undefined && together >= least) {
    const why = `${atMost} people here, ${together} in all findings of the department, from ${least} on: one incident or several?`;
    return { met: 'to-judge', why };
  }
  return { met: 'not-met', why: `${atMost} people, from ${least} on` };
}

/** Any condition is enough; reasons are those that speak for the result. */
function judgeAll(rule: ClockRule, input: ClockInput): { applies: Met; reasons: string[] } {
  if (rule.conditions.length === 0) return { applies: 'met', reasons: ['every exposure'] };
  const judged = rule.conditions.map((condition) => judge(condition, input));
  const applies = (['met', 'to-judge', 'not-met'] as const).find((level) =>
    judged.some(({ met }) => met === level),
  );
  const reasons = judged.filter(({ met }) => met === applies).map(({ why }) => why);
  return { applies: applies ?? 'not-met', reasons };
}

/** The clock of one rule, whether or not anything says that it binds: a person asks for it by name. */
export function clockOf(rule: ClockRule, because: Clock['because'], input: ClockInput): Clock {
  const known = firstKnown(input);
  const since = input.entries.filter(({ at }) => at >= known);
  const told = lastTold(rule, since);
  const assessment = lastAssessment(rule, since);
  const start = rule.from === 'assessment' && assessment?.notifiable ? assessment.at : known;
  const ends = rule.deadline === null ? null : deadlinesFrom(rule, start);
  const { applies, reasons } = judgeAll(rule, input);
  // Whose law it is by the data alone is never certain: they may be visitors, or samples.
  const careful = because === 'data' && applies === 'met' ? 'to-judge' : applies;
  const decided = assessment?.notifiable === true ? 'met' : careful;
  return {
    rule,
    because,
    applies: decided,
    reasons: assessment?.notifiable === true ? [...reasons, 'assessed as notifiable'] : reasons,
    state: stateOf(rule, { told, assessment, ends, now: input.now }),
    from: start,
    assessed: rule.from !== 'assessment' || assessment?.notifiable === true,
    due: ends?.due ?? null,
    latest: ends?.latest ?? null,
    told,
  };
}

/**
 * When somebody first knew: the start of the run that saw it, under whichever department it was then,
 * or, of a finding that came back, when it was seen again. The earliest holds.
 */
export function firstKnown({ finding, entries }: Pick<ClockInput, 'finding' | 'entries'>): string {
  const sightings = entries.filter(({ kind }) => kind === 'finding.seen');
  const again = sightings.findLast(({ body }) => (body as FindingSeen).again);
  if (again) return again.at;
  return sightings
    .flatMap(({ at, body }) => [at, (body as FindingSeen).before?.firstKnown ?? at])
    .reduce((a, b) => (a < b ? a : b), finding.firstKnown);
}

/** The findings that stood for its place before, by what the ledger says of it. */
export function movedFrom(entries: readonly Entry[]): readonly string[] {
  return entries.flatMap(({ kind, body }) => {
    const before = kind === 'finding.seen' ? (body as FindingSeen).before : undefined;
    return before ? [before.finding] : [];
  });
}

function lastTold(rule: ClockRule, entries: readonly Entry[]): Clock['told'] {
  const assessment = entries.find((entry) => isAssessment(rule, entry));
  if (rule.settledBy === 'assessment' && assessment) {
    return { at: assessment.at, by: assessment.by, reference: 'assessed' };
  }
  const telling = entries.find(({ kind, body }) => {
    if (kind !== 'told') return false;
    const { whom, id } = body as Told;
    return whom === 'regulator' && meant(rule, id);
  });
  if (!telling) return null;
  const { reference, toldAt } = telling.body as Told;
  return { at: toldAt ?? telling.at, by: telling.by, reference };
}

/** A rule's own id, or the regulator's; a final report is only meant where it is named. */
function meant(rule: ClockRule, id: string): boolean {
  return id === rule.id || (id === rule.regulator && rule.stage !== 'final');
}

function lastAssessment(
  rule: ClockRule,
  entries: readonly Entry[],
): { at: string; notifiable: boolean } | null {
  const entry = entries.findLast((each) => isAssessment(rule, each));
  return entry ? { at: entry.at, notifiable: (entry.body as Assessed).notifiable } : null;
}

function isAssessment(rule: ClockRule, { kind, body }: Entry): boolean {
  if (kind !== 'finding.assessed') return false;
  const { regulator } = body as Assessed;
  return regulator === rule.regulator || regulator === rule.id;
}

interface Ends {
  readonly due: string;
  readonly latest: string;
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Hours run from the instant; days end with the day where the regulator is. */
function deadlinesFrom({ deadline, utcOffsetMinutes }: ClockRule, start: string): Ends {
  if (deadline === null) throw new Error('a rule without a number has no deadline');
  const from = Date.parse(start);
  const end = (amount: number): string => {
    if (deadline.unit === 'hours') return new Date(from + amount * HOUR_MS).toISOString();
    const days = deadline.firstDayCounts === true ? amount - 1 : amount;
    const local = new Date(from + utcOffsetMinutes * MINUTE_MS);
    const next = Date.UTC(
      local.getUTCFullYear(),
      local.getUTCMonth(),
      local.getUTCDate() + days + 1,
    );
    return new Date(next - utcOffsetMinutes * MINUTE_MS - 1).toISOString();
  };
  return { due: end(deadline.amount), latest: end(deadline.upTo ?? deadline.amount) };
}

interface Standing {
  readonly told: Clock['told'];
  readonly assessment: { readonly notifiable: boolean } | null;
  readonly ends: Ends | null;
  readonly now: Date;
}

function stateOf(rule: ClockRule, { told, assessment, ends, now }: Standing): ClockState {
  if (told) return ends !== null && told.at > ends.latest ? 'told-late' : 'told';
  if (assessment?.notifiable === false) return 'not-notifiable';
  const moment = now.toISOString();
  if (rule.inForceFrom !== null && moment < rule.inForceFrom) return 'not-in-force';
  if (ends === null) return 'at-once';
  if (moment > ends.latest) return 'late';
  return moment > ends.due ? 'due' : 'running';
}
