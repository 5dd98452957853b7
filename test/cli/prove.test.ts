/** From an open door to a proved one, on servers that really refuse; each test has an asset of its own. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  PutBucketPolicyCommand,
  PutObjectAclCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { BlobServiceClient } from '@azure/storage-blob';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Azurite, startAzurite } from '../../localstack/servers/azurite.ts';
import { type GcsStandIn, startGcsStandIn } from '../../localstack/standins/gcs/index.ts';
import { type S3StandIn, startS3StandIn } from '../../localstack/standins/s3/index.ts';
import { type Config, loadConfig } from '../../src/cli/config.ts';
import { type Proved, prove } from '../../src/cli/prove.ts';
import { prepare } from '../../src/cli/root.ts';
import type { Entry } from '../../src/model/ledger.ts';
import { scan } from '../../src/scan/scan.ts';
import { openStore } from '../../src/store/open.ts';
import { collect } from '../kit/collect.ts';
import { startWebSite, type WebSite } from '../kit/web-site.ts';

// Made up, with right check digits.
const PEOPLE = ['Q372145(7)', 'U104226(A)', 'O551907(2)'];
const LIST = `Name,HKID\n${PEOPLE.map((id) => `Person,${id}`).join('\n')}\n`;
const NAMED_KEY = `forms/${PEOPLE[0]}.csv`;
const ALL_BLOCKED = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};
const main = resolve(import.meta.dirname, '../../src/cli/main.ts');
const folder = mkdtempSync(join(tmpdir(), 'ajar-prove-'));
let s3: S3StandIn;
let gcs: GcsStandIn;
let site: WebSite;
let cdn: WebSite;
let azurite: Azurite;
let client: S3Client;
let config: Config;
/** Asset name → finding id. */
const ids = new Map<string, string>();

const AZURE = { name: 'health', key: Buffer.from('a'.repeat(64)).toString('base64') };

function blobs(): BlobServiceClient {
  return BlobServiceClient.fromConnectionString(azurite.connectionString(AZURE));
}

function policy(bucket: string, ...actions: readonly string[]): string {
  const statement = (action: string): object => ({
    Sid: action.replace(':', ''),
    Effect: 'Allow',
    Principal: '*',
    Action: action,
    Resource: `arn:aws:s3:::${bucket}${action === 's3:ListBucket' ? '' : '/*'}`,
  });
  return JSON.stringify({ Version: '2012-10-17', Statement: actions.map(statement) });
}

const OPEN = ['s3:GetObject', 's3:ListBucket'];

function bucket(name: string, actions: readonly string[] = OPEN): void {
  s3.seed.bucket({
    name,
    ...(actions.length > 0 && { policy: policy(name, ...actions) }),
    ownership: 'ObjectWriter',
    versioning: 'Enabled',
  });
  s3.seed.object({ bucket: name, key: NAMED_KEY, body: LIST });
}

beforeAll(async () => {
  const keys = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' };
  s3 = await startS3StandIn({
    accounts: [{ id: '111122223333', canonicalId: 'c', ...keys }],
  });
  gcs = await startGcsStandIn({
    host: '127.0.0.1',
    port: 0,
    projects: [{ id: 'revenue', token: 't' }],
  });
  site = await startWebSite();
  site.files.set('open/list.csv', LIST);
  site.listed.add('open/');
  cdn = await startWebSite();
  cdn.files.set(NAMED_KEY, LIST);
  azurite = await startAzurite([AZURE]);
  for (const [name, access] of [
    ['listed', 'container'],
    ['byblob', 'blob'],
    ['dropped', 'container'],
  ] as const) {
    const { containerClient } = await blobs().createContainer(name, { access });
    await containerClient.getBlockBlobClient(NAMED_KEY).upload(LIST, Buffer.byteLength(LIST));
  }
  for (const name of ['stays', 'blocked', 'half', 'again', 'gone', 'raced', 'behind']) bucket(name);
  bucket('byname', ['s3:GetObject']);
  bucket('versions', ['s3:GetObject', 's3:GetObjectVersion', 's3:ListBucket']);
  s3.seed.object({ bucket: 'versions', key: NAMED_KEY, body: 'Opening hours: 9 to 5\n' });
  bucket('granted', []);
  s3.seed.object({ bucket: 'granted', key: NAMED_KEY, body: LIST, acl: 'public-read' });
  gcs.bucket({
    name: 'revenue-open',
    project: 'revenue',
    uniform: true,
    iam: [{ role: 'roles/storage.objectViewer', members: ['allUsers'] }],
    publicAccessPrevention: 'inherited',
    objects: { 'list.csv': Buffer.from(LIST) },
  });
  client = new S3Client({
    endpoint: s3.url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: keys,
  });
  const store = s3.url.replace('http', 's3+http');
  const credentials = { accessKeyId: 'T_KEY', secretAccessKey: 'T_SECRET' };
  Object.assign(process.env, {
    T_AZURE: AZURE.key,
    T_KEY: 'AKIATEST',
    T_SECRET: 'secret',
    T_TOKEN: 't',
  });
  const targets = [
    // First: a bucket is looked at once, and only this target names its other door.
    { uri: `${store}/behind`, credentials, domains: [cdn.url] },
    { uri: store, credentials },
    { uri: 'gs://', account: 'revenue', endpoint: gcs.url, credentials: { token: 'T_TOKEN' } },
    { uri: 'az://health', endpoint: `${azurite.url}/health`, credentials: { key: 'T_AZURE' } },
    { uri: `${site.url}/open/` },
  ];
  const file = join(folder, 'ajar.yaml');
  writeFileSync(file, `store: store.db\nkey: key\nout: out\ntargets: ${JSON.stringify(targets)}\n`);
  config = loadConfig({ config: file });
  const { job, close } = await prepare(config, new AbortController().signal);
  try {
    for await (const event of scan(job)) {
      if (event.type === 'finding') ids.set(event.finding.asset.name, event.finding.id);
    }
  } finally {
    await close();
  }
}, 120_000);

