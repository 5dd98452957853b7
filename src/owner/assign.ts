/** Asset or part of it → department, with the reason. First matching rule wins. */
import { patternCovers } from '../model/access.ts';
import type { Asset } from '../model/asset.ts';
import type { Assignment, OwnerBook, OwnerRule } from '../model/owner.ts';

const NOBODY = 'no rule of the owners file matches it';

function matches(rule: OwnerRule, asset: Asset): boolean {
  if (rule.provider !== undefined && rule.provider !== asset.provider) return false;
  if (rule.asset !== undefined && !patternCovers(rule.asset, asset.id)) return false;
  if (rule.account !== undefined && rule.account !== asset.account) return false;
  return Object.entries(rule.labels ?? {}).every(([label, pattern]) => {
    const value = asset.labels[label];
    return value !== undefined && patternCovers(pattern, value);
  });
}

function words(rule: OwnerRule): string {
  const parts = [
    rule.asset === undefined ? [] : [`asset ${rule.asset}`],
    rule.provider === undefined ? [] : [`provider ${rule.provider}`],
    rule.account === undefined ? [] : [`account ${rule.account}`],
    Object.entries(rule.labels ?? {}).map(([label, value]) => `label ${label}=${value}`),
    rule.prefix === undefined ? [] : [`prefix ${rule.prefix}`],
  ].flat();
  return `by ${parts.join(', ')}`;
}

/** Rules that can decide for this asset, in order: the first without a prefix ends the list. */
export function rulesFor(book: OwnerBook, asset: Asset): readonly OwnerRule[] {
  const fitting = book.rules.filter((rule) => matches(rule, asset));
  const last = fitting.findIndex((rule) => rule.prefix === undefined);
  return last < 0 ? fitting : fitting.slice(0, last + 1);
}

/** `key` null asks for the asset as a whole: rules with a prefix then do not apply. */
export function assign(
  book: OwnerBook,
  rules: readonly OwnerRule[],
  key: string | null,
): Assignment {
  const rule = rules.find(({ prefix }) => prefix === undefined || key?.startsWith(prefix));
  if (rule === undefined) return { owner: null, reason: NOBODY, confidence: 'none', lapsed: null };
  const owner = book.owners.find(({ id }) => id === rule.owner) ?? null;
  return { owner, reason: words(rule), confidence: 'high', lapsed: null };
}
