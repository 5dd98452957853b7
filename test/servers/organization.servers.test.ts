/**
 * An organisation on moto: accounts and units by Organizations, a role by STS, the account's own block
 * and its access points by S3 Control. moto does not enforce access, so only what the provider learns
 * is looked at, never what a plain request gets.
 */
import { Agent } from 'node:http';
import type { LookupFunction } from 'node:net';
import {
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { PutPublicAccessBlockCommand, S3ControlClient } from '@aws-sdk/client-s3-control';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePorts, type RunningServer, startServer } from '../../localstack/servers/process.ts';
import { findProgram } from '../../localstack/servers/programs.ts';
import { s3 } from '../../providers/s3/provider.ts';
import { evaluate } from '../../src/exposure/evaluate.ts';
import { DEFAULT_LIMITS } from '../../src/model/limits.ts';
import type { Connection } from '../../src/model/provider.ts';
import { collect } from '../kit/collect.ts';
import { asked } from './asked.ts';

const KEYS = { accessKeyId: 'made', secretAccessKey: 'up' };
const ROLE = 'OrganizationAccountAccessRole';
const isAsked = asked('moto');

let server: RunningServer;
let url = '';
/** What was made on the way, by its name. */
const ids: Record<string, string> = {};

beforeAll(async () => {
  if (!isAsked) return;
  const program = findProgram('moto_server');
  if (!program) throw new Error('moto is gone since the setup');
  const [port = 0] = await freePorts(1);
  server = await startServer({
    program: program.path,
    env: program.env,
    args: () => ['-H', '127.0.0.1', '-p', String(port)],
    url: `http://127.0.0.1:${port}/moto-api/data.json`,
    startTimeoutMs: 60_000,
  });
  url = server.url.replace(/\/moto-api.*/, '');
  await found();
}, 120_000);
afterAll(() => server?.stop());

interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Three departments, one of them in a unit; a bucket in each. */
async function found(): Promise<void> {
  const client = new OrganizationsClient({ endpoint: url, region: 'us-east-1', credentials: KEYS });
  await client.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const [root] = (await client.send(new ListRootsCommand({}))).Roots ?? [];
  const unit = await client.send(
    new CreateOrganizationalUnitCommand({ ParentId: root?.Id, Name: 'Land' }),
  );
  ids.unit = unit.OrganizationalUnit?.Id ?? '';
  for (const name of ['lands', 'taxes', 'parks']) {
    const made = await client.send(
      new CreateAccountCommand({ AccountName: name, Email: `${name}@example.org` }),
    );
    const id = made.CreateAccountStatus?.AccountId ?? '';
    ids[name] = id;
    await fill(id, `${name}-forms`);
  }
  await client.send(
    new MoveAccountCommand({
      AccountId: ids.lands,
      SourceParentId: root?.Id,
      DestinationParentId: ids.unit,
    }),
  );
  client.destroy();
}

/** Any name is this machine. */
const loopback: LookupFunction = (_, { all }, done) => {
  if (all) done(null, [{ address: '127.0.0.1', family: 4 }]);
  else done(null, '127.0.0.1', 4);
};

/** Keys of a session in a member account. */
async function entered(account: string): Promise<Session> {
  const sts = new STSClient({ endpoint: url, region: 'us-east-1', credentials: KEYS });
  const { Credentials: own } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${account}:role/${ROLE}`,
      RoleSessionName: 'test',
    }),
  );
  sts.destroy();
  return {
    accessKeyId: own?.AccessKeyId ?? '',
    secretAccessKey: own?.SecretAccessKey ?? '',
    sessionToken: own?.SessionToken ?? '',
  };
}

async function fill(account: string, bucket: string): Promise<void> {
  const credentials = await entered(account);
  const place = { endpoint: url, region: 'us-east-1', credentials };
  const client = new S3Client({ ...place, forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  const open = {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${bucket}/*`,
    },
  };
  await client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: JSON.stringify(open) }));
  client.destroy();
}

function connect(account: string): Promise<Connection> {
  return s3.connect(
    {
      uri: 's3+http://s3.us-east-1.amazonaws.com/',
      account,
      role: ROLE,
      credentials: { accessKeyId: 'K', secretAccessKey: 'S' },
    },
    {
      limits: DEFAULT_LIMITS,
      signal: new AbortController().signal,
      allow: () => {},
      env: {
        K: KEYS.accessKeyId,
        S: KEYS.secretAccessKey,
        HTTP_PROXY: url,
        AWS_ENDPOINT_URL_STS: 'http://sts.us-east-1.amazonaws.com',
        AWS_ENDPOINT_URL_S3_CONTROL: 'http://s3-control.us-east-1.amazonaws.com',
        AWS_ENDPOINT_URL_ORGANIZATIONS: 'http://organizations.us-east-1.amazonaws.com',
      },
    },
  );
}

async function buckets(connection: Connection): Promise<readonly string[]> {
  const all = await collect(connection.assets());
  return all.flatMap((one) => ('asset' in one ? [one.asset.name] : [])).sort();
}

test(isAsked
  ? 'every account of the organisation is entered'
  : 'moto: not asked for in this run', async () => {
  if (!isAsked) return;
  const connection = await connect('organization');
  expect(await buckets(connection)).toEqual(['lands-forms', 'parks-forms', 'taxes-forms']);
  await connection.close();
}, 60_000);

test(isAsked
  ? 'a unit means the accounts that lie in it'
  : 'moto: units not asked for in this run', async () => {
  if (!isAsked) return;
  const connection = await connect(ids.unit ?? '');
  expect(await buckets(connection)).toEqual(['lands-forms']);
  await connection.close();
}, 60_000);

/** What the documents alone say of reading by anyone: moto enforces nothing. */
async function byDocuments(bucket: string): Promise<string> {
  const connection = await connect('organization');
  const all = await collect(connection.assets());
  const asset = all
    .flatMap((one) => ('asset' in one ? [one.asset] : []))
    .find(({ name }) => name === bucket);
  if (!asset) throw new Error(`${bucket} was not found`);
  const { facts, gaps } = await connection.probes(asset);
  await connection.close();
  expect(gaps).toEqual([]);
  return evaluate(facts.filter(({ source }) => source === 'config')).read.state;
}

test(isAsked
  ? 'the block of one member account closes its buckets and no others'
  : 'moto: account blocks not asked for in this run', async () => {
  if (!isAsked) return;
  expect([await byDocuments('lands-forms'), await byDocuments('taxes-forms')]).toEqual([
    'open',
    'open',
  ]);
  const credentials = await entered(ids.lands ?? '');
  const control = new S3ControlClient({
    // The SDK puts the account before the host's name, which no address allows.
    endpoint: url.replace('127.0.0.1', 'localhost'),
    region: 'us-east-1',
    credentials,
    requestHandler: { httpAgent: new Agent({ lookup: loopback }) },
  });
  await control.send(
    new PutPublicAccessBlockCommand({
      AccountId: ids.lands,
      PublicAccessBlockConfiguration: { RestrictPublicBuckets: true },
    }),
  );
  control.destroy();
  expect([await byDocuments('lands-forms'), await byDocuments('taxes-forms')]).toEqual([
    'closed',
    'open',
  ]);
}, 60_000);
