/**
 * Access-control documents as nouns, between the providers (wire form → nouns) and the evaluators
 * (nouns → facts). A document that could not be fetched is `denied`, never absent: an AccessDenied
 * on a configuration call is `unknown`, not "nothing is configured".
 */

/** `value` null: the provider answered that there is none. */
export type Fetched<T> =
  | { readonly state: 'read'; readonly value: T }
  | { readonly state: 'denied'; readonly detail: string };

export function fetched<T>(value: T): Fetched<T> {
  return { state: 'read', value };
}

export function denied<T>(detail: string): Fetched<T> {
  return { state: 'denied', detail };
}

/** An IAM-style policy as parsed JSON. Every field may be missing or odd: the text is another party's. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement?: PolicyStatement | readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: unknown;
}

export interface AclGrant {
  readonly Grantee?: {
    readonly Type?: string;
    readonly URI?: string;
    readonly ID?: string;
    readonly EmailAddress?: string;
  };
  readonly Permission?: string;
}

export interface AccessControlList {
  readonly Owner?: { readonly ID?: string };
  readonly Grants?: readonly AclGrant[];
}

export interface PublicAccessBlock {
  readonly BlockPublicAcls?: boolean;
  readonly IgnorePublicAcls?: boolean;
  readonly BlockPublicPolicy?: boolean;
  readonly RestrictPublicBuckets?: boolean;
}

export type ObjectOwnership = 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter';

export interface AccessPoint {
  readonly name: string;
  /** Of a multi-region point: what policies call it instead of its name. */
  readonly alias?: string;
  readonly networkOrigin: 'Internet' | 'VPC';
  readonly policy: PolicyDocument | null;
  readonly publicAccessBlock: PublicAccessBlock | null;
}

/** Whose semantics hold. `aws` only where the endpoint is positively Amazon's. */
export type S3Dialect =
  | 'aws'
  | 'ceph'
  | 'minio'
  | 'seaweedfs'
  | 'versitygw'
  | 'oss'
  | 'obs'
  | 'cos'
  | 'r2'
  | 'spaces'
  | 'scaleway'
  | 'wasabi'
  | 'yandex'
  | 'generic';

export interface S3Documents {
  readonly bucket: string;
  readonly dialect: S3Dialect;
  /** The owning account's id where known: fixed-principal tests need it. */
  readonly account: string | null;
  readonly policy: Fetched<PolicyDocument | null>;
  readonly acl: Fetched<AccessControlList | null>;
  /** Null: never configured, so ACLs are enabled. */
  readonly ownership: Fetched<ObjectOwnership | null>;
  readonly publicAccessBlock: Fetched<PublicAccessBlock | null>;
  /** The effective account level, organisation policy included. */
  readonly accountPublicAccessBlock: Fetched<PublicAccessBlock | null>;
  readonly website: Fetched<boolean>;
  readonly requesterPays: Fetched<boolean>;
  readonly accessPoints: Fetched<readonly AccessPoint[]>;
  /** Left out where they were not asked for because they could change nothing, or do not exist. */
  readonly multiRegionAccessPoints?: Fetched<readonly AccessPoint[]>;
}

export interface AzureNetworkRules {
  readonly defaultAction?: string;
  readonly bypass?: string;
  readonly ipRules?: readonly { readonly value?: string; readonly action?: string }[];
}

export interface AzureContainerDocuments {
  readonly account: string;
  readonly container: string;
  /** Null: the account never said. */
  readonly allowBlobPublicAccess: Fetched<boolean | null>;
  readonly publicNetworkAccess: Fetched<string | null>;
  readonly networkAcls: Fetched<AzureNetworkRules | null>;
  readonly isHnsEnabled: Fetched<boolean | null>;
  readonly staticWebsite: Fetched<boolean | null>;
  /** `Blob`, `Container` or null for private. */
  readonly publicAccess: Fetched<'Blob' | 'Container' | null>;
}

/** A stored access policy: what every link made with its name allows, until it is changed or deleted. */
export interface AzureAccessPolicy {
  readonly id: string;
  /** Letters (`rl`); empty where each link says for itself. */
  readonly permissions: string;
  /** Null where each link says for itself. */
  readonly expiresAt: Date | null;
}

/** A shared access signature, without the signature. */
export interface AzureLink {
  readonly permissions: string;
  readonly expiresAt: Date | null;
  readonly scope: 'account' | 'container' | 'blob';
  /** The stored access policy that it goes by. */
  readonly policy: string | null;
  /** Signed by a person's or an application's token, not by a key of the account. */
  readonly byUser: boolean;
}

export interface AzureLinkDocuments {
  /** Null: the account never said, so keys work. */
  readonly allowSharedKeyAccess: Fetched<boolean | null>;
  readonly sasPolicy: Fetched<{
    readonly sasExpirationPeriod?: string;
    readonly expirationAction?: string;
  } | null>;
  readonly policies: Fetched<readonly AzureAccessPolicy[]>;
  /** The link that the scan itself works with. */
  readonly given: AzureLink | null;
  readonly now: Date;
}

export interface GcsBinding {
  readonly role?: string;
  readonly members?: readonly string[];
  readonly condition?: { readonly expression?: string; readonly title?: string } | null;
}

export interface GcsAclEntry {
  readonly entity?: string;
  readonly role?: string;
}

export interface GcsManagedFolder {
  /** Ends with `/`. */
  readonly name: string;
  readonly bindings: readonly GcsBinding[];
}

export interface GcsBucketDocuments {
  readonly bucket: string;
  readonly iam: Fetched<readonly GcsBinding[]>;
  readonly acl: Fetched<readonly GcsAclEntry[]>;
  readonly uniformBucketLevelAccess: Fetched<boolean>;
  /** `enforced`, `inherited` or `unspecified`. */
  readonly publicAccessPrevention: Fetched<string | null>;
  readonly managedFolders: Fetched<readonly GcsManagedFolder[]>;
  readonly requesterPays: Fetched<boolean>;
  /** True where the organisation policy storage.publicAccessPrevention is enforced; left out when it was not asked for. */
  readonly organizationPublicAccessPrevention?: Fetched<boolean>;
  /** What new objects get; says nothing of those that are there. Left out when it was not asked for. */
  readonly defaultObjectAcl?: Fetched<readonly GcsAclEntry[]>;
  /** Ranges that the bucket IP filter lets in from the internet; null when there is no filter. Left out when it was not asked for. */
  readonly ipFilter?: Fetched<readonly string[] | null>;
  /** Permissions of custom roles met in the bindings, by role name; a role that is missing here is unknown. */
  readonly customRoles: Readonly<Record<string, readonly string[]>>;
  readonly now: Date;
}
