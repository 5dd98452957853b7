/** `gs://…` and the options around it → where to ask, for what, as whom. Sends nothing. */
import { UsageError } from '../../src/model/errors.ts';
import type { ProviderContext, TargetSpec } from '../../src/model/provider.ts';
import { domainsOf, hostOf } from '../doors.ts';

export interface GcsTarget {
  /** Null: every bucket of the project. */
  readonly bucket: string | null;
  /** Only keys that begin so; empty for all. */
  readonly prefix: string;
  /** The storage service, without a slash at the end. */
  readonly endpoint: string;
  /** For custom roles and the organisation's policy; an own endpoint answers for both too. */
  readonly services: {
    readonly iam: string;
    readonly orgpolicy: string;
    readonly resourceManager: string;
  };
  readonly universe: string;
  /** Who answers for bucket names, in asset ids. */
  readonly authority: string;
  /** Null where there is none, or more than one. */
  readonly project: string | null;
  readonly scope: Scope;
  /** Further hosts that serve the bucket: a CNAME, a load balancer. */
  readonly domains: readonly string[];
  /**
   * `anonymous`: what an outsider sees. `token`: a bearer token from the named variable.
   * `open`: an emulator without authentication. `adc`: Application Default Credentials.
   */
  readonly access:
    | { readonly kind: 'anonymous' | 'open' | 'adc' }
    | { readonly kind: 'token'; readonly variable: string };
}

/** Where `gs://` discovers buckets. */
export type Scope =
  /** The environment's project. */
  | { readonly kind: 'standard' }
  | { readonly kind: 'projects'; readonly projects: readonly string[] }
  /** `organizations/123` or `folders/45`, and all below. */
  | { readonly kind: 'under'; readonly parent: string };

const DEFAULT_UNIVERSE = 'googleapis.com';

/** Source of the rule: cloud.google.com/storage/docs/buckets#naming. */
const BUCKET_NAME = /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/;

export function readTarget(spec: TargetSpec, env: ProviderContext['env']): GcsTarget {
  const match = /^gs:\/\/([^/]*)\/?([\s\S]*)$/.exec(spec.uri);
  if (!match) {
    throw new UsageError(`target "${spec.uri}" is no gs:// address; write gs://BUCKET or gs://`);
  }
  const bucket = match[1] ?? '';
  if (bucket !== '' && !BUCKET_NAME.test(bucket)) {
    throw new UsageError(
      `target "${spec.uri}" names no possible bucket; 3 to 222 lower-case letters, digits, dots, dashes and underscores are allowed`,
    );
  }
  if (bucket === '' && spec.anonymous) {
    throw new UsageError(
      `target "${spec.uri}" means every bucket of a project, which nobody may list without credentials; name one (gs://BUCKET) or leave anonymous out`,
    );
  }
  const universe = env.GOOGLE_CLOUD_UNIVERSE_DOMAIN || DEFAULT_UNIVERSE;
  const scope = scopeOf(spec);
  const own = spec.endpoint === undefined ? null : ownEndpoint(spec.endpoint);
  const endpoint = own?.base ?? `https://storage.${universe}`;
  return {
    bucket: bucket === '' ? null : bucket,
    prefix: match[2] ?? '',
    endpoint,
    services: {
      iam: own?.base ?? `https://iam.${universe}`,
      orgpolicy: own?.base ?? `https://orgpolicy.${universe}`,
      resourceManager: own?.base ?? `https://cloudresourcemanager.${universe}`,
    },
    universe,
    authority: spec.name ?? own?.host ?? universe,
    project:
      scope.kind === 'standard'
        ? (env.GOOGLE_CLOUD_PROJECT ?? env.GCLOUD_PROJECT ?? null)
        : scope.kind === 'projects' && scope.projects.length === 1
          ? (scope.projects[0] ?? null)
          : null,
    scope,
    domains: domainsOf(spec, bucket !== ''),
    access: accessOf(spec, own !== null),
  };
}

function scopeOf(spec: TargetSpec): Scope {
  if (spec.account === undefined) return { kind: 'standard' };
  const parent = /^(?:organizations|folders)\/\d+$/.exec(spec.account)?.[0];
  if (parent !== undefined) return { kind: 'under', parent };
  const projects = spec.account.split(',').map((one) => one.trim());
  if (projects.every((one) => /^[a-z0-9][a-z0-9.:-]*$/.test(one))) {
    return { kind: 'projects', projects };
  }
  throw new UsageError(
    `account "${spec.account}" of "${spec.uri}" is no project, list of projects (a,b), organizations/NUMBER or folders/NUMBER`,
  );
}

function accessOf(spec: TargetSpec, own: boolean): GcsTarget['access'] {
  if (spec.anonymous) return { kind: 'anonymous' };
  const { token, ...others } = spec.credentials ?? {};
  const unknown = Object.keys(others)[0];
  if (unknown !== undefined) {
    throw new UsageError(
      `credentials of "${spec.uri}" hold "${unknown}"; Google Cloud Storage takes "token" (the name of a variable with an access token), or nothing for Application Default Credentials`,
    );
  }
  if (token !== undefined) return { kind: 'token', variable: token };
  return { kind: own ? 'open' : 'adc' };
}

function ownEndpoint(text: string): { readonly base: string; readonly host: string } {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new UsageError(`endpoint "${text}" is no http:// or https:// address`);
  }
  return { base: url.href.replace(/\/+$/, ''), host: url.host };
}

/** `host:port` of every host that the calls go to. */
export function hostsOf(target: GcsTarget): readonly string[] {
  const services = [target.endpoint];
  if (target.access.kind !== 'anonymous') services.push(...Object.values(target.services));
  const hosts = [...services, ...target.domains].map(hostOf);
  if (target.access.kind === 'adc') {
    // Tokens: keys and users by oauth2, workload identity by sts, impersonation by iamcredentials.
    for (const name of ['oauth2', 'sts', 'iamcredentials'])
      hosts.push(`${name}.${target.universe}:443`);
  }
  return [...new Set(hosts)];
}
