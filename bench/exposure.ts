/**
 * How fast verdicts are: `npm run -s bench -- exposure [--buckets N] [--json]`.
 *
 * `policiesPerS`: text of a bucket policy → facts of five actions → verdict, on one thread; half of
 * the policies are of the plain kinds that inventories are full of, half are drawn at random with
 * conditions, negations and Denies. The inventory streams so many buckets through the same steps and
 * keeps nothing but counts, so its resident memory must not grow. policyuniverse, which answers one
 * question (is it internet accessible?), is timed on the same policies in the same run where PYTHON
 * (default python3) has it: `pip install policyuniverse`.
 *
 * Seconds are seconds of processor time, ours and theirs, so that what else the machine does changes
 * little. `before` in the result stays as it is: it was measured the same way on the commit it names.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { fetched, type PolicyDocument, type S3Documents } from '../src/exposure/documents.ts';
import { evaluate } from '../src/exposure/evaluate.ts';
import { s3Facts } from '../src/exposure/s3/index.ts';
import type { State } from '../src/model/access.ts';
import { generator, statement } from '../test/exposure/s3/policies.ts';

const POLICIES = 4_000;
const RUNS = 3;
const BUCKET = 'harbour-files';

interface Result {
  readonly machine: { readonly cores: number; readonly cpu: string; readonly node: string };
  /** The same measurement on an older commit. */
  readonly before?: unknown;
  readonly policies: number;
  readonly policiesPerS: number;
  /** Null where it is not installed. */
  readonly policyuniversePerS: number | null;
  /** Times as many policies a second as policyuniverse. */
  readonly ratio: number | null;
  readonly inventory: {
    readonly buckets: number;
    readonly seconds: number;
    readonly bucketsPerS: number;
    /** Resident megabytes (10^6 bytes), after the first tenth and at the end. */
    readonly rssStartMb: number;
    readonly rssEndMb: number;
    /** What is still in use after a collection; V8 keeps more than that from the system. */
    readonly heapStartMb: number;
    readonly heapEndMb: number;
    readonly states: Readonly<Record<string, number>>;
  };
}

const PLAIN: readonly object[] = [
  { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${BUCKET}/*` },
  {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::210987654321:root' },
    Action: 's3:*',
    Resource: [`arn:aws:s3:::${BUCKET}`, `arn:aws:s3:::${BUCKET}/*`],
  },
  {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: `arn:aws:s3:::${BUCKET}/*`,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  },
  {
    Effect: 'Allow',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: `arn:aws:s3:::${BUCKET}/logs/*`,
    Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
  },
];

function drawn(): readonly string[] {
  return Array.from({ length: POLICIES }, (_, seed) => {
    const pick = generator(seed);
    const random = seed % 2 === 0;
    const statements = Array.from({ length: pick([1, 2, 2, 3]) }, () =>
      random ? statement(pick) : pick(PLAIN),
    );
    return JSON.stringify({ Version: '2012-10-17', Statement: statements });
  });
}

function documents(policy: PolicyDocument | null): S3Documents {
  return {
    bucket: BUCKET,
    dialect: 'aws',
    account: '210987654321',
    policy: fetched(policy),
    acl: fetched(null),
    ownership: fetched(null),
    publicAccessBlock: fetched(null),
    accountPublicAccessBlock: fetched(null),
    website: fetched(false),
    requesterPays: fetched(false),
    accessPoints: fetched([]),
  };
}

function judge(text: string | null): State {
  const policy = text === null ? null : (JSON.parse(text) as PolicyDocument);
  return evaluate(s3Facts(documents(policy))).read.state;
}

/** Of this thread. */
function cpuSeconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
}

function policiesPerS(texts: readonly string[]): number {
  let best = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const started = cpuSeconds();
    for (const text of texts) judge(text);
    best = Math.max(best, texts.length / (cpuSeconds() - started));
  }
  return best;
}

