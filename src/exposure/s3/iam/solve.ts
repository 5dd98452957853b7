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
  combinations,
  identity,
  includes,
  type Judged,
  least,
  type Outcome,
  outcomeOf,
} from './outcomes.ts';
import { type Caller, candidates, type Mention, type Operation, type World } from './request.ts';
import {
  bucketMatches,
  carve,
  type Opening,
  objectPatterns,
  type Part,
  type Place,
  reached,
  replaced,
  type Solution,
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

const NOTHING: Solution = { openings: [], deniedBy: [], unmet: [] };

export function solve(question: Question): Solution {
  const { allow, caller, operation } = question;
  const named = includes(allow, caller);
  if (named === 'no' || !actionMatches(allow.actions, operation.api)) return NOTHING;
  const denies = question.denies.filter((deny) => mayApply(deny, question));
  const known = knownOf(question);
  const key = kindOf(question, denies);
  const before = known.get(key);
  if (before) return before;
  const solution = solved(question, denies, named);
  known.set(key, solution);
  return solution;
}

function solved(question: Question, denies: readonly Statement[], named: Answer): Solution {
  const { allow } = question;
  const parts = reached(allow, question);
  if (parts.length === 0) return NOTHING;
  const found = requests(question, denies);
  if (found.unmet.length > 0) return { ...NOTHING, unmet: found.unmet };
  const sure = named === 'yes' && !allow.odd && !found.gaveUp;
  const openings = found.outcomes.flatMap((outcome) =>
    parts.flatMap((part) => openPart(part, outcome, sure, question)),
  );
  const deniedBy = new Set(found.outcomes.flatMap(({ hit }) => hit.map(({ label }) => label)));
  return { openings: distinct(openings), deniedBy: [...deniedBy], unmet: [] };
}

function knownOf({ allow, place }: Question): Map<string, Solution> {
  const { solutions } = place.memo;
  const before = solutions.get(allow);
  if (before) return before;
  const known = new Map<string, Solution>();
  solutions.set(allow, known);
  return known;
}

/** Keys that only some operations carry; see ofOperation in request.ts. */
const BY_OPERATION =
  /^(?:s3:(?:existingobjecttag\/|prefix$|delimiter$|max-keys$|versionid$|x-amz-|requestobjecttag|object-lock-|if-match|if-none-match)|aws:(?:requesttag\/|tagkeys$))/;

/**
 * What a solution depends on. An Allow of `s3:*` is asked about for twenty operations, and its
 * conditions mostly do not care which: questions of one kind are solved once.
 */
function kindOf(
  { allow, caller, operation, denies }: Question,
  applying: readonly Statement[],
): string {
  const { on, action, api } = operation;
  const particular = minds(allow) || applying.some(minds);
  const labels = applying.length === 0 ? '' : applying.map((deny) => denies.indexOf(deny)).join();
  return `${caller} ${on} ${action === 'list'} ${labels} ${particular ? api : ''}`;
}

/** Does it matter to the statement's conditions or resources which operation is asked for? */
function minds({ variables, conditions, resources }: Statement): boolean {
  const filled = (texts: readonly string[]): boolean =>
    variables && texts.some((text) => text.includes('${'));
  return (
    filled(resources.patterns) ||
    conditions.some(({ key, values }) => BY_OPERATION.test(key) || filled(values))
  );
}

/** By action pattern, the operations that were asked for: policies of a million buckets share a few dozen. */
const matched = new Map<string, Map<string, boolean>>();
const MAX_PATTERNS = 2_000;

export function actionMatches(actions: Patterns, api: string): boolean {
  return actions.patterns.some((pattern) => names(pattern, api)) !== actions.not;
}

function names(pattern: string, api: string): boolean {
  let known = matched.get(pattern);
  if (!known) {
    if (matched.size >= MAX_PATTERNS) matched.clear();
    known = new Map();
    matched.set(pattern, known);
  }
  let found = known.get(api);
  if (found === undefined) {
    found = globMatches(pattern, api);
    known.set(api, found);
  }
  return found;
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

interface Requests {
  readonly outcomes: readonly Outcome[];
  readonly unmet: readonly string[];
  readonly gaveUp: boolean;
}

/** Any request will do. */
const UNCONDITIONAL: Requests = {
  outcomes: [{ hit: [], maybe: [], certain: true, listed: null, addresses: null }],
  unmet: [],
  gaveUp: false,
};

/** All requests that satisfy the Allow, by which Denies they run into. */
function requests(question: Question, denies: readonly Statement[]): Requests {
  const { allow } = question;
  if (allow.conditions.length === 0 && denies.length === 0) return UNCONDITIONAL;
  const axes = new Map<string, readonly Judged[]>();
  for (const [key, atoms] of atomsByKey([allow, ...denies], question)) {
    const judged = judgedCandidates(key, atoms, question);
    const usable = judged.filter(({ truths }) => truths.get(allow) !== 'false');
    axes.set(key, usable);
  }
  const unmet = [...axes].filter(([, usable]) => usable.length === 0).map(([key]) => key);
  if (unmet.length > 0) return { outcomes: [], unmet, gaveUp: false };
  const sizes = [...axes.values()].reduce((product, axis) => product * axis.length, 1);
  if (sizes === 1) {
    const only = outcomeOf([...axes.values()].flat(), question, denies);
    return { outcomes: [only], unmet: [], gaveUp: false };
  }
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
      const [address = null] = candidate.addresses ?? [];
      const said = holds(mention.operator, candidate.values, mention.values, address);
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
  if (openings.length < 2) return openings;
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
