/**
 * Google Cloud Storage: `gs://` for every bucket of a project, `gs://BUCKET[/PREFIX]` for one.
 *
 * Credentials list and explain; whether a door is open is asked without them. All calls are GET and
 * HEAD, because the client that makes them knows no other.
 */
import type { GcsBucketDocuments } from '../../src/exposure/documents.ts';
import { gcsFacts, gcsObjectFacts } from '../../src/exposure/gcs.ts';
import type { AccessFact } from '../../src/model/access.ts';
import { type Asset, assetId, type ObjectRef } from '../../src/model/asset.ts';
import { addressOf } from '../../src/model/domain.ts';
import { ScanError } from '../../src/model/errors.ts';
import type { Gap } from '../../src/model/gap.ts';
import type {
  Connection,
  Probed,
  Provider,
  ProviderContext,
  TargetSpec,
} from '../../src/model/provider.ts';
import { httpClient } from '../../src/net/client.ts';
import { tryDoors } from '../doors.ts';
import { keysToTry, unansweredGaps, unaskedFacts } from '../outsider.ts';
import { type GcsApi, gcsApi, type Json } from './api.ts';
import { gather, objectAcl, PREVENTION, type Unread, withAcls } from './documents.ts';
import { listObjects, namedObjects, readObject } from './objects.ts';
import { LEAST_PRIVILEGE } from './permissions.ts';
import { openObjects, probeBucket, probeObject } from './probes.ts';
import { projectsOf } from './projects.ts';
import { prove, REMEDIES } from './remedies.ts';
import { type GcsTarget, hostsOf, readTarget } from './target.ts';
import { tryPermissions } from './trials.ts';

export const gcs: Provider = {
  id: 'gcs',
  title: 'Google Cloud Storage',
  schemes: ['gs'],
  leastPrivilege: LEAST_PRIVILEGE,
  tryPermissions,
  remedies: REMEDIES,
  prove,
  plan(target, env) {
    const read = readTarget(target, env);
    return { hosts: hostsOf(read), calls: callsOf(read) };
  },
  async connect(target, context) {
    return connection(target, context);
  },
  outside: ({ name, url }, spec) => ({
    uri: `gs://${name}`,
    endpoint: url.slice(0, -name.length - 1),
    anonymous: true,
    ...(spec.name !== undefined && { name: spec.name }),
    ...(spec.domains !== undefined && { domains: spec.domains }),
  }),
};

/** In Google's own names, so that an operator finds them in the audit log. */
function callsOf(target: GcsTarget): readonly string[] {
  const unsigned = [
    'storage.buckets.testIamPermissions (unsigned)',
    'storage.objects.list (unsigned)',
    'GET and HEAD of objects (unsigned)',
  ];
  if (target.access.kind === 'anonymous') return unsigned;
  return [
    ...(target.scope.kind === 'under'
      ? ['resourcemanager.projects.list', 'resourcemanager.folders.list']
      : []),
    target.bucket === null ? 'storage.buckets.list' : 'storage.buckets.get',
    'storage.buckets.getIamPolicy',
    'storage.bucketAccessControls.list',
    'storage.defaultObjectAccessControls.list',
    'storage.managedFolders.list',
    'storage.managedFolders.getIamPolicy',
    'iam.roles.get',
    'orgpolicy.policies.getEffectivePolicy',
    'storage.objects.list',
    'storage.objects.get',
    'storage.objectAccessControls.list',
    ...unsigned,
  ];
}

function connection(spec: TargetSpec, context: ProviderContext): Connection {
  const target = readTarget(spec, context.env);
  const http = httpClient(context);
  const api = gcsApi(target, context, http);
  const anonymous = target.access.kind === 'anonymous';
  /** As discovery saw them, so that they are not asked for again. */
  const metadata = new Map<string, Json>();
  /** For the objects' own grants, which only mean something together with the bucket's settings. */
  const documents = new Map<string, GcsBucketDocuments>();

  async function probes(asset: Asset): Promise<Probed> {
    const bucket = asset.name;
    const gaps: Gap[] = [];
    const facts: AccessFact[] = [];
    let objectGrants = true;
    let unread: readonly Unread[] = [];
    if (anonymous) {
      facts.push(...unaskedFacts());
    } else {
      const gathered = await gather(api, bucket, metadata.get(bucket));
      documents.set(asset.id, gathered.documents);
      facts.push(...gcsFacts(gathered.documents));
      unread = gathered.unread;
      objectGrants = mayHoldGrants(gathered.documents);
    }
    const reached = await probeBucket(api, bucket);
    if (!reached.exists) gaps.push(missing(asset));
    facts.push(...reached.facts);
    const keys = reached.exists ? await keysToTry(current(listObjects(api, bucket, 100))) : [];
    for (const key of keys) facts.push(await probeObject(api, http, bucket, key));
    // A CNAME or a load balancer serves the bucket's keys at its root.
    const doors = await tryDoors(http, asset, target.domains.map(addressOf), keys);
    facts.push(...doors.facts);
    gaps.push(...unreadGaps(asset, unread, facts), ...unansweredGaps(asset, facts));
    return { facts, gaps, objectGrants };
  }

  return {
    assets: () => discover(api, spec, metadata),
    probes,
    objects: (asset) => listObjects(api, asset.name),
    named: (asset, keys) => namedObjects(api, http, asset.name, keys),
    async *objectProbes(asset, objects) {
      for await (const fact of openObjects(api, http, asset.name, objects)) {
        yield fact;
        if (anonymous || fact.slice === null) continue;
        // Another process may have made the probes of this asset.
        const own = documents.get(asset.id) ?? (await gather(api, asset.name)).documents;
        documents.set(asset.id, own);
        if (!mayHoldGrants(own)) continue;
        const { pattern: key, version } = fact.slice;
        const acl = await objectAcl(api, asset.name, {
          key,
          ...(version !== undefined && { version }),
        });
        for (const one of gcsObjectFacts(own, key, acl)) {
          if (one.answer === 'yes') yield ofGeneration(one, version);
        }
      }
    },
    async doors(asset, keys) {
      return (await tryDoors(http, asset, target.domains.map(addressOf), keys)).facts;
    },
    read: (asset, object, range, as) => readObject(api, http, asset.name, object, range, as),
    async close() {
      http.close();
    },
  };
}

