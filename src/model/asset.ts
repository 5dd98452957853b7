/** The things that are scanned: assets (a bucket, a container, a folder, a site) and the objects in them. */

/** An id of a provider folder: `s3`, `azure-blob`, `gcs`, `folder`. */
export type ProviderId = string;

/** A place that holds objects and has one access policy of its own. */
export interface Asset {
  /** `provider:authority/name`, stable across runs; see {@link assetId}. */
  readonly id: string;
  readonly provider: ProviderId;
  /** Who answers for the name: an account, an endpoint's declared name, a cloud partition. */
  readonly authority: string;
  /** The bucket, container or folder name as the provider spells it. */
  readonly name: string;
  /** The provider's own word: `bucket`, `container`, `folder`. */
  readonly kind: string;
  /** What a person opens or pastes to reach it. */
  readonly url: string;
  readonly account?: string;
  /** The software that answers there, where its name changes what to do: `minio`, `ceph`. */
  readonly service?: string;
  readonly region?: string;
  /** Tags or labels. */
  readonly labels: Readonly<Record<string, string>>;
}

/** One object (file, blob) of an asset. */
export interface ObjectRef {
  readonly key: string;
  readonly sizeBytes: number;
  readonly modifiedAt?: Date;
  readonly etag?: string;
  /** Set for an old version or a soft-deleted object. */
  readonly version?: string;
}

/** Half open, in bytes of the object. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export function assetId(provider: ProviderId, authority: string, name: string): string {
  return `${provider}:${authority}/${name}`;
}
