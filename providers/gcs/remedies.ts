/** How a door of Cloud Storage is closed: the least that shuts it first, then what keeps it shut. */
import type { Asset } from '../../src/model/asset.ts';
import type { RemedyStep } from '../../src/model/finding.ts';
import type { RemedyData, RemedySubject } from '../../src/model/provider.ts';
import { asCode } from '../as-code.ts';
import { quoted } from '../shell.ts';
import { removal } from './removal.ts';

export const REMEDIES: readonly RemedyData[] = [
  { causes: ['gcs.iam.*'], steps: (subject) => [unbind(subject), ...guards(subject.asset)] },
  {
    causes: ['gcs.acl.object'],
    steps: (subject) => [closeObject(subject), ...guards(subject.asset)],
  },
  {
    causes: ['gcs.acl.default'],
    steps: (subject) => [
      {
        purpose: 'close',
        what: `Stop giving new objects a grant for ${entityOf(subject)}`,
        command: onBucket(
          subject,
          `--remove-default-object-acl-grant=${quoted(entityOf(subject))}`,
        ),
      },
      {
        purpose: 'close',
        what: 'Take the grant from the objects that already got it',
        command: onObjects(subject),
      },
      ...guards(subject.asset),
    ],
  },
  {
    causes: ['gcs.acl.bucket'],
    steps: (subject) => [
      {
        purpose: 'close',
        what: `Take the bucket ACL's grant from ${entityOf(subject)}`,
        command: onBucket(subject, `--remove-acl-grant=${quoted(entityOf(subject))}`),
      },
      ...guards(subject.asset),
    ],
  },
  // Only the request is known to work, not what let it in; prevention closes every cause at once.
  {
    causes: ['probe.listed', 'probe.read', 'probe.read-version', 'probe.permissions'],
    steps: ({ asset }) => [
      { ...prevention(asset), purpose: 'close', what: 'Shut every public way into the bucket' },
      uniform(asset),
    ],
  },
  removal(gcloud),
  asCode(
    () =>
      'google_storage_bucket with public_access_prevention = "enforced" and uniform_bucket_level_access = true; take allUsers and allAuthenticatedUsers out of google_storage_bucket_iam_* and google_storage_*_access_control.',
  ),
];

function unbind(subject: RemedySubject): RemedyStep {
  const { params } = subject.because;
  const member = params.member ?? 'allUsers';
  const role = params.role ?? 'roles/storage.objectViewer';
  // A policy may bind one role several times under different conditions; --all takes each of them.
  const condition = params.condition === undefined ? '' : ' --all';
  const folder = /managed folder (.+)$/s.exec(params.where ?? '')?.[1];
  const [group, target] =
    folder === undefined
      ? ['buckets', `gs://${subject.asset.name}`]
      : ['managed-folders', `gs://${subject.asset.name}/${folder}`];
  return {
    purpose: 'close',
    what: `Take ${role} from ${member}`,
    command: `${gcloud(subject.asset)} storage ${group} remove-iam-policy-binding ${quoted(target)} --member=${quoted(member)} --role=${quoted(role)}${condition}`,
  };
}

function closeObject(subject: RemedySubject): RemedyStep {
  const { version } = subject.because.params;
  if (version !== undefined && subject.key !== null) return closeGenerations(subject, version);
  const which = subject.key === null ? 'every object' : 'the object';
  return {
    purpose: 'close',
    what: `Take the grant for ${entityOf(subject)} from ${which}`,
    command: onObjects(subject),
  };
}

/** Each generation keeps the grants that it was put with, whatever the live one's say. */
function closeGenerations(subject: RemedySubject, version: string): RemedyStep {
  const { asset, key } = subject;
  const entity = entityOf(subject);
  const each = `${gcloud(asset)} storage objects update "$U" --remove-acl-grant=${quoted(entity)} < /dev/null`;
  return {
    purpose: 'close',
    what: `Take the grant for ${entity} from every generation of the object, ${version} among them`,
    command: `${gcloud(asset)} storage ls --all-versions gs://${asset.name}/${key} | while read -r U; do ${each}; done`,
  };
}

function onObjects({ asset, because, key }: RemedySubject): string {
  const entity = because.params.entity ?? 'allUsers';
  const target = key === null ? quoted(`gs://${asset.name}/**`) : `gs://${asset.name}/${key}`;
  return `${gcloud(asset)} storage objects update ${target} --remove-acl-grant=${quoted(entity)}`;
}

function onBucket({ asset }: RemedySubject, flag: string): string {
  return `${gcloud(asset)} storage buckets update ${quoted(`gs://${asset.name}`)} ${flag}`;
}

function entityOf({ because }: RemedySubject): string {
  return because.params.entity ?? 'allUsers';
}

function guards(asset: Asset): readonly RemedyStep[] {
  return [prevention(asset), uniform(asset)];
}

function prevention(asset: Asset): RemedyStep {
  return {
    purpose: 'guard',
    what: 'Refuse public grants on this bucket from now on, old ones included',
    command: `${gcloud(asset)} storage buckets update ${quoted(`gs://${asset.name}`)} --public-access-prevention`,
  };
}

function uniform(asset: Asset): RemedyStep {
  return {
    purpose: 'guard',
    what: 'Let only IAM decide, so that no object carries a grant of its own',
    command: `${gcloud(asset)} storage buckets update ${quoted(`gs://${asset.name}`)} --uniform-bucket-level-access`,
  };
}

/** gcloud, told where the bucket's service is when it is not Google's own. */
function gcloud(asset: Asset): string {
  const { origin, hostname, pathname } = new URL(asset.url);
  if (hostname === 'storage.googleapis.com') return 'gcloud';
  const universe = /^storage\.([a-z0-9-]+(?:\.[a-z0-9-]+)+)$/.exec(hostname)?.[1];
  if (universe !== undefined) return `CLOUDSDK_CORE_UNIVERSE_DOMAIN=${universe} gcloud`;
  const base = `${origin}${pathname.slice(0, pathname.lastIndexOf('/'))}`;
  return `CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE=${quoted(`${base}/storage/v1/`)} gcloud`;
}

/** Repeats the anonymous request; nothing in the command carries a credential. */
export function prove({ asset, key }: RemedySubject): RemedyStep {
  if (key !== null) {
    // The key is percent-encoded on the way, as it may hold any character.
    return {
      purpose: 'prove',
      what: 'Ask for the object without credentials: 403 means closed, 200 or 206 means open',
      command: `curl -s -o /dev/null -w '%{http_code}\\n' -r 0-0 ${quoted(`${asset.url}/`)}"$(printf %s ${key} | jq -sRr @uri)"`,
    };
  }
  const base = asset.url.slice(0, asset.url.lastIndexOf('/'));
  const url = `${base}/storage/v1/b/${asset.name}/iam/testPermissions?permissions=storage.objects.get&permissions=storage.objects.list&permissions=storage.objects.create`;
  return {
    purpose: 'prove',
    what: 'Ask what anybody may do: an answer without "permissions" means closed',
    command: `curl -s ${quoted(url)}`,
  };
}
