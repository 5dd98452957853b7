/** What is special about S3: dialects, documents that lie, regions, owners, keys. */
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, test, vi } from 'vitest';
import { CONFIGURATION_AND_LISTING } from '../../../localstack/standins/s3/index.ts';
import { openClients } from '../../../providers/s3/clients.ts';
import { s3 } from '../../../providers/s3/provider.ts';
import { readTarget } from '../../../providers/s3/target.ts';
import { evaluate } from '../../../src/exposure/evaluate.ts';
import { DEFAULT_LIMITS } from '../../../src/model/limits.ts';
import { collect } from '../../kit/collect.ts';
import { found, LANDS, OTHER, openPolicy, stage } from './stage.ts';

const on = stage();

function bucket(name: string, actions: readonly string[], extra: object = {}): void {
  const policy = actions.length > 0 ? { policy: openPolicy(name, ...actions) } : {};
  on.standIn.seed.bucket({ name, ...policy, ...extra });
  on.standIn.seed.object({ bucket: name, key: 'a.csv', body: 'made up' });
}

// --- Amazon ------------------------------------------------------------------------------------

test('under Amazon’s name the account’s block closes what the bucket opens', async () => {
  bucket('blocked', ['s3:GetObject', 's3:ListBucket']);
  on.standIn.seed.accountPublicAccessBlock(LANDS.id, { RestrictPublicBuckets: true });
  const { verdict, asset, probed } = await on.lookAtAmazon('blocked');
  on.standIn.seed.accountPublicAccessBlock(LANDS.id, null);
  expect([verdict.read.state, verdict.list.state]).toEqual(['closed', 'closed']);
  expect([asset.id, asset.account, probed.gaps]).toEqual(['s3:aws/blocked', LANDS.id, []]);
  const open = await on.lookAtAmazon('blocked');
  expect([open.verdict.read.state, open.verdict.read.disagreement]).toEqual(['open', null]);
});

test('an account’s many buckets are paged through, with region and tags', async () => {
  for (let at = 0; at < 1001; at++) on.standIn.seed.bucket({ name: `many-${at}` });
  on.standIn.seed.bucket({ name: 'many-far', region: 'ap-east-1', tags: { department: 'lands' } });
  const { assets } = await found(await on.amazon(''));
  expect(assets.filter(({ name }) => name.startsWith('many-'))).toHaveLength(1002);
  expect(on.standIn.log.filter(({ operation }) => operation === 'ListBuckets')).toHaveLength(2);
  const far = assets.find(({ name }) => name === 'many-far');
  expect([far?.region, far?.labels]).toEqual(['ap-east-1', { department: 'lands' }]);
}, 30_000);

test('a KMS object that refuses an outsider is explained, not reported as a disagreement', async () => {
  on.standIn.seed.bucket({ name: 'kms', policy: openPolicy('kms', 's3:GetObject') });
  on.standIn.seed.object({ bucket: 'kms', key: 'k', body: 'x', kms: true });
  const { verdict, probed } = await on.lookAtAmazon('kms');
  expect(verdict.read.disagreement).toBeNull();
  expect(probed.facts.some(({ because }) => because.code === 's3.object.kms')).toBe(true);
});

test('an access point with a public policy opens to any account where the bucket delegates to it', async () => {
  const point = {
    name: 'ap',
    networkOrigin: 'Internet',
    policy: JSON.stringify({
      Statement: [
        {
          Effect: 'Allow',
          Principal: '*',
          Action: 's3:GetObject',
          Resource: `arn:aws:s3:us-east-1:${LANDS.id}:accesspoint/ap/object/*`,
        },
      ],
    }),
    publicAccessBlock: {},
  } as const;
  const delegation = {
    Statement: [
      {
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:*',
        Resource: ['arn:aws:s3:::pointed', 'arn:aws:s3:::pointed/*'],
        Condition: { StringEquals: { 's3:DataAccessPointAccount': LANDS.id } },
      },
    ],
  };
  on.standIn.seed.bucket({ name: 'pointed', policy: delegation, accessPoints: [point] });
  const { verdict } = await on.lookAtAmazon('pointed');
  expect(verdict.read.state).toBe('open-to-any-account');
});

