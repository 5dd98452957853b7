/** Every printed command on every S3 server at hand: the data stays, the door shuts, the proof says so. */
import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketAclCommand,
  PutBucketPolicyCommand,
  PutObjectAclCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { s3 } from '../../providers/s3/provider.ts';
import type { Asset } from '../../src/model/asset.ts';
import type { Finding, RemedyStep } from '../../src/model/finding.ts';
import { composeRemedy } from '../../src/remedy/index.ts';
import {
  CREDENTIALS,
  type S3ServerName,
  type S3ServerUnderTest,
  startS3,
} from '../kit/s3-servers.ts';
import { asked } from './asked.ts';
import { type Desk, noteCommand, openDesk, programsOf, uniqueSteps } from './printed.ts';

// Made up, with right check digits.
const PEOPLE = ['Q372145(7)', 'U104226(A)', 'O551907(2)'];
const LIST = `Name,HKID\n${PEOPLE.map((id) => `Person,${id}`).join('\n')}\n`;
const OTHER = 'Opening hours: 9 to 5\n';
const KEY = "forms/list of $people's 名單.csv";

type Scenario = 'policy' | 'numbered' | 'acl' | 'object';

/** What each server has doors of; the others only store the setting. */
const SCENARIOS: Readonly<Record<S3ServerName, readonly Scenario[]>> = {
  'stand-in': ['policy', 'numbered', 'acl', 'object'],
  seaweedfs: ['policy', 'numbered'],
  versitygw: ['policy', 'numbered'],
  ceph: ['policy', 'numbered', 'acl', 'object'],
  minio: ['policy'],
};

function policy(bucket: string, named: boolean): string {
  const grant = (sid: string, action: string, resource: string): object => ({
    ...(named && { Sid: sid }),
    Effect: 'Allow',
    Principal: '*',
    Action: action,
    Resource: resource,
  });
  const arn = `arn:aws:s3:::${bucket}`;
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [grant('Read', 's3:GetObject', `${arn}/*`), grant('List', 's3:ListBucket', arn)],
  });
}

async function open(server: S3ServerUnderTest, bucket: string, scenario: Scenario): Promise<void> {
  const { client } = server;
  await server.createBucket(bucket, scenario === 'acl' || scenario === 'object');
  await server.put(bucket, KEY, LIST);
  await server.put(bucket, 'readme.txt', OTHER);
  if (scenario === 'policy' || scenario === 'numbered') {
    const Policy = policy(bucket, scenario === 'policy');
    await client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));
  } else {
    for (const Key of [KEY, 'readme.txt']) {
      await client.send(new PutObjectAclCommand({ Bucket: bucket, Key, ACL: 'public-read' }));
    }
    if (scenario === 'acl') {
      await client.send(new PutBucketAclCommand({ Bucket: bucket, ACL: 'public-read' }));
    }
  }
}

