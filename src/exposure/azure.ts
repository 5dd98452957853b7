/**
 * Anonymous access to an Azure Blob container.
 *
 * Two switches must both be on (the account's allowBlobPublicAccess, the container's public access
 * level) and the firewall must be open; `$web` with the static website on is a second door that the
 * first switch does not close. POSIX ACLs of a hierarchical namespace make nothing anonymous. Nothing
 * is ever writable anonymously. Source: reference/exposure.md section 3, from Microsoft's "Configure
 * anonymous read access for containers and blobs" and "Static website hosting in Azure Storage".
 */
import type { AccessFact, Action, Answer, Because } from '../model/access.ts';
import {
  type AzureContainerDocuments,
  type AzureNetworkRules,
  denied,
  type Fetched,
  fetched,
} from './documents.ts';
import { type Json, list, orOff, pick, readSwitch, record } from './input.ts';
import { type Judgement, judgementOf, strongest } from './judgement.ts';

/** One answer with its reason, before it is known for which action. */
interface Ruling {
  readonly answer: Answer;
  readonly because: Because;
}

/** Facts about reading, listing and writing one container. */
export function azureFacts(d: AzureContainerDocuments): readonly AccessFact[] {
  const network = networkRuling(d);
  return [
    ...gated('read', [...levelRulings('read', d), ...websiteRulings(d)], network, d),
    ...gated('list', levelRulings('list', d), network, d),
    fact('write', { answer: 'no', because: { code: 'azure.write.never', params: {} } }),
    fact('read-acl', { answer: 'no', because: { code: 'azure.acl.never', params: {} } }),
    fact('write-acl', { answer: 'no', because: { code: 'azure.acl.never', params: {} } }),
  ];
}

function fact(action: Action, ruling: Ruling): AccessFact {
  return { audience: 'anyone', action, source: 'config', slice: null, ...ruling };
}

/** What would hold behind an open firewall → what holds. A yes is one fact a door; else one fact says why not. */
function gated(
  action: Action,
  doors: readonly Ruling[],
  network: Ruling,
  d: AzureContainerDocuments,
): readonly AccessFact[] {
  const answer = strongest(doors.map((door) => door.answer));
  const relevant = doors.filter((door) => door.answer === answer);
  if (answer === 'no') return [relevant[0] ?? noLevel(d)].map((ruling) => fact(action, ruling));
  if (network.answer === 'yes') return relevant.map((ruling) => fact(action, ruling));
  if (network.answer === 'unknown') return [fact(action, network)];
  const limited: AccessFact = {
    ...fact(action, { answer, because: listedBecause(d) }),
    audience: 'network-limited',
  };
  return network.because.code === 'azure.network.deny'
    ? [fact(action, network), limited]
    : [fact(action, network)];
}

function levelRulings(action: 'read' | 'list', d: AzureContainerDocuments): readonly Ruling[] {
  const account = { account: d.account, container: d.container };
  const container = { container: d.container };
  const level = d.publicAccess;
  const flag = d.allowBlobPublicAccess;
  if (flag.state === 'read' && flag.value === false) {
    return [{ answer: 'no', because: { code: 'azure.account.off', params: account } }];
  }
  if (level.state === 'denied') return [unread('public access level', level.detail)];
  if (level.value === null) return [noLevel(d)];
  if (action === 'list' && level.value === 'Blob') {
    return [{ answer: 'no', because: { code: 'azure.container.no-list', params: container } }];
  }
  if (flag.state === 'denied') return [unread('allowBlobPublicAccess of the account', flag.detail)];
  const code = level.value === 'Container' ? 'azure.container.container' : 'azure.container.blob';
  const granted: Ruling = { answer: 'yes', because: { code, params: container } };
  return flag.value === null
    ? [granted, { answer: 'yes', because: { code: 'azure.account.unset', params: account } }]
    : [granted];
}

function websiteRulings(d: AzureContainerDocuments): readonly Ruling[] {
  if (d.container !== '$web') return [];
  const website = d.staticWebsite;
  if (website.state === 'denied') return [unread('static website setting', website.detail)];
  const code = website.value === true ? 'azure.web.served' : 'azure.web.off';
  return [
    {
      answer: website.value === true ? 'yes' : 'no',
      because: { code, params: { account: d.account } },
    },
  ];
}

function noLevel(d: AzureContainerDocuments): Ruling {
  return {
    answer: 'no',
    because: { code: 'azure.container.private', params: { container: d.container } },
  };
}

function unread(document: string, detail: string): Ruling {
  return { answer: 'unknown', because: { code: 'config.denied', params: { document, detail } } };
}

/** May an unsigned request from any internet address reach the account at all? */
function networkRuling(d: AzureContainerDocuments): Ruling {
  const params = { account: d.account };
  const access = d.publicNetworkAccess.state === 'read' ? d.publicNetworkAccess.value : null;
  if (access?.toLowerCase() === 'disabled') {
    return { answer: 'no', because: { code: 'azure.network.disabled', params } };
  }
  const rules = d.networkAcls.state === 'read' ? d.networkAcls.value : null;
  if (rules?.defaultAction?.toLowerCase() === 'deny' && !allowsEveryone(rules)) {
    const addresses = addressText(rules);
    return {
      answer: 'no',
      because: { code: 'azure.network.deny', params: { ...params, addresses } },
    };
  }
  if (access?.toLowerCase() === 'securedbyperimeter') {
    return { answer: 'unknown', because: { code: 'azure.network.perimeter', params } };
  }
  if (d.networkAcls.state === 'denied') return unread('firewall', d.networkAcls.detail);
  if (d.publicNetworkAccess.state === 'denied') {
    return unread('publicNetworkAccess of the account', d.publicNetworkAccess.detail);
  }
  return { answer: 'yes', because: { code: 'azure.network.open', params } };
}

