/** Taking the blobs away, old versions and snapshots included, from a list that a person has looked through. */
import type { Asset } from '../../src/model/asset.ts';
import type { RemedyStep } from '../../src/model/finding.ts';
import type { RemedyData } from '../../src/model/provider.ts';
import { quoted } from '../shell.ts';

const FIELDS = `-o tsv --query '[].[name,versionId,snapshot]'`;

/** `login`: how az is told account and credentials. */
export function removal(login: (asset: Asset) => string): RemedyData {
  const remove = (asset: Asset): string =>
    [
      `case "$V$S" in ''|NoneNone) az storage blob delete ${login(asset)} -c ${quoted(asset.name)} -n "$N" --delete-snapshots include;;`,
      `*) [ "\${V:-None}" != None ] && az storage blob delete ${login(asset)} -c ${quoted(asset.name)} -n "$N" --version-id "$V" || az storage blob delete ${login(asset)} -c ${quoted(asset.name)} -n "$N" --snapshot "$S";; esac < /dev/null`,
    ].join(' ');
  return {
    causes: ['*'],
    steps: ({ asset, key }): readonly RemedyStep[] => {
      const container = quoted(asset.name);
      if (key !== null) {
        return [
          {
            purpose: 'remove',
            what: 'Take this blob away with its snapshots, once a copy lies where only its owner can read it. What soft delete keeps cannot be read by the public and goes by itself.',
            command: `az storage blob delete ${login(asset)} -c ${container} -n ${key} --delete-snapshots include`,
          },
        ];
      }
      const list = quoted(`remove-${asset.name}.tsv`);
      return [
        {
          purpose: 'remove',
          what: 'Keep what must be kept where only its owner can read it, then list every blob, old version and snapshot, and take out of the list what may stay.',
          command: `az storage blob list ${login(asset)} -c ${container} --include vs --num-results '*' ${FIELDS} > ${list}`,
        },
        {
          purpose: 'remove',
          what: 'Delete what the list names. What soft delete keeps cannot be read by the public and goes by itself.',
          command: `while IFS="$(printf '\\t')" read -r N V S; do ${remove(asset)}; done < ${list}`,
        },
      ];
    },
  };
}
