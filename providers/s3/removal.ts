/**
 * Taking the data itself away, old versions included: what was readable was copied perhaps, and a
 * closed bucket may be opened again.
 *
 * A list is written first and deleted from after a person has looked through it. Objects are deleted
 * one by one with their version, never a subresource of the bucket.
 */
import type { RemedyStep } from '../../src/model/finding.ts';
import type { RemedyData, RemedySubject } from '../../src/model/provider.ts';
import { quoted } from '../shell.ts';

type Cli = (subject: RemedySubject) => (command: string) => string;

const VERSIONS = `--output text --query '[Versions,DeleteMarkers][].[Key,VersionId]'`;

function wholeBucket({ asset }: RemedySubject, cli: (command: string) => string): RemedyStep[] {
  const bucket = quoted(asset.name);
  const list = quoted(`remove-${asset.name}.tsv`);
  return [
    {
      purpose: 'remove',
      what: 'Keep what must be kept where only its owner can read it, then list every object and old version, and take out of the list what may stay.',
      command: cli(`list-object-versions --bucket ${bucket} ${VERSIONS}`).concat(` > ${list}`),
    },
    {
      purpose: 'remove',
      what: 'Delete what the list names. A bucket without versions calls its only one null.',
      command: `while IFS="$(printf '\\t')" read -r K V; do if [ -n "$K" ]; then ${cli(`delete-object --bucket ${bucket} --key "$K" --version-id "$V"`)} < /dev/null; fi; done < ${list}`,
    },
  ];
}

function oneObject(
  { asset }: RemedySubject,
  key: string,
  cli: (command: string) => string,
): RemedyStep {
  const bucket = quoted(asset.name);
  const list = cli(`list-object-versions --bucket ${bucket} --prefix "$K" ${VERSIONS}`);
  const remove = cli(`delete-object --bucket ${bucket} --key "$K" --version-id "$V"`);
  return {
    purpose: 'remove',
    what: 'Take this object away with its old versions, once a copy lies where only its owner can read it.',
    command: `K=${key}; ${list} | while IFS="$(printf '\\t')" read -r N V; do if [ "$N" = "$K" ]; then ${remove} < /dev/null; fi; done`,
  };
}

export function removal(cli: Cli): RemedyData {
  return {
    causes: ['*'],
    steps: (subject) =>
      subject.key === null
        ? wholeBucket(subject, cli(subject))
        : [oneObject(subject, subject.key, cli(subject))],
  };
}
