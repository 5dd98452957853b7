/** Reasons from the access-control documents of Google Cloud Storage. */
export const GCS: Readonly<Record<string, string>> = {
  'gcs.iam.allow': '{where} gives {role} to {member}, and with it {permission}',
  'gcs.iam.allow-if':
    '{where} gives {role} to {member}, and with it {permission}, where the condition holds: {condition}',
  'gcs.iam.condition-unjudged':
    '{where} gives {role} to {member}, and with it {permission}; its condition is not provably false, so it counts: {condition}',
  'gcs.iam.role-unknown':
    '{where} gives {role} to {member}; which permissions that role carries is not known',
  'gcs.iam.no-object-permission':
    '{where} gives {role} to {member}, but that role carries no permission on objects or access settings',
  'gcs.iam.condition-false':
    '{where} gives {role} to {member} under a condition that is not met now: {condition}',
  'gcs.acl.bucket': 'the bucket ACL gives {role} to {entity}: that is {what}',
  'gcs.acl.object': 'the ACL of the object gives {role} to {entity}',
  'gcs.acl.object-none': 'the ACL of the object names neither allUsers nor allAuthenticatedUsers',
  'gcs.acl.default':
    'the default object ACL gives {role} to {entity}: objects written since then are open, older ones need not be',
  'gcs.ubla':
    'uniform bucket-level access is on, so the {document} entry for {entity} has no effect',
  'gcs.pap.bucket':
    'public access prevention is enforced on the bucket: public grants have no effect',
  'gcs.pap.organization':
    'public access prevention is enforced by the organisation: public grants have no effect',
  'gcs.requester-pays':
    'requester pays is on: a request without an account and a project to bill is refused',
  'gcs.ip-filter': 'the IP filter of the bucket lets in only {addresses}',
  'gcs.none': 'neither IAM nor ACL lets allUsers {action}',
};
