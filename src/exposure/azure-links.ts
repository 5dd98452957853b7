/**
 * Bearer links to an Azure Blob container: who holds one gets in without an account, from anywhere
 * the firewall lets in.
 *
 * Nobody lists the links that were made; what can be read is what makes them possible and lasting:
 * account keys that are not switched off, stored access policies, and the link that the scan itself
 * was given. A link without a stored policy ends only with its own date or with the key that signed it.
 *
 * Source: learn.microsoft.com "Grant limited access with shared access signatures", "Create an account
 * SAS", "Create a service SAS", "Define a stored access policy", "Prevent Shared Key authorization".
 */
import type { AccessFact, Action, Answer } from '../model/access.ts';
import type { AzureAccessPolicy, AzureLink, AzureLinkDocuments } from './documents.ts';

/** Microsoft's own limit for links that a user signs; what lasts longer is a key of its own. */
const LONG_DAYS = 7;

const DAY_MS = 86_400_000;

export function azureLinkFacts(
  container: string,
  links: AzureLinkDocuments,
): readonly AccessFact[] {
  const { given } = links;
  const own = given === null ? [] : givenFacts(given, links.now);
  const keys = links.allowSharedKeyAccess;
  if (keys.state === 'read' && keys.value === false) {
    // Stored policies and links of the account or the container are signed with its keys.
    return [...own, fact('read', 'no', 'azure.link.keys-off', {})];
  }
  const byKey = keys.state === 'read' ? [fact('read', 'unknown', ...keysOn(links))] : [];
  return [...own, ...policyFacts(container, links), ...byKey];
}

function keysOn({ sasPolicy }: AzureLinkDocuments): readonly [string, Params] {
  const limit = sasPolicy.state === 'read' ? sasPolicy.value : null;
  return limit?.expirationAction?.toLowerCase() === 'block'
    ? ['azure.link.keys-limited', { period: limit.sasExpirationPeriod ?? '?' }]
    : ['azure.link.keys-on', {}];
}

function policyFacts(container: string, links: AzureLinkDocuments): readonly AccessFact[] {
  const { policies, now } = links;
  if (policies.state === 'denied') {
    return [fact('read', 'unknown', 'azure.link.policies-unread', { detail: policies.detail })];
  }
  return policies.value
    .filter(({ expiresAt }) => expiresAt === null || expiresAt > now)
    .flatMap((policy) => {
      const base = { policy: policy.id, container, permissions: words(policy.permissions) };
      return actionsOf(policy.permissions).map((action) =>
        fact(action, 'yes', policyCode(policy, now), { ...base, ...until(policy.expiresAt, now) }),
      );
    });
}

function policyCode({ expiresAt }: AzureAccessPolicy, now: Date): string {
  if (expiresAt === null) return 'azure.link.policy-endless';
  return daysLeft(expiresAt, now) > LONG_DAYS ? 'azure.link.policy-long' : 'azure.link.policy';
}

/** The link in the scan's own hands: what it lets anybody do who finds it, and what is wrong with it. */
function givenFacts(link: AzureLink, now: Date): readonly AccessFact[] {
  const { expiresAt, permissions, policy } = link;
  if (expiresAt !== null && expiresAt <= now) return [];
  const params = { permissions: words(permissions), ...until(expiresAt, now) };
  const faults = faultsOf(link, now).map((code) => fact('read', 'yes', code, params));
  if (permissions === '' && policy !== null) {
    return [fact('read', 'unknown', 'azure.link.given-policy', { policy }), ...faults];
  }
  const code = expiresAt === null ? 'azure.link.given-endless' : 'azure.link.given';
  return [...actionsOf(permissions).map((action) => fact(action, 'yes', code, params)), ...faults];
}

function faultsOf(link: AzureLink, now: Date): readonly string[] {
  const { scope, expiresAt, policy, byUser, permissions } = link;
  const lists = scope === 'container' && permissions.includes('l');
  return [
    ...(expiresAt !== null && daysLeft(expiresAt, now) > LONG_DAYS
      ? ['azure.link.given-long']
      : []),
    ...(scope === 'account' ? ['azure.link.given-account'] : []),
    ...(lists ? ['azure.link.given-lists'] : []),
    ...(/[wadcx]/.test(permissions) ? ['azure.link.given-writes'] : []),
    ...(policy === null && !byUser ? ['azure.link.given-unrevocable'] : []),
  ];
}

/** Source: "Create a service SAS", table of permissions. */
const PERMISSIONS: readonly (readonly [letters: RegExp, action: Action, word: string])[] = [
  [/r/, 'read', 'read'],
  [/l/, 'list', 'list'],
  [/[wacdx]/, 'write', 'write or delete'],
];

function actionsOf(permissions: string): readonly Action[] {
  return PERMISSIONS.filter(([letters]) => letters.test(permissions)).map(([, action]) => action);
}

/** A policy may leave what is allowed to each link. */
function words(permissions: string): string {
  const known = PERMISSIONS.filter(([letters]) => letters.test(permissions)).map(
    ([, , word]) => word,
  );
  return known.length > 0 ? known.join(', ') : 'what each link says';
}

type Params = Readonly<Record<string, string>>;

function until(expiresAt: Date | null, now: Date): Params {
  if (expiresAt === null) return { until: '', days: '' };
  const days = String(Math.ceil(daysLeft(expiresAt, now)));
  return { until: expiresAt.toISOString().slice(0, 10), days };
}

function daysLeft(expiresAt: Date, now: Date): number {
  return (expiresAt.getTime() - now.getTime()) / DAY_MS;
}

function fact(action: Action, answer: Answer, code: string, params: Params): AccessFact {
  const because = { code, params };
  return { audience: 'link-holder', action, answer, source: 'config', slice: null, because };
}

/** The query of a link → what it allows; null for a text that is no link. */
export function parseLink(query: string): AzureLink | null {
  const fields = new URLSearchParams(query.replace(/^[^?]*\?/, ''));
  if (!fields.has('sig')) return null;
  const end = fields.get('se');
  const expiresAt = end === null ? null : new Date(end);
  const resource = fields.get('sr');
  return {
    permissions: fields.get('sp') ?? '',
    expiresAt: expiresAt !== null && Number.isNaN(expiresAt.getTime()) ? null : expiresAt,
    // An account's link names services (ss), a service's one resource.
    scope: fields.has('ss') ? 'account' : resource === 'c' ? 'container' : 'blob',
    policy: fields.get('si'),
    byUser: fields.has('skoid'),
  };
}
