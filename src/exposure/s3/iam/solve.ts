/**
 * Can a caller of this kind form a request that a statement allows and no Deny refuses?
 *
 * Conditions are an AND over keys, so the keys that no Deny asks for are settled one by one; only
 * what Allow and Deny ask for together is tried out in combination. Statements match on the same
 * request: what an Allow wants a Deny may forbid.
 */
import type { Answer } from '../../../model/access.ts';
import { type AddressRange, joined } from './address.ts';
import { both, holds, parseOperator, type Truth } from './condition.ts';
import { globMatches } from './glob.ts';
import {
  type Caller,
  type Candidate,
  candidates,
  type Mention,
  type Operation,
  type World,
} from './request.ts';
import {
  bucketMatches,
  carve,
  objectPatterns,
  type Part,
  type Place,
  reached,
  replaced,
} from './resource.ts';
import type { Patterns, Statement } from './statement.ts';

/** Combinations tried before the answer is `unknown`. */
const MAX_REQUESTS = 20_000;

export interface Question {
  readonly allow: Statement;
  readonly denies: readonly Statement[];
  readonly operation: Operation;
  readonly caller: Caller;
  readonly place: Place;
  readonly world: World;
}

export interface Opening {
  readonly part: Part;
  /** False where it depends on something that the documents do not say. */
  readonly certain: boolean;
  /** From which addresses; null where addresses do not matter. */
  readonly addresses: readonly AddressRange[] | null;
}

export interface Solution {
  readonly openings: readonly Opening[];
  /** Labels of the Deny statements in the way; they are the reason where nothing is open. */
  readonly deniedBy: readonly string[];
  /** Condition keys that this kind of caller cannot satisfy. */
  readonly unmet: readonly string[];
}

const NOTHING: Solution = { openings: [], deniedBy: [], unmet: [] };

export function solve(question: Question): Solution {
  const { allow, caller, operation } = question;
  const named = includes(allow, caller);
  if (named === 'no' || !actionMatches(allow.actions, operation.api)) return NOTHING;
  const parts = reached(allow, question);
  if (parts.length === 0) return NOTHING;
  const denies = question.denies.filter((deny) => mayApply(deny, question));
  const found = requests(question, denies);
  if (found.unmet.length > 0) return { ...NOTHING, unmet: found.unmet };
  const sure = named === 'yes' && !allow.odd && !found.gaveUp;
  const openings = found.outcomes.flatMap((outcome) =>
    parts.flatMap((part) => openPart(part, outcome, sure, question)),
  );
  const deniedBy = new Set(found.outcomes.flatMap(({ hit }) => hit.map(({ label }) => label)));
  return { openings: distinct(openings), deniedBy: [...deniedBy], unmet: [] };
}

export function includes(statement: Statement, caller: Caller): Answer {
  const { anonymous, strangers } = statement.principals;
  return caller === 'anonymous' || caller === 'vpc' ? anonymous : strangers;
}

export function actionMatches(actions: Patterns, api: string): boolean {
  return actions.patterns.some((pattern) => globMatches(pattern, api)) !== actions.not;
}

function mayApply(deny: Statement, question: Question): boolean {
  if (includes(deny, question.caller) === 'no') return false;
  if (!actionMatches(deny.actions, question.operation.api)) return false;
  if (question.operation.on === 'bucket') return bucketMatches(deny, question);
  return deny.resources.not || objectPatterns(deny, question).length > 0;
}

interface Atom {
  readonly statement: Statement;
  readonly mention: Mention;
}

/** A candidate with what every condition on its key says to it. */
interface Judged {
  readonly candidate: Candidate;
  readonly truths: ReadonlyMap<Statement, Truth>;
}

interface Outcome {
  readonly hit: readonly Statement[];
  readonly maybe: readonly Statement[];
  readonly certain: boolean;
  readonly listed: string | null;
  readonly addresses: readonly AddressRange[] | null;
}

