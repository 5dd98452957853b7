/** Grants from the IAM policies of a bucket and its managed folders. */
import { ACTIONS, type Action, type Because, type Slice } from '../../model/access.ts';
import type { GcsBinding, GcsBucketDocuments } from '../documents.ts';
import { conditionReach, type Reach } from './condition.ts';
import { type Grant, type Outsider, outsider } from './grant.ts';
import { permissionUses, rolePermissions } from './roles.ts';

/** Every public binding, permission by permission. */
export function iamGrants(d: GcsBucketDocuments): readonly Grant[] {
  const bucket = d.iam.state === 'read' ? d.iam.value : [];
  const folders = d.managedFolders.state === 'read' ? d.managedFolders.value : [];
  return [
    ...bucket.flatMap((binding) => bindingGrants(d, binding, 'the IAM policy of the bucket', '')),
    ...folders.flatMap((folder) =>
      folder.bindings.flatMap((binding) =>
        bindingGrants(d, binding, `the IAM policy of managed folder ${folder.name}`, folder.name),
      ),
    ),
  ];
}

function bindingGrants(
  d: GcsBucketDocuments,
  binding: GcsBinding,
  where: string,
  prefix: string,
): readonly Grant[] {
  const role = binding.role ?? 'a role that is not named';
  const condition = binding.condition?.expression ?? null;
  const permissions = d.customRoles[role] ?? rolePermissions(role);
  return (binding.members ?? []).flatMap((member) => {
    const audience = outsider(member);
    if (audience === null) return [];
    const params = { where, role, member, ...(condition ? { condition } : {}) };
    const reachOn = (on: 'bucket' | 'object'): Reach =>
      conditionReach(condition, { bucket: d.bucket, on, now: d.now });
    const folder = prefix === '' ? null : keysUnder(prefix);
    if (permissions === null) {
      if (reachOn('object').kind === 'never' && reachOn('bucket').kind === 'never') {
        return ACTIONS.map((action) => refusedByCondition(audience, action, params));
      }
      const because: Because = { code: 'gcs.iam.role-unknown', params };
      return ACTIONS.map(
        (action): Grant => ({ audience, action, answer: 'unknown', slice: folder, because }),
      );
    }
    const uses = permissions.flatMap((permission) => permissionUses(permission));
    if (uses.length === 0) {
      const because: Because = { code: 'gcs.iam.no-object-permission', params };
      return [{ audience, action: null, answer: 'yes', slice: folder, because }];
    }
    return uses.flatMap((use) =>
      reachGrants(reachOn(use.on), folder, {
        audience,
        action: use.action,
        params: { ...params, permission: use.permission },
      }),
    );
  });
}

interface Granting {
  readonly audience: Outsider;
  readonly action: Action;
  readonly params: Readonly<Record<string, string>>;
}

function reachGrants(reach: Reach, folder: Slice | null, granting: Granting): readonly Grant[] {
  const { audience, action, params } = granting;
  if (reach.kind === 'never') return [refusedByCondition(audience, action, params)];
  const code = !reach.judged
    ? 'gcs.iam.condition-unjudged'
    : params.condition === undefined
      ? 'gcs.iam.allow'
      : 'gcs.iam.allow-if';
  const grant = (slice: Slice | null): Grant => ({
    audience,
    action,
    answer: 'yes',
    slice,
    because: { code, params },
  });
  if (reach.kind === 'always') return [grant(folder)];
  // A condition inside a managed folder's policy may name the whole path or only part of it.
  return reach.slices.map((slice) => grant(folder === null ? slice : narrower(slice, folder)));
}

function narrower(slice: Slice, folder: Slice): Slice {
  const root = folder.pattern.slice(0, -1);
  return slice.pattern.startsWith(root) ? slice : folder;
}

function refusedByCondition(
  audience: Outsider,
  action: Action,
  params: Readonly<Record<string, string>>,
): Grant {
  const because: Because = { code: 'gcs.iam.condition-false', params };
  return { audience, action, answer: 'no', slice: null, because };
}

function keysUnder(prefix: string): Slice {
  return { kind: 'keys', pattern: `${prefix}*`, except: [] };
}