const PEER = `
import json, sys, time
from policyuniverse.policy import Policy
texts = open(sys.argv[1]).read().splitlines()
best = 0
for run in range(${RUNS}):
    start = time.process_time()
    for text in texts:
        try:
            Policy(json.loads(text)).is_internet_accessible()
        except Exception:
            pass
    best = max(best, len(texts) / (time.process_time() - start))
print(best)
`;

/** Null where it is not installed. */
function peerPerS(texts: readonly string[]): number | null {
  const folder = mkdtempSync(join(tmpdir(), 'ajar-bench-exposure-'));
  try {
    const file = join(folder, 'policies');
    writeFileSync(file, texts.join('\n'));
    const said = execFileSync(process.env.PYTHON ?? 'python3', ['-c', PEER, file], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return Number(said.toString());
  } catch {
    process.stderr.write('policyuniverse is not installed for PYTHON: measured without it\n');
    return null;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Buckets as a listing brings them: one at a time, each with its own text, none of them kept. */
function* inventory(buckets: number, texts: readonly string[]): Generator<string | null> {
  for (let at = 0; at < buckets; at += 1) {
    // Most buckets have no policy; a Sid of its own makes each text a new one.
    const text = at % 4 === 0 ? texts[(at / 4) % texts.length] : undefined;
    yield text === undefined ? null : text.replace('"Effect"', `"Sid":"S${at}","Effect"`);
  }
}

function resident(): number {
  return Math.round(process.memoryUsage.rss() / 1e6);
}

function live(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return Math.round(process.memoryUsage().heapUsed / 1e6);
}

function inventoried(buckets: number, texts: readonly string[]): Result['inventory'] {
  const states: Record<string, number> = {};
  const started = cpuSeconds();
  let [rssStartMb, heapStartMb] = [resident(), live()];
  let seen = 0;
  for (const text of inventory(buckets, texts)) {
    const state = judge(text);
    states[state] = (states[state] ?? 0) + 1;
    seen += 1;
    // By then everything that is made once is made.
    if (seen === Math.floor(buckets / 10)) [rssStartMb, heapStartMb] = [resident(), live()];
  }
  const seconds = cpuSeconds() - started;
  return {
    buckets,
    seconds: Math.round(seconds),
    bucketsPerS: Math.round(buckets / seconds),
    rssStartMb,
    rssEndMb: resident(),
    heapStartMb,
    heapEndMb: live(),
    states,
  };
}

export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean' }, buckets: { type: 'string', default: '1000000' } },
  });
  const buckets = Number(values.buckets);
  if (!Number.isInteger(buckets) || buckets < 10) {
    process.stderr.write(`bench: --buckets ${values.buckets}: allowed is a number from 10\n`);
    return 2;
  }
  const texts = drawn();
  const own = policiesPerS(texts);
  const peer = peerPerS(texts);
  const folder = join(import.meta.dirname, 'results');
  const file = join(folder, 'exposure.json');
  const before = beforeIn(file);
  const result: Result = {
    ...(before !== undefined && { before }),
    machine: {
      cores: cpus().length,
      cpu: cpus()[0]?.model ?? 'unknown',
      node: process.version,
    },
    policies: texts.length,
    policiesPerS: Math.round(own),
    policyuniversePerS: peer === null ? null : Math.round(peer),
    ratio: peer === null ? null : Number((own / peer).toFixed(2)),
    inventory: inventoried(buckets, texts),
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : table(result));
  return 0;
}

function beforeIn(file: string): unknown {
  if (!existsSync(file)) return undefined;
  const { before } = JSON.parse(readFileSync(file, 'utf8')) as { readonly before?: unknown };
  return before;
}

function table({
  policiesPerS: own,
  policyuniversePerS: peer,
  ratio,
  inventory: seen,
}: Result): string {
  const beside = peer === null ? 'absent' : `${peer} policies/s (ajar × ${ratio})`;
  return [
    `ajar            ${own} policies/s`,
    `policyuniverse  ${beside}`,
    `inventory       ${seen.buckets} buckets in ${seen.seconds} s, resident ${seen.rssStartMb} → ${seen.rssEndMb} MB, in use ${seen.heapStartMb} → ${seen.heapEndMb} MB`,
    '',
  ].join('\n');
}
