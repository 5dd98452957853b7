/** What makes bearer links to a container possible and lasting: wire form → nouns. */
import type { BlobServiceClient } from '@azure/storage-blob';
import { parseLink } from '../../src/exposure/azure-links.ts';
import {
  type AzureAccessPolicy,
  type AzureLinkDocuments,
  denied,
  type Fetched,
  fetched,
} from '../../src/exposure/documents.ts';
import { ScanError } from '../../src/model/errors.ts';
import { translated } from './client.ts';
import type { Unread } from './documents.ts';
import { RIGHTS } from './permissions.ts';
import type { AzureTarget } from './target.ts';

export type LinkSettings = Pick<AzureLinkDocuments, 'allowSharedKeyAccess' | 'sasPolicy'>;

export interface LinksAsked {
  readonly account: string;
  readonly container: string;
  readonly settings: LinkSettings;
  readonly service: () => Promise<BlobServiceClient>;
}

export interface LinksRead {
  readonly links: AzureLinkDocuments;
  /** What was refused, told once an account: the right is the account's, not the container's. */
  readonly unread: readonly Unread[];
}

export function linkReader(target: AzureTarget): (asked: LinksAsked) => Promise<LinksRead> {
  const refused = new Map<string, string>();
  const { access } = target;
  const given = access.kind === 'sas' && access.secret ? parseLink(access.secret) : null;
  return async ({ account, container, settings, service }) => {
    const unread: Unread[] = [];
    const links = (policies: Fetched<readonly AzureAccessPolicy[]>): LinksRead => ({
      links: { ...settings, policies, given, now: new Date() },
      unread,
    });
    const { allowSharedKeyAccess: keys } = settings;
    // Without keys no link can go by a stored policy.
    if (keys.state === 'read' && keys.value === false) return links(fetched([]));
    if (access.kind === 'sas') return links(denied('a SAS may not ask for them'));
    const before = refused.get(account);
    if (before !== undefined) return links(denied(before));
    try {
      return links(fetched(await policiesOf(await service(), container)));
    } catch (error) {
      const reason = translated(error, {
        call: 'Get Container ACL',
        grant: `use an account key, or give the scanning identity ${RIGHTS.policies}`,
      });
      if (reason.code === 'interrupted' || reason.code === 'out-of-scope') throw reason;
      if (isOfAccount(reason)) refused.set(account, reason.detail);
      // A token for the data was never meant to be there: the fact says what is not known.
      if (reason.code !== 'no-credentials') {
        unread.push({ code: reason.code, what: WHAT, detail: reason.detail });
      }
      return links(denied(reason.detail));
    }
  };
}

const WHAT = 'stored access policies';

function isOfAccount({ code }: ScanError): boolean {
  return code === 'denied' || code === 'no-credentials';
}

async function policiesOf(
  service: BlobServiceClient,
  container: string,
): Promise<readonly AzureAccessPolicy[]> {
  const answer = await service.getContainerClient(container).getAccessPolicy();
  if (answer.etag === undefined) throw new ScanError('malformed', 'the answer is no container’s');
  return answer.signedIdentifiers.map(({ id, accessPolicy }) => ({
    id,
    permissions: accessPolicy?.permissions ?? '',
    expiresAt: dateOrNull(accessPolicy?.expiresOn),
  }));
}

/** A date that makes no sense ends nothing. */
function dateOrNull(date: Date | undefined): Date | null {
  return date === undefined || Number.isNaN(date.getTime()) ? null : date;
}