function listedBecause(d: AzureContainerDocuments): Because {
  const rules = d.networkAcls.state === 'read' ? d.networkAcls.value : null;
  return {
    code: 'azure.network.listed',
    params: { account: d.account, addresses: rules ? addressText(rules) : 'nobody' },
  };
}

/** Azure refuses a range of width 0, but a plan or a hand-written file may hold one. */
function allowsEveryone(rules: AzureNetworkRules): boolean {
  return (rules.ipRules ?? []).some((rule) => /\/0+$/.test(rule.value ?? ''));
}

function addressText(rules: AzureNetworkRules): string {
  const values = (rules.ipRules ?? [])
    .filter((rule) => rule.action === undefined || rule.action.toLowerCase() === 'allow')
    .flatMap((rule) => (rule.value === undefined ? [] : [rule.value]));
  return values.length > 0 ? values.join(', ') : 'no internet address';
}

/** Judges one case of the exposure case format. */
export function judgeAzureCase(input: Json): Judgement {
  const documents = azureDocuments(input);
  const facts = azureFacts(documents);
  // Azure's "public" is the readable container: a level, an account that allows it, an open firewall.
  const isPublic = strongest(
    facts
      .filter((one) => one.audience === 'anyone' && one.action === 'read')
      .map((one) => one.answer),
  );
  return judgementOf(facts, isPublic);
}

/** ARM's and Terraform's spellings → nouns. */
function azureDocuments(given: Json): AzureContainerDocuments {
  const input = flattened(given);
  const website = readSwitch(
    pick(input, 'staticWebsite', 'staticWebsiteEnabled'),
    'the static website setting',
  );
  const named = pick(input, 'container', 'containerName');
  const level = pick(input, 'publicAccess', 'containerAccessType', 'publicAccessLevel');
  // A static website without a container named is a statement about $web.
  const web = website.state === 'read' && website.value === true && level === undefined;
  return {
    account: textOr(pick(input, 'account', 'accountName', 'storageAccount'), '(unnamed)'),
    container: textOr(named, web ? '$web' : '(unnamed)'),
    allowBlobPublicAccess: readSwitch(
      pick(input, 'allowBlobPublicAccess', 'allowNestedItemsToBePublic'),
      'allowBlobPublicAccess',
    ),
    publicNetworkAccess: publicNetworkAccess(input),
    networkAcls: networkRules(pick(input, 'networkAcls', 'networkRuleSet', 'networkRules')),
    isHnsEnabled: readSwitch(pick(input, 'isHnsEnabled'), 'isHnsEnabled'),
    staticWebsite: orOff(website),
    publicAccess: accessLevel(level),
  };
}

/** ARM nests under `properties`; some write the account and the container as objects of their own. */
function flattened(input: Json): Json {
  const account = record(pick(input, 'storageAccount', 'account'));
  const container = record(pick(input, 'container'));
  const inner = [account, container, input].flatMap((part) =>
    part ? [record(pick(part, 'properties')) ?? {}] : [],
  );
  const outer = Object.entries(input).filter(
    ([, value]) => value !== account && value !== container,
  );
  const { name: accountName, ...accountRest } = account ?? {};
  const { name: containerName, ...containerRest } = container ?? {};
  return {
    ...Object.assign({}, ...inner),
    ...accountRest,
    ...containerRest,
    ...(accountName === undefined ? {} : { accountName }),
    ...(containerName === undefined ? {} : { containerName }),
    ...Object.fromEntries(outer),
  };
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}

function publicNetworkAccess(input: Json): Fetched<string | null> {
  const value = pick(input, 'publicNetworkAccess', 'publicNetworkAccessEnabled');
  if (value === undefined || value === null) return fetched(null);
  if (typeof value === 'boolean') return fetched(value ? 'Enabled' : 'Disabled');
  if (typeof value === 'string') {
    const known = ['enabled', 'disabled', 'securedbyperimeter'];
    if (value === '' || known.includes(value.toLowerCase())) return fetched(value || null);
  }
  return denied('publicNetworkAccess is not Enabled, Disabled or SecuredByPerimeter');
}

function networkRules(value: unknown): Fetched<AzureNetworkRules | null> {
  if (value === undefined || value === null) return fetched(null);
  const rules = record(Array.isArray(value) ? value[0] : value);
  if (!rules) return Array.isArray(value) ? fetched(null) : denied('networkAcls is no object');
  const action = pick(rules, 'defaultAction');
  if (action !== undefined && action !== null && !/^(allow|deny)$/i.test(String(action))) {
    return denied('defaultAction of networkAcls is not Allow or Deny');
  }
  const ranges = list(pick(rules, 'ipRules')).flatMap((rule) => {
    if (typeof rule === 'string') return [{ value: rule }];
    const one = record(rule);
    const address = one ? pick(one, 'value', 'iPAddressOrRange') : undefined;
    const verb = one ? pick(one, 'action') : undefined;
    if (typeof address !== 'string') return [];
    return [{ value: address, ...(typeof verb === 'string' ? { action: verb } : {}) }];
  });
  return fetched({
    ...(typeof action === 'string' ? { defaultAction: action } : {}),
    ipRules: ranges,
  });
}

const LEVELS: Readonly<Record<string, 'Blob' | 'Container' | null>> = {
  blob: 'Blob',
  container: 'Container',
  none: null,
  off: null,
  private: null,
  '': null,
};

function accessLevel(value: unknown): Fetched<'Blob' | 'Container' | null> {
  if (value === undefined || value === null || value === false) return fetched(null);
  const level = typeof value === 'string' ? LEVELS[value.toLowerCase()] : undefined;
  return level === undefined
    ? denied('the public access level is not Blob, Container or None')
    : fetched(level);
}
