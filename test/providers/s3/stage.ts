/** A stand-in with one account, and connections to it. */
import { afterAll, afterEach, beforeAll } from 'vitest';
import { type S3StandIn, startS3StandIn } from '../../../localstack/standins/s3/index.ts';
import { s3 } from '../../../providers/s3/provider.ts';
import { evaluate } from '../../../src/exposure/evaluate.ts';
import type { Verdict } from '../../../src/model/access.ts';
import type { Asset } from '../../../src/model/asset.ts';
import type { Gap } from '../../../src/model/gap.ts';
import { DEFAULT_LIMITS } from '../../../src/model/limits.ts';
import type {
  Connection,
  Probed,
  ProviderContext,
  TargetSpec,
} from '../../../src/model/provider.ts';
import { collect } from '../../kit/collect.ts';

export const LANDS = {
  id: '111122223333',
  accessKeyId: 'LANDSKEY',
  secretAccessKey: 'lands-secret',
  canonicalId: 'c-lands',
} as const;

export const OTHER = {
  id: '444455556666',
  accessKeyId: 'OTHERKEY',
  secretAccessKey: 'other-secret',
  canonicalId: 'c-other',
} as const;

const KEYS = {
  LANDS_KEY: LANDS.accessKeyId,
  LANDS_SECRET: LANDS.secretAccessKey,
} as const;

const CREDENTIALS = { accessKeyId: 'LANDS_KEY', secretAccessKey: 'LANDS_SECRET' };

export interface Looked {
  readonly connection: Connection;
  readonly asset: Asset;
  readonly probed: Probed;
  readonly verdict: Verdict;
}

export interface Stage {
  readonly standIn: S3StandIn;
  /** `change.env` adds to the credentials' variables. */
  connect(
    spec: Partial<TargetSpec> & { readonly uri: string },
    change?: Partial<ProviderContext>,
  ): Promise<Connection>;
  /** One bucket at the stand-in's own address: discovery, probes, verdict. */
  look(bucket: string, spec?: Partial<TargetSpec>): Promise<Looked>;
  /** The same under Amazon's name, over a proxy that answers for it: Amazon's dialect. */
  lookAtAmazon(bucket: string): Promise<Looked>;
  amazon(path: string): Promise<Connection>;
}

/** Registers start and stop with vitest; use the result inside tests only. */
export function stage(): Stage {
  let standIn: S3StandIn;
  const connections: Connection[] = [];
  beforeAll(async () => {
    standIn = await startS3StandIn({ accounts: [LANDS, OTHER] });
  });
  afterEach(async () => {
    for (const one of connections.splice(0)) await one.close();
    standIn.clearFaults();
    standIn.clearLog();
  });
  afterAll(() => standIn.stop());

  const connect: Stage['connect'] = async (spec, change = {}) => {
    const anonymous = spec.anonymous === true;
    const target: TargetSpec = { ...(anonymous ? {} : { credentials: CREDENTIALS }), ...spec };
    const connection = await s3.connect(target, {
      limits: { ...DEFAULT_LIMITS, requestTimeMs: 5_000 },
      signal: new AbortController().signal,
      allow: () => {},
      ...change,
      env: { ...KEYS, ...change.env },
    });
    connections.push(connection);
    return connection;
  };
  const amazon: Stage['amazon'] = (path) =>
    connect(
      { uri: `s3+http://s3.us-east-1.amazonaws.com/${path}` },
      {
        env: {
          HTTP_PROXY: standIn.url,
          AWS_ENDPOINT_URL_STS: 'http://sts.us-east-1.amazonaws.com',
          AWS_ENDPOINT_URL_S3_CONTROL: 'http://s3-control.us-east-1.amazonaws.com',
        },
      },
    );
  return {
    get standIn() {
      return standIn;
    },
    connect,
    amazon,
    look: async (bucket, spec) => {
      const uri = `${standIn.url.replace('http', 's3+http')}/${bucket}`;
      return lookAt(await connect({ uri, ...spec }));
    },
    lookAtAmazon: async (bucket) => lookAt(await amazon(bucket)),
  };
}

async function lookAt(connection: Connection): Promise<Looked> {
  const { assets, gaps } = await found(connection);
  const [asset] = assets;
  if (!asset) throw new Error(`no asset, but ${gaps.map((gap) => gap.code).join()}`);
  const probed = await connection.probes(asset);
  return { connection, asset, probed, verdict: evaluate(probed.facts) };
}

export async function found(
  connection: Connection,
): Promise<{ readonly assets: readonly Asset[]; readonly gaps: readonly Gap[] }> {
  const all = await collect(connection.assets());
  return {
    assets: all.flatMap((one) => ('asset' in one ? [one.asset] : [])),
    gaps: all.flatMap((one) => ('gap' in one ? [one.gap] : [])),
  };
}

/** A policy that lets everyone do `actions` on the bucket and all its objects. */
export function openPolicy(bucket: string, ...actions: readonly string[]): object {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Everyone',
        Effect: 'Allow',
        Principal: '*',
        Action: actions,
        Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
      },
    ],
  };
}
