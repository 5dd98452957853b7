/**
 * How to close a bucket: the least that shuts the door first, then the guard rail that keeps it shut.
 *
 * On a store that is not positively Amazon's no command deletes a subresource: MinIO, Ceph, SeaweedFS
 * and others take an unknown `DELETE /bucket?x` for `DELETE /bucket`. There a full value is set instead.
 */
import type { RemedyStep } from '../../src/model/finding.ts';
import type { RemedyData, RemedySubject } from '../../src/model/provider.ts';
import { asCode } from '../as-code.ts';
import { quoted } from '../shell.ts';
import { removal } from './removal.ts';
import { isAmazonHost, partitionOf } from './target.ts';

interface Place {
  readonly amazon: boolean;
  readonly service: string;
  readonly bucket: string;
  /** `aws s3api` with endpoint and region. */
  cli(command: string): string;
  readonly partition: string;
}

function placeOf({ asset }: RemedySubject): Place {
  const url = new URL(asset.url);
  const amazon = isAmazonHost(url.hostname);
  const host = url.host.startsWith(`${asset.name}.`)
    ? url.host.slice(asset.name.length + 1)
    : url.host;
  const where = amazon ? '' : ` --endpoint-url ${quoted(`${url.protocol}//${host}`)}`;
  const region = asset.region === undefined ? '' : ` --region ${quoted(asset.region)}`;
  return {
    amazon,
    service: asset.service ?? '',
    bucket: quoted(asset.name),
    cli: (command) => `aws s3api ${command}${where}${region}`,
    partition: partitionOf(asset.region ?? ''),
  };
}

const ALL_BLOCKED =
  'BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true';

/**
 * Grants nothing and refuses nothing that exists. It takes the statement's place, so that a policy
 * stays valid when its last statement goes, and the others keep their numbers for the next command.
 */
function emptyStatement({ partition }: Place, bucket: string): string {
  const nothing = `arn:${partition}:s3:::${bucket}/ajar-no-such-object`;
  return `{"Effect":"Deny","Principal":"*","Action":"s3:GetObject","Resource":"${nothing}"}`;
}

function policySteps(subject: RemedySubject): readonly RemedyStep[] {
  const place = placeOf(subject);
  if (place.service === 'minio') return [minioStep(subject), ...guardSteps(subject)];
  const label = subject.because.params.statement ?? '';
  const index = /^#(\d+)$/.exec(label)?.[1];
  const nothing = emptyStatement(place, subject.asset.name);
  const change =
    index === undefined
      ? `map(if .Sid == $sid then ${nothing} else . end)`
      : `.[${Number(index) - 1}] = ${nothing}`;
  const filter = `.Statement |= ([.] | flatten | ${change})`;
  const named = index === undefined ? ` --arg sid ${quoted(label)}` : '';
  const get = place.cli(`get-bucket-policy --bucket ${place.bucket} --query Policy --output text`);
  const put = place.cli(`put-bucket-policy --bucket ${place.bucket} --policy file://policy.json`);
  return [
    {
      purpose: 'close',
      what: `Take statement ${label} out of the bucket policy; the other statements stay.`,
      command: `${get} | jq${named} ${quoted(filter)} > policy.json && ${put}`,
    },
    ...guardSteps(subject),
  ];
}

function minioStep({ asset }: RemedySubject): RemedyStep {
  return {
    purpose: 'close',
    what: 'Take the anonymous policy off the bucket; ALIAS is the name that mc knows this server by.',
    command: `mc anonymous set none ${quoted(`ALIAS/${asset.name}`)}`,
  };
}

function aclSteps(subject: RemedySubject): readonly RemedyStep[] {
  const place = placeOf(subject);
  return [
    {
      purpose: 'close',
      what: 'Make the ACL of the bucket private.',
      command: place.cli(`put-bucket-acl --bucket ${place.bucket} --acl private`),
    },
    ...guardSteps(subject),
    ...ownershipSteps(subject),
  ];
}

function objectAclSteps(subject: RemedySubject): readonly RemedyStep[] {
  if (subject.because.params.version !== undefined) return versionAclSteps(subject);
  const place = placeOf(subject);
  const close: readonly RemedyStep[] =
    subject.key === null
      ? []
      : [
          {
            purpose: 'close',
            what: 'Make the ACL of the object private.',
            command: place.cli(
              `put-object-acl --bucket ${place.bucket} --key ${subject.key} --acl private`,
            ),
          },
        ];
  return [...close, ...guardSteps(subject), ...ownershipSteps(subject)];
}

/** A version keeps the ACL that it was put with, whatever the current object's says. */
function versionAclSteps(subject: RemedySubject): readonly RemedyStep[] {
  const place = placeOf(subject);
  const list = place.cli(
    `list-object-versions --bucket ${place.bucket} --prefix "$K" --output text --query 'Versions[].[Key,VersionId]'`,
  );
  const close = place.cli(
    `put-object-acl --bucket ${place.bucket} --key "$K" --version-id "$V" --acl private`,
  );
  const steps: readonly RemedyStep[] =
    subject.key === null
      ? []
      : [
          {
            purpose: 'close',
            what: `Make the ACL of every version of the object private, version ${subject.because.params.version ?? ''} among them.`,
            command: `K=${subject.key}; ${list} | while IFS="$(printf '\\t')" read -r N V; do if [ "$N" = "$K" ]; then ${close} < /dev/null; fi; done`,
          },
        ];
  return [...steps, ...guardSteps(subject), ...ownershipSteps(subject)];
}

