/**
 * One cause that may open something (a policy statement, an ACL grant) → what it opens, for whom.
 *
 * Audiences are tried from the widest: what anyone may do is not repeated for account holders.
 */
import type { Answer, Audience, Because, Slice } from '../../model/access.ts';
import { type AddressRange, addressText, reach } from './iam/address.ts';
import { isGlob } from './iam/glob.ts';
import type { Caller, Operation, World } from './iam/request.ts';
import type { Part, Place } from './iam/resource.ts';
import { type Opening, type Solution, solve } from './iam/solve.ts';
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
  readonly refused: { readonly anyone: Because | null; readonly account: Because | null };
}

/** All that the grant opens through one call of the API. */
export function tryGrant(grant: Grant, operation: Operation, scene: Scene): Tried {
  const found: Found[] = [];
  const attempt = (caller: Caller): Solution =>
    solve({ ...scene, allow: grant.statement, operation, caller });
  const gate = grant.gate(operation);
  const anonymous = grant.signedOnly ? null : attempt('anonymous');
  if (anonymous)
    found.push(...unsignedFacts(anonymous, 'anonymous', grant, operation, scene, gate));
  if (
    !grant.signedOnly &&
    mentions(scene, grant, /^aws:(sourcevpc|sourcevpce|vpce|vpcsource|sourceip)/)
  ) {
    const seen = new Set(found.map(({ slice }) => JSON.stringify(slice)));
    const inside = unsignedFacts(attempt('vpc'), 'vpc', grant, operation, scene, gate);
    found.push(...inside.filter(({ slice }) => !seen.has(JSON.stringify(slice))));
  }
  const stranger = attempt('stranger');
  addSigned(found, stranger, 'any-account', grant, operation, gate);
  if (mentions(scene, grant, /^aws:(principal(org|account|arn)|userid)/)) {
    addSigned(found, attempt('organisation'), 'organisation', grant, operation, gate);
  }
  return {
    found: found.filter(({ answer }) => answer !== 'no'),
    refused: {
      anyone: refusal(grant, anonymous, gate, scene.unsigned, 'an unsigned request'),
      account: refusal(grant, stranger, gate, OPEN, 'a stranger’s account'),
    },
  };
}

function mentions(scene: Scene, grant: Grant, keys: RegExp): boolean {
  return [grant.statement, ...scene.denies].some((statement) =>
    statement.conditions.some((condition) => keys.test(condition.key)),
  );
}

function unsignedFacts(
  solution: Solution,
  caller: 'anonymous' | 'vpc',
  grant: Grant,
  operation: Operation,
  scene: Scene,
  gate: Gate,
): readonly Found[] {
  return solution.openings.flatMap((opening) => {
    const how =
      caller === 'vpc' ? 'narrow' : opening.addresses ? reach(opening.addresses) : 'everywhere';
    if (how === 'none' || (how === 'private' && !scene.privateNetworks)) return [];
    const fact = (audience: Audience, kind: string, answer: Answer): Found =>
      barred(grant, operation, opening, audience, kind, answer, [scene.unsigned, gate]);
    if (how === 'everywhere') return [fact('anyone', 'allow', 'yes')];
    const network = fact('network-limited', 'allow-network', 'yes');
    return how === 'broad' ? [fact('anyone', 'allow-broad', 'unknown'), network] : [network];
  });
}

function addSigned(
  found: Found[],
  solution: Solution,
  audience: 'any-account' | 'organisation',
  grant: Grant,
  operation: Operation,
  gate: Gate,
): void {
  const wider = found.filter(
    (one) => one.answer === 'yes' && (one.audience === 'anyone' || one.audience === 'any-account'),
  );
  const seen = new Set(wider.map(({ slice }) => JSON.stringify(slice)));
  const kind = audience === 'organisation' ? 'allow-organisation' : 'allow-account';
  for (const opening of solution.openings) {
    if (opening.addresses && reach(opening.addresses) !== 'everywhere') continue;
    if (seen.has(JSON.stringify(sliceOf(opening.part, grant)))) continue;
    found.push(barred(grant, operation, opening, audience, kind, 'yes', [gate]));
  }
}

/** The opening as a fact, or as what the gates make of it. */
function barred(
  grant: Grant,
  operation: Operation,
  opening: Opening,
  audience: Audience,
  kind: string,
  answer: Answer,
  gates: readonly Gate[],
): Found {
  const slice = sliceOf(opening.part, grant);
  const shut = gates.find((gate) => gate.answer === 'no') ?? gates.find((gate) => gate.because);
  if (shut?.because) {
    const because = { ...shut.because, params: { ...grant.params, ...shut.because.params } };
    return { audience, answer: shut.answer, slice, because, operation };
  }
  if (!opening.certain) {
    const because = reason(grant, 'depends', { keys: conditionKeys(grant) });
    return { audience, answer: 'unknown', slice, because, operation };
  }
  const network = kind === 'allow' ? {} : { network: networkText(grant, opening.addresses) };
  return { audience, answer, slice, because: reason(grant, kind, network), operation };
}

function reason(grant: Grant, kind: string, more: Readonly<Record<string, string>> = {}): Because {
  return { code: `${grant.family}.${kind}`, params: { ...grant.params, ...more } };
}

function conditionKeys(grant: Grant): string {
  const keys = new Set(grant.statement.conditions.map(({ key }) => key));
  return keys.size > 0 ? [...keys].join(', ') : 'its principal or form';
}

/** Ranges by their first addresses, or the keys by which a network is told apart. */
function networkText(grant: Grant, ranges: readonly AddressRange[] | null): string {
  if (!ranges) return conditionKeys(grant);
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
  grant: Grant,
  solution: Solution | null,
  gate: Gate,
  unsigned: Gate,
  caller: string,
): Because | null {
  if (solution === null) return null;
  const shut = [gate, unsigned].find((one) => one.answer === 'no')?.because;
  if (shut && solution.openings.length > 0) {
    return { ...shut, params: { ...grant.params, ...shut.params } };
  }
  if (solution.unmet.length > 0) {
    return reason(grant, 'unmet', { keys: solution.unmet.join(', '), caller });
  }
  if (solution.openings.length > 0 || solution.deniedBy.length === 0) return null;
  return reason(grant, 'refused', { deny: solution.deniedBy.join(', ') });
}
