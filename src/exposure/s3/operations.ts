/** The API calls behind each action. Lesser ones (torrents, attributes, uploads in progress) give neither data nor names. */
import type { Action } from '../../model/access.ts';
import type { Operation } from './iam/request.ts';

const CALLS: Readonly<Record<Action, Readonly<Record<'bucket' | 'object', readonly string[]>>>> = {
  list: { bucket: ['ListBucket', 'ListBucketVersions'], object: [] },
  // A version is read by its id, and `null` is the id of every object that was never versioned.
  read: { bucket: [], object: ['GetObject', 'GetObjectVersion'] },
  write: {
    bucket: [],
    object: [
      'PutObject',
      'DeleteObject',
      'DeleteObjectVersion',
      'PutObjectTagging',
      'PutObjectVersionTagging',
      'DeleteObjectTagging',
      'DeleteObjectVersionTagging',
    ],
  },
  'read-acl': { bucket: ['GetBucketAcl'], object: ['GetObjectAcl', 'GetObjectVersionAcl'] },
  'write-acl': {
    bucket: ['PutBucketAcl', 'PutBucketPolicy', 'DeleteBucketPolicy'],
    object: ['PutObjectAcl', 'PutObjectVersionAcl'],
  },
};

const known = new Map<string, readonly Operation[]>();

/** `service` is `s3` in everything that copies Amazon's names. */
export function operations(action: Action, service = 's3'): readonly Operation[] {
  const key = `${service} ${action}`;
  const made = known.get(key) ?? operationsOf(action, service);
  known.set(key, made);
  return made;
}

function operationsOf(action: Action, service: string): readonly Operation[] {
  return (['bucket', 'object'] as const).flatMap((on) =>
    CALLS[action][on].map((name) => ({
      api: `${service}:${name}`.toLowerCase(),
      title: `${service}:${name}`,
      action,
      on,
    })),
  );
}

/** Calls that BucketOwnerEnforced refuses whoever sends them (AccessControlListNotSupported). */
export function setsAcl(operation: Operation): boolean {
  return /:put(bucket|object|objectversion)acl$/.test(operation.api);
}
