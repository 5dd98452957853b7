/** A bucket's access-control documents: wire form → nouns. What could not be read is `denied`. */
import pLimit from 'p-limit';
import {
  denied,
  type Fetched,
  fetched,
  type GcsAclEntry,
  type GcsBinding,
  type GcsBucketDocuments,
  type GcsManagedFolder,
} from '../../src/exposure/documents.ts';
import { ScanError, type ScanErrorCode } from '../../src/model/errors.ts';
import type { NamedKey } from '../../src/model/provider.ts';
import type { GcsApi, Json } from './api.ts';
import type { Call } from './calls.ts';

/** A document that could not be read. */
export interface Unread {
  readonly code: ScanErrorCode;
  /** `bucket IAM policy`, … */
  readonly what: string;
  readonly detail: string;
}

export interface Gathered {
  readonly documents: GcsBucketDocuments;
  readonly unread: readonly Unread[];
}

/** Folders whose policies are asked for, one call each; more than that is told as unread. */
const FOLDERS = 1000;

/** Asks for everything that decides about one bucket. `metadata`: the bucket as a listing gave it, if one did. */
export async function gather(api: GcsApi, bucket: string, metadata?: Json): Promise<Gathered> {
  const unread: Unread[] = [];
  async function attempt<T>(what: string, read: () => Promise<Fetched<T>>): Promise<Fetched<T>> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof ScanError) || error.code === 'interrupted') throw error;
      unread.push({ code: error.code, what, detail: error.detail });
      return denied(error.detail);
    }
  }
  const [about, iam] = await Promise.all([
    attempt('bucket metadata', async () =>
      fetched(metadata ?? named(await withAcls(api, { call: 'bucket', bucket }), 'name')),
    ),
    attempt('bucket IAM policy', async () => fetched(await bindings(api, { call: 'iam', bucket }))),
  ]);
  const settings = settingsOf(about);
  const uniform = settings.uniformBucketLevelAccess;
  // Where nothing public has an effect, nobody needs to know who is named.
  const prevented =
    settings.publicAccessPrevention.state === 'read' &&
    settings.publicAccessPrevention.value === 'enforced';
  const withoutAcls = prevented || (uniform.state === 'read' && uniform.value);
  const acls = { api, bucket, about: withoutAcls ? null : about };
  const [acl, defaultObjectAcl, managedFolders] = await Promise.all([
    attempt('bucket ACL', () => aclOf(acls, 'acl')),
    attempt('default object ACL', () => aclOf(acls, 'defaultObjectAcl')),
    attempt('managed folders', async () =>
      // Only buckets with uniform access can have managed folders.
      prevented || (uniform.state === 'read' && !uniform.value)
        ? fetched([])
        : folders(api, bucket),
    ),
  ]);
  const all = [
    ...(iam.state === 'read' ? iam.value : []),
    ...(managedFolders.state === 'read' ? managedFolders.value : []).flatMap((one) => one.bindings),
  ];
  const open = !prevented && (all.some(isPublic) || grantsPublic(acl));
  return {
    documents: {
      bucket,
      iam,
      acl,
      defaultObjectAcl,
      managedFolders,
      ...settings,
      ...(open && {
        organizationPublicAccessPrevention: await organizationPrevents(api, about, attempt),
      }),
      customRoles: await rolesOf(api, all, attempt),
      now: new Date(),
    },
    unread,
  };
}

/** Told as unread, it only matters where an unsigned request did not get through. */
export const PREVENTION = 'organisation policy on public access';

type Attempt = <T>(what: string, read: () => Promise<Fetched<T>>) => Promise<Fetched<T>>;

/** Only asked where a public grant stands that the bucket itself does not stop: few scanning accounts may ask. */
async function organizationPrevents(
  api: GcsApi,
  about: Fetched<Json>,
  attempt: Attempt,
): Promise<Fetched<boolean>> {
  const project = about.state === 'read' ? String(about.value.projectNumber ?? '') : '';
  if (!/^\d+$/.test(project)) return denied('the project of the bucket is not known');
  return attempt(PREVENTION, async () => {
    const policy = await api.getOnce({ call: 'prevention', project });
    const rules = inner(policy, 'spec').rules;
    return fetched(Array.isArray(rules) && rules.some((rule: Json) => rule.enforce === true));
  });
}

/** A 200 without the field that the document always has is another server's answer. */
function named(value: Json, field: string): Json {
  if (typeof value[field] === 'string') return value;
  throw new ScanError('malformed', `the answer lacks "${field}"; is the endpoint Cloud Storage?`);
}

type Settings = Pick<
  GcsBucketDocuments,
  'uniformBucketLevelAccess' | 'publicAccessPrevention' | 'requesterPays' | 'ipFilter'
>;

function settingsOf(about: Fetched<Json>): Settings {
  if (about.state === 'denied') {
    return {
      uniformBucketLevelAccess: denied(about.detail),
      publicAccessPrevention: denied(about.detail),
      requesterPays: denied(about.detail),
    };
  }
  const iam = inner(about.value, 'iamConfiguration');
  const uniform =
    inner(iam, 'uniformBucketLevelAccess').enabled ?? inner(iam, 'bucketPolicyOnly').enabled;
  const prevention = iam.publicAccessPrevention;
  return {
    uniformBucketLevelAccess: fetched(uniform === true),
    publicAccessPrevention: fetched(typeof prevention === 'string' ? prevention : null),
    requesterPays: fetched(inner(about.value, 'billing').requesterPays === true),
    ipFilter: fetched(allowedRanges(inner(about.value, 'ipFilter'))),
  };
}

