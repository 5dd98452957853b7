/** A Cloud Storage case of the exposure case format → documents → judgement. */
import type { AccessFact } from '../../model/access.ts';
import {
  denied,
  type Fetched,
  fetched,
  type GcsAclEntry,
  type GcsBinding,
  type GcsBucketDocuments,
  type GcsManagedFolder,
} from '../documents.ts';
import { gcsFacts, gcsObjectFacts, gcsPublic } from '../gcs.ts';
import { type Json, list, orOff, parsed, pick, readSwitch, record, texts } from '../input.ts';
import { type Judgement, judgementOf } from '../judgement.ts';

/** Judges one case; `now` decides conditions on the time. */
export function judgeGcsCase(input: Json, now: Date): Judgement {
  const documents = gcsDocuments(input, now);
  const objectAcl = aclEntries(pick(input, 'objectAcl', 'objectAccessControls'), 'object');
  const own = withoutSlice(gcsObjectFacts(documents, '(the object)', objectAcl));
  const given = objectAcl.state === 'denied' || objectAcl.value.length > 0;
  const facts = [...gcsFacts(documents), ...(given ? own : [])];
  const acls = objectAcl.state === 'read' ? [objectAcl.value] : [];
  const isPublic = gcsPublic(documents, acls);
  const unreadable = objectAcl.state === 'denied' && isPublic === 'no';
  return judgementOf(facts, unreadable ? 'unknown' : isPublic);
}

function withoutSlice(facts: readonly AccessFact[]): readonly AccessFact[] {
  return facts.map((fact) => ({ ...fact, slice: null }));
}

/** The API's, gcloud's and Terraform's spellings → nouns. A field left out is not configured. */
function gcsDocuments(input: Json, now: Date): GcsBucketDocuments {
  const config = record(pick(input, 'iamConfiguration')) ?? {};
  const iam = bindings(pick(input, 'iamPolicy', 'iam', 'policy', 'bindings'));
  const uniform =
    pick(input, 'uniformBucketLevelAccess') ?? pick(config, 'uniformBucketLevelAccess');
  const billing = record(pick(input, 'billing')) ?? {};
  return {
    bucket: bucketName(input, iam),
    iam,
    acl: aclEntries(pick(input, 'acl', 'bucketAcl', 'predefinedAcl'), 'bucket'),
    uniformBucketLevelAccess: orOff(readSwitch(uniform, 'uniformBucketLevelAccess')),
    publicAccessPrevention: prevention(
      pick(input, 'publicAccessPrevention') ?? pick(config, 'publicAccessPrevention'),
    ),
    managedFolders: managedFolders(pick(input, 'managedFolders')),
    requesterPays: orOff(
      readSwitch(
        pick(input, 'requesterPays') ?? pick(billing, 'requesterPays'),
        'the requester pays setting',
      ),
    ),
    organizationPublicAccessPrevention: organizationPolicy(input),
    defaultObjectAcl: aclEntries(
      pick(input, 'defaultObjectAcl', 'predefinedDefaultObjectAcl'),
      'object',
    ),
    ipFilter: ipFilter(pick(input, 'ipFilter')),
    customRoles: customRoles(input, iam),
    now,
  };
}

