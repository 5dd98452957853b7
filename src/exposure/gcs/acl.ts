/** Grants from ACLs, which uniform bucket-level access switches off. */
import type { Action, Answer, Because, Slice } from '../../model/access.ts';
import type { Fetched, GcsAclEntry, GcsBucketDocuments } from '../documents.ts';
import { type Grant, outsider } from './grant.ts';

const BUCKET_ACL: Readonly<
  Record<string, { readonly what: string; readonly actions: readonly Action[] }>
> = {
  READER: { what: 'listing, no object data', actions: ['list'] },
  WRITER: { what: 'listing and writing, no object data', actions: ['list', 'write'] },
  OWNER: {
    what: 'listing, writing and changing the ACL, no object data',
    actions: ['list', 'write', 'read-acl', 'write-acl'],
  },
};

/** A bucket's ACL lists and writes; it never reads an object's data. */
export function bucketAclGrants(d: GcsBucketDocuments): readonly Grant[] {
  if (d.acl.state === 'denied') return [];
  return d.acl.value.flatMap((entry) => {
    const audience = outsider(entry.entity);
    if (audience === null) return [];
    const role = entry.role?.toUpperCase() ?? '';
    const known = BUCKET_ACL[role];
    const entity = entry.entity ?? '';
    const because: Because = {
      code: 'gcs.acl.bucket',
      params: { role, entity, what: known?.what ?? 'a role that is not known' },
    };
    const actions = known?.actions ?? ['list', 'write', 'read-acl', 'write-acl'];
    const answer: Answer = known ? 'yes' : 'unknown';
    return actions.map((action) =>
      underUniform(d.uniformBucketLevelAccess, 'bucket ACL', entity, {
        audience,
        action,
        answer,
        slice: null,
        because,
      }),
    );
  });
}

const OBJECT_ACL: Readonly<Record<string, readonly Action[]>> = {
  READER: ['read'],
  OWNER: ['read', 'read-acl', 'write-acl'],
};

/** An object's own ACL. */
export function objectAclGrants(
  acl: readonly GcsAclEntry[],
  slice: Slice | null,
  uniform: Fetched<boolean>,
): readonly Grant[] {
  return acl.flatMap((entry) => {
    const audience = outsider(entry.entity);
    if (audience === null) return [];
    const role = entry.role?.toUpperCase() ?? '';
    const known = OBJECT_ACL[role];
    const entity = entry.entity ?? '';
    const because: Because = { code: 'gcs.acl.object', params: { role, entity } };
    const answer: Answer = known ? 'yes' : 'unknown';
    return (known ?? ['read', 'read-acl', 'write-acl']).map((action) =>
      underUniform(uniform, 'object ACL', entity, { audience, action, answer, slice, because }),
    );
  });
}

/** A default ACL is copied to objects that are written under it; which those are, no document says. */
export function defaultAclGrants(d: GcsBucketDocuments): readonly Grant[] {
  if (d.defaultObjectAcl?.state !== 'read') return [];
  return objectAclGrants(d.defaultObjectAcl.value, null, d.uniformBucketLevelAccess).map(
    (grant): Grant =>
      grant.answer === 'no'
        ? grant
        : {
            ...grant,
            answer: 'unknown',
            because: { code: 'gcs.acl.default', params: grant.because.params },
          },
  );
}

function underUniform(
  uniform: Fetched<boolean>,
  document: string,
  entity: string,
  grant: Grant,
): Grant {
  if (uniform.state === 'denied') return { ...grant, answer: 'unknown' };
  if (!uniform.value) return grant;
  return { ...grant, answer: 'no', because: { code: 'gcs.ubla', params: { document, entity } } };
}
