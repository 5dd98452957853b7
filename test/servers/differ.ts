/** Runs the differential table and the acceptance suite on one S3 server. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { GetObjectCommand, ListObjectsV2Command, S3ServiceException } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { s3 } from '../../providers/s3/provider.ts';
import { evaluate } from '../../src/exposure/evaluate.ts';
import type { AccessFact } from '../../src/model/access.ts';
import { DEFAULT_LIMITS } from '../../src/model/limits.ts';
import { acceptProvider } from '../kit/accept-provider.ts';
import { collect } from '../kit/collect.ts';
import {
  CREDENTIALS,
  type S3ServerName,
  type S3ServerUnderTest,
  startS3,
} from '../kit/s3-servers.ts';
import { type Answers, LISTS, READS, type Row, setPolicy, status, TABLE } from './differential.ts';
import { agreement, note } from './outcome.ts';

interface Said {
  readonly verdict: Answers['verdict'];
  /** From the documents alone, from the requests alone. */
  readonly config: string;
  readonly probe: string;
}

/**
 * Starts the server once for all that follows. A server that this run did not ask for leaves one
 * line that says so, which the end of the suite says too.
 */
export function differ(name: S3ServerName, isAsked = true): void {
  if (!isAsked) {
    test(`${name}: not asked for in this run`, () => {});
    return;
  }
  let server: S3ServerUnderTest;
  const running = { start: (): Promise<S3ServerUnderTest> => Promise.resolve(server) };
  beforeAll(async () => {
    server = await startS3(name);
  }, 180_000);
  afterAll(async () => {
    await server?.stop();
  });

  describe(`S3 on ${name}`, () => {
    test.each(TABLE)(
      '$name',
      async (row) => {
        const { why, ...differs } = {
          why: '',
          ...(name !== 'stand-in' && row.differs?.[name]),
        };
        const { got, said } = await play(server, row);
        const outcome = { server: name, row: row.name, ...said, plain: plainly(got) };
        const noted = { ...outcome, why, named: row.named };
        note(noted);
        expect(agreement(noted), 'each disagreement has a name').not.toContain('NOT NAMED');
        expect(got).toEqual({ ...row.expected, ...differs });
      },
      60_000,
    );
  });
  if (name !== 'stand-in') accept(name, running.start);
}

async function play(
  server: S3ServerUnderTest,
  row: Row,
): Promise<{ readonly got: Answers; readonly said: Said }> {
  const { bucket } = row;
  const stage = { server, bucket, url: `${server.url}/${bucket}` };
  await server.createBucket(bucket, row.acls);
  await server.put(bucket, 'a/x', 'made up');
  await server.put(bucket, 'b/x', 'made up');
  const set = row.set ? await statusOf(row.set(stage)) : 200;
  const got = {
    set,
    list: await threeWays(server, row, '?list-type=2', null),
    a: await threeWays(server, row, '/a/x', 'a/x'),
    b: await threeWays(server, row, '/b/x', 'b/x'),
    ...(row.more && { more: await row.more(stage) }),
  };
  const said = await ask(server, bucket);
  return { got: { ...got, verdict: said.verdict }, said };
}

/** A server may refuse a setting that it does not have; then the bucket simply stays as it was. */
async function statusOf(setting: Promise<unknown>): Promise<number> {
  try {
    await setting;
    return 200;
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error;
    return error.$metadata.httpStatusCode ?? 0;
  }
}

/** The same question by fetch, by curl and by the SDK; they must be told the same. */
async function threeWays(
  server: S3ServerUnderTest,
  row: Row,
  path: string,
  key: string | null,
): Promise<number> {
  const url = `${server.url}/${row.bucket}${path}`;
  const plain = await status(url, row.headers);
  const flags = Object.entries(row.headers ?? {}).flatMap(([name, value]) => [
    '-H',
    `${name}: ${value}`,
  ]);
  // Not the synchronous form: the stand-in runs in this process and would never answer.
  const curl = await promisify(execFile)('curl', [
    '--noproxy',
    '*',
    '-s',
    '-m',
    '20',
    '-o',
    '/dev/null',
    '-w',
    '%{http_code}',
    ...flags,
    url,
  ]);
  const answers = new Set([plain, Number(curl.stdout)]);
  // The SDK sends no header of the table's, so it can be compared only where there is none.
  if (!row.headers) {
    const Bucket = row.bucket;
    const command =
      key === null
        ? new ListObjectsV2Command({ Bucket })
        : new GetObjectCommand({ Bucket, Key: key });
    // Both commands share the client's send; its overloads do not.
    answers.add(await statusOf(server.outsider.send(command as ListObjectsV2Command)));
  }
  expect([...answers], `${row.bucket}${path} by fetch, curl and SDK`).toHaveLength(1);
  return plain;
}

async function ask(server: S3ServerUnderTest, bucket: string): Promise<Said> {
  const connection = await s3.connect(
    { uri: `s3+${server.url}/${bucket}`, credentials: CREDENTIALS },
    {
      limits: DEFAULT_LIMITS,
      signal: new AbortController().signal,
      env: server.env,
      allow: () => {},
    },
  );
  try {
    const [first] = await collect(connection.assets());
    if (!first || !('asset' in first)) throw new Error('the bucket was not found');
    const { facts } = await connection.probes(first.asset);
    const objects = await collect(connection.objects(first.asset));
    const own = await collect(connection.objectProbes(first.asset, objects));
    const all = [...facts, ...own];
    return {
      verdict: stateOf(all),
      config: stateOf(all.filter(({ source }) => source === 'config')),
      probe: stateOf(all.filter(({ source }) => source === 'probe')),
    };
  } finally {
    await connection.close();
  }
}

function stateOf(facts: readonly AccessFact[]): Answers['verdict'] {
  const { read, list } = evaluate(facts);
  return `read ${read.state}, list ${list.state}`;
}

function plainly({ list, a, b }: Answers): string {
  return `list ${list}, a/x ${a}, b/x ${b}`;
}

function accept(name: S3ServerName, start: () => Promise<S3ServerUnderTest>): void {
  acceptProvider({
    name: `s3 on ${name}`,
    start: async () => {
      const server = await start();
      return {
        provider: s3,
        url: server.url,
        env: server.env,
        target: (address, asset) => ({
          uri: `s3+${address}/${asset ?? ''}`,
          name: 'real',
          credentials: CREDENTIALS,
        }),
        async seed({ name: bucket, open, objects }) {
          await server.createBucket(bucket);
          for (let at = 0; at < objects.length; at += 16) {
            const some = objects.slice(at, at + 16);
            await Promise.all(some.map(({ key, body }) => server.put(bucket, key, body)));
          }
          if (open === 'closed') return;
          await setPolicy(...(open === 'read' ? [READS] : [READS, LISTS]))({ server, bucket });
        },
        morePagesObjects: 1003,
        isListing: ({ method, url }) => method === 'GET' && url.includes('list-type=2'),
        isConfiguration: ({ url }) =>
          /[?&](?:policy|acl|ownershipControls|publicAccessBlock|website|requestPayment)\b/.test(
            url,
          ),
        isReadingPost: ({ body }) => body.includes('Action=GetCallerIdentity'),
        stop: async () => {},
      };
    },
  });
}
