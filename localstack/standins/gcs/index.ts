/**
 * A stand-in for Google Cloud Storage: the calls that ajar and the real @google-cloud/storage make,
 * on loopback, refusing what Google refuses. No emulator enforces anything (fake-gcs-server,
 * gcp-storage-emulator and storage-testbench let everybody in), so this proves what they cannot.
 *
 * Not here: signed URLs, HMAC keys, resumable uploads, soft delete, IP filters.
 */
import { type Served, type ServeOptions, serve } from '../served.ts';
import { principalOf } from './access.ts';
import type { Call } from './call.ts';
import { storageApi } from './json-api.ts';
import { uploadApi } from './objects-api.ts';
import {
  type Account,
  type BucketSeed,
  type Folder,
  type Project,
  projectNumber,
  type State,
  type StoredBucket,
  seedBucket,
} from './state.ts';
import { ApiFault, json } from './wire.ts';
import { xmlApi } from './xml-api.ts';

export interface GcsStandInOptions extends ServeOptions {
  readonly projects: readonly Project[];
  /** Holders of some Google account, with no rights but those they are given. */
  readonly accounts?: readonly Account[];
  readonly folders?: readonly Folder[];
}

export interface GcsStandIn extends Served {
  /** Makes or replaces a bucket, whatever any policy says; the returned one may be changed live. */
  bucket(seed: BucketSeed): StoredBucket;
  /** A custom role, `projects/P/roles/R`. */
  role(name: string, permissions: readonly string[]): void;
}

export async function startGcsStandIn(options: GcsStandInOptions): Promise<GcsStandIn> {
  const state: State = {
    projects: options.projects,
    accounts: options.accounts ?? [],
    folders: options.folders ?? [],
    buckets: new Map(),
    roles: new Map(),
    nextGeneration: 1_700_000_000_000_001,
  };
  const served = await serve(
    options,
    (request, query) =>
      request.headers.authorization !== undefined || query.has('X-Goog-Signature'),
    (request, asked, body) => {
      const who = principalOf(state, request.headers.authorization);
      const path = new URL(request.url ?? '/', 'http://stand-in').pathname;
      try {
        if (!who) throw new ApiFault(401, 'Invalid Credentials');
        const call = { state, who, asked, body, headers: request.headers };
        return route(call, path);
      } catch (error) {
        if (error instanceof ApiFault) return error.reply();
        throw error;
      }
    },
  );
  return {
    ...served,
    bucket: (seed) => seedBucket(state, seed),
    role(name, permissions) {
      state.roles.set(name, permissions);
    },
  };
}

function route(call: Omit<Call, 'path'>, rawPath: string): ReturnType<typeof storageApi> {
  const below = /^(?:\/download|\/upload)?\/storage\/v1\/(.*)$/.exec(rawPath)?.[1];
  if (below !== undefined) {
    // An object's slashes are escaped, so the path is split before it is decoded.
    const path = below.split('/').filter(Boolean).map(decodeURIComponent);
    return rawPath.startsWith('/upload/')
      ? uploadApi({ ...call, path })
      : storageApi({ ...call, path });
  }
  const role = /^\/v1\/((?:projects|organizations)\/[^/]+\/roles\/[^/]+)$/.exec(rawPath)?.[1];
  if (role !== undefined) return roleApi(call, role);
  const policed =
    /^\/v2\/projects\/([^/]+)\/policies\/storage\.publicAccessPrevention:getEffectivePolicy$/.exec(
      rawPath,
    )?.[1];
  if (policed !== undefined) return preventionApi(call, policed);
  const listed = /^\/v3\/(projects|folders)$/.exec(rawPath)?.[1];
  if (listed === 'projects' || listed === 'folders') return resourceApi(call, listed);
  return xmlApi({ ...call, path: [] });
}

/** The organisation policy as it is in force for a project, named by its id or its number. */
function preventionApi(call: Omit<Call, 'path'>, wanted: string): ReturnType<typeof storageApi> {
  const { who, state } = call;
  if (who.kind === 'anonymous') throw new ApiFault(401, 'Login Required.');
  const project = state.projects.find(
    ({ id }, at) => wanted === id || wanted === String(projectNumber(at)),
  );
  if (!project || who.project !== project.id) {
    throw new ApiFault(403, "Permission 'orgpolicy.policy.get' denied.");
  }
  return json({
    name: `projects/${wanted}/policies/storage.publicAccessPrevention`,
    spec: { rules: [{ enforce: project.publicAccessPrevention === true }] },
  });
}

/** The Resource Manager: the direct children of one parent, one a page, so that paging happens. */
function resourceApi(
  { who, state, asked }: Omit<Call, 'path'>,
  kind: 'projects' | 'folders',
): ReturnType<typeof storageApi> {
  const parent = asked.query.get('parent');
  const secluded = state.folders.some(({ name, secluded }) => name === parent && secluded);
  if (who.kind === 'anonymous') throw new ApiFault(401, 'Login Required.');
  if (!who.viewer || secluded) {
    throw new ApiFault(403, `Permission resourcemanager.${kind}.list denied.`);
  }
  const all =
    kind === 'projects'
      ? state.projects
          .filter((one) => one.parent === parent)
          .map(({ id }, at) => ({
            name: `projects/${projectNumber(at)}`,
            projectId: id,
            parent,
            state: 'ACTIVE',
          }))
      : state.folders
          .filter((one) => one.parent === parent)
          .map(({ name }) => ({ name, parent, state: 'ACTIVE' }));
  const at = Number(asked.query.get('pageToken') ?? 0);
  return json({
    ...(all[at] && { [kind]: [all[at]] }),
    ...(at + 1 < all.length && { nextPageToken: String(at + 1) }),
  });
}

function roleApi(call: Omit<Call, 'path'>, name: string): ReturnType<typeof storageApi> {
  if (call.who.kind === 'anonymous') throw new ApiFault(401, 'Login Required.');
  const permissions = call.state.roles.get(name);
  if (!permissions) throw new ApiFault(404, 'The role does not exist.');
  if (call.who.project === null) throw new ApiFault(403, 'Permission iam.roles.get denied.');
  return json({ name, title: name, includedPermissions: permissions, stage: 'GA' });
}