test('a bucket of another account is not judged by our account’s block', async () => {
  on.standIn.seed.bucket({
    name: 'theirs',
    account: OTHER.id,
    policy: openPolicy('theirs', 's3:*'),
  });
  on.standIn.seed.object({ bucket: 'theirs', key: 'a.csv', body: 'x' });
  on.standIn.seed.accountPublicAccessBlock(LANDS.id, { RestrictPublicBuckets: true });
  const { asset, probed, verdict } = await on.lookAtAmazon('theirs');
  on.standIn.seed.accountPublicAccessBlock(LANDS.id, null);
  expect(asset.account).toBeUndefined();
  expect(probed.gaps.map(({ what }) => what)).toContain("the account's public access block");
  expect(verdict.list.state).toBe('open');
});

// --- Documents ---------------------------------------------------------------------------------

test('an unreadable bucket is unknown, and each gap names the missing permission', async () => {
  bucket('unreadable', []);
  on.standIn.fault({
    scope: { operation: CONFIGURATION_AND_LISTING, bucket: 'unreadable', signed: true },
    trouble: { kind: 'status', status: 403 },
  });
  const { verdict, probed } = await on.look('unreadable');
  expect([verdict.read.state, verdict.list.state]).toEqual(['unknown', 'unknown']);
  const details = probed.gaps.map(({ detail }) => detail).join('\n');
  expect(details).toContain('s3:GetBucketPolicy');
  expect(details).toContain('s3:GetBucketAcl');
  expect(details).toContain('s3:GetBucketPublicAccessBlock');
});

test('what anyone may list is listed even where the credentials may not', async () => {
  bucket('odd', ['s3:ListBucket', 's3:GetObject']);
  on.standIn.fault({
    scope: { operation: CONFIGURATION_AND_LISTING, bucket: 'odd', signed: true },
    trouble: { kind: 'status', status: 403 },
  });
  const { connection, asset, verdict } = await on.look('odd');
  expect(verdict.list.state).toBe('open');
  const keys: string[] = [];
  const listing = (async () => {
    for await (const { key } of connection.objects(asset)) keys.push(key);
  })();
  // Whether there are old versions as well is what nobody could tell.
  await expect(listing).rejects.toMatchObject({
    code: 'denied',
    detail: expect.stringContaining('s3:ListBucketVersions'),
  });
  expect(keys).toEqual(['a.csv']);
});

test.each([
  ['GetBucketPolicy', '<ListBucketResult><Name>x</Name></ListBucketResult>'],
  ['GetBucketPolicy', '[]'],
  ['GetBucketAcl', '<ListBucketResult><Name>x</Name></ListBucketResult>'],
  ['GetBucketAcl', 'AccessControlPolicy'],
  ['GetBucketAcl', ''],
])('%s answered with %j is a gap and unknown, never "none"', async (operation, body) => {
  bucket('liar', []);
  on.standIn.fault({ scope: { operation, bucket: 'liar' }, trouble: { kind: 'body', body } });
  const { verdict, probed } = await on.look('liar');
  expect(probed.gaps.map(({ code }) => code)).toEqual(['malformed']);
  expect(verdict.list.state).toBe('unknown');
});

test('a store that says it has no such setting is taken as having none', async () => {
  bucket('simple', ['s3:GetObject']);
  on.standIn.fault({
    scope: {
      bucket: 'simple',
      operation: ['GetPublicAccessBlock', 'GetBucketOwnershipControls', 'GetBucketWebsite'],
    },
    trouble: { kind: 'status', status: 501, code: 'NotImplemented' },
  });
  const { verdict, probed } = await on.look('simple');
  expect([verdict.read.state, probed.gaps]).toEqual(['open', []]);
});

// --- Outside -----------------------------------------------------------------------------------

