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
  'azure.link.policy':
    'stored access policy {policy} lets whoever holds a link made with it {permissions} in container {container} until {until}',
  'azure.link.policy-long':
    'stored access policy {policy} lets whoever holds a link made with it {permissions} in container {container} for {days} more days, until {until}',
  'azure.link.policy-endless':
    'stored access policy {policy} lets whoever holds a link made with it {permissions} in container {container} and names no end',
  'azure.link.policies-unread':
    'there may be stored access policies for links to the container; they could not be read ({detail})',
  'azure.link.keys-on':
    'the account takes its shared keys, and links signed with them are listed nowhere: each ends with its own date or with the key',
  'azure.link.keys-limited':
    'the account takes links signed with its shared keys if they last no longer than {period} (days.hours)',
  'azure.link.keys-off': 'the account takes no shared key, and so no link signed with one',
  'azure.link.given':
    'the link that this scan was given lets whoever holds it {permissions} until {until}',
  'azure.link.given-policy':
    'the link that this scan was given lets whoever holds it do what stored access policy {policy} says',
  'azure.link.given-endless':
    'the link that this scan was given lets whoever holds it {permissions} and names no end',
  'azure.link.given-long':
    'the link that this scan was given works for {days} more days, until {until}: more than the seven that a link should last',
  'azure.link.given-account':
    'the link that this scan was given reaches the whole account, not one container',
  'azure.link.given-lists':
    'the link that this scan was given lists the container, so its holder needs to know no name',
  'azure.link.given-writes':
    'the link that this scan was given lets whoever holds it write or delete',
  'azure.link.given-unrevocable':
    'the link that this scan was given goes by no stored access policy: only a new account key ends it early',
  'azure.write.never': 'Azure Blob Storage has no anonymous write',
  'azure.acl.never': 'Azure Blob Storage shows and changes access settings to signed requests only',
};
