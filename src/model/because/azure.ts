/** Reasons from the access-control documents of Azure Blob Storage. */
export const AZURE: Readonly<Record<string, string>> = {
  'azure.container.blob':
    'the public access level of container {container} is Blob, so anyone reads a blob by its address',
  'azure.container.container':
    'the public access level of container {container} is Container, so anyone lists it and reads every blob',
  'azure.container.private': 'container {container} has no public access level',
  'azure.container.no-list':
    'the public access level of container {container} is Blob, which does not let anyone list it',
  'azure.account.unset':
    'storage account {account} does not say allowBlobPublicAccess; older accounts then allow it, so the level of container {container} counts as in force',
  'azure.account.off':
    'storage account {account} has allowBlobPublicAccess off, which overrides the level of container {container}',
  'azure.web.served':
    'the static website of account {account} is on, so anyone reads what lies in $web, whatever allowBlobPublicAccess says',
  'azure.web.off': 'the static website of account {account} is off',
  'azure.network.open': 'the firewall of account {account} lets every internet address in',
  'azure.network.disabled':
    'publicNetworkAccess of account {account} is Disabled: only private endpoints reach it',
  'azure.network.deny':
    'the firewall of account {account} denies by default; allowed are {addresses}',
  'azure.network.listed':
    'unsigned requests work, but only from {addresses} (firewall of account {account})',
  'azure.network.perimeter':
    'account {account} is governed by a network security perimeter whose rules were not read',
  'azure.write.never': 'Azure Blob Storage has no anonymous write',
  'azure.acl.never': 'Azure Blob Storage shows and changes access settings to signed requests only',
};
