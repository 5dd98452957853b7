/**
 * Amazon S3 and everything that speaks S3.
 *
 * Documents are read with the credentials, doors are tried without them. Which store answers decides
 * what its documents mean; see src/exposure/documents.ts, S3Dialect.
 */
import { ScanError } from '../../src/model/errors.ts';
import type {
  Connection,
  Provider,
  ProviderContext,
  TargetSpec,
} from '../../src/model/provider.ts';
import { httpClient } from '../../src/net/client.ts';
import { tryDoors } from '../doors.ts';
import { Account } from './account.ts';
import { connectAccounts } from './accounts.ts';
import { openClients } from './clients.ts';
import { named, objectProbes, objects, probes, type Session } from './connection.ts';
import { dialectOfHost, wantsVirtualHosts } from './dialect.ts';
import { discover, type Store } from './discovery.ts';
import { doorsOf } from './doors.ts';
import { CALLS } from './guards.ts';
import { readObject } from './objects.ts';
import { accountsOf } from './organization.ts';
import { LEAST_PRIVILEGE } from './permissions.ts';
import { prove, REMEDIES } from './remedies.ts';
import { hostsOf, outside, readTarget } from './target.ts';
import { tryPermissions } from './trials.ts';

export const s3: Provider = {
  id: 's3',
  title: 'Amazon S3 and S3-compatible stores',
  schemes: ['s3', 's3+https', 's3+http'],
  plan(spec, env) {
    accountsOf(spec);
    const target = readTarget(spec, env);
    const unsigned = [
      'unsigned ListObjectsV2 (1 key)',
      'unsigned GetObject (1 byte)',
      'HeadObject',
    ];
    const calls = target.access.kind === 'anonymous' ? unsigned : [...CALLS, ...unsigned];
    return { hosts: hostsOf(target, env), calls };
  },
  connect,
  outside,
  leastPrivilege: LEAST_PRIVILEGE,
  tryPermissions,
  remedies: REMEDIES,
  prove,
};

async function connect(spec: TargetSpec, context: ProviderContext): Promise<Connection> {
  const target = readTarget(spec, context.env);
  const accounts = accountsOf(spec);
  const byHost = dialectOfHost(target.endpoint?.hostname ?? 'amazonaws.com');
  const clients = await openClients(target, context, wantsVirtualHosts(byHost));
  if (target.bucket === null && !clients.signs) {
    clients.close();
    throw new ScanError(
      'no-credentials',
      'listing the buckets of an account needs credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or AWS_PROFILE, or name variables under credentials',
    );
  }
  if (accounts !== null) {
    const { region } = target;
    return connectAccounts({ spec, context, clients, region, accounts, connect });
  }
  const http = httpClient(context);
  const store: Store = { target, context, clients, http, byHost, foreign: new Set() };
  const account = new Account(target, clients, context.signal);
  const session: Session = { store, account, known: new Map() };
  return {
    assets: () => discover(store, account),
    probes: (asset) => probes(session, asset),
    objects: (asset) => objects(session, asset),
    named: (asset, keys) => named(session, asset, keys),
    objectProbes: (asset, refs) => objectProbes(session, asset, refs),
    async doors(asset, keys) {
      const dialect = target.amazon ? 'aws' : (byHost ?? 'generic');
      const { name: bucket, region = target.region } = asset;
      const bases = doorsOf({ target, bucket, region, dialect, website: true, refused: true });
      return (await tryDoors(http, asset, bases, keys)).facts;
    },
    read(asset, object, range, as) {
      const region = asset.region ?? target.region;
      const signed = as === 'credentials' && clients.signs;
      const client = signed ? clients.signed(region) : clients.unsigned(region);
      return readObject(client, asset.name, object, range, context);
    },
    async close() {
      clients.close();
      http.close();
    },
  };
}
