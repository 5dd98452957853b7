/** The port to a cloud, an open server or a folder. Nothing here assumes buckets. */
import type { AccessFact, Because } from './access.ts';
import type { Asset, ByteRange, ObjectRef, ProviderId } from './asset.ts';
import type { RemedyStep } from './finding.ts';
import type { Gap } from './gap.ts';
import type { Limits } from './limits.ts';
import type { Exchange } from './proof.ts';

/** A place to scan as a person wrote it, plus what the configuration adds. */
export interface TargetSpec {
  /** `s3://bucket/prefix`, `s3+https://endpoint/bucket`, `az://account/container`, `gs://bucket`, a path. */
  readonly uri: string;
  /** Takes the authority's place in asset ids: an endpoint whose address changes keeps its ids. */
  readonly name?: string;
  /** The service's address when it is not the provider's own: an emulator, a private cloud. */
  readonly endpoint?: string;
  /** Environment variable names by role (`accessKeyId: LANDS_KEY`). The values never lie in the configuration. */
  readonly credentials?: Readonly<Record<string, string>>;
  /** The account, project or subscription to discover in, where the provider needs one. */
  readonly account?: string;
  readonly region?: string;
  /** No credentials: what an outsider sees. */
  readonly anonymous?: boolean;
  /** A file of keys, one a line or an S3 inventory in CSV: looked at in place of the listing. */
  readonly keys?: string;
  /** Host names that serve the asset besides the provider's own: a CDN, a CNAME. */
  readonly domains?: readonly string[];
  /** The role to take in each account of an organisation. */
  readonly role?: string;
}

export interface ProviderContext {
  readonly limits: Limits;
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Throws ScanError `out-of-scope` unless the host may be touched. Called with each host before the first request to it. */
  readonly allow: (host: string, port: number) => void;
  /** Told of each request that carried no credentials, once it is over; URL and error as they are, not masked. */
  readonly observe?: (exchange: Exchange) => void;
}

/** What is known of an asset's doors. */
export interface Probed {
  readonly facts: readonly AccessFact[];
  readonly gaps: readonly Gap[];
  /** True when single objects may carry grants of their own, so that a closed asset can still hold open objects. */
  readonly objectGrants: boolean;
}

export type ReadAs = 'anonymous' | 'credentials';

/** Closing commands for one cause. */
export interface RemedyData {
  /** The Because codes it answers; `*` at the end covers a family. */
  readonly causes: readonly string[];
  readonly steps: (subject: RemedySubject) => readonly RemedyStep[];
}

export interface RemedySubject {
  readonly asset: Asset;
  readonly because: Because;
  /** `"$(ajar locate REF)"` for an object's key, shell-ready; null when the whole asset is meant. */
  readonly key: string | null;
}

/** A key that somebody knows without a listing. */
export type NamedKey = Pick<ObjectRef, 'key' | 'version'>;

/** One provider connected to one target. */
export interface Connection {
  /** Assets as they are found; a Gap where discovery could not go on. */
  assets(): AsyncIterable<{ readonly asset: Asset } | { readonly gap: Gap }>;
  /** Documents and unsigned requests → facts. Never throws for a denied document: that is a gap and an `unknown`. */
  probes(asset: Asset): Promise<Probed>;
  /** Every object, by the credentials when there are any, else unsigned; pages until the end. */
  objects(asset: Asset): AsyncIterable<ObjectRef>;
  /** What is there under these keys, in any order, for buckets that nobody lists; a key that is not there is left out. Where it is missing, keys cannot be named. */
  named?(asset: Asset, keys: readonly NamedKey[]): AsyncIterable<ObjectRef>;
  /** Facts about single objects, by unsigned HEAD and, where one is open, its own grants. */
  objectProbes(asset: Asset, objects: readonly ObjectRef[]): AsyncIterable<AccessFact>;
  /** What opens of these keys through other doors to the asset (a website, a CDN, a domain that the target names), without credentials; left out where there are none. */
  doors?(asset: Asset, keys: readonly string[]): Promise<readonly AccessFact[]>;
  /** The object's bytes, or one range of them. Throws ScanError. */
  read(
    asset: Asset,
    object: ObjectRef,
    range: ByteRange | null,
    as: ReadAs,
  ): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** What `--plan` prints; nothing has been sent. */
export interface TargetPlan {
  /** `host:port` of every host that may be asked. */
  readonly hosts: readonly string[];
  /** The calls it will make, in the provider's words. */
  readonly calls: readonly string[];
}

/** What a role for scanning may do: reading only, and no more than the calls that are made. */
export interface LeastPrivilege {
  /** The provider's own words, one permission each. */
  readonly permissions: readonly string[];
  /** The policy or role, ready to be created. */
  readonly document: string;
  /** How a person puts it into force, in one sentence or command. */
  readonly grant: string;
}

/** One permission of the role for scanning, and whether it is there now. */
export interface PermissionCheck {
  /** As LeastPrivilege spells it. */
  readonly permission: string;
  readonly state: 'granted' | 'refused' | 'not-tried';
  /** Empty where it is granted; else what was refused, or why nothing was asked. */
  readonly detail: string;
}

export interface Provider {
  readonly id: ProviderId;
  readonly title: string;
  /** URI schemes without `:`; a folder has none and takes paths. */
  readonly schemes: readonly string[];
  /** Throws UsageError for a target it cannot mean. Sends nothing. */
  plan(target: TargetSpec, env: ProviderContext['env']): TargetPlan;
  connect(target: TargetSpec, context: ProviderContext): Promise<Connection>;
  /** The target by which somebody without credentials names this one asset; left out where the target itself, made anonymous, does. */
  outside?(asset: Asset, target: TargetSpec, env: ProviderContext['env']): TargetSpec;
  /** Left out where a scan needs no role. */
  readonly leastPrivilege?: LeastPrivilege;
  /** Tries each permission by one reading call at the target, with its credentials. Throws ScanError where nothing can be tried at all. */
  tryPermissions?(target: TargetSpec, context: ProviderContext): AsyncIterable<PermissionCheck>;
  readonly remedies: readonly RemedyData[];
  /** The command that repeats the anonymous request, and what a closed door answers. */
  prove(subject: RemedySubject): RemedyStep;
}