async function* current(objects: AsyncIterable<ObjectRef>): AsyncGenerator<ObjectRef> {
  for await (const object of objects) if (object.version === undefined) yield object;
}

async function* discover(
  api: GcsApi,
  spec: TargetSpec,
  metadata: Map<string, Json>,
): AsyncGenerator<{ readonly asset: Asset } | { readonly gap: Gap }> {
  const { target } = api;
  try {
    if (target.bucket === null) {
      yield* everyProject(api, spec, metadata);
    } else if (target.access.kind === 'anonymous') {
      yield { asset: assetOf(target, target.bucket, {}, null) };
    } else {
      yield { asset: await oneBucket(api, target.bucket, metadata) };
    }
  } catch (error) {
    if (!(error instanceof ScanError) || error.code === 'interrupted') throw error;
    yield { gap: { code: error.code, asset: spec.uri, what: null, detail: error.detail } };
  }
}

/** One project that refuses does not hide the others. */
async function* everyProject(
  api: GcsApi,
  spec: TargetSpec,
  metadata: Map<string, Json>,
): AsyncGenerator<{ readonly asset: Asset } | { readonly gap: Gap }> {
  for await (const found of projectsOf(api, spec.uri)) {
    if ('gap' in found) {
      yield found;
      continue;
    }
    try {
      yield* everyBucket(api, found.project, metadata);
    } catch (error) {
      if (!(error instanceof ScanError) || error.code === 'interrupted') throw error;
      const what = `buckets of project ${found.project}`;
      yield { gap: { code: error.code, asset: spec.uri, what, detail: error.detail } };
    }
  }
}

async function* everyBucket(
  api: GcsApi,
  project: string,
  metadata: Map<string, Json>,
): AsyncGenerator<{ readonly asset: Asset }> {
  let pageToken = '';
  do {
    const query = { project, maxResults: '1000', ...(pageToken !== '' && { pageToken }) };
    const page = await withAcls(api, { call: 'buckets' }, query);
    const items = page.items ?? [];
    if (!Array.isArray(items) || !('items' in page || page.kind === 'storage#buckets')) {
      throw new ScanError(
        'malformed',
        'the answer is no list of buckets; is the endpoint Cloud Storage?',
      );
    }
    for (const item of items as Json[]) {
      if (typeof item.name !== 'string') continue;
      metadata.set(item.name, item);
      yield { asset: assetOf(api.target, item.name, item, project) };
    }
    pageToken = typeof page.nextPageToken === 'string' ? page.nextPageToken : '';
  } while (pageToken !== '');
}

/** A bucket whose metadata is refused is still an asset: its doors can be tried. */
async function oneBucket(api: GcsApi, bucket: string, metadata: Map<string, Json>): Promise<Asset> {
  try {
    const about = await withAcls(api, { call: 'bucket', bucket });
    metadata.set(bucket, about);
    return assetOf(api.target, bucket, about, api.target.project);
  } catch (error) {
    if (!(error instanceof ScanError) || error.code !== 'denied') throw error;
    return assetOf(api.target, bucket, {}, api.target.project);
  }
}

function assetOf(target: GcsTarget, bucket: string, about: Json, project: string | null): Asset {
  const labels = typeof about.labels === 'object' && about.labels !== null ? about.labels : {};
  const account = project ?? about.projectNumber;
  return {
    id: assetId('gcs', target.authority, bucket),
    provider: 'gcs',
    authority: target.authority,
    name: bucket,
    kind: 'bucket',
    url: `${target.endpoint}/${bucket}`,
    ...(account !== undefined && { account: String(account) }),
    ...(typeof about.location === 'string' && { region: about.location.toLowerCase() }),
    labels: Object.fromEntries(
      Object.entries(labels).map(([name, value]) => [name, String(value)]),
    ),
  };
}

/** Without uniform access an object may be open in a closed bucket; unknown settings count as that. */
function mayHoldGrants(documents: GcsBucketDocuments): boolean {
  const { uniformBucketLevelAccess: uniform, publicAccessPrevention: prevention } = documents;
  if (uniform.state === 'read' && uniform.value) return false;
  return !(prevention.state === 'read' && prevention.value === 'enforced');
}

/** An old generation has an ACL of its own, which holds for nothing but that generation. */
function ofGeneration(fact: AccessFact, version: string | undefined): AccessFact {
  if (version === undefined || fact.slice === null) return fact;
  const { because, slice } = fact;
  return {
    ...fact,
    slice: { ...slice, version },
    because: { code: because.code, params: { ...because.params, version } },
  };
}

/** An unsigned request that got through settles what the organisation's policy could only have stopped. */
function unreadGaps(
  asset: Asset,
  unread: readonly Unread[],
  facts: readonly AccessFact[],
): readonly Gap[] {
  const through = facts.some(({ source, answer }) => source === 'probe' && answer === 'yes');
  return unread
    .filter(({ what }) => what !== PREVENTION || !through)
    .map(({ code, what, detail }) => ({ code, asset: asset.id, what, detail }));
}

function missing(asset: Asset): Gap {
  const detail = 'there is no such bucket (HTTP 404); check its name';
  return { code: 'not-found', asset: asset.id, what: null, detail };
}
