/** What the GCS stand-in holds: buckets, objects with their generations, managed folders, roles. */

export interface Binding {
  role: string;
  members: string[];
  condition?: { title?: string; expression: string };
}

export interface AclEntry {
  entity: string;
  role: 'READER' | 'WRITER' | 'OWNER';
}

export interface StoredObject {
  readonly name: string;
  readonly generation: string;
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly contentEncoding?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly created: Date;
  acl: AclEntry[];
}

export interface StoredBucket {
  readonly name: string;
  readonly project: string;
  readonly projectNumber: number;
  readonly location: string;
  readonly created: Date;
  labels: Record<string, string>;
  iam: Binding[];
  acl: AclEntry[];
  defaultObjectAcl: AclEntry[];
  uniform: boolean;
  publicAccessPrevention: 'inherited' | 'enforced';
  requesterPays: boolean;
  versioning: boolean;
  metageneration: number;
  /** Generations of one name in order; the last is live unless `deleted` has the name. */
  readonly objects: Map<string, StoredObject[]>;
  /** Names whose live generation was deleted under versioning. */
  readonly deleted: Set<string>;
  /** Names end with `/`. */
  readonly folders: Map<string, Binding[]>;
}

export interface Project {
  readonly id: string;
  /** Bearer token of its owner. */
  readonly token: string;
  /** The organisation policy storage.publicAccessPrevention as it is effective here. */
  readonly publicAccessPrevention?: boolean;
  /** `organizations/1` or `folders/2`; left out for a project on its own. */
  readonly parent?: string;
  /** Viewers of the organisation may not list its buckets. */
  readonly secluded?: boolean;
}

export interface Folder {
  /** `folders/2` */
  readonly name: string;
  readonly parent: string;
  /** Nobody may look inside. */
  readonly secluded?: boolean;
}

/** Somebody with a Google account and no project of the stand-in. */
export interface Account {
  readonly email: string;
  readonly token: string;
  /** May list projects, folders and buckets throughout, where nothing is secluded. */
  readonly viewer?: boolean;
}

export interface State {
  readonly projects: readonly Project[];
  readonly accounts: readonly Account[];
  readonly folders: readonly Folder[];
  readonly buckets: Map<string, StoredBucket>;
  /** Permissions by custom role name (`projects/P/roles/R`). */
  readonly roles: Map<string, readonly string[]>;
  nextGeneration: number;
}

/** Google's own numbers are opaque; these are the place in the list. */
export function projectNumber(place: number): number {
  return 1_000_000_001 + place;
}

export function liveObject(bucket: StoredBucket, name: string): StoredObject | undefined {
  return bucket.deleted.has(name) ? undefined : bucket.objects.get(name)?.at(-1);
}

/** Keys in the order GCS lists them: by UTF-8 bytes. */
export function sortedNames(names: Iterable<string>): string[] {
  return [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

export interface ObjectWrite {
  readonly name: string;
  readonly bytes: Buffer;
  readonly contentType?: string | undefined;
  readonly contentEncoding?: string | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly acl?: readonly AclEntry[] | undefined;
}

export function putObject(state: State, bucket: StoredBucket, write: ObjectWrite): StoredObject {
  const object: StoredObject = {
    name: write.name,
    generation: String(state.nextGeneration++),
    bytes: write.bytes,
    contentType: write.contentType ?? 'application/octet-stream',
    ...(write.contentEncoding !== undefined && { contentEncoding: write.contentEncoding }),
    ...(write.metadata && { metadata: write.metadata }),
    created: new Date(),
    acl: bucket.uniform ? [] : [...(write.acl ?? bucket.defaultObjectAcl)],
  };
  const older = bucket.versioning ? (bucket.objects.get(write.name) ?? []) : [];
  bucket.objects.set(write.name, [...older, object]);
  bucket.deleted.delete(write.name);
  return object;
}

export interface BucketSeed {
  readonly name: string;
  /** Default: the first project. */
  readonly project?: string;
  readonly location?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly iam?: readonly Binding[];
  readonly acl?: readonly AclEntry[];
  readonly defaultObjectAcl?: readonly AclEntry[];
  readonly uniform?: boolean;
  readonly publicAccessPrevention?: 'inherited' | 'enforced';
  readonly requesterPays?: boolean;
  readonly versioning?: boolean;
  readonly objects?: Readonly<Record<string, string | Uint8Array>>;
  /** Public or other grants of single objects, by key. */
  readonly objectAcl?: Readonly<Record<string, readonly AclEntry[]>>;
  readonly folders?: Readonly<Record<string, readonly Binding[]>>;
}

/** Makes the bucket as it is described, without asking whether anybody may. */
export function seedBucket(state: State, seed: BucketSeed): StoredBucket {
  const project = seed.project ?? state.projects[0]?.id ?? 'project';
  const bucket: StoredBucket = {
    name: seed.name,
    project,
    projectNumber: projectNumber(state.projects.findIndex(({ id }) => id === project)),
    location: seed.location ?? 'EUROPE-WEST1',
    created: new Date(),
    labels: { ...seed.labels },
    iam: structuredClone([...(seed.iam ?? [])]),
    acl: [...(seed.acl ?? [])],
    defaultObjectAcl: [...(seed.defaultObjectAcl ?? [])],
    uniform: seed.uniform ?? false,
    publicAccessPrevention: seed.publicAccessPrevention ?? 'inherited',
    requesterPays: seed.requesterPays ?? false,
    versioning: seed.versioning ?? false,
    metageneration: 1,
    objects: new Map(),
    deleted: new Set(),
    folders: new Map(
      Object.entries(seed.folders ?? {}).map(([name, iam]) => [name, structuredClone([...iam])]),
    ),
  };
  for (const [name, content] of Object.entries(seed.objects ?? {})) {
    putObject(state, bucket, { name, bytes: Buffer.from(content), acl: seed.objectAcl?.[name] });
  }
  state.buckets.set(seed.name, bucket);
  return bucket;
}
