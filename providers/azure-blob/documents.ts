/** A container's access-control documents: wire form → nouns. What could not be read is `denied`. */
import type { BlobServiceClient } from '@azure/storage-blob';
import {
  type AzureContainerDocuments,
  denied,
  type Fetched,
  fetched,
} from '../../src/exposure/documents.ts';
import { ScanError, type ScanErrorCode } from '../../src/model/errors.ts';
import type { StorageAccount } from './arm.ts';
import { translated } from './client.ts';
import type { LinkSettings } from './links.ts';

export type Level = 'Blob' | 'Container' | null;

/** A document that could not be read. */
export interface Unread {
  readonly code: ScanErrorCode;
  readonly what: string;
  readonly detail: string;
}

export interface Sources {
  readonly account: string;
  readonly container: string;
  /** The level as a listing told it; undefined to ask. */
  readonly level: Level | undefined;
  /** The account by the Resource Manager; throws where that may not be asked. */
  readonly settings: () => Promise<StorageAccount>;
  readonly service: () => Promise<BlobServiceClient>;
}

export interface Gathered {
  readonly documents: AzureContainerDocuments;
  /** Of the account: what decides about bearer links. */
  readonly linkSettings: LinkSettings;
  readonly unread: readonly Unread[];
}

export async function gather(sources: Sources): Promise<Gathered> {
  const unread: Unread[] = [];
  async function attempt<T>(what: string, read: () => Promise<T>): Promise<Fetched<T>> {
    try {
      return fetched(await read());
    } catch (error) {
      if (!(error instanceof ScanError) || error.code === 'interrupted') throw error;
      unread.push({ code: error.code, what, detail: error.detail });
      return denied(error.detail);
    }
  }
  const { account, container, level } = sources;
  const [publicAccess, settings, staticWebsite] = await Promise.all([
    level === undefined
      ? attempt('public access level', () => levelOf(sources))
      : fetched<Level>(level),
    attempt('account settings', sources.settings),
    // The feature serves $web and nothing else.
    container === '$web'
      ? attempt<boolean | null>('static website setting', () => websiteOf(sources))
      : fetched<boolean | null>(null),
  ]);
  const setting = <T>(pick: (one: StorageAccount) => T): Fetched<T> =>
    settings.state === 'read' ? fetched(pick(settings.value)) : denied(settings.detail);
  return {
    documents: {
      account,
      container,
      publicAccess,
      staticWebsite,
      allowBlobPublicAccess: setting((one) => one.allowBlobPublicAccess),
      publicNetworkAccess: setting((one) => one.publicNetworkAccess),
      networkAcls: setting((one) => one.networkAcls),
      isHnsEnabled: setting((one) => one.isHnsEnabled),
    },
    linkSettings: {
      allowSharedKeyAccess: setting((one) => one.allowSharedKeyAccess),
      sasPolicy: setting((one) => one.sasPolicy),
    },
    unread,
  };
}

/** What the service calls `blob` and `container`, as the Resource Manager spells them. */
export function levelFrom(value: unknown): Level {
  const level = String(value ?? '').toLowerCase();
  if (level === 'blob') return 'Blob';
  return level === 'container' ? 'Container' : null;
}

async function levelOf({ service, container }: Sources): Promise<Level> {
  try {
    const properties = await (await service()).getContainerClient(container).getProperties();
    if (properties.etag === undefined) throw new Error('no container');
    return levelFrom(properties.blobPublicAccess);
  } catch (error) {
    throw translated(error, {
      call: 'Get Container Properties',
      grant: 'use an account key, or give the scanning identity Storage Blob Data Reader',
    });
  }
}

async function websiteOf({ service }: Sources): Promise<boolean> {
  try {
    const properties = await (await service()).getProperties();
    return properties.staticWebsite?.enabled === true;
  } catch (error) {
    throw translated(error, {
      call: 'Get Blob Service Properties',
      grant:
        'use an account key, or give the scanning identity Microsoft.Storage/storageAccounts/blobServices/read',
    });
  }
}
