/** What a Terraform plan opens, and which store each of them is: for a gate that then looks inside. */
import type { Json } from '../input.ts';
import type { Judgement } from '../judgement.ts';
import { judgePlan } from '../terraform.ts';
import { type Resource, readPlan } from './plan.ts';

export interface Opened {
  /** The resource's address in the configuration. */
  readonly address: string;
  /** `s3://name`, `gs://name`, `az://account/container`; null where the name is known only after apply. */
  readonly uri: string | null;
  /** True where the plan makes it: nothing lies in it yet. */
  readonly created: boolean;
  readonly judgement: Judgement;
}

/** Buckets and containers of the plan that anyone could read or list, or whose doors it leaves unclear. */
export function openedBy(value: Json, now: Date): readonly Opened[] {
  const { resources } = readPlan(value);
  return judgePlan(value, now)
    .filter(({ judgement }) => judgement.anonymousRead !== 'no' || judgement.anonymousList !== 'no')
    .map(({ id, judgement }) => {
      const resource = resources.find(({ address }) => address === id);
      return {
        address: id,
        uri: resource ? uriOf(resource, resources) : null,
        created: resource?.created ?? false,
        judgement,
      };
    });
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function uriOf(resource: Resource, all: readonly Resource[]): string | null {
  const { type, values } = resource;
  if (type.startsWith('aws_s3_')) return withScheme('s3', values.bucket ?? values.id);
  if (type === 'google_storage_bucket') return withScheme('gs', values.name);
  if (type.startsWith('google_storage_')) return withScheme('gs', values.bucket);
  if (type === 'azurerm_storage_container') {
    const account = text(values.storage_account_name) ?? accountIn(text(values.storage_account_id));
    const container = text(values.name);
    return account === null || container === null ? null : `az://${account}/${container}`;
  }
  const owner = all.find(({ address }) => address === resource.address);
  return withScheme('az', owner?.values.name);
}

function withScheme(scheme: string, name: unknown): string | null {
  const known = text(name);
  return known === null ? null : `${scheme}://${known}`;
}

/** The last part of a resource id: `/subscriptions/…/storageAccounts/NAME`. */
function accountIn(id: string | null): string | null {
  return id === null ? null : (/storageAccounts\/([^/]+)$/i.exec(id)?.[1] ?? null);
}
