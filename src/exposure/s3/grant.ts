/**
 * One cause that may open something (a policy statement, an ACL grant) → what it opens, for whom.
 *
 * Audiences are tried from the widest: what anyone may do is not repeated for account holders.
 */
import type { Answer, Audience, Because, Slice } from '../../model/access.ts';
import { type AddressRange, addressText, type Reach, reach } from './iam/address.ts';
import { isGlob } from './iam/glob.ts';
import type { Caller, Operation, World } from './iam/request.ts';
import type { Opening, Part, Place, Solution } from './iam/resource.ts';
import { actionMatches, solve } from './iam/solve.ts';
import type { Statement } from './iam/statement.ts';

/** What stands between a grant and its effect, whatever it says. */
export interface Gate {
  readonly answer: Answer;
  /** Null where it is open. */
  readonly because: Because | null;
}

export const OPEN: Gate = { answer: 'yes', because: null };

export interface Grant {
  readonly statement: Statement;
  /** `s3.policy`, `s3.acl`, `s3.object-acl`, `s3.access-point`: the family of its reasons. */
  readonly family: string;
  readonly params: Readonly<Record<string, string>>;
  readonly gate: (operation: Operation) => Gate;
  /** For one object's own ACL: the key. */
  readonly key: string | null;
  /** Who could use it at all; access points serve no unsigned request. */
  readonly signedOnly?: boolean;
}

export interface Scene {
  readonly place: Place;
  readonly world: World;
  readonly denies: readonly Statement[];
  /** Unsigned requests are refused, whoever grants: the requester pays. */
  readonly unsigned: Gate;
  /** Private addresses in a condition admit somebody. */
  readonly privateNetworks: boolean;
}

/** A fact before its actions are gathered. */
export interface Found {
  readonly audience: Audience;
  readonly answer: Answer;
  readonly slice: Slice | null;
  readonly because: Because;
  readonly operation: Operation;
}

export interface Tried {
  readonly found: readonly Found[];
  /** Why an unsigned request, and a signed one, gets nothing by this grant. */
  readonly refused: {
    readonly anyone: () => Because | null;
    readonly account: () => Because | null;
  };
}

/** One grant, one call of the API, and what bars the way. */
interface Trial {
  readonly grant: Grant;
  readonly operation: Operation;
  readonly scene: Scene;
  readonly gate: Gate;
}

const NETWORK_KEYS = /^aws:(sourcevpc|vpce|vpcsource|sourceip)/;
const PRINCIPAL_KEYS = /^aws:(principal(org|account|arn)|userid)/;

/** The grant never meant this call, or no outsider. */
const NEVER_MEANT: Tried = {
  found: [],
  refused: { anyone: () => null, account: () => null },
};

/** All that the grant opens through one call of the API. */
export function tryGrant(grant: Grant, operation: Operation, scene: Scene): Tried {
  const { statement } = grant;
  const { anonymous: unsigned, strangers } = statement.principals;
  const meant = unsigned !== 'no' || strangers !== 'no';
  if (!meant || !actionMatches(statement.actions, operation.api)) return NEVER_MEANT;
  const trial: Trial = { grant, operation, scene, gate: grant.gate(operation) };
  const attempt = (caller: Caller): Solution =>
    solve({ ...scene, allow: grant.statement, operation, caller });
  const found: Found[] = [];
  const anonymous = grant.signedOnly ? null : attempt('anonymous');
  if (anonymous) found.push(...unsignedFacts(anonymous, 'anonymous', trial));
  // Nobody narrower gets more than what anyone has for certain.
  if (found.some(isForEveryone)) return { found, refused: NEVER_MEANT.refused };
  if (anonymous && mentions(trial, NETWORK_KEYS)) {
    const seen = new Set(found.map(({ slice }) => JSON.stringify(slice)));
    const inside = unsignedFacts(attempt('vpc'), 'vpc', trial);
    found.push(...inside.filter(({ slice }) => !seen.has(JSON.stringify(slice))));
  }
  const stranger = attempt('stranger');
  found.push(...signedFacts(stranger, 'any-account', trial, found));
  if (mentions(trial, PRINCIPAL_KEYS)) {
    found.push(...signedFacts(attempt('organisation'), 'organisation', trial, found));
  }
  return {
    found: found.filter(({ answer }) => answer !== 'no'),
    refused: {
      anyone: () => refusal(trial, anonymous, [trial.gate, scene.unsigned], 'an unsigned request'),
      account: () => refusal(trial, stranger, [trial.gate], 'an account that nobody named'),
    },
  };
}

function isForEveryone({ audience, answer, slice }: Found): boolean {
  return audience === 'anyone' && answer === 'yes' && slice === null;
}

function mentions({ scene, grant }: Trial, keys: RegExp): boolean {
  return asks(grant.statement, keys) || scene.denies.some((deny) => asks(deny, keys));
}

function asks({ conditions }: Statement, keys: RegExp): boolean {
  return conditions.some(({ key }) => keys.test(key));
}

