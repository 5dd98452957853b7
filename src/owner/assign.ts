/** Asset or part of it → department, with the reason. First matching rule wins. */
import { patternCovers } from '../model/access.ts';
import type { Asset } from '../model/asset.ts';
import type { Lapsed } from '../model/finding.ts';
import type { Assignment, Owner, OwnerBook, OwnerRule } from '../model/owner.ts';

const NOBODY = 'no rule of the owners file matches it';

/** Host and port of an asset's address, in lower case; empty where it has none. */
function hostOf(asset: Asset): string {
  const address = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)/i.exec(asset.url)?.[1] ?? '';
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

function endpointFits(endpoint: string, asset: Asset): boolean {
  const host = hostOf(asset);
  const wanted = endpoint.toLowerCase();
  return patternCovers(wanted, host) || patternCovers(wanted, host.replace(/:\d+$/, ''));
}

/** The domain itself and whatever lies under it. */
function domainFits(domain: string, asset: Asset): boolean {
  const host = hostOf(asset).replace(/:\d+$/, '');
  const wanted = domain.toLowerCase();
  return patternCovers(wanted, host) || patternCovers(`*.${wanted}`, host);
}

function covers(pattern: string | undefined, value: string | undefined): boolean {
  return pattern === undefined || (value !== undefined && patternCovers(pattern, value));
}

/** Do all fields of the rule that concern the asset as a whole match? A prefix is not looked at. */
export function matches(rule: OwnerRule, asset: Asset): boolean {
  if (rule.provider !== undefined && rule.provider !== asset.provider) return false;
  if (!covers(rule.asset, asset.id) || !covers(rule.bucket, asset.name)) return false;
  if (!covers(rule.account, asset.account)) return false;
  if (rule.subscription !== undefined) {
    if (asset.provider !== 'azure-blob' || !covers(rule.subscription, asset.account)) return false;
  }
  if (rule.project !== undefined) {
    if (asset.provider !== 'gcs' || !covers(rule.project, asset.account)) return false;
  }
  if (rule.domain !== undefined && !domainFits(rule.domain, asset)) return false;
  if (rule.endpoint !== undefined && !endpointFits(rule.endpoint, asset)) return false;
  return Object.entries(rule.labels ?? {}).every(([label, pattern]) => {
    const value = asset.labels[label];
    return value !== undefined && patternCovers(pattern, value);
  });
}

const FIELDS = [
  'asset',
  'bucket',
  'provider',
  'account',
  'subscription',
  'project',
  'domain',
  'endpoint',
  'prefix',
] as const;

/** `by asset s3:lands/*, prefix clinic/`: the rule in words. */
export function ruleText(rule: OwnerRule): string {
  const plain = FIELDS.flatMap((field) => {
    const value = rule[field];
    return value === undefined ? [] : [`${field} ${value}`];
  });
  const labels = Object.entries(rule.labels ?? {}).map(
    ([label, value]) => `label ${label}=${value}`,
  );
  const parts = [...plain, ...labels];
  return parts.length === 0 ? 'by the rule for everything' : `by ${parts.join(', ')}`;
}

/** How sure a rule of this kind is: a name is a decision, a label may be left over, a provider says little. */
export function confidenceOf(rule: OwnerRule): Assignment['confidence'] {
  const named = [rule.asset, rule.bucket].some((glob) => glob !== undefined && !/^\**$/.test(glob));
  const accounts = rule.account ?? rule.subscription ?? rule.project;
  if (named || (accounts !== undefined && !/^\**$/.test(accounts))) return 'high';
  if (rule.labels !== undefined || rule.domain !== undefined || rule.endpoint !== undefined) {
    return 'medium';
  }
  return 'low';
}

/** What had ended before this day (ISO 8601): the last day itself still counts. The contract's end comes first. */
export function lapsedOn(rule: OwnerRule, owner: Owner | null, day: string): Lapsed | null {
  const today = day.slice(0, 10);
  const contract = rule.contractEnd ?? owner?.contractor?.contractEnd;
  if (contract !== undefined && contract < today) return { what: 'contract', on: contract };
  const purpose = rule.purposeEnd;
  if (purpose !== undefined && purpose < today) return { what: 'purpose', on: purpose };
  return null;
}

/** Rules that can decide for this asset, in order: the first without a prefix ends the list. */
export function rulesFor(book: OwnerBook, asset: Asset): readonly OwnerRule[] {
  const fitting = book.rules.filter((rule) => matches(rule, asset));
  const last = fitting.findIndex((rule) => rule.prefix === undefined);
  return last < 0 ? fitting : fitting.slice(0, last + 1);
}

/**
 * `key` null asks for the asset as a whole: rules with a prefix then do not apply. `day` (ISO 8601)
 * is the day of the run, for what has ended by then.
 */
export function assign(
  book: OwnerBook,
  rules: readonly OwnerRule[],
  key: string | null,
  day: string,
): Assignment {
  const rule = rules.find(({ prefix }) => prefix === undefined || key?.startsWith(prefix));
  if (rule === undefined) {
    return { owner: null, reason: NOBODY, confidence: 'none', lapsed: null };
  }
  const owner = book.owners.find(({ id }) => id === rule.owner) ?? null;
  return {
    owner,
    reason: ruleText(rule),
    confidence: confidenceOf(rule),
    lapsed: lapsedOn(rule, owner, day),
  };
}