test('a page that answers every address alike proves nothing', async () => {
  bucket('catchall', []);
  on.standIn.fault({
    scope: { bucket: 'catchall', signed: false },
    trouble: { kind: 'body', body: '<html>Welcome</html>', contentType: 'text/html' },
  });
  const { connection, asset, probed } = await on.look('catchall');
  const objects = await collect(connection.objects(asset));
  const own = await collect(connection.objectProbes(asset, objects));
  const facts = [...probed.facts, ...own].filter(({ source }) => source === 'probe');
  expect(facts.map(({ answer }) => answer)).not.toContain('yes');
});

test('data that is HTML itself is believed once a random sibling is refused', async () => {
  bucket('pages', ['s3:GetObject']);
  on.standIn.seed.object({
    bucket: 'pages',
    key: 'staff.html',
    body: '<html>made up</html>',
    contentType: 'text/html',
  });
  const { connection, asset } = await on.look('pages');
  const objects = [{ key: 'staff.html', sizeBytes: 20 }];
  const own = await collect(connection.objectProbes(asset, objects));
  expect(own.map(({ answer }) => answer)).toEqual(['yes']);
});

test('an object that is open by its own ACL is found and explained', async () => {
  on.standIn.seed.bucket({ name: 'single' });
  for (let at = 0; at < 200; at++) {
    const acl = at === 77 ? { acl: 'public-read' } : {};
    on.standIn.seed.object({ bucket: 'single', key: `k${at}`, body: 'x', ...acl });
  }
  const { connection, asset, probed } = await on.lookAtAmazon('single');
  expect([probed.objectGrants, evaluate(probed.facts).read.state]).toEqual([true, 'closed']);
  const objects = await collect(connection.objects(asset));
  const own = await collect(connection.objectProbes(asset, objects));
  expect(own.map(({ source, slice }) => [source, slice?.pattern])).toEqual([
    ['probe', 'k77'],
    ['config', 'k77'],
  ]);
  expect(own[1]?.because.code).toBe('s3.object-acl.allow');
});

test('a bucket that exists only in another region is found there and read', async () => {
  bucket('faraway', ['s3:GetObject'], { region: 'ap-east-1' });
  const { connection, asset, verdict } = await on.look('faraway');
  expect([asset.region, verdict.read.state]).toEqual(['ap-east-1', 'open']);
  const [object] = await collect(connection.objects(asset));
  const bytes = object ? await collect(connection.read(asset, object, null, 'credentials')) : [];
  expect(Buffer.concat(bytes).toString()).toBe('made up');
});

test('a named bucket without credentials is looked at from outside, and that is told', async () => {
  for (const [name, value] of [
    ['AWS_EC2_METADATA_DISABLED', 'true'],
    ['AWS_SHARED_CREDENTIALS_FILE', '/dev/null'],
    ['AWS_CONFIG_FILE', '/dev/null'],
  ] as const) {
    vi.stubEnv(name, value);
  }
  bucket('outside', ['s3:GetObject', 's3:ListBucket']);
  const uri = `${on.standIn.url.replace('http', 's3+http')}/outside`;
  const connection = await on.connect({ uri, credentials: {} });
  const { assets } = await found(connection);
  const probed = assets[0] ? await connection.probes(assets[0]) : null;
  const all = on.connect({ uri: uri.replace('/outside', ''), credentials: {} });
  await expect(all).rejects.toMatchObject({ code: 'no-credentials' });
  vi.unstubAllEnvs();
  expect(probed?.gaps.map(({ code }) => code)).toEqual(['no-credentials']);
  expect(evaluate(probed?.facts ?? []).list.state).toBe('open');
});

// --- Reading -----------------------------------------------------------------------------------

test('an object that was changed since it was listed is told, not mixed', async () => {
  bucket('changing', ['s3:GetObject']);
  const { connection, asset } = await on.look('changing');
  const [object] = await collect(connection.objects(asset));
  on.standIn.seed.object({ bucket: 'changing', key: 'a.csv', body: 'other' });
  const reading = object ? collect(connection.read(asset, object, null, 'credentials')) : null;
  await expect(reading).rejects.toMatchObject({ code: 'changed' });
});