function unsignedFacts(
  solution: Solution,
  caller: 'anonymous' | 'vpc',
  trial: Trial,
): readonly Found[] {
  return solution.openings.flatMap((opening) => {
    const how = caller === 'vpc' ? 'narrow' : reachOf(opening);
    if (how === 'none' || (how === 'private' && !trial.scene.privateNetworks)) return [];
    const gates = [trial.scene.unsigned, trial.gate];
    const fact = (audience: Audience, kind: string, answer: Answer): Found =>
      barred(trial, opening, audience, { code: kind, answer }, gates);
    if (how === 'everywhere') return [fact('anyone', 'allow', 'yes')];
    const network = fact('network-limited', 'allow-network', 'yes');
    return how === 'broad' ? [fact('anyone', 'allow-broad', 'unknown'), network] : [network];
  });
}

function signedFacts(
  solution: Solution,
  audience: 'any-account' | 'organisation',
  trial: Trial,
  before: readonly Found[],
): readonly Found[] {
  const same = (slice: Slice | null): readonly Found[] =>
    before.filter(
      (one) =>
        (one.audience === 'anyone' || one.audience === 'any-account') &&
        JSON.stringify(one.slice) === JSON.stringify(slice),
    );
  // Said already: certain things where somebody wider has them for certain, the rest where he has them at all.
  const said = (opening: Opening): boolean =>
    same(sliceOf(opening.part, trial.grant)).some(
      ({ answer }) => answer === 'yes' || (answer === 'unknown' && !opening.certain),
    );
  const code = audience === 'organisation' ? 'allow-organisation' : 'allow-account';
  return solution.openings
    .filter((opening) => reachOf(opening) === 'everywhere')
    .filter((opening) => !said(opening))
    .map((opening) => barred(trial, opening, audience, { code, answer: 'yes' }, [trial.gate]));
}

function reachOf({ addresses }: Opening): Reach {
  return addresses ? reach(addresses) : 'everywhere';
}

/** The opening as a fact, or as what the gates make of it. */
function barred(
  trial: Trial,
  opening: Opening,
  audience: Audience,
  { code, answer }: { readonly code: string; readonly answer: Answer },
  gates: readonly Gate[],
): Found {
  const { grant, operation } = trial;
  const base = { audience, slice: sliceOf(opening.part, grant), operation };
  const shut = gates.find((gate) => gate.answer === 'no') ?? gates.find((gate) => gate.because);
  if (shut?.because)
    return { ...base, answer: shut.answer, because: shutReason(grant, shut.because) };
  if (!opening.certain) {
    return { ...base, answer: 'unknown', because: reason(grant, 'depends', { keys: keys(trial) }) };
  }
  const more: Readonly<Record<string, string>> =
    code === 'allow'
      ? {}
      : code === 'allow-organisation'
        ? { keys: keys(trial) }
        : { network: networkText(trial, opening.addresses) };
  return { ...base, answer, because: reason(grant, code, more) };
}

function shutReason(grant: Grant, because: Because): Because {
  return { code: because.code, params: { ...grant.params, ...because.params } };
}

function reason(grant: Grant, kind: string, more: Readonly<Record<string, string>> = {}): Because {
  return { code: `${grant.family}.${kind}`, params: { ...grant.params, ...more } };
}

/** What the cause asks for, and what the Denies beside it do. */
function keys({ grant, scene }: Trial): string {
  const all = [grant.statement, ...scene.denies].flatMap(({ conditions }) => conditions);
  const distinct = new Set(all.map(({ key }) => key));
  return distinct.size > 0 ? [...distinct].join(', ') : 'its principal or form';
}

/** Ranges by their ends, or the keys by which a network is told apart. */
function networkText(trial: Trial, ranges: readonly AddressRange[] | null): string {
  if (!ranges) return `where ${keys(trial)} says`;
  const shown = ranges.slice(0, 3).map((range) => {
    const last = addressText({ ...range, start: range.end });
    return range.start === range.end ? last : `${addressText(range)} to ${last}`;
  });
  return ranges.length > 3 ? `${shown.join(', ')} and ${ranges.length - 3} more` : shown.join(', ');
}

function sliceOf(part: Part, grant: Grant): Slice | null {
  if (grant.key !== null) return { kind: 'object', pattern: grant.key, except: [] };
  if (part.pattern === null) {
    return part.except.length === 0 ? null : { kind: 'keys', pattern: '*', except: part.except };
  }
  const kind = isGlob(part.pattern) ? 'keys' : 'object';
  return { kind, pattern: part.pattern, except: part.except };
}

/** Why nothing came of it; null where the grant never meant this caller and call. */
function refusal(
  trial: Trial,
  solution: Solution | null,
  gates: readonly Gate[],
  caller: string,
): Because | null {
  if (solution === null) return null;
  const { grant, operation } = trial;
  const { openings, unmet, deniedBy } = solution;
  const shut = gates.find((gate) => gate.answer === 'no')?.because;
  if (shut && openings.length > 0) return shutReason(grant, shut);
  if (unmet.length > 0) return reason(grant, 'unmet', { keys: unmet.join(', '), caller });
  const [first] = openings;
  if (first) {
    const network = networkText(trial, first.addresses);
    return reason(grant, 'allow-network', { network, actions: operation.title });
  }
  return deniedBy.length > 0 ? reason(grant, 'refused', { deny: deniedBy.join(', ') }) : null;
}
