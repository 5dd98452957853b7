/** Access control lists in the GCS stand-in's JSON API: of a bucket, its default, or one object. */
import type { Reply } from '../served.ts';
import { isPublicMember, prevented } from './access.ts';
import { type Call, need } from './call.ts';
import type { AclEntry, StoredBucket, StoredObject } from './state.ts';
import { ApiFault, bucketAclJson, json, objectAclJson } from './wire.ts';

export function aclApi(
  call: Call,
  bucket: StoredBucket,
  which: 'acl' | 'defaultObjectAcl',
  object: StoredObject | null,
  entity: string | undefined,
): Reply {
  const reading = call.asked.method === 'GET';
  const verb = reading ? 'getIamPolicy' : 'setIamPolicy';
  if (object) need(call, `storage.objects.${verb}`, bucket, object.name, object);
  else need(call, `storage.buckets.${verb}`, bucket);
  if (bucket.uniform) {
    throw new ApiFault(
      400,
      `Cannot ${reading ? 'get legacy ACL for' : 'update access control for'} ${object ? 'an object' : 'a bucket'} when uniform bucket-level access is enabled.`,
    );
  }
  const owner: { acl: AclEntry[] } = object ?? {
    get acl() {
      return bucket[which];
    },
    set acl(next) {
      bucket[which] = next;
    },
  };
  const wire = (entry: AclEntry): unknown =>
    object ? objectAclJson(bucket, object, entry) : bucketAclJson(bucket, entry);
  if (reading && entity === undefined) {
    const kind = object || which !== 'acl' ? 'objectAccessControls' : 'bucketAccessControls';
    return json({ kind: `storage#${kind}`, items: owner.acl.map(wire) });
  }
  if (reading) {
    const found = owner.acl.find((entry) => entry.entity === entity);
    if (!found) throw new ApiFault(404, 'No such entity.');
    return json(wire(found));
  }
  if (call.asked.method === 'DELETE') {
    owner.acl = owner.acl.filter((entry) => entry.entity !== entity);
    return { status: 204 };
  }
  const wanted = { ...(JSON.parse(call.body.toString()) as AclEntry) };
  if (isPublicMember(wanted.entity) && prevented(call.state, bucket)) {
    throw new ApiFault(412, 'Public access prevention is enforced.');
  }
  const entry: AclEntry = { entity: wanted.entity, role: wanted.role };
  owner.acl = [...owner.acl.filter((one) => one.entity !== entry.entity), entry];
  return json(wire(entry));
}
