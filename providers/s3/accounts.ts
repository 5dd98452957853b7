/**
 * Several accounts behind one target: the same role is taken in each, and each is then a connection of
 * its own. An account that refuses is a gap; the others go on.
 */
import type { Asset } from '../../src/model/asset.ts';
import { ScanError, UsageError } from '../../src/model/errors.ts';
import type { Gap } from '../../src/model/gap.ts';
import type { Connection, ProviderContext, TargetSpec } from '../../src/model/provider.ts';
import type { Clients } from './clients.ts';
import { scanError } from './errors.ts';
import { partitionOf } from './target.ts';

/** Sessions of chained roles last an hour at most; they are renewed so long before. */
const RENEW_BEFORE_MS = 5 * 60_000;

/** Null where the target means one account, its credentials' own. Throws UsageError. */
export function accountsOf(spec: TargetSpec): readonly string[] | null {
  if (spec.role === undefined) return null;
  const accounts = (spec.account ?? '').split(',').map((one) => one.trim());
  if (!accounts.every((one) => /^\d{12}$/.test(one))) {
    throw new UsageError(
      `account "${spec.account ?? ''}" of "${spec.uri}": with a role it is a list of account ids of 12 digits (111122223333,444455556666)`,
    );
  }
  if (!/^[\w+=,.@/-]{1,512}$/.test(spec.role)) {
    throw new UsageError(`role "${spec.role}" of "${spec.uri}" is no name of a role`);
  }
  return accounts;
}

export interface Entering {
  readonly spec: TargetSpec;
  readonly context: ProviderContext;
  readonly clients: Clients;
  readonly region: string;
  readonly accounts: readonly string[];
  /** Connects to one account by keys that lie in the context's environment. */
  readonly connect: (spec: TargetSpec, context: ProviderContext) => Promise<Connection>;
}

interface Entered {
  readonly connection: Connection;
  readonly expiresAt: number;
}

export function connectAccounts(entering: Entering): Connection {
  const { spec, clients, accounts } = entering;
  const entered = new Map<string, Promise<Entered>>();
  const opened: Connection[] = [];

  async function inside(account: string): Promise<Connection> {
    const before = await entered.get(account);
    if (before && before.expiresAt - RENEW_BEFORE_MS > Date.now()) return before.connection;
    const made = enter(entering, account).then((one) => {
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
      for (const account of accounts) {
        try {
          yield* (await inside(account)).assets();
        } catch (error) {
          yield { gap: refusal(error, spec, account) };
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

function refusal(error: unknown, spec: TargetSpec, account: string): Gap {
  if (!(error instanceof ScanError) || error.code === 'interrupted') throw error;
  return {
    code: error.code,
    asset: spec.uri,
    what: `account ${account}`,
    detail: error.detail,
  };
}

/** Names of variables that exist only in the context of one account's connection. */
const SESSION = {
  accessKeyId: 'AJAR_SESSION_KEY_ID',
  secretAccessKey: 'AJAR_SESSION_SECRET',
  sessionToken: 'AJAR_SESSION_TOKEN',
};

async function enter(entering: Entering, account: string): Promise<Entered> {
  const { spec, context, clients, region, connect } = entering;
  const { AssumeRoleCommand } = await import('@aws-sdk/client-sts');
  const arn = `arn:${partitionOf(region)}:iam::${account}:role/${spec.role ?? ''}`;
  const command = new AssumeRoleCommand({ RoleArn: arn, RoleSessionName: 'ajar' });
  const sts = await clients.sts();
  const doing = { what: `the role in account ${account}`, permission: `sts:AssumeRole on ${arn}` };
  const answer = await sts
    .send(command, { abortSignal: context.signal })
    .catch((error: unknown): never => {
      throw scanError(error, doing, context.signal);
    });
  const keys = answer.Credentials;
  if (!keys?.AccessKeyId || !keys.SecretAccessKey || !keys.SessionToken) {
    throw new ScanError('malformed', `the answer for the role in account ${account} holds no keys`);
  }
  const { account: _, role: __, ...rest } = spec;
  const env = {
    ...context.env,
    [SESSION.accessKeyId]: keys.AccessKeyId,
    [SESSION.secretAccessKey]: keys.SecretAccessKey,
    [SESSION.sessionToken]: keys.SessionToken,
  };
  return {
    connection: await connect({ ...rest, credentials: SESSION }, { ...context, env }),
    expiresAt: keys.Expiration?.getTime() ?? Date.now() + 3_600_000,
  };
}
