/** The account behind the credentials: its id, its own block, its access points; asked for once. */
import {
  type AccessPoint,
  denied,
  type Fetched,
  fetched,
  type PublicAccessBlock,
} from '../../src/exposure/documents.ts';
import type { Clients } from './clients.ts';
import { type Doing, faultOf, scanError } from './errors.ts';
import { parsePolicy } from './policy.ts';
import type { S3Target } from './target.ts';

const IDENTITY: Doing = { what: 'the account id', permission: 'sts:GetCallerIdentity' };
const BLOCK: Doing = {
  what: "the account's public access block",
  permission: 's3:GetAccountPublicAccessBlock',
};
const POINTS: Doing = { what: 'the access points', permission: 's3:ListAccessPoints' };
const POINT: Doing = { what: 'an access point', permission: 's3:GetAccessPoint' };
const POINT_POLICY: Doing = {
  what: 'the policy of an access point',
  permission: 's3:GetAccessPointPolicy',
};

const NOT_KNOWN =
  'the account id is not known: let the scanning role do sts:GetCallerIdentity (the credentials decide)';

export class Account {
  readonly #target: S3Target;
  readonly #clients: Clients;
  readonly #signal: AbortSignal;
  #id: Promise<string | null> | null = null;
  #block: Promise<Fetched<PublicAccessBlock | null>> | null = null;

  constructor(target: S3Target, clients: Clients, signal: AbortSignal) {
    this.#target = target;
    this.#clients = clients;
    this.#signal = signal;
  }

  /** Null: the store has no such call, or it was refused. */
  id(): Promise<string | null> {
    this.#id ??= this.#askId();
    return this.#id;
  }

  /** The effective block of the account, organisation policy included. */
  publicAccessBlock(): Promise<Fetched<PublicAccessBlock | null>> {
    this.#block ??= this.#askBlock();
    return this.#block;
  }

  async accessPoints(bucket: string, region: string): Promise<Fetched<readonly AccessPoint[]>> {
    const owner = await this.id();
    if (owner === null) return this.#target.amazon ? denied(NOT_KNOWN) : fetched([]);
    try {
      return fetched(await this.#listPoints(owner, bucket, region));
    } catch (error) {
      return this.#absentOrDenied<readonly AccessPoint[]>(error, POINTS, []);
    }
  }

  async #askId(): Promise<string | null> {
    if (!this.#clients.signs) return null;
    const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
    const sts = await this.#clients.sts();
    try {
      const answer = await sts.send(new GetCallerIdentityCommand({}), this.#options());
      return answer.Account || null;
    } catch (error) {
      // Private stores mostly have no STS: no id then, and no account level either.
      if (this.#signal.aborted) throw scanError(error, IDENTITY, this.#signal);
      return null;
    }
  }

  async #askBlock(): Promise<Fetched<PublicAccessBlock | null>> {
    const owner = await this.id();
    if (owner === null) return this.#target.amazon ? denied(NOT_KNOWN) : fetched(null);
    const { GetPublicAccessBlockCommand } = await import('@aws-sdk/client-s3-control');
    const control = await this.#clients.control(this.#target.region);
    const command = new GetPublicAccessBlockCommand({ AccountId: owner });
    try {
      const answer = await control.send(command, this.#options());
      const flags = answer.PublicAccessBlockConfiguration;
      return flags ? fetched(flags as PublicAccessBlock) : denied('an unexpected answer');
    } catch (error) {
      if (faultOf(error).name === 'NoSuchPublicAccessBlockConfiguration') return fetched(null);
      return this.#absentOrDenied<PublicAccessBlock | null>(error, BLOCK, null);
    }
  }

  /** A store that is not Amazon's and refuses the call as unknown has no such level. */
  #absentOrDenied<T>(error: unknown, doing: Doing, none: T): Fetched<T> {
    const problem = scanError(error, doing, this.#signal);
    if (problem.code === 'interrupted') throw problem;
    const unknown = ['unsupported', 'not-found', 'malformed'].includes(problem.code);
    return !this.#target.amazon && unknown ? fetched(none) : denied(problem.detail);
  }

  async #listPoints(
    owner: string,
    bucket: string,
    region: string,
  ): Promise<readonly AccessPoint[]> {
    const { ListAccessPointsCommand } = await import('@aws-sdk/client-s3-control');
    const control = await this.#clients.control(region);
    const points: AccessPoint[] = [];
    let from: { NextToken?: string } = {};
    for (;;) {
      const input = { AccountId: owner, Bucket: bucket, ...from };
      const page = await control.send(new ListAccessPointsCommand(input), this.#options());
      for (const { Name } of page.AccessPointList ?? []) {
        points.push(await this.#describe(owner, Name ?? '', region));
      }
      if (!page.NextToken || page.NextToken === from.NextToken) return points;
      from = { NextToken: page.NextToken };
    }
  }

  async #describe(owner: string, name: string, region: string): Promise<AccessPoint> {
    const { GetAccessPointCommand, GetAccessPointPolicyCommand } = await import(
      '@aws-sdk/client-s3-control'
    );
    const control = await this.#clients.control(region);
    const input = { AccountId: owner, Name: name };
    const refused = (doing: Doing) => (error: unknown) => {
      throw scanError(error, doing, this.#signal);
    };
    const point = await control
      .send(new GetAccessPointCommand(input), this.#options())
      .catch(refused(POINT));
    const policy = await control
      .send(new GetAccessPointPolicyCommand(input), this.#options())
      .then((answer) => answer.Policy ?? null)
      .catch((error: unknown) => {
        if (faultOf(error).name === 'NoSuchAccessPointPolicy') return null;
        return refused(POINT_POLICY)(error);
      });
    return {
      name,
      networkOrigin: point.NetworkOrigin === 'VPC' ? 'VPC' : 'Internet',
      policy: policy === null ? null : parsePolicy(policy),
      publicAccessBlock: (point.PublicAccessBlockConfiguration ?? null) as PublicAccessBlock | null,
    };
  }

  #options(): { readonly abortSignal: AbortSignal } {
    return { abortSignal: this.#signal };
  }
}