/** Conditions name the bucket; a case need not. */
function bucketName(input: Json, iam: Fetched<readonly GcsBinding[]>): string {
  const name = pick(input, 'bucket', 'bucketName', 'name');
  if (typeof name === 'string' && name !== '') return name;
  const conditions = iam.state === 'read' ? iam.value : [];
  for (const binding of conditions) {
    const match = /projects\/_\/buckets\/([^/"']+)/.exec(binding.condition?.expression ?? '');
    if (match?.[1]) return match[1];
  }
  return 'the bucket';
}

/** An IAM policy, its bindings, or one binding. */
export function bindings(value: unknown): Fetched<readonly GcsBinding[]> {
  const content = parsed(value);
  if (content === undefined || content === null) return fetched([]);
  const policy = record(content);
  if (!policy && !Array.isArray(content)) return denied('the IAM policy is no object');
  const single = policy && pick(policy, 'role') !== undefined;
  const items = policy && !single ? pick(policy, 'bindings') : content;
  const read: GcsBinding[] = [];
  for (const item of list(items)) {
    const binding = record(item);
    if (!binding) return denied('a binding of the IAM policy is no object');
    const members = pick(binding, 'members', 'member');
    if (
      members !== undefined &&
      members !== null &&
      texts(members).length !== list(members).length
    ) {
      return denied('a member of the IAM policy is no text');
    }
    const role = pick(binding, 'role');
    read.push({
      ...(typeof role === 'string' ? { role } : {}),
      members: texts(members),
      condition: condition(pick(binding, 'condition')) ?? null,
    });
  }
  return fetched(read);
}

function condition(value: unknown): GcsBinding['condition'] {
  if (typeof value === 'string') return { expression: value };
  const one = record(Array.isArray(value) ? value[0] : value);
  const expression = one ? pick(one, 'expression') : undefined;
  return typeof expression === 'string' ? { expression } : null;
}

const CANNED: Readonly<Record<string, readonly GcsAclEntry[]>> = {
  private: [],
  projectprivate: [],
  bucketownerread: [],
  bucketownerfullcontrol: [],
  publicread: [{ entity: 'allUsers', role: 'READER' }],
  publicreadwrite: [{ entity: 'allUsers', role: 'WRITER' }],
  authenticatedread: [{ entity: 'allAuthenticatedUsers', role: 'READER' }],
};

/** A list of entries, `{items}`, a predefined ACL's name, or Terraform's `READER:allUsers`. */
function aclEntries(value: unknown, on: 'bucket' | 'object'): Fetched<readonly GcsAclEntry[]> {
  const content = parsed(value);
  if (content === undefined || content === null) return fetched([]);
  if (typeof content === 'string') {
    const canned = CANNED[content.toLowerCase().replace(/[-_]/g, '')];
    return canned ? fetched(canned) : denied(`the ${on} ACL has a name that ajar does not know`);
  }
  const object = record(content);
  const items = object && pick(object, 'items') !== undefined ? pick(object, 'items') : content;
  const entries: GcsAclEntry[] = [];
  for (const item of list(items)) {
    const pair = typeof item === 'string' ? /^(\w+):(.+)$/.exec(item) : null;
    const entry = record(item);
    if (!pair && !entry) return denied(`an entry of the ${on} ACL is no object`);
    const entity = pair ? pair[2] : entry ? pick(entry, 'entity') : undefined;
    const role = pair ? pair[1] : entry ? pick(entry, 'role') : undefined;
    entries.push({
      ...(typeof entity === 'string' ? { entity } : {}),
      ...(typeof role === 'string' ? { role } : {}),
    });
  }
  return fetched(entries);
}

function prevention(value: unknown): Fetched<string | null> {
  if (value === undefined || value === null || value === '') return fetched(null);
  if (typeof value === 'boolean') return fetched(value ? 'enforced' : 'inherited');
  const known = ['enforced', 'inherited', 'unspecified'];
  return typeof value === 'string' && known.includes(value.toLowerCase())
    ? fetched(value.toLowerCase())
    : denied('publicAccessPrevention is not enforced, inherited or unspecified');
}

/** Whatever a case says under a name that begins with `org` (or of the project) about this constraint. */
function organizationPolicy(input: Json): Fetched<boolean> {
  const entries = Object.entries(input).filter(([name]) => /^(org|project)/i.test(name));
  for (const [name, value] of entries) {
    const stated = /publicaccessprevention/i.test(name.replace(/[_-]/g, ''))
      ? value
      : constraint(value);
    if (stated !== undefined) return enforced(stated);
  }
  return fetched(false);
}

/** The value of storage.publicAccessPrevention in a map of constraints or in one policy. */
function constraint(value: unknown): unknown {
  const policies = record(value);
  if (!policies) return undefined;
  const named = Object.entries(policies).find(([name]) => /publicAccessPrevention/i.test(name));
  if (named) return named[1];
  const name = pick(policies, 'name', 'constraint');
  return typeof name === 'string' && /publicAccessPrevention/i.test(name) ? policies : undefined;
}

function enforced(value: unknown): Fetched<boolean> {
  const policy = record(value);
  const rules = policy ? list(pick(record(pick(policy, 'spec')) ?? policy, 'rules')) : [];
  const rule = record(rules[0]) ?? record(policy ? pick(policy, 'booleanPolicy') : null) ?? policy;
  const given = rule ? pick(rule, 'enforce', 'enforced') : value;
  if (typeof given === 'string' && given.toLowerCase() === 'enforced') return fetched(true);
  if (typeof given === 'string' && /^(inherited|unspecified)$/i.test(given)) return fetched(false);
  return orOff(readSwitch(given, "the organisation's public access prevention"));
}

function managedFolders(value: unknown): Fetched<readonly GcsManagedFolder[]> {
  const folders: GcsManagedFolder[] = [];
  const object = record(value);
  for (const item of list(object ? (pick(object, 'items') ?? object) : value)) {
    const folder = record(item);
    const name = folder ? pick(folder, 'name', 'managedFolder', 'prefix') : undefined;
    if (!folder || typeof name !== 'string') return denied('a managed folder has no name');
    const read = bindings(pick(folder, 'iamPolicy', 'iam', 'policy', 'bindings'));
    if (read.state === 'denied') return read;
    folders.push({ name: name.endsWith('/') ? name : `${name}/`, bindings: read.value });
  }
  return fetched(folders);
}

function ipFilter(value: unknown): Fetched<readonly string[] | null> {
  const filter = record(value);
  if (!filter)
    return value === undefined || value === null ? fetched(null) : denied('it is no object');
  const mode = pick(filter, 'mode');
  if (typeof mode === 'string' && mode.toLowerCase() !== 'enabled') return fetched(null);
  const network = record(pick(filter, 'publicNetworkSource'));
  return fetched(network ? texts(pick(network, 'allowedIpCidrRanges')) : []);
}

/** `{role: [permission]}`, `{role: {includedPermissions}}`, a list of roles with names, or one list for the only custom role. */
function customRoles(
  input: Json,
  iam: Fetched<readonly GcsBinding[]>,
): Readonly<Record<string, readonly string[]>> {
  const roles: Record<string, readonly string[]> = {};
  const value = pick(input, 'customRoles', 'roles', 'roleDefinitions', 'customRole');
  const object = record(value);
  const single = object !== null && pick(object, 'includedPermissions') !== undefined;
  const named =
    object && !single
      ? Object.entries(object)
      : list(value).map((item) => [String(pick(record(item) ?? {}, 'name') ?? ''), item] as const);
  for (const [name, definition] of named) {
    const role = record(definition);
    roles[name] = texts(role ? pick(role, 'includedPermissions', 'permissions') : definition);
  }
  const included = pick(input, 'includedPermissions', 'rolePermissions');
  const custom = (iam.state === 'read' ? iam.value : [])
    .map((binding) => binding.role ?? '')
    .filter((role) => !role.startsWith('roles/'));
  if (Array.isArray(included)) for (const role of custom) roles[role] ??= texts(included);
  return roles;
}