interface Requests {
  readonly outcomes: readonly Outcome[];
  readonly unmet: readonly string[];
  readonly gaveUp: boolean;
}

/** All requests that satisfy the Allow, by which Denies they run into. */
function requests(question: Question, denies: readonly Statement[]): Requests {
  const { allow } = question;
  const axes = new Map<string, readonly Judged[]>();
  for (const [key, atoms] of atomsByKey([allow, ...denies], question)) {
    const judged = judgedCandidates(key, atoms, question);
    const usable = judged.filter(({ truths }) => truths.get(allow) !== 'false');
    axes.set(key, usable);
  }
  const unmet = [...axes].filter(([, usable]) => usable.length === 0).map(([key]) => key);
  if (unmet.length > 0) return { outcomes: [], unmet, gaveUp: false };
  const sizes = [...axes.values()].reduce((product, axis) => product * axis.length, 1);
  const outcomes = new Map<string, Outcome>();
  for (const request of combinations([...axes.values()], MAX_REQUESTS)) {
    const outcome = outcomeOf(request, question, denies);
    outcomes.set(identity(outcome, denies), outcome);
  }
  return { outcomes: least([...outcomes.values()]), unmet: [], gaveUp: sizes > MAX_REQUESTS };
}

function atomsByKey(
  all: readonly Statement[],
  question: Question,
): ReadonlyMap<string, readonly Atom[]> {
  const result = new Map<string, Atom[]>();
  for (const statement of all) {
    for (const condition of statement.conditions) {
      const values = filled(condition.values, statement, question);
      const atom = { statement, mention: { operator: parseOperator(condition.operator), values } };
      result.set(condition.key, [...(result.get(condition.key) ?? []), atom]);
    }
  }
  return result;
}

/** The very same list where nothing is to be replaced: what is derived from it can be kept. */
function filled(
  values: readonly string[],
  statement: Statement,
  question: Question,
): readonly string[] {
  if (!statement.variables || !values.some((value) => value.includes('${'))) return values;
  return values.flatMap((value) => replaced(value, statement, question, '*') ?? []);
}

function judgedCandidates(
  key: string,
  atoms: readonly Atom[],
  question: Question,
): readonly Judged[] {
  const mentions = atoms.map(({ mention }) => mention);
  const { caller, operation, world } = question;
  const classes = new Map<string, Judged>();
  const addresses = new Map<string, AddressRange[]>();
  for (const candidate of candidates(key, mentions, caller, operation, world)) {
    const truths = new Map<Statement, Truth>();
    for (const { statement, mention } of atoms) {
      const said = holds(mention.operator, candidate.values, mention.values);
      truths.set(statement, both([truths.get(statement) ?? 'true', said]));
    }
    const signature = [...truths.values()].join();
    const whole = classes.get(signature);
    if (candidate.addresses) {
      const together = addresses.get(signature) ?? [];
      together.push(...candidate.addresses);
      addresses.set(signature, together);
      if (!whole) {
        classes.set(signature, { truths, candidate: { ...candidate, addresses: together } });
      }
    } else if (!whole) classes.set(signature, { candidate, truths });
    else if (whole.candidate.listed !== null) {
      const at = candidate.listed === null ? signature : `${signature} ${candidate.listed}`;
      classes.set(at, { candidate, truths });
    }
  }
  const judged = [...classes.values()];
  // What nobody has looked up does not matter when every condition answers alike whatever it is.
  return judged.length === 1
    ? judged.map((one) => ({ ...one, candidate: { ...one.candidate, assumed: false } }))
    : judged;
}

function* combinations(
  axes: readonly (readonly Judged[])[],
  limit: number,
): Generator<readonly Judged[]> {
  const at = axes.map(() => 0);
  for (let count = 0; count < limit; count += 1) {
    yield axes.flatMap((axis, index) => axis[at[index] ?? 0] ?? []);
    let index = axes.length - 1;
    while (index >= 0) {
      const next = (at[index] ?? 0) + 1;
      if (next < (axes[index]?.length ?? 0)) {
        at[index] = next;
        break;
      }
      at[index] = 0;
      index -= 1;
    }
    if (index < 0) return;
  }
}

