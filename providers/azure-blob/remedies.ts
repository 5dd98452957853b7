/** How a door of Azure Blob is closed: the least that shuts it first, then what keeps it shut. */
import type { Asset } from '../../src/model/asset.ts';
import type { RemedyStep } from '../../src/model/finding.ts';
import type { RemedyData, RemedySubject } from '../../src/model/provider.ts';
import { asCode } from '../as-code.ts';
import { quoted } from '../shell.ts';
import { removal } from './removal.ts';

/** Labels that discovery sets, beside the account's tags. */
export const RESOURCE_GROUP = 'azure:resource-group';
export const SUBSCRIPTION = 'azure:subscription';

export const REMEDIES: readonly RemedyData[] = [
  {
    causes: ['azure.web.*'],
    steps: ({ asset }) => [
      {
        purpose: 'close',
        what: 'Stop serving $web as a website; the account switch does not reach it',
        command: `az storage blob service-properties update ${accountName(asset)} --auth-mode login --static-website false`,
      },
      {
        purpose: 'guard',
        what: 'Let only listed networks reach the account',
        command: `az storage account update ${account(asset)} --default-action Deny`,
      },
    ],
  },
  {
    causes: ['azure.account.*'],
    steps: ({ asset }) => [...(isEmulator(asset) ? [] : [switchOff(asset, 'close')]), level(asset)],
  },
  {
    causes: ['azure.container.*', 'probe.listed', 'probe.read', 'probe.read-version'],
    steps: ({ asset }) => [level(asset), ...(isEmulator(asset) ? [] : [switchOff(asset, 'guard')])],
  },
  {
    causes: ['azure.link.policy-long', 'azure.link.policy-endless'],
    steps: ({ asset, because }) => [
      {
        purpose: 'close',
        what: `Delete stored access policy ${because.params.policy ?? ''}: every link made with it ends at once`,
        command: `az storage container policy delete ${accountName(asset)} -c ${quoted(asset.name)} -n ${quoted(because.params.policy ?? '')}`,
      },
    ],
  },
  {
    causes: ['azure.link.given-unrevocable'],
    steps: ({ asset }) => (isEmulator(asset) ? [] : keySteps(asset)),
  },
  removal((asset) =>
    isEmulator(asset)
      ? '--connection-string "$AZURE_STORAGE_CONNECTION_STRING"'
      : `${accountName(asset)} --auth-mode login`,
  ),
  asCode((asset) =>
    isEmulator(asset)
      ? null
      : 'azurerm_storage_account with allow_nested_items_to_be_public = false, azurerm_storage_container with container_access_type = "private"; for $web, take azurerm_storage_account_static_website out.',
  ),
];

/** Links signed with a key end with it; who still works with keys has to move to roles first. */
function keySteps(asset: Asset): readonly RemedyStep[] {
  return [
    {
      purpose: 'guard',
      what: 'Take no shared keys, and so no links signed with them; who uses them needs a role first',
      command: `az storage account update ${account(asset)} --allow-shared-key-access false`,
    },
    {
      purpose: 'guard',
      what: 'Or end every link signed so far by renewing the keys, one after the other',
      command: `az storage account keys renew ${account(asset)} --key key1`,
    },
  ];
}

function level(asset: Asset): RemedyStep {
  const command = isEmulator(asset)
    ? `az storage container set-permission -n ${quoted(asset.name)} --public-access off --connection-string "$AZURE_STORAGE_CONNECTION_STRING"`
    : `az storage container-rm update --storage-account ${accountOf(asset)}${group(asset)} -n ${quoted(asset.name)} --public-access off`;
  return { purpose: 'close', what: 'Make the container private', command };
}

function switchOff(asset: Asset, purpose: 'close' | 'guard'): RemedyStep {
  return {
    purpose,
    what: 'Let no container of the account be public, now and later',
    command: `az storage account update ${account(asset)} --allow-blob-public-access false`,
  };
}

function account(asset: Asset): string {
  return `-n ${accountOf(asset)}${group(asset)}`;
}

function accountName(asset: Asset): string {
  const subscription = asset.labels[SUBSCRIPTION];
  return `--account-name ${accountOf(asset)}${subscription === undefined ? '' : ` --subscription ${quoted(subscription)}`}`;
}

function group(asset: Asset): string {
  const name = asset.labels[RESOURCE_GROUP];
  const subscription = asset.labels[SUBSCRIPTION];
  return [
    name === undefined ? '' : ` -g ${quoted(name)}`,
    subscription === undefined ? '' : ` --subscription ${quoted(subscription)}`,
  ].join('');
}

function accountOf(asset: Asset): string {
  return quoted(asset.account ?? '');
}

/** Anything but Azure itself: there is no Resource Manager to ask there. */
function isEmulator(asset: Asset): boolean {
  return !/\.blob\.core\.[a-z.]+$/.test(new URL(asset.url).hostname);
}

/** Repeats the anonymous request; nothing in the command carries a credential. */
export function prove({ asset, key }: RemedySubject): RemedyStep {
  const ask = "curl -s -o /dev/null -w '%{http_code}\\n' -H 'x-ms-version: 2020-10-02'";
  if (key !== null) {
    // The name is percent-encoded on the way, as it may hold any character.
    return {
      purpose: 'prove',
      what: 'Ask for the blob without credentials: 401, 403, 404 or 409 means closed, 200 or 206 means open',
      command: `${ask} -r 0-0 ${quoted(`${asset.url}/`)}"$(printf %s ${key} | jq -sRr @uri)"`,
    };
  }
  return {
    purpose: 'prove',
    what: 'Ask for the list without credentials: 401, 403, 404 or 409 means closed, 200 means open; a container of level Blob refuses the list and still serves its blobs by name',
    command: `${ask} ${quoted(`${asset.url}?restype=container&comp=list&maxresults=1`)}`,
  };
}