test('a server that ignores ranges still yields only the part', async () => {
  bucket('whole', ['s3:GetObject']);
  const { connection, asset } = await on.look('whole');
  on.standIn.fault({
    scope: { operation: 'GetObject', bucket: 'whole' },
    trouble: { kind: 'body', body: '0123456789', contentType: 'text/plain' },
  });
  const object = { key: 'a.csv', sizeBytes: 10 };
  const part = await collect(connection.read(asset, object, { start: 3, end: 6 }, 'anonymous'));
  expect(Buffer.concat(part).toString()).toBe('345');
});

test('no error text holds the key, whatever the key holds', async () => {
  bucket('texts', []);
  const { connection, asset } = await on.look('texts');
  const object = { key: 'chan tai man A123456(3).csv', sizeBytes: 1 };
  for (const status of [400, 403, 404, 412, 429, 500, 503]) {
    on.standIn.clearFaults();
    on.standIn.fault({
      scope: { operation: 'GetObject' },
      trouble: { kind: 'status', status, code: `Bad ${object.key}` },
    });
    const error: unknown = await collect(connection.read(asset, object, null, 'credentials')).catch(
      (thrown: unknown) => thrown,
    );
    expect(String(error)).not.toMatch(/A123456|tai man/);
    expect(error).toHaveProperty('code');
  }
}, 30_000);

// --- Rules -------------------------------------------------------------------------------------

test('a writing call is refused by the client before anything is sent', async () => {
  const env = { K: LANDS.accessKeyId, S: LANDS.secretAccessKey };
  const credentials = { accessKeyId: 'K', secretAccessKey: 'S' };
  const uri = on.standIn.url.replace('http', 's3+http');
  const limits = DEFAULT_LIMITS;
  const { signal } = new AbortController();
  const context = { env, limits, signal, allow: () => {} };
  const clients = await openClients(readTarget({ uri, credentials }, env), context, false);
  const put = new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: 'x' });
  await expect(clients.signed('us-east-1').send(put)).rejects.toThrow(/not on the list of reading/);
  clients.close();
  expect(on.standIn.log).toEqual([]);
});

test('a wrong secret says so', async () => {
  bucket('wrong', []);
  const uri = `${on.standIn.url.replace('http', 's3+http')}/wrong`;
  const connection = await on.connect({ uri }, { env: { LANDS_SECRET: 'not-it' } });
  const { assets } = await found(connection);
  const probed = assets[0] ? await connection.probes(assets[0]) : null;
  expect(probed?.gaps[0]?.detail).toMatch(/secret key does not fit/);
});

test('every host is asked about before it is touched, the bucket’s own name too', async () => {
  const hosts = new Set<string>();
  const connection = await on.connect(
    { uri: 's3://lands-data', region: 'cn-north-1' },
    {
      allow: (host) => {
        hosts.add(host);
        throw Object.assign(new Error('refused'), { code: 'out-of-scope' });
      },
    },
  );
  await collect(connection.assets()).catch(() => []);
  expect([...hosts]).toContain('lands-data.s3.cn-north-1.amazonaws.com.cn');
});

test.each([
  ['s3:///prefix', {}, /names no bucket before the slash/],
  ['s3+https://', {}, /no http:\/\/ or https:\/\/ address/],
  ['s3://bucket', { credentials: { accessKeyId: 'X' } }, /need both/],
  ['s3://bucket', { credentials: { password: 'X' } }, /takes accessKeyId/],
  ['s3://', { anonymous: true }, /nobody may list without credentials/],
  ['s3+https://user:pw@host/b', {}, /must not hold a user name/],
  ['s3://bucket', { endpoint: 'host:1' }, /no http:\/\/ or https:\/\/ address/],
])('target %s with %j is refused with a sentence', (uri, extra, sentence) => {
  expect(() => s3.plan({ uri, ...extra }, {})).toThrow(sentence);
});

test('a plan names hosts: the endpoint, or Amazon’s own by partition', () => {
  const own = s3.plan({ uri: 's3+https://store.example:9000/data', anonymous: true }, {});
  expect(own.hosts).toContain('store.example:9000');
  const china = s3.plan({ uri: 's3://data', region: 'cn-north-1' }, {});
  expect(china.hosts).toContain('*.amazonaws.com.cn:443');
});
