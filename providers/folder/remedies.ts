/** A folder has no door: the way out is to take the data away before it is published. */
import type { RemedyStep } from '../../src/model/finding.ts';
import type { RemedyData, RemedySubject } from '../../src/model/provider.ts';
import { quoted } from '../shell.ts';

export const REMEDIES: readonly RemedyData[] = [
  {
    causes: ['folder.assumed'],
    steps: ({ asset }: RemedySubject): readonly RemedyStep[] => [
      {
        purpose: 'close',
        what: 'Do not publish this folder as it is: list what was found, file by file, and take it out or mask it.',
        command: `ajar classify --summary ${quoted(asset.url)}`,
      },
    ],
  },
];

export function proveFolder({ asset }: RemedySubject): RemedyStep {
  return {
    purpose: 'prove',
    what: 'Scan it again; exit code 0 means that nothing was found and everything was looked at.',
    command: `ajar scan ${quoted(asset.url)}`,
  };
}
