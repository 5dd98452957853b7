/**
 * A member account on moto: an assumed role, its identity, its own buckets. moto does not enforce
 * access, so only what the provider learns is looked at, never what a plain request gets.
 */
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePorts, type RunningServer, startServer } from '../../localstack/servers/process.ts';
import { findProgram } from '../../localstack/servers/programs.ts';
import { s3 } from '../../providers/s3/provider.ts';
import { DEFAULT_LIMITS } from '../../src/model/limits.ts';
import { collect } from '../kit/collect.ts';
import { asked } from './asked.ts';

const KEYS = { accessKeyId: 'made', secretAccessKey: 'up' };
const MEMBER = '111122223333';
const isAsked = asked('moto');

let server: RunningServer;
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
}, 90_000);
afterAll(() => server?.stop());

/** Credentials of a member account, as the organisation's scanner would take them. */
async function member(): Promise<{ id: string; secret: string; token: string }> {
  const sts = new STSClient({
    endpoint: server.url.replace(/\/moto-api.*/, ''),
    region: 'us-east-1',
    credentials: KEYS,
  });
  const role = `arn:aws:iam::${MEMBER}:role/scanner`;
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'ajar' }),
  );
  sts.destroy();
  return {
    id: Credentials?.AccessKeyId ?? '',
    secret: Credentials?.SecretAccessKey ?? '',
    token: Credentials?.SessionToken ?? '',
  };
}

test(
  isAsked
    ? 'an assumed role is the member account, and its own buckets are found'
    : 'moto: not asked for in this run',
  async () => {
    if (!isAsked) return;
    const url = server.url.replace(/\/moto-api.*/, '');
    const own = await member();
    const credentials = {
      accessKeyId: own.id,
      secretAccessKey: own.secret,
      sessionToken: own.token,
    };
    const place = { endpoint: url, region: 'us-east-1', credentials };
    const sts = new STSClient(place);
    expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe(MEMBER);
    const client = new S3Client({ ...place, forcePathStyle: true });
    await client.send(new CreateBucketCommand({ Bucket: 'member-forms' }));
    const connection = await s3.connect(
      {
        uri: `s3+${url}/`,
        name: 'member',
        credentials: { accessKeyId: 'K', secretAccessKey: 'S', sessionToken: 'T' },
      },
      {
        limits: DEFAULT_LIMITS,
        signal: new AbortController().signal,
        env: { K: own.id, S: own.secret, T: own.token },
        allow: () => {},
      },
    );
    const found = await collect(connection.assets());
    expect(
      found.map((one) => ('asset' in one ? [one.asset.name, one.asset.account] : one)),
    ).toEqual([['member-forms', MEMBER]]);
    await connection.close();
    for (const one of [sts, client]) one.destroy();
  },
);