async function statusOf(request: Promise<unknown>): Promise<number> {
  try {
    await request;
    return 200;
  } catch (error) {
    const { $metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
    return $metadata?.httpStatusCode ?? 0;
  }
}

function anonymous({ outsider }: S3ServerUnderTest, bucket: string): Promise<readonly number[]> {
  return Promise.all([
    statusOf(outsider.send(new ListObjectsV2Command({ Bucket: bucket }))),
    statusOf(outsider.send(new GetObjectCommand({ Bucket: bucket, Key: KEY }))),
  ]);
}

async function stored({ client }: S3ServerUnderTest, bucket: string, key: string): Promise<string> {
  const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return (await answer.Body?.transformToString()) ?? '';
}

for (const name of Object.keys(SCENARIOS) as S3ServerName[]) {
  // The printed commands need their programs; what is not there is named by the suite's last lines.
  const needs = [
    ...(name === 'stand-in' ? [] : [name]),
    'aws',
    ...(name === 'minio' ? ['mc'] : []),
  ];
  const missing = needs.filter((one) => !asked(one));
  if (missing.length > 0) {
    test(`${name}: not asked for in this run, or not to be had: ${missing.join(', ')}`, () => {});
    continue;
  }

  describe(name, () => {
    let server: S3ServerUnderTest;
    let desk: Desk;
    let findings: readonly Finding[];
    const bucketOf = (scenario: Scenario): string => `ajar-${scenario}`;

    beforeAll(async () => {
      server = await startS3(name);
      for (const scenario of SCENARIOS[name]) await open(server, bucketOf(scenario), scenario);
      const { accessKeyId, secretAccessKey } = server.keys;
      const { host } = new URL(server.url);
      desk = openDesk(name === 'minio' ? ['aws', 'mc'] : ['aws'], {
        ...server.env,
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        // The printed command calls the server by a name that mc has to know.
        MC_HOST_ALIAS: `http://${accessKeyId}:${secretAccessKey}@${host}`,
      });
      const uri = server.url.replace(/^http/, 's3+http');
      findings = await desk.scan([{ uri, credentials: CREDENTIALS }]);
    }, 240_000);
    afterAll(async () => {
      desk?.clear();
      await server?.stop();
    });

    test.each(SCENARIOS[name])(
      '%s: every command, verbatim',
      async (scenario) => {
        const bucket = bucketOf(scenario);
        const own = findings.filter(({ asset }) => asset.name === bucket);
        expect(own.length, `findings of ${bucket}`).toBeGreaterThan(0);
        expect(await anonymous(server, bucket)).toContain(200);
        const steps = (purpose: RemedyStep['purpose']): readonly RemedyStep[] =>
          uniqueSteps(own).filter((step) => step.purpose === purpose && step.command !== '');
        const cause = own[0]?.verdict.reasons[0]?.code ?? '';
        const run = async (step: RemedyStep): Promise<string> => {
          const ran = await desk.run(step.command);
          expect([step.command, ran.code, ran.stderr]).toEqual([step.command, 0, ran.stderr]);
          const programs = programsOf(step.command);
          noteCommand({ server: name, cause, purpose: step.purpose, programs, outcome: 'ran' });
          return ran.stdout;
        };

        expect(steps('close').length).toBeGreaterThan(0);
        for (const step of steps('close')) {
          await run(step);
          expect(await stored(server, bucket, KEY), 'the data is intact').toBe(LIST);
        }
        const refused = await anonymous(server, bucket);
        expect(
          refused.every((status) => status === 401 || status === 403),
          String(refused),
        ).toBe(true);
        for (const { id } of own) {
          const { statement, became } = await desk.prove(id);
          expect([statement.result, statement.because, became]).toEqual([
            'closed',
            statement.because,
            'fixed',
          ]);
        }
        for (const step of steps('prove')) {
          expect((await run(step)).trim()).toMatch(/^40[13]$|closed, 0 open, 0 unknown$/);
        }

        for (const step of steps('guard')) {
          await run(step);
          expect(await stored(server, bucket, KEY), 'the data is intact').toBe(LIST);
        }
        expect(await anonymous(server, bucket)).not.toContain(200);

        for (const step of steps('remove')) await run(step);
        const left = await server.client.send(new ListObjectsV2Command({ Bucket: bucket }));
        expect((left.Contents ?? []).map(({ Key }) => Key)).not.toContain(KEY);
      },
      180_000,
    );
  });
}

/** `s3control` puts the account before the host's name, which no loopback address allows. */
const AMAZONS_ONLY = /^aws s3control /;

// A suite without its program is named here and among what did not run.
const amazon = asked('aws') ? describe : describe.skip;
if (!asked('aws')) test('Amazon’s own commands: aws is not to be had', () => {});

amazon('Amazon’s own commands, on the stand-in', () => {
  let server: S3ServerUnderTest;
  let desk: Desk;
  let findings: readonly Finding[];
  const scenarios: readonly Scenario[] = ['policy', 'numbered', 'acl', 'object'];

  beforeAll(async () => {
    server = await startS3('stand-in');
    for (const scenario of scenarios) await open(server, `amazon-${scenario}`, scenario);
    const { accessKeyId, secretAccessKey } = server.keys;
    desk = openDesk(['aws'], {
      ...server.env,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_ENDPOINT_URL: server.url,
    });
    const uri = server.url.replace(/^http/, 's3+http');
    findings = await desk.scan([{ uri, credentials: CREDENTIALS }]);
  }, 120_000);
  afterAll(async () => {
    desk?.clear();
    await server?.stop();
  });

  test.each(scenarios)(
    '%s: every command that is printed for a bucket of Amazon’s',
    async (scenario) => {
      const bucket = `amazon-${scenario}`;
      const own = findings.filter(({ asset }) => asset.name === bucket);
      expect(own.length, `findings of ${bucket}`).toBeGreaterThan(0);
      const all = own.flatMap(({ verdict, samples }) => {
        const causes = verdict.reasons.filter(({ code }) => code.startsWith('s3.'));
        const refs =
          scenario === 'object' || scenario === 'acl' ? samples.map(({ ref }) => ref) : [];
        return composeRemedy(amazons(bucket), causes, [...new Set(refs)], s3);
      });
      const steps = [...new Map(all.map((step) => [step.command, step])).values()];
      const order: readonly RemedyStep['purpose'][] = ['close', 'guard'];
      for (const purpose of order) {
        for (const { command } of steps.filter((step) => step.purpose === purpose)) {
          const here = !AMAZONS_ONLY.test(command);
          const outcome = here ? 'ran' : 'not run: s3control needs Amazon’s own host names';
          const programs = programsOf(command);
          noteCommand({ server: 'Amazon (stand-in)', cause: scenario, purpose, programs, outcome });
          if (!here) continue;
          const ran = await desk.run(command);
          expect([command, ran.code, ran.stderr]).toEqual([command, 0, ran.stderr]);
          expect(await stored(server, bucket, KEY), 'the data is intact').toBe(LIST);
        }
        expect(await anonymous(server, bucket), `after ${purpose}`).toEqual([403, 403]);
      }
      for (const { id } of own) expect((await desk.prove(id)).became).toBe('fixed');
    },
    180_000,
  );
});

function amazons(bucket: string): Asset {
  return {
    id: `s3:aws/${bucket}`,
    provider: 's3',
    authority: 'aws',
    name: bucket,
    kind: 'bucket',
    url: `https://${bucket}.s3.us-east-1.amazonaws.com/`,
    account: '111122223333',
    region: 'us-east-1',
    labels: {},
  };
}
