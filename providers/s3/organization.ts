/**
 * Which accounts: those that the target lists, all of an organisation, or all below one of its units.
 *
 * Source: AWS Organizations API reference, ListAccounts, ListAccountsForParent and
 * ListOrganizationalUnitsForParent (both give direct children, so units are walked). The management
 * account or a delegated administrator may ask.
 */
import type { OrganizationsClient } from '@aws-sdk/client-organizations';
import { ScanError, UsageError } from '../../src/model/errors.ts';
import type { Gap } from '../../src/model/gap.ts';
import type { TargetSpec } from '../../src/model/provider.ts';
import type { Clients } from './clients.ts';
import { type Doing, scanError } from './errors.ts';

/** Units below units; Amazon allows 2,000 in an organisation. */
const MAX_UNITS = 10_000;

const ACCOUNTS: Doing = {
  what: 'the accounts of the organisation',
  permission: 'organizations:ListAccounts',
};
const CHILDREN: Doing = {
  what: 'the accounts of an organisational unit',
  permission: 'organizations:ListAccountsForParent',
};
const UNITS: Doing = {
  what: 'the units below an organisational unit',
  permission: 'organizations:ListOrganizationalUnitsForParent',
};

/** What the central identity of an organisation needs beside the role in each account. */
export const ORGANIZATION_PERMISSIONS: readonly string[] = [
  ACCOUNTS.permission,
  CHILDREN.permission,
  UNITS.permission,
];

export interface Member {
  /** 12 digits. */
  readonly id: string;
  /** As the organisation says it: `ACTIVE`, `SUSPENDED`; null where nobody was asked. */
  readonly status: string | null;
}

/** `organization`, a unit or root (`ou-…`, `r-…`), or an account's id. */
export type AccountName = string;

const ID = /^\d{12}$/;
const UNIT = /^(?:r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/;

/** Null where the target means one account, its credentials' own. Throws UsageError. */
export function accountsOf(spec: TargetSpec): readonly AccountName[] | null {
  const named = (spec.account ?? '').split(',').map((one) => one.trim());
  if (spec.role === undefined) {
    const many = named.find((one) => one === 'organization' || UNIT.test(one));
    if (many === undefined) return null;
    throw new UsageError(
      `account "${many}" of "${spec.uri}" means several accounts: name the role to take in each of them`,
    );
  }
  if (!named.every((one) => one === 'organization' || ID.test(one) || UNIT.test(one))) {
    throw new UsageError(
      `account "${spec.account ?? ''}" of "${spec.uri}": with a role it is organization, a unit (ou-abcd-11112222), or account ids of 12 digits (111122223333,444455556666)`,
    );
  }
  if (!/^[\w+=,.@/-]{1,512}$/.test(spec.role)) {
    throw new UsageError(`role "${spec.role}" of "${spec.uri}" is no name of a role`);
  }
  return named;
}

/** Each account once. What refuses is a gap, and the others go on. */
export async function* membersOf(
  names: readonly AccountName[],
  clients: Clients,
  signal: AbortSignal,
  asset: string,
): AsyncGenerator<Member | Gap> {
  const seen = new Set<string>();
  for (const name of names) {
    for await (const one of ID.test(name)
      ? [{ id: name, status: null }]
      : listed(name, clients, signal, asset)) {
      if ('id' in one) {
        if (seen.has(one.id)) continue;
        seen.add(one.id);
      }
      yield one;
    }
  }
}

async function* listed(
  name: AccountName,
  clients: Clients,
  signal: AbortSignal,
  asset: string,
): AsyncGenerator<Member | Gap> {
  const client = await clients.organizations();
  if (name === 'organization') {
    yield* told(accounts(client, null, signal), asset, ACCOUNTS.what);
    return;
  }
  const units = [name];
  for (let at = 0; at < units.length && at < MAX_UNITS; at += 1) {
    const unit = units[at] ?? '';
    yield* told(accounts(client, unit, signal), asset, `the accounts of ${unit}`);
    for await (const below of told(unitsBelow(client, unit, signal), asset, `units of ${unit}`)) {
      if (typeof below === 'string') units.push(below);
      else yield below;
    }
  }
  if (units.length > MAX_UNITS) {
    const detail = `more than ${MAX_UNITS} units (limit); name some of them as accounts`;
    yield { code: 'too-large', asset, what: `units of ${name}`, detail };
  }
}

/** A refusal at its end as a gap. */
async function* told<T>(
  found: AsyncIterable<T>,
  asset: string,
  what: string,
): AsyncGenerator<T | Gap> {
  try {
    yield* found;
  } catch (error) {
    if (!(error instanceof ScanError) || error.code === 'interrupted') throw error;
    yield { code: error.code, asset, what, detail: error.detail };
  }
}

/** Of one unit, or of the whole organisation. */
async function* accounts(
  client: OrganizationsClient,
  unit: string | null,
  signal: AbortSignal,
): AsyncGenerator<Member> {
  const { ListAccountsCommand, ListAccountsForParentCommand } = await import(
    '@aws-sdk/client-organizations'
  );
  const options = { abortSignal: signal };
  let from: { readonly NextToken?: string } = {};
  do {
    const page = await (unit === null
      ? client.send(new ListAccountsCommand(from), options)
      : client.send(new ListAccountsForParentCommand({ ParentId: unit, ...from }), options)
    ).catch((error: unknown): never => {
      throw scanError(error, unit === null ? ACCOUNTS : CHILDREN, signal);
    });
    for (const { Id, Status } of page.Accounts ?? []) {
      if (Id !== undefined && ID.test(Id)) yield { id: Id, status: Status ?? null };
    }
    from = following(page.NextToken, from);
  } while (from.NextToken !== undefined);
}

async function* unitsBelow(
  client: OrganizationsClient,
  unit: string,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const { ListOrganizationalUnitsForParentCommand } = await import('@aws-sdk/client-organizations');
  let from: { readonly NextToken?: string } = {};
  do {
    const command = new ListOrganizationalUnitsForParentCommand({ ParentId: unit, ...from });
    const page = await client
      .send(command, { abortSignal: signal })
      .catch((error: unknown): never => {
        throw scanError(error, UNITS, signal);
      });
    for (const { Id } of page.OrganizationalUnits ?? []) if (Id !== undefined) yield Id;
    from = following(page.NextToken, from);
  } while (from.NextToken !== undefined);
}

function following(
  next: string | undefined,
  before: { readonly NextToken?: string },
): { readonly NextToken?: string } {
  if (!next) return {};
  if (next === before.NextToken) {
    throw new ScanError('malformed', 'the organisation repeats a page of its accounts');
  }
  return { NextToken: next };
}