afterAll(async () => {
  client.destroy();
  await Promise.allSettled([s3.stop(), gcs.stop(), site.stop(), cdn.stop(), azurite.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

async function proof(name: string): Promise<Proved> {
  const id = ids.get(name) ?? `no finding of ${name}`;
  const signal = new AbortController().signal;
  const [proved] = await collect(prove({ config, ids: [id], by: 'Chan', signal }));
  if (!proved) throw new Error(`no proof of ${name}`);
  return proved;
}

async function entriesOf(name: string): Promise<readonly Entry[]> {
  const store = await openStore(config.store);
  const entries = await collect(store.entries({ subject: ids.get(name) ?? '' }));
  await store.close();
  return entries.filter(({ kind }) => kind !== 'finding.seen');
}

test('what is still open stays as it is, and the ledger knows that it was tried', async () => {
  const { statement, became } = await proof('stays');
  expect([statement.result, became]).toEqual(['open', null]);
  expect((await entriesOf('stays')).map(({ kind, by }) => [kind, by])).toEqual([
    ['finding.proof', 'Chan'],
  ]);
});

test('a bucket that is blocked is fixed, with the statement in the ledger', async () => {
  const block = { Bucket: 'blocked', PublicAccessBlockConfiguration: ALL_BLOCKED };
  await client.send(new PutPublicAccessBlockCommand(block));
  const { statement, became, file } = await proof('blocked');
  expect([statement.result, statement.because, became]).toEqual([
    'closed',
    'the list and 1 object refused',
    'fixed',
  ]);
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
  const [made, status] = await entriesOf('blocked');
  expect(made?.body).toMatchObject({ result: 'closed', statement: sha256, answered: 0 });
  expect(status?.body).toMatchObject({ to: 'fixed', reason: statement.because });
});

test('nothing of the statement, the ledger or the output names anybody', async () => {
  const { statement, file } = await proof('stays');
  const asked = statement.exchanges.filter(({ url }) => url.includes('/stays/forms/'));
  expect(asked.length).toBeGreaterThan(0);
  const text = readFileSync(file, 'utf8') + JSON.stringify(await entriesOf('stays'));
  for (const id of PEOPLE) expect(text.includes(id), 'a raw identifier').toBe(false);
});

test('a list that is shut while the objects are still served is open', async () => {
  const half = { Bucket: 'half', Policy: policy('half', 's3:GetObject') };
  await client.send(new PutBucketPolicyCommand(half));
  const { statement } = await proof('half');
  expect(statement.result).toBe('open');
  expect(statement.subjects.map(({ action, result }) => [action, result])).toEqual([
    ['list', 'closed'],
    ['read', 'open'],
  ]);
});

test('one that is opened again is reopened', async () => {
  await client.send(new DeleteBucketPolicyCommand({ Bucket: 'again' }));
  expect((await proof('again')).became).toBe('fixed');
  await client.send(
    new PutBucketPolicyCommand({ Bucket: 'again', Policy: policy('again', ...OPEN) }),
  );
  expect((await proof('again')).became).toBe('reopened');
});

test('a bucket that its owner deleted is closed because it is gone', async () => {
  const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket: 'gone' }));
  for (const { Key, VersionId } of Versions) {
    await client.send(new DeleteObjectCommand({ Bucket: 'gone', Key, VersionId }));
  }
  const { DeleteBucketCommand } = await import('@aws-sdk/client-s3');
  await client.send(new DeleteBucketCommand({ Bucket: 'gone' }));
  const { statement, became } = await proof('gone');
  expect([statement.because, became]).toEqual([
    'the list and 1 object not there any more',
    'fixed',
  ]);
});

test('a bucket without a list is proved by its objects', async () => {
  expect((await proof('byname')).statement.result).toBe('open');
  await client.send(new DeleteBucketPolicyCommand({ Bucket: 'byname' }));
  expect((await proof('byname')).became).toBe('fixed');
});

test('an old version that is still served keeps it open', async () => {
  const left = { Bucket: 'versions', Policy: policy('versions', 's3:GetObjectVersion') };
  await client.send(new PutBucketPolicyCommand(left));
  const { statement } = await proof('versions');
  expect(statement.subjects.filter(({ version }) => version !== null)).toMatchObject([
    { result: 'open' },
  ]);
  await client.send(new DeleteBucketPolicyCommand({ Bucket: 'versions' }));
  expect((await proof('versions')).became).toBe('fixed');
});

test('an object with a grant of its own is proved by its own request', async () => {
  expect((await proof('granted')).statement.result).toBe('open');
  await client.send(new PutObjectAclCommand({ Bucket: 'granted', Key: NAMED_KEY, ACL: 'private' }));
  expect((await proof('granted')).became).toBe('fixed');
});

test('Google: what was bound to everybody and is no more is fixed', async () => {
  expect((await proof('revenue-open')).statement.result).toBe('open');
  gcs.bucket({
    name: 'revenue-open',
    project: 'revenue',
    uniform: true,
    iam: [],
    publicAccessPrevention: 'enforced',
    objects: { 'list.csv': Buffer.from(LIST) },
  });
  expect((await proof('revenue-open')).became).toBe('fixed');
});

test('a bucket that is closed behind a CDN which still serves its keys is open', async () => {
  await client.send(new DeleteBucketPolicyCommand({ Bucket: 'behind' }));
  const { statement } = await proof('behind');
  expect(statement.subjects.map(({ action, result }) => [action, result])).toEqual([
    ['list', 'closed'],
    ['read', 'open'],
  ]);
  cdn.files.clear();
  expect((await proof('behind')).became).toBe('fixed');
});

test('a CDN that nobody reaches is a door that nobody knows to be shut', async () => {
  await cdn.stop();
  expect((await proof('behind')).statement.result).toBe('unknown');
});

test.each(['listed', 'byblob'])('Azure: a private container is fixed (%s)', async (name) => {
  expect((await proof(name)).statement.result).toBe('open');
  await blobs().getContainerClient(name).setAccessPolicy();
  expect((await proof(name)).became).toBe('fixed');
});

test('Azure: a container that was deleted is fixed', async () => {
  await blobs().deleteContainer('dropped');
  expect((await proof('dropped')).became).toBe('fixed');
});

test('a web server that shows no list any more but still serves the files is open, until it does not', async () => {
  site.listed.delete('open/');
  expect((await proof('open')).statement.result).toBe('open');
  site.answers.set(/^\/open\//, (_, outgoing) => {
    outgoing.writeHead(403).end('no');
  });
  expect((await proof('open')).became).toBe('fixed');
});

test('a web server that shows one page for everything proves nothing', async () => {
  site.answers.clear();
  site.answers.set(/./, (_, outgoing) => {
    outgoing.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>');
  });
  expect((await proof('open')).statement.result).toBe('unknown');
  site.answers.clear();
});

test('the command: everything, a line a request group, exit code 1 while something is open', async () => {
  const child = spawn(process.execPath, [main, 'prove', '--all', '--by', 'Chan'], { cwd: folder });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise((done) => child.on('close', done));
  const stdout = Buffer.concat(chunks).toString();
  expect(stdout).toMatch(/the list +OPEN/);
  expect(stdout).toMatch(/object K-[0-9a-f]{16} +closed/);
  expect(stdout).toMatch(/\d+ closed, \d+ open, 1 unknown\n$/);
  expect(code).toBe(1);
});

test('a server that is down closes nothing', async () => {
  await s3.stop();
  const { statement, became } = await proof('raced');
  expect([statement.result, became]).toEqual(['unknown', null]);
  expect(statement.because).toMatch(/no connection/);
});
