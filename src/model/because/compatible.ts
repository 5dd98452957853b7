/** Reasons from the access-control documents of S3-compatible and Swift stores. */
export const COMPATIBLE: Readonly<Record<string, string>> = {
  'swift.none': 'neither X-Container-Read nor X-Container-Write lets outsiders in',
  'swift.read.anyone': 'X-Container-Read holds .r:*, so anyone reads an object by its name',
  'swift.read.referrer':
    'X-Container-Read lets in requests with the Referer {referrer}, which anyone can send',
  'swift.listings': 'X-Container-Read holds .rlistings, so those who may read may list too',
  'swift.no-listings': 'X-Container-Read holds no .rlistings, so nobody without a token lists',
  'swift.listings-alone':
    '.rlistings works only together with a .r: entry that lets the request read',
  'swift.any-token': '{header} holds *:*, so any holder of a token of any project gets in',
  'swift.project': '{header} holds {group}, so every user of that project gets in',
  'swift.refused': 'Swift refuses {header} with the entry {entry}, so it cannot be in force',
  'r2.managed-domain': 'the r2.dev address is on, so anyone reads an object by its name',
  'r2.custom-domain': 'the custom domain {domain} serves the bucket to anyone',
  'r2.never': 'R2 never lists or takes objects without a key',
  'r2.none': 'neither an r2.dev address nor a custom domain serves the bucket',
  'oci.type': 'publicAccessType is {type}',
  'oci.closed': 'publicAccessType {type} does not allow it to requests without a key',
  'oci.link': 'pre-authenticated requests exist: who holds such a link gets in',
  'oci.write.never': 'publicAccessType never allows writing',
  'b2.public': 'the bucket is allPublic, so anyone downloads a file by its name',
  'b2.no-list': 'Backblaze B2 lists and takes files only with a key',
  'b2.private': 'the bucket is {type}',
  'supabase.public': 'the bucket is public: /object/public/ serves its objects to anyone',
  'supabase.no-rls': 'row-level security of storage.objects is off',
  'supabase.policy': 'policy {name} of storage.objects allows it to the role anon',
  'supabase.policy-if':
    'policy {name} of storage.objects allows it to the role anon under a condition that was not judged',
  'supabase.none': 'no policy of storage.objects allows it to the role anon',
  'minio.preset': 'the anonymous policy of the bucket is {preset}',
  'yandex.bucket-read':
    'the ACL lets anyone read the bucket; whether that reaches the objects is not documented clearly',
  'yandex.flags': 'anonymous access flags: read {read}, list {list}',
  'oss.inherit': 'objects without an ACL of their own take that of the bucket',
  'oss.list-disputed':
    'whether a public-read bucket also lists to anyone is stated differently by different sources: ask with an unsigned request',
  'oss.object-write': 'the ACL of the object lets anyone overwrite it',
  'oss.block': 'block public access is on: public ACLs and policies have no effect',
  'obs.delivered': 'the grant is delivered: it holds for every object of the bucket',
  'cos.inherit': 'objects without an ACL of their own take that of their folder or bucket',
  'terraform.new-bucket':
    'the plan makes this bucket and sets no public access block for it: Amazon then turns all four blocks on and ACLs off',
  'terraform.unknown': 'not decided before apply: {what}',
  'terraform.azure-allows':
    'allow_nested_items_to_be_public is true, which is also what the provider sends when nothing is said',
  'case.malformed': 'this case could not be judged: {detail}',
  'case.provider': 'this case names the provider {provider}, which ajar cannot judge',
};