function outcomeOf(
  request: readonly Judged[],
  { allow, caller }: Question,
  denies: readonly Statement[],
): Outcome {
  const said = (statement: Statement): Truth =>
    both(request.map(({ truths }) => truths.get(statement) ?? 'true'));
  const hit: Statement[] = [];
  const maybe: Statement[] = [];
  for (const deny of denies) {
    const applies = said(deny);
    if (applies === 'false') continue;
    const sure = applies === 'true' && !deny.odd && includes(deny, caller) === 'yes';
    (sure ? hit : maybe).push(deny);
  }
  return {
    hit,
    maybe,
    certain: said(allow) === 'true' && !request.some(({ candidate }) => candidate.assumed),
    listed: request.find(({ candidate }) => candidate.listed !== null)?.candidate.listed ?? null,
    addresses: request.find(({ candidate }) => candidate.addresses)?.candidate.addresses ?? null,
  };
}

/** By position: two statements may carry the same Sid. */
function identity(outcome: Outcome, denies: readonly Statement[]): string {
  const { hit, maybe, certain, listed, addresses } = outcome;
  return JSON.stringify([
    hit.map((deny) => denies.indexOf(deny)),
    maybe.map((deny) => denies.indexOf(deny)),
    certain,
    listed,
    (addresses ?? []).map(({ family, start, end }) => [family, `${start}`, `${end}`]),
  ]);
}

/** Without the outcomes to which another request of the same reach is preferable. */
function least(outcomes: readonly Outcome[]): readonly Outcome[] {
  const within = (a: Outcome, b: Outcome): boolean =>
    a.hit.every((deny) => b.hit.includes(deny)) &&
    a.maybe.every((deny) => b.maybe.includes(deny) || b.hit.includes(deny)) &&
    (a.certain || !b.certain) &&
    (a.listed === null || a.listed === b.listed) &&
    a.addresses === b.addresses;
  return outcomes.filter(
    (one, index) =>
      !outcomes.some(
        (other, at) => other !== one && within(other, one) && (!within(one, other) || at < index),
      ),
  );
}

function openPart(
  part: Part,
  outcome: Outcome,
  sure: boolean,
  question: Question,
): readonly Opening[] {
  const { addresses } = outcome;
  const whole: Part =
    question.operation.action === 'list' && outcome.listed !== null
      ? { pattern: outcome.listed, except: [] }
      : part;
  const left = carve(whole, outcome.hit, question);
  const surely = left.flatMap((rest) => carve(rest, outcome.maybe, question));
  const certain = sure && outcome.certain;
  const opened = surely.map((rest): Opening => ({ part: rest, certain, addresses }));
  if (outcome.maybe.length === 0) return opened;
  return [...opened, ...left.map((rest): Opening => ({ part: rest, certain: false, addresses }))];
}

/** One opening a part and certainty, addresses joined. */
function distinct(openings: readonly Opening[]): readonly Opening[] {
  const groups = new Map<string, Opening>();
  for (const opening of openings) {
    const key = JSON.stringify([opening.part, opening.certain]);
    const before = groups.get(key);
    const addresses =
      before === undefined
        ? opening.addresses
        : before.addresses === null || opening.addresses === null
          ? null
          : joined([...before.addresses, ...opening.addresses]);
    groups.set(key, { ...opening, addresses });
  }
  const all = [...groups.values()];
  return all.filter(
    (one) =>
      one.certain ||
      !all.some(
        (other) =>
          other.certain &&
          JSON.stringify(other.part) === JSON.stringify(one.part) &&
          other.addresses === one.addresses,
      ),
  );
}
