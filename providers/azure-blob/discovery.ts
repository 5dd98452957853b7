/** Which containers there are: by the Resource Manager where a token may ask it, else by the account's own list. */
import { type Asset, assetId } from '../../src/model/asset.ts';
import { ScanError } from '../../src/model/errors.ts';
import type { Gap } from '../../src/model/gap.ts';
import type { TargetSpec } from '../../src/model/provider.ts';
import type { Arm, StorageAccount } from './arm.ts';
import { type ServiceFactory, translated } from './client.ts';
import { type Level, levelFrom } from './documents.ts';
import { RESOURCE_GROUP, SUBSCRIPTION } from './remedies.ts';
import { type AzureTarget, authorityOf } from './target.ts';

/** Where a container lies, and what discovery already knows of it. */
export interface Place {
  readonly account: string;
  readonly container: string;
  /** The account's blob service, without a slash at the end. */
  readonly endpoint: string;
  readonly settings: StorageAccount | null;
  /** Undefined where no listing told it. */
  readonly level: Level | undefined;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface Discovery {
  readonly target: AzureTarget;
  readonly spec: TargetSpec;
  readonly arm: Arm | null;
  readonly service: ServiceFactory;
  /** Filled on the way, by asset id. */
  readonly places: Map<string, Place>;
}

export type Found = { readonly asset: Asset } | { readonly gap: Gap };

export async function* discover(discovery: Discovery): AsyncGenerator<Found> {
  const { target, spec } = discovery;
  try {
    if (target.account === null) yield* everyAccount(discovery);
    else yield* oneAccount(discovery, target.account);
  } catch (error) {
    yield { gap: gapFrom(error, spec.uri, null) };
  }
}

async function* everyAccount(discovery: Discovery): AsyncGenerator<Found> {
  const { arm, spec } = discovery;
  if (!arm) {
    throw new ScanError(
      'no-credentials',
      'az:// asks the Resource Manager, which takes no key and no SAS; name an account (az://ACCOUNT) or log in with "az login"',
    );
  }
  for await (const found of arm.accounts()) {
    if ('refusal' in found) {
      yield { gap: gapFrom(found.refusal, spec.uri, `subscription ${found.subscription}`) };
      continue;
    }
    const settings = found.account;
    // Accounts for files or queues only have no blob service.
    if (settings.blobEndpoint === null) continue;
    try {
      yield* containersOf(discovery, settings.name, settings.blobEndpoint, settings);
    } catch (error) {
      yield { gap: gapFrom(error, spec.uri, `storage account ${settings.name}`) };
    }
  }
}

async function* oneAccount(discovery: Discovery, account: string): AsyncGenerator<Found> {
  const { target } = discovery;
  const { settings, refusal } = await askedSettings(discovery.arm, account);
  const endpoint = target.endpoint ?? settings?.blobEndpoint;
  if (!endpoint) throw refusal ?? new ScanError('not-found', 'the account has no blob service');
  if (target.container === null) {
    try {
      yield* containersOf(discovery, account, endpoint, settings);
    } catch (error) {
      // Either answer would have done, so both refusals are told.
      if (refusal) yield { gap: gapFrom(refusal, discovery.spec.uri, 'account settings') };
      throw error;
    }
    return;
  }
  const bare = { account, container: target.container, endpoint, settings };
  if (target.access.kind === 'anonymous') {
    yield { asset: register(discovery, { ...bare, level: undefined, metadata: {} }) };
    return;
  }
  let metadata: Readonly<Record<string, string>> = {};
  try {
    const service = await discovery.service(account, endpoint, 'credentials');
    const answer = await service.getContainerClient(target.container).getProperties();
    metadata = answer.metadata ?? {};
  } catch (error) {
    const reason = translated(error, PROPERTIES);
    // A container whose properties are refused is still an asset: its doors can be tried.
    if (!isWithheld(reason)) throw reason;
  }
  yield { asset: register(discovery, { ...bare, level: undefined, metadata }) };
}

/** The account by the Resource Manager; null where that is not asked or does not know it. */
export async function settingsOf(arm: Arm | null, account: string): Promise<StorageAccount | null> {
  return (await askedSettings(arm, account)).settings;
}

interface AskedSettings {
  readonly settings: StorageAccount | null;
  /** Why they are not known. For a container the probes ask again and report it. */
  readonly refusal: ScanError | null;
}

async function askedSettings(arm: Arm | null, account: string): Promise<AskedSettings> {
  if (!arm) return { settings: null, refusal: null };
  try {
    return { settings: await arm.account(account), refusal: null };
  } catch (error) {
    if (
      error instanceof ScanError &&
      error.code !== 'interrupted' &&
      error.code !== 'out-of-scope'
    ) {
      return { settings: null, refusal: error };
    }
    throw error;
  }
}

/** The credentials do not reach it; that says nothing of what anybody else may do. */
function isWithheld({ code }: ScanError): boolean {
  return code === 'denied' || code === 'no-credentials';
}

const PROPERTIES = {
  call: 'Get Container Properties',
  grant: 'use an account key, or give the scanning identity Storage Blob Data Reader',
};
const CONTAINERS = {
  call: 'List Containers',
  grant: 'use an account key, or give the scanning identity Reader on the account',
};

async function* containersOf(
  discovery: Discovery,
  account: string,
  endpoint: string,
  settings: StorageAccount | null,
): AsyncGenerator<Found> {
  const at = { account, endpoint, settings };
  let refusal: ScanError | null = null;
  if (discovery.arm && settings) {
    let begun = false;
    try {
      for await (const { name, publicAccess, metadata } of discovery.arm.containers(settings)) {
        begun = true;
        const place = { ...at, container: name, level: publicAccess, metadata };
        yield { asset: register(discovery, place) };
      }
      return;
    } catch (error) {
      if (begun || !(error instanceof ScanError) || !isWithheld(error)) throw error;
      refusal = error;
    }
  }
  try {
    const service = await discovery.service(account, endpoint, 'credentials');
    for await (const page of service.listContainers({ includeMetadata: true }).byPage()) {
      for (const { name, properties, metadata } of page.containerItems) {
        const level = levelFrom(properties.publicAccess);
        const place = { ...at, container: name, level, metadata: metadata ?? {} };
        yield { asset: register(discovery, place) };
      }
    }
  } catch (error) {
    // Either answer would have done, so both refusals are told.
    if (refusal) yield { gap: gapFrom(refusal, discovery.spec.uri, `containers of ${account}`) };
    throw translated(error, CONTAINERS);
  }
}

function register({ target, places }: Discovery, place: Place): Asset {
  const { account, container, endpoint, settings, metadata } = place;
  const authority = authorityOf(target, account, endpoint);
  const group = /\/resourceGroups\/([^/]+)\//i.exec(settings?.id ?? '')?.[1];
  const asset: Asset = {
    id: assetId('azure-blob', authority, container),
    provider: 'azure-blob',
    authority,
    name: container,
    kind: 'container',
    url: `${endpoint}/${container}`,
    account,
    ...(settings?.region && { region: settings.region }),
    labels: {
      ...settings?.tags,
      ...metadata,
      ...(settings && { [SUBSCRIPTION]: settings.subscription }),
      ...(group !== undefined && { [RESOURCE_GROUP]: group }),
    },
  };
  places.set(asset.id, place);
  return asset;
}

function gapFrom(error: unknown, asset: string, what: string | null): Gap {
  if (!(error instanceof ScanError) || error.code === 'interrupted') throw error;
  return { code: error.code, asset, what, detail: error.detail };
}
