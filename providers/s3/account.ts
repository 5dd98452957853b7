/** The account behind the credentials: its id, its own block, its access points; asked for once. */
import {
  type AccessPoint,
  denied,
  type Fetched,
  fetched,
  type PublicAccessBlock,
} from '../../src/exposure/documents.ts';
import { AccessPoints, isRefusal, POINTS, REGIONAL } from './access-points.ts';
import type { Clients } from './clients.ts';
import { type Doing, faultOf, scanError } from './errors.ts';
import { partitionOf, type S3Target } from './target.ts';

const IDENTITY: Doing = { what: 'the account id', permission: 'sts:GetCallerIdentity' };
const BLOCK: Doing = {
  what: "the account's public access block",
  permission: 's3:GetAccountPublicAccessBlock',
};
const NOT_KNOWN =
  'the account id is not known: let the scanning role do sts:GetCallerIdentity (the credentials decide)';

export class Account {
  readonly #target: S3Target;
  readonly #clients: Clients;
  readonly #signal: AbortSignal;
  #id: Promise<string | null> | null = null;
  #block: Promise<Fetched<PublicAccessBlock | null>> | null = null;
  #points: AccessPoints | null = null;

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

  /** Those of its region that lead to the bucket, and what they say. */
  accessPoints(bucket: string, region: string): Promise<Fetched<readonly AccessPoint[]>> {
    return this.#pointsBy((points) => points.ofRegion(bucket, region), POINTS);
  }

  /** Those of several regions, which only Amazon's first partition has; undefined elsewhere. */
  async multiRegionAccessPoints(
    bucket: string,
  ): Promise<Fetched<readonly AccessPoint[]> | undefined> {
    const { amazon, region } = this.#target;
    if (!amazon || partitionOf(region) !== 'aws') return undefined;
    return this.#pointsBy((points) => points.ofRegions(bucket), REGIONAL);
  }

  async #pointsBy(
    ask: (points: AccessPoints) => Promise<readonly AccessPoint[]>,
    doing: Doing,
  ): Promise<Fetched<readonly AccessPoint[]>> {
    const owner = await this.id();
    if (owner === null) return this.#target.amazon ? denied(NOT_KNOWN) : fetched([]);
    this.#points ??= new AccessPoints({
      clients: this.#clients,
      account: owner,
      bucket: this.#target.bucket,
      signal: this.#signal,
    });
    try {
      return fetched(await ask(this.#points));
    } catch (error) {
      return this.#absentOrDenied<readonly AccessPoint[]>(error, doing, []);
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
      // A refusal stays; what failed otherwise is asked again for the next bucket.
      if (!isRefusal(scanError(error, BLOCK, this.#signal))) this.#block = null;
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

  #options(): { readonly abortSignal: AbortSignal } {
    return { abortSignal: this.#signal };
  }
}
