/**
 * The second doors of buckets: access points and multi-region access points.
 *
 * They are listed once a region and once an account, not once a bucket, and a point's own documents
 * are asked for only where the bucket's policy lets its callers in. Object Lambda access points are
 * not asked for at all: whoever comes through one needs the same permission on the access point
 * behind it, so they never open more than that one does.
 *
 * Source: Amazon S3 User Guide, "Managing access to shared datasets with access points",
 * "Multi-Region Access Points" (control requests are answered in us-west-2) and "Configuring IAM
 * policies for Object Lambda Access Points".
 */
import type { S3ControlClient } from '@aws-sdk/client-s3-control';
import type { AccessPoint, PublicAccessBlock } from '../../src/exposure/documents.ts';
import { ScanError } from '../../src/model/errors.ts';
import type { Clients } from './clients.ts';
import { type Doing, faultOf, scanError } from './errors.ts';
import { parsePolicy } from './policy.ts';

export const POINTS: Doing = { what: 'the access points', permission: 's3:ListAccessPoints' };
const POINT: Doing = { what: 'an access point', permission: 's3:GetAccessPoint' };
const POINT_POLICY: Doing = {
  what: 'the policy of an access point',
  permission: 's3:GetAccessPointPolicy',
};
export const REGIONAL: Doing = {
  what: 'the multi-region access points',
  permission: 's3:ListMultiRegionAccessPoints',
};
const REGIONAL_POLICY: Doing = {
  what: 'the policy of a multi-region access point',
  permission: 's3:GetMultiRegionAccessPointPolicy',
};

export const MULTI_REGION_HOME = 'us-west-2';

export interface PointsOf {
  readonly clients: Clients;
  readonly account: string;
  /** The one bucket that is looked at; null for every bucket of the account. */
  readonly bucket: string | null;
  readonly signal: AbortSignal;
}

/** A point that leads to a bucket; what it holds is asked for when it is opened. */
interface Door {
  readonly bucket: string;
  readonly open: () => Promise<AccessPoint>;
}

/** Doors by bucket, of one region. */
type Doors = ReadonlyMap<string, readonly Door[]>;

export class AccessPoints {
  readonly #of: PointsOf;
  readonly #byRegion = new Map<string, Promise<Doors>>();
  #multiRegion: Promise<Doors> | null = null;

  constructor(of: PointsOf) {
    this.#of = of;
  }