/** Ranges that may come from the internet; null when the filter is off. */
function allowedRanges(filter: Json): readonly string[] | null {
  if (String(filter.mode).toLowerCase() !== 'enabled') return null;
  const ranges = inner(filter, 'publicNetworkSource').allowedIpCidrRanges;
  return Array.isArray(ranges) ? ranges.map(String) : [];
}

function inner(value: Json, field: string): Json {
  const found = value[field];
  return found !== null && typeof found === 'object' ? (found as Json) : {};
}

async function bindings(api: GcsApi, call: Call): Promise<readonly GcsBinding[]> {
  // Below version 3 a condition is hidden and its role is renamed.
  const policy = await api.get(call, { optionsRequestedPolicyVersion: '3' });
  const list = policy.bindings ?? [];
  // An empty policy has neither bindings nor anything else but its kind and etag.
  const known = 'bindings' in policy || 'etag' in policy || policy.kind === 'storage#policy';
  if (!known || !Array.isArray(list)) {
    throw new ScanError(
      'malformed',
      'the IAM policy is not in the form that Cloud Storage answers',
    );
  }
  return list as readonly GcsBinding[];
}

interface Acls {
  readonly api: GcsApi;
  readonly bucket: string;
  /** Null where ACLs have no effect; under uniform access Google answers the question with 400. */
  readonly about: Fetched<Json> | null;
}

async function aclOf(
  { api, bucket, about }: Acls,
  field: 'acl' | 'defaultObjectAcl',
): Promise<Fetched<readonly GcsAclEntry[]>> {
  if (about === null) return fetched([]);
  const given = about.state === 'read' ? about.value[field] : undefined;
  if (Array.isArray(given)) return fetched(given as readonly GcsAclEntry[]);
  return fetched(entries(await api.get({ call: field === 'acl' ? field : 'default-acl', bucket })));
}

/**
 * A bucket, or a page of buckets, with its ACLs in the same answer; without them where the
 * credentials may not have those: they are asked for by themselves then, and their refusal is told.
 */
export async function withAcls(
  api: GcsApi,
  call: Call,
  query: Readonly<Record<string, string>> = {},
): Promise<Json> {
  try {
    return await api.get(call, { ...query, projection: 'full' });
  } catch (error) {
    if (!(error instanceof ScanError) || error.code !== 'denied') throw error;
    return api.get(call, query);
  }
}

/** One object's own grants, or those of an old generation, which keeps its own. */
export async function objectAcl(
  api: GcsApi,
  bucket: string,
  { key, version }: NamedKey,
): Promise<Fetched<readonly GcsAclEntry[]>> {
  try {
    const query = version === undefined ? {} : { generation: version };
    return fetched(entries(await api.get({ call: 'object-acl', bucket, key }, query)));
  } catch (error) {
    if (!(error instanceof ScanError) || error.code === 'interrupted') throw error;
    return denied(error.detail);
  }
}

function entries(answer: Json): readonly GcsAclEntry[] {
  const items = answer.items ?? [];
  const known = 'items' in answer || /AccessControls$/.test(String(answer.kind));
  if (known && Array.isArray(items)) return items as readonly GcsAclEntry[];
  throw new ScanError('malformed', 'the ACL is not in the form that Cloud Storage answers');
}

async function folders(api: GcsApi, bucket: string): Promise<Fetched<readonly GcsManagedFolder[]>> {
  const names: string[] = [];
  let pageToken = '';
  do {
    const query = { pageSize: '1000', ...(pageToken !== '' && { pageToken }) };
    const answer = await api.get({ call: 'folders', bucket }, query);
    const items = Array.isArray(answer.items) ? (answer.items as Json[]) : [];
    for (const item of items) if (typeof item.name === 'string') names.push(item.name);
    pageToken = String(answer.nextPageToken ?? '');
    if (names.length > FOLDERS) {
      throw new ScanError('too-large', `more than ${FOLDERS} managed folders (limit)`);
    }
  } while (pageToken !== '');
  const limit = pLimit(8);
  const found = await limit.map(names, async (name): Promise<GcsManagedFolder> => {
    const policy = await bindings(api, { call: 'folder-iam', bucket, folder: name });
    return { name, bindings: policy };
  });
  return fetched(found);
}

function isPublic({ members }: GcsBinding): boolean {
  return members?.some((one) => one === 'allUsers' || one === 'allAuthenticatedUsers') ?? false;
}

function grantsPublic(acl: Fetched<readonly GcsAclEntry[]>): boolean {
  const entries = acl.state === 'read' ? acl.value : [];
  return entries.some(({ entity }) => /^all(?:Authenticated)?Users$/.test(entity ?? ''));
}

/** Roles of the customer's own that are bound to the public: what they permit is not in Google's list. */
function publicCustomRoles(all: readonly GcsBinding[]): readonly string[] {
  const roles = all
    .filter(isPublic)
    .map(({ role }) => role ?? '')
    .filter((role) => /^(?:projects|organizations)\/[^/]+\/roles\/[^/]+$/.test(role));
  return [...new Set(roles)];
}

async function rolesOf(
  api: GcsApi,
  all: readonly GcsBinding[],
  attempt: Attempt,
): Promise<GcsBucketDocuments['customRoles']> {
  const known: Record<string, readonly string[]> = {};
  for (const role of publicCustomRoles(all)) {
    const permissions = await attempt(`custom role ${role}`, () => permissionsOf(api, role));
    if (permissions.state === 'read') known[role] = permissions.value;
  }
  return known;
}

async function permissionsOf(api: GcsApi, role: string): Promise<Fetched<readonly string[]>> {
  const answer = named(await api.getOnce({ call: 'role', role }), 'name');
  // A deleted role is bound in vain.
  if (answer.deleted === true) return fetched([]);
  const permissions = answer.includedPermissions;
  return fetched(Array.isArray(permissions) ? permissions.map(String) : []);
}
