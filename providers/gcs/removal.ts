/** Taking the objects away, old generations included, from a list that a person has looked through. */
import type { Asset } from '../../src/model/asset.ts';
import type { RemedyStep } from '../../src/model/finding.ts';
import type { RemedyData } from '../../src/model/provider.ts';
import { quoted } from '../shell.ts';

export function removal(gcloud: (asset: Asset) => string): RemedyData {
  return {
    causes: ['*'],
    steps: ({ asset, key }): readonly RemedyStep[] => {
      const bucket = `gs://${asset.name}`;
      if (key !== null) {
        return [
          {
            purpose: 'remove',
            what: 'Take this object away with its old generations, once a copy lies where only its owner can read it. What soft delete keeps cannot be read by the public and goes by itself.',
            command: `${gcloud(asset)} storage rm --all-versions ${quoted(`${bucket}/`)}${key}`,
          },
        ];
      }
      const list = quoted(`remove-${asset.name}.txt`);
      return [
        {
          purpose: 'remove',
          what: 'Keep what must be kept where only its owner can read it, then list every object and old generation, and take out of the list what may stay.',
          command: `${gcloud(asset)} storage ls --all-versions --recursive ${quoted(`${bucket}/**`)} > ${list}`,
        },
        {
          purpose: 'remove',
          what: 'Delete what the list names. What soft delete keeps cannot be read by the public and goes by itself.',
          command: `${gcloud(asset)} storage rm --read-paths-from-stdin < ${list}`,
        },
      ];
    },
  };
}
