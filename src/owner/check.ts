/** What is wrong with an owners file, seen against the assets that a run found. */
import type { Asset } from '../model/asset.ts';
import type { Lapsed } from '../model/finding.ts';
import type { OwnerBook, OwnerRule } from '../model/owner.ts';
import { lapsedOn, matches, rulesFor, ruleText } from './assign.ts';

export interface NumberedRule {
  /** 1, 2, 3 … as they stand in the file. */
  readonly number: number;
  readonly owner: string;
  readonly text: string;
}

export interface OwnersCheck {
  /** Asset ids that no rule gives to anybody. */
  readonly orphans: readonly string[];
  /** The first rule decides; a later one of another owner would have had the asset too. */
  readonly conflicts: readonly {
    readonly asset: string;
    readonly decides: NumberedRule;
    readonly loses: NumberedRule;
  }[];
  /** Rules that decide about none of the assets, and why. */
  readonly unused: readonly (NumberedRule & {
    readonly why: 'matches nothing' | 'an earlier rule always decides';
  })[];
  readonly lapsed: readonly (NumberedRule & { readonly lapsed: Lapsed })[];
  /** Owners that no rule names. */
  readonly without: readonly string[];
  /** Owners whom nothing can be sent to. */
  readonly unreachable: readonly string[];
}

/** `day`: ISO 8601, for what has ended by then. */
export function checkOwners(book: OwnerBook, assets: readonly Asset[], day: string): OwnersCheck {
  const numbered = new Map<OwnerRule, NumberedRule>(
    book.rules.map((rule, index) => [
      rule,
      { number: index + 1, owner: rule.owner, text: ruleText(rule) },
    ]),
  );
  const used = new Set<OwnerRule>();
  const fits = new Set<OwnerRule>();
  const orphans: string[] = [];
  const conflicts: OwnersCheck['conflicts'][number][] = [];
  for (const asset of assets) {
    const deciding = rulesFor(book, asset);
    for (const rule of deciding) used.add(rule);
    const whole = deciding.find(({ prefix }) => prefix === undefined);
    if (whole === undefined) orphans.push(asset.id);
    for (const rule of book.rules) {
      if (!matches(rule, asset)) continue;
      fits.add(rule);
      const decides = whole && numbered.get(whole);
      const loses = numbered.get(rule);
      if (deciding.includes(rule) || !decides || !loses || decides.owner === loses.owner) continue;
      conflicts.push({ asset: asset.id, decides, loses });
    }
  }
  const named = new Set(book.rules.map(({ owner }) => owner));
  return {
    orphans,
    conflicts,
    unused: [...numbered].flatMap(([rule, told]) =>
      used.has(rule)
        ? []
        : [
            {
              ...told,
              why: fits.has(rule)
                ? ('an earlier rule always decides' as const)
                : ('matches nothing' as const),
            },
          ],
    ),
    lapsed: [...numbered].flatMap(([rule, told]) => {
      const owner = book.owners.find(({ id }) => id === rule.owner) ?? null;
      const lapsed = lapsedOn(rule, owner, day);
      return lapsed ? [{ ...told, lapsed }] : [];
    }),
    without: book.owners.map(({ id }) => id).filter((id) => !named.has(id)),
    unreachable: book.owners
      .filter(({ contact, contacts }) => contact === undefined && (contacts ?? []).length === 0)
      .map(({ id }) => id),
  };
}