  /** Those of the bucket's region. Throws ScanError. */
  async ofRegion(bucket: string, region: string): Promise<readonly AccessPoint[]> {
    return opened((await this.#inRegion(region)).get(bucket));
  }

  /** Those of several regions. Throws ScanError. */
  async ofRegions(bucket: string): Promise<readonly AccessPoint[]> {
    return opened((await this.#acrossRegions()).get(bucket));
  }

  #inRegion(region: string): Promise<Doors> {
    const before = this.#byRegion.get(region);
    if (before) return before;
    const listed = this.#listRegion(region).then(byBucket);
    this.#byRegion.set(region, listed);
    // A refusal stays; what failed otherwise is asked again for the next bucket.
    listed.catch((error: unknown) => {
      if (!isRefusal(error)) this.#byRegion.delete(region);
    });
    return listed;
  }

  #acrossRegions(): Promise<Doors> {
    if (this.#multiRegion) return this.#multiRegion;
    const listed = this.#listMultiRegion().then(byBucket);
    this.#multiRegion = listed;
    listed.catch((error: unknown) => {
      if (!isRefusal(error)) this.#multiRegion = null;
    });
    return listed;
  }

  async #listRegion(region: string): Promise<readonly Door[]> {
    const { ListAccessPointsCommand } = await import('@aws-sdk/client-s3-control');
    const { clients, account, bucket } = this.#of;
    const control = await clients.control(region);
    const doors: Door[] = [];
    let token: string | undefined;
    do {
      const page = await control
        .send(
          new ListAccessPointsCommand({
            AccountId: account,
            ...(bucket !== null && { Bucket: bucket }),
            ...(token !== undefined && { NextToken: token }),
          }),
          this.#options(),
        )
        .catch(this.#refused(POINTS));
      for (const { Name = '', Bucket = '', NetworkOrigin } of page.AccessPointList ?? []) {
        const vpc = NetworkOrigin === 'VPC';
        // A point inside a VPC is never public, whatever it says.
        const open = () => (vpc ? inside(Name) : this.#describe(control, Name));
        doors.push({ bucket: Bucket, open: once(open) });
      }
      token = following(page.NextToken, token);
    } while (token !== undefined);
    return doors;
  }

  async #describe(control: S3ControlClient, name: string): Promise<AccessPoint> {
    const { GetAccessPointCommand, GetAccessPointPolicyCommand } = await import(
      '@aws-sdk/client-s3-control'
    );
    const input = { AccountId: this.#of.account, Name: name };
    const policy = await control
      .send(new GetAccessPointPolicyCommand(input), this.#options())
      .then(({ Policy }) => Policy ?? null)
      .catch(this.#absent('NoSuchAccessPointPolicy', POINT_POLICY));
    const point = { name, networkOrigin: 'Internet', policy: null } as const;
    // Its own block can only take away from a policy that is there.
    if (policy === null) return { ...point, publicAccessBlock: null };
    const answer = await control
      .send(new GetAccessPointCommand(input), this.#options())
      .catch(this.#refused(POINT));
    return {
      ...point,
      networkOrigin: answer.NetworkOrigin === 'VPC' ? 'VPC' : 'Internet',
      policy: parsePolicy(policy),
      publicAccessBlock: (answer.PublicAccessBlockConfiguration ??
        null) as PublicAccessBlock | null,
    };
  }

  async #listMultiRegion(): Promise<readonly Door[]> {
    const { ListMultiRegionAccessPointsCommand } = await import('@aws-sdk/client-s3-control');
    const { clients, account } = this.#of;
    const control = await clients.control(MULTI_REGION_HOME);
    const doors: Door[] = [];
    let token: string | undefined;
    do {
      const input = { AccountId: account, ...(token !== undefined && { NextToken: token }) };
      const page = await control
        .send(new ListMultiRegionAccessPointsCommand(input), this.#options())
        .catch(this.#refused(REGIONAL));
      for (const one of page.AccessPoints ?? []) {
        const { Name: name = '', Alias: alias = '' } = one;
        const block = (one.PublicAccessBlock ?? null) as PublicAccessBlock | null;
        const open = once(async () => ({
          name,
          alias,
          networkOrigin: 'Internet' as const,
          policy: await this.#multiRegionPolicy(control, name),
          publicAccessBlock: block,
        }));
        for (const { Bucket = '' } of one.Regions ?? []) doors.push({ bucket: Bucket, open });
      }
      token = following(page.NextToken, token);
    } while (token !== undefined);
    return doors;
  }

  async #multiRegionPolicy(control: S3ControlClient, name: string): Promise<AccessPoint['policy']> {
    const { GetMultiRegionAccessPointPolicyCommand } = await import('@aws-sdk/client-s3-control');
    const input = { AccountId: this.#of.account, Name: name };
    const text = await control
      .send(new GetMultiRegionAccessPointPolicyCommand(input), this.#options())
      // What is proposed does not hold yet.
      .then(({ Policy }) => Policy?.Established?.Policy || null)
      .catch(this.#absent('NoSuchMultiRegionAccessPointPolicy', REGIONAL_POLICY));
    return text === null ? null : parsePolicy(text);
  }

  #refused(doing: Doing): (error: unknown) => never {
    return (error) => {
      throw scanError(error, doing, this.#of.signal);
    };
  }

  #absent(code: string, doing: Doing): (error: unknown) => null {
    return (error) => {
      if (faultOf(error).name === code) return null;
      throw scanError(error, doing, this.#of.signal);
    };
  }

  #options(): { readonly abortSignal: AbortSignal } {
    return { abortSignal: this.#of.signal };
  }
}

export function isRefusal(error: unknown): boolean {
  return error instanceof ScanError && error.code === 'denied';
}

async function opened(doors: readonly Door[] = []): Promise<readonly AccessPoint[]> {
  const found: AccessPoint[] = [];
  for (const door of doors) found.push(await door.open());
  return found;
}

async function inside(name: string): Promise<AccessPoint> {
  return { name, networkOrigin: 'VPC', policy: null, publicAccessBlock: null };
}

function byBucket(doors: readonly Door[]): Doors {
  return Map.groupBy(doors, ({ bucket }) => bucket);
}

function following(next: string | undefined, before: string | undefined): string | undefined {
  if (next !== undefined && next !== '' && next === before) {
    throw new ScanError('malformed', 'the store repeats a page of its access points');
  }
  return next === '' ? undefined : next;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    if (made) return made;
    const making = make();
    made = making;
    making.catch((error: unknown) => {
      if (!isRefusal(error)) made = null;
    });
    return making;
  };
}