/** Public access blocks hold on Amazon and, since Pacific, on Ceph. */
function guardSteps(subject: RemedySubject): readonly RemedyStep[] {
  const place = placeOf(subject);
  if (!place.amazon && place.service !== 'ceph') return [];
  const flags = `--public-access-block-configuration ${ALL_BLOCKED}`;
  const bucket: RemedyStep = {
    purpose: 'guard',
    what: 'Block public access to the bucket, whatever its policy and ACLs say.',
    command: place.cli(`put-public-access-block --bucket ${place.bucket} ${flags}`),
  };
  const { account } = subject.asset;
  if (!place.amazon || account === undefined) return [bucket];
  return [
    bucket,
    {
      purpose: 'guard',
      what: 'Block public access for the whole account, once no bucket of it has to be public.',
      command: `aws s3control put-public-access-block --account-id ${quoted(account)} ${flags}`,
    },
  ];
}

/** Switches ACLs off; the bucket's own must be private first. */
function ownershipSteps(subject: RemedySubject): readonly RemedyStep[] {
  const place = placeOf(subject);
  if (!place.amazon) return [];
  const first = place.cli(`put-bucket-acl --bucket ${place.bucket} --acl private`);
  const then = place.cli(
    `put-bucket-ownership-controls --bucket ${place.bucket} --ownership-controls 'Rules=[{ObjectOwnership=BucketOwnerEnforced}]'`,
  );
  return [
    {
      purpose: 'guard',
      what: 'Switch ACLs off for the bucket and all its objects.',
      command: `${first} && ${then}`,
    },
  ];
}

function accessPointSteps(subject: RemedySubject): readonly RemedyStep[] {
  const { asset, because } = subject;
  if (!placeOf(subject).amazon || asset.account === undefined) return [];
  const name = because.params.point ?? '';
  const { alias } = because.params;
  if (alias !== undefined) return [multiRegionStep(subject, name, alias)];
  const region = asset.region === undefined ? '' : ` --region ${quoted(asset.region)}`;
  return [
    {
      purpose: 'close',
      what: `Take the policy off access point ${name}.`,
      command: `aws s3control delete-access-point-policy --account-id ${quoted(asset.account)} --name ${quoted(name)}${region}`,
    },
  ];
}

/** Its policy cannot be deleted, only replaced: by one that grants nothing. */
function multiRegionStep(subject: RemedySubject, name: string, alias: string): RemedyStep {
  const { account = '' } = subject.asset;
  const nothing = `arn:${placeOf(subject).partition}:s3::${account}:accesspoint/${alias}/object/ajar-no-such-object`;
  const policy = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: nothing }],
  };
  const details = quoted(JSON.stringify({ Name: name, Policy: JSON.stringify(policy) }));
  return {
    purpose: 'close',
    what: `Replace the policy of multi-region access point ${name} by one that grants nothing.`,
    command: `aws s3control put-multi-region-access-point-policy --region us-west-2 --account-id ${quoted(account)} --details ${details}`,
  };
}

/** Only the outside was seen: shut it where one command can, else look at what grants it. */
function outsideSteps(subject: RemedySubject): readonly RemedyStep[] {
  const place = placeOf(subject);
  if (place.amazon) return guardSteps(subject).map((step) => ({ ...step, purpose: 'close' }));
  if (place.service === 'minio') return [minioStep(subject)];
  const acl: RemedyStep = {
    purpose: 'close',
    what: 'Make the ACL of the bucket private.',
    command: place.cli(`put-bucket-acl --bucket ${place.bucket} --acl private`),
  };
  const policy: RemedyStep = {
    purpose: 'close',
    what: 'See what the bucket policy allows to everyone, and take that statement out.',
    command: place.cli(`get-bucket-policy --bucket ${place.bucket} --query Policy --output text`),
  };
  return [policy, acl];
}

function granting(family: string): readonly string[] {
  return ['allow', 'allow-broad', 'allow-account', 'depends'].map((end) => `${family}.${end}`);
}

export const REMEDIES: readonly RemedyData[] = [
  {
    causes: [...granting('s3.policy'), 's3.policy.restrict-unsure', 's3.policy.write-unsure'],
    steps: policySteps,
  },
  {
    causes: [
      ...granting('s3.acl'),
      ...granting('s3.acl.data'),
      's3.acl-unsure',
      's3.acl.data-unsure',
      's3.acl.guard-unsure',
    ],
    steps: aclSteps,
  },
  {
    causes: [...granting('s3.object-acl'), 's3.object-acl.guard-unsure'],
    steps: objectAclSteps,
  },
  { causes: ['probe.read-version'], steps: versionAclSteps },
  { causes: granting('s3.access-point'), steps: accessPointSteps },
  { causes: ['probe.listed', 'probe.read'], steps: outsideSteps },
  removal((subject) => placeOf(subject).cli),
  asCode(({ url }) =>
    isAmazonHost(new URL(url).hostname)
      ? 'aws_s3_bucket_public_access_block with block_public_acls, ignore_public_acls, block_public_policy and restrict_public_buckets = true; take the statement or grant out of aws_s3_bucket_policy and aws_s3_bucket_acl.'
      : null,
  ),
];

/** The same unsigned request again: one object where one is meant, else the list. */
export function prove(subject: RemedySubject): RemedyStep {
  const base = subject.asset.url.replace(/\/+$/, '');
  const curl = "curl -s -o /dev/null -w '%{http_code}\\n'";
  if (subject.key === null) {
    return {
      purpose: 'prove',
      what: 'Ask for the list without credentials: 403 means that it is closed.',
      command: `${curl} ${quoted(`${base}/?list-type=2&max-keys=1`)}`,
    };
  }
  return {
    purpose: 'prove',
    what: 'Ask for the object without credentials: 403 means that it is closed.',
    command: `${curl} -r 0-0 ${quoted(`${base}/`)}"$(printf %s ${subject.key} | jq -sRr @uri)"`,
  };
}
