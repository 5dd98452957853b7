/** The account behind the credentials: its id, its own block, its access points. */
import type { AccessPoint as ListedPoint } from '@aws-sdk/client-s3-control';
import {
  type AccessPoint,
  denied,
  type Fetched,
  fetched,
  type PolicyDocument,
  type PublicAccessBlock,
} from '../../src/exposure/documents.ts';
import { ScanError } from '../../src/model/errors.ts';
import type { Clients } from './clients.ts';
import { type Doing, faultOf, scanError } from './errors.ts';
import type { S3Target } from './target.ts';

export interface Account {
  /** Null: the store has no such call, or it was refused. */
  id(): Promise<string | null>;
  /** The effective block of the account, organisation policy included. */
  publicAccessBlock(): Promise<Fetched<PublicAccessBlock | null>>;
  accessPoints(bucket: string, region: string): Promise<Fetched<readonly AccessPoint[]>>;
}

const IDENTITY: Doing = { what: 'the account id', permission: 'sts:GetCallerIdentity' };
const BLOCK: Doing = {
  what: "the account's public access block",
  permission: 's3:GetAccountPublicAccessBlock',
};
const POINTS: Doing = { what: 'the access points', permission: 's3:ListAccessPoints' };

const NOT_KNOWN =
  'the account id is not known: let the scanning role do sts:GetCallerIdentity (the credentials decide)';

export function openAccount(target: S3Target, clients: Clients, signal: AbortSignal): Account {
  let id: Promise<string | null> | null = null;
  let block: Promise<Fetched<PublicAccessBlock | null>> | null = null;

  async function askId(): Promise<string | null> {
    if (!clients.signs) return null;
    const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
    const sts = await clients.sts();
    try {
      const answer = await sts.send(new GetCallerIdentityCommand({}), { abortSignal: signal });
      return answer.Account || null;
    } catch (error) {
      // Private stores mostly have no STS: no id then, and no account level either.
      if (signal.aborted) throw scanError(error, IDENTITY, signal);
      return null;
    }
  }

  const account: Account = {
    id: () => {
      id ??= askId();
      return id;
    },
    publicAccessBlock: () => {
      block ??= askBlock();
      return block;
    },
    async accessPoints(bucket, region) {
      const owner = await account.id();
      if (owner === null) return target.amazon ? denied(NOT_KNOWN) : fetched([]);
      try {
        return fetched(await listPoints(owner, bucket, region));
      } catch (error) {
        return absentOrDenied<readonly AccessPoint[]>(error, POINTS, []);
      }
    },
  };

  async function askBlock(): Promise<Fetched<PublicAccessBlock | null>> {
    const owner = await account.id();
    if (owner === null) return target.amazon ? denied(NOT_KNOWN) : fetched(null);
    const { GetPublicAccessBlockCommand } = await import('@aws-sdk/client-s3-control');
    const control = await clients.control(target.region);
    try {
      const answer = await control.send(new GetPublicAccessBlockCommand({ AccountId: owner }), {
        abortSignal: signal,
      });
      const flags = answer.PublicAccessBlockConfiguration;
      return flags ? fetched(flags as PublicAccessBlock) : denied('an unexpected answer');
    } catch (error) {
      if (faultOf(error).name === 'NoSuchPublicAccessBlockConfiguration') return fetched(null);
      return absentOrDenied<PublicAccessBlock | null>(error, BLOCK, null);
    }
  }

  /** A store that is not Amazon's and refuses the call as unknown has no such level. */
  function absentOrDenied<T>(error: unknown, doing: Doing, none: T): Fetched<T> {
    const { code, detail } = scanError(error, doing, signal);
    if (code === 'interrupted') throw new ScanError(code, detail);
    const unknown = code === 'unsupported' || code === 'not-found' || code === 'malformed';
    return !target.amazon && unknown ? fetched(none) : denied(detail);
  }

  async function listPoints(
    owner: string,
    bucket: string,
    region: string,
  ): Promise<readonly AccessPoint[]> {
    const { ListAccessPointsCommand } = await import('@aws-sdk/client-s3-control');
    const control = await clients.control(region);
    const points: AccessPoint[] = [];
    let token: string | undefined;
    do {
      const page = await control.send(
        new ListAccessPointsCommand({
          AccountId: owner,
          Bucket: bucket,
          ...(token && { NextToken: token }),
        }),
        { abortSignal: signal },
      );
      for (const listed of page.AccessPointList ?? []) {
        points.push(await describe(owner, listed, region));
      }
      token = page.NextToken;
    } while (token);
    return points;
  }

  async function describe(
    owner: string,
    listed: ListedPoint,
    region: string,
  ): Promise<AccessPoint> {
    const { GetAccessPointCommand, GetAccessPointPolicyCommand } = await import(
      '@aws-sdk/client-s3-control'
    );
    const control = await clients.control(region);
    const input = { AccountId: owner, Name: listed.Name ?? '' };
    const options = { abortSignal: signal };
    const point = await control.send(new GetAccessPointCommand(input), options);
    const policy = await control
      .send(new GetAccessPointPolicyCommand(input), options)
      .then((answer) => answer.Policy ?? null)
      .catch((error: unknown) => {
        if (faultOf(error).name === 'NoSuchAccessPointPolicy') return null;
        throw error;
      });
    return {
      name: input.Name,
      networkOrigin: point.NetworkOrigin === 'VPC' ? 'VPC' : 'Internet',
      policy: policy === null ? null : (JSON.parse(policy) as PolicyDocument),
      publicAccessBlock: (point.PublicAccessBlockConfiguration ?? null) as PublicAccessBlock | null,
    };
  }

  return account;
}
