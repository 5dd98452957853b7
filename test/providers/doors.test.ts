/** Domains in front of a store: what opens through them counts, what answers everything does not. */
import { afterEach, expect, test } from 'vitest';
import { type Handler, type Served, serve } from '../../localstack/standins/served.ts';
import { readTarget } from '../../providers/s3/target.ts';
import { evaluate } from '../../src/exposure/evaluate.ts';
import { UsageError } from '../../src/model/errors.ts';
import { OWNER, setStage } from './gcs/stage.ts';
import { stage } from './s3/stage.ts';

const on = stage();
const doors: Served[] = [];
afterEach(async () => {
  for (const one of doors.splice(0)) await one.stop();
});

async function door(handle: Handler): Promise<string> {
  const served = await serve({ host: '127.0.0.1', port: 0 }, () => false, handle);
  doors.push(served);
  return served.url;
}

/** A CDN with an identity of its own: it serves what the bucket shows to nobody else. */
const SERVES_IT: Handler = (_, { path }) =>
  path === '/a.csv' ? { status: 200, body: 'made up' } : { status: 404 };
/** A one-page application: every address is the same page. */
const SERVES_ANYTHING: Handler = () => ({ status: 200, body: '<html>' });

function closedBucket(name: string): void {
  on.standIn.seed.bucket({ name });
  on.standIn.seed.object({ bucket: name, key: 'a.csv', body: 'made up' });
}

test('a closed bucket behind a domain that serves it is open, and both witnesses are named', async () => {
  closedBucket('behind');
  const domain = await door(SERVES_IT);
  const { verdict } = await on.look('behind', { domains: [domain] });
  expect(verdict.read.state).toBe('partly-open');
  expect(verdict.read.disagreement).toContain(domain);
});

test('a domain that answers every address with a page opens nothing', async () => {
  closedBucket('behind');
  const { verdict } = await on.look('behind', { domains: [await door(SERVES_ANYTHING)] });
  expect(verdict.read.state).toBe('closed');
});

test('a domain that refuses says nothing about a bucket that is open', async () => {
  on.standIn.seed.bucket({ name: 'open-listed', acl: 'public-read' });
  const shut = await door(() => ({ status: 403 }));
  const { verdict } = await on.look('open-listed', { domains: [shut] });
  expect(verdict.list).toMatchObject({ state: 'open', disagreement: null });
});

test('a domain that does not answer is a gap', async () => {
  closedBucket('behind');
  const { probed } = await on.look('behind', { domains: ['http://127.0.0.1:1'] });
  expect(probed.gaps).toMatchObject([{ code: 'unreachable' }]);
});

test('a domain that shows the bucket’s list at its root opens the list', async () => {
  closedBucket('behind');
  const body = '<?xml version="1.0"?><ListBucketResult><Name>behind</Name></ListBucketResult>';
  const domain = await door((_, { path }) =>
    path === '/' ? { status: 200, body } : { status: 404 },
  );
  const { verdict } = await on.look('behind', { domains: [domain] });
  expect(verdict.list.state).toBe('open');
});

test('a website endpoint is tried, without TLS, where it could show more than the bucket did', async () => {
  const open = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject' };
  for (const [name, statement] of [
    ['site', { ...open, Resource: 'arn:aws:s3:::site/*' }],
    ['shut-site', { ...open, Effect: 'Deny', Resource: 'arn:aws:s3:::shut-site/*' }],
  ] as const) {
    on.standIn.seed.bucket({ name, website: 'index.html', policy: { Statement: statement } });
    on.standIn.seed.object({ bucket: name, key: 'index.html', body: '<html>' });
  }
  const website = (name: string): boolean =>
    on.standIn.log.some(({ host }) => host === `${name}.s3-website-us-east-1.amazonaws.com`);
  await on.lookAtAmazon('site');
  expect(website('site')).toBe(false);
  on.standIn.fault({
    scope: { operation: 'GetObject', signed: false },
    trouble: { kind: 'status', status: 403 },
  });
  await on.lookAtAmazon('site');
  await on.lookAtAmazon('shut-site');
  expect([website('site'), website('shut-site')]).toEqual([true, false]);
});

test('where the documents open what was refused, the dual-stack address is tried too', async () => {
  const statement = {
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::six/*',
    Condition: { IpAddress: { 'aws:SourceIp': '::/0' } },
  };
  on.standIn.seed.bucket({ name: 'six', policy: { Statement: statement } });
  on.standIn.seed.object({ bucket: 'six', key: 'a.csv', body: 'made up' });
  const { verdict } = await on.lookAtAmazon('six');
  const hosts = new Set(on.standIn.log.map(({ host }) => host));
  expect([...hosts]).toContain('six.s3.dualstack.us-east-1.amazonaws.com');
  expect(verdict.read.state).toBe('open');
  expect(verdict.read.disagreement).not.toBeNull();
});

test('a Google bucket behind a load balancer is judged by what that serves', async () => {
  const google = await setStage();
  doors.push(google);
  google.bucket({ name: 'behind', objects: { 'a.csv': 'made up' } });
  const connection = await google.connect(
    { uri: 'gs://behind', domains: [await door(SERVES_IT)] },
    { env: { GCS_TOKEN: OWNER } },
  );
  for await (const found of connection.assets()) {
    if (!('asset' in found)) continue;
    const { facts } = await connection.probes(found.asset);
    expect(evaluate(facts).read.state).toBe('partly-open');
  }
});

test('domains without one bucket to serve are wrong usage, and their hosts are in the plan', () => {
  const given = { uri: 's3://', domains: ['files.example.org'] };
  expect(() => readTarget(given, {})).toThrow(UsageError);
  expect(readTarget({ ...given, uri: 's3://files' }, {}).domains).toEqual(['files.example.org']);
});
