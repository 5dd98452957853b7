/**
 * Several accounts behind one target: the same role is taken in each, and each is then a connection of
 * its own. An account that refuses is a gap; the others go on.
 */
import type { STSClient } from '@aws-sdk/client-sts';
import type { Asset } from '../../src/model/asset.ts';
import { ScanError } from '../../src/model/errors.ts';
import type { Gap } from '../../src/model/gap.ts';
import type { Connection, ProviderContext, TargetSpec } from '../../src/model/provider.ts';
import type { Clients } from './clients.ts';
import { scanError } from './errors.ts';
import { type AccountName, type Member, membersOf } from './organization.ts';
import { partitionOf } from './target.ts';

/** Sessions of chained roles last an hour at most; they are renewed so long before. */
const RENEW_BEFORE_MS = 5 * 60_000;

export interface Entering {
  readonly spec: TargetSpec;
  readonly context: ProviderContext;
  readonly clients: Clients;
  readonly region: string;
  readonly accounts: readonly AccountName[];
  /** Connects to one account by keys that lie in the context's environment. */
  readonly connect: (spec: TargetSpec, context: ProviderContext) => Promise<Connection>;
}

interface Entered {
  readonly connection: Connection;
  readonly expiresAt: number;
}

export function connectAccounts(from: Entering): Connection {
  const { spec, clients, accounts, context } = from;
  const entered = new Map<string, Promise<Entered>>();
  const opened: Connection[] = [];

  async function inside(account: string): Promise<Connection> {
    const before = await entered.get(account);
    if (before && before.expiresAt - RENEW_BEFORE_MS > Date.now()) return before.connection;
    const made = enter(from, account).then((one) => {
      opened.push(one.connection);
      return one;
    });
    entered.set(account, made);
    // A refusal is not kept: what comes next asks again.
    made.catch(() => entered.delete(account));
    return (await made).connection;
  }

  function of(asset: Asset): Promise<Connection> {
    if (asset.account !== undefined) return inside(asset.account);
    throw new ScanError('not-found', 'the account of this bucket is not known');
  }

  return {
    async *assets() {
      for await (const member of membersOf(accounts, clients, context.signal, spec.uri)) {
        if (!('id' in member)) {
          yield { gap: member };
          continue;
        }
        try {
          yield* (await inside(member.id)).assets();
        } catch (error) {
          yield { gap: refusal(error, spec, member) };
        }
      }
    },
    probes: async (asset) => (await of(asset)).probes(asset),
    async *objects(asset) {
      yield* (await of(asset)).objects(asset);
    },
    async *named(asset, keys) {
      yield* (await of(asset)).named?.(asset, keys) ?? [];
    },
    async *objectProbes(asset, objects) {
      yield* (await of(asset)).objectProbes(asset, objects);
    },
    async *read(asset, object, range, as) {
      yield* (await of(asset)).read(asset, object, range, as);
    },
    async close() {
      for (const one of opened) await one.close();
      clients.close();
    },
  };
}

function refusal(error: unknown, spec: TargetSpec, { id, status }: Member): Gap {
  if (!(error instanceof ScanError) || error.code === 'interrupted') throw error;
  const state = status === null || status === 'ACTIVE' ? '' : ` (the account is ${status})`;
  return {
    code: error.code,
    asset: spec.uri,
    what: `account ${id}`,
    detail: `${error.detail}${state}`,
  };
}

/** Names of variables that exist only in the context of one account's connection. */
const SESSION = {
  accessKeyId: 'AJAR_SESSION_KEY_ID',
  secretAccessKey: 'AJAR_SESSION_SECRET',
  sessionToken: 'AJAR_SESSION_TOKEN',
};

/** What a connection inside one account is made of. */
export interface Inside {
  readonly spec: TargetSpec;
  readonly context: ProviderContext;
  readonly expiresAt: number;
}

async function enter(from: Entering, account: string): Promise<Entered> {
  const { spec, context, expiresAt } = await entering(from, account);
  return { connection: await from.connect(spec, context), expiresAt };
}

/** Takes the role in the account. Throws ScanError. */
export async function entering(
  { spec, context, clients, region }: Pick<Entering, 'spec' | 'context' | 'clients' | 'region'>,
  account: string,
): Promise<Inside> {
  const { AssumeRoleCommand } = await import('@aws-sdk/client-sts');
  const arn = `arn:${partitionOf(region)}:iam::${account}:role/${spec.role ?? ''}`;
  const command = new AssumeRoleCommand({ RoleArn: arn, RoleSessionName: 'ajar' });
  const sts = await clients.sts();
  const doing = { what: `the role in account ${account}`, permission: `sts:AssumeRole on ${arn}` };
  const { account: _, role: __, ...rest } = spec;
  const answer = await sts
    .send(command, { abortSignal: context.signal })
    .catch(async (error: unknown): Promise<null> => {
      const refused = scanError(error, doing, context.signal);
      // The management account seldom has the role that it made in the others.
      if (refused.code === 'denied' && (await isOwn(sts, account, context.signal))) return null;
      throw refused;
    });
  if (answer === null) return { spec: rest, context, expiresAt: Number.POSITIVE_INFINITY };
  const keys = answer.Credentials;
  if (!keys?.AccessKeyId || !keys.SecretAccessKey || !keys.SessionToken) {
    throw new ScanError('malformed', `the answer for the role in account ${account} holds no keys`);
  }
  const env = {
    ...context.env,
    [SESSION.accessKeyId]: keys.AccessKeyId,
    [SESSION.secretAccessKey]: keys.SecretAccessKey,
    [SESSION.sessionToken]: keys.SessionToken,
  };
  return {
    spec: { ...rest, credentials: SESSION },
    context: { ...context, env },
    expiresAt: keys.Expiration?.getTime() ?? Date.now() + 3_600_000,
  };
}

/** Are the credentials this account's own? */
async function isOwn(sts: STSClient, account: string, signal: AbortSignal): Promise<boolean> {
  const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
  const identity = await sts
    .send(new GetCallerIdentityCommand({}), { abortSignal: signal })
    .catch(() => null);
  return identity?.Account === account;
}
