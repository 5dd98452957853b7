/** What the next `terraform apply` would open again if nobody wrote it down there too. */
import type { Asset } from '../src/model/asset.ts';
import type { RemedyData } from '../src/model/provider.ts';

/** `settings`: in the words of the provider's Terraform documentation; null where it cannot be managed so. */
export function asCode(settings: (asset: Asset) => string | null): RemedyData {
  return {
    causes: ['*'],
    steps({ asset, because }) {
      const text = settings(asset);
      // Nothing is to be closed where data is merely held too long.
      if (text === null || because.code.startsWith('held.')) return [];
      return [
        {
          purpose: 'guard',
          what: `Where Terraform manages it, write the same there, or the next apply opens it again: ${text}`,
          command: '',
        },
      ];
    },
  };
}
