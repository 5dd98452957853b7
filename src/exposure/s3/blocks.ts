/** Block Public Access over all levels: a flag that is set anywhere is set. */
import type { Answer } from '../../model/access.ts';
import type { Fetched, PublicAccessBlock, S3Documents } from '../documents.ts';
import { traitsOf } from './dialect.ts';

export interface Guard {
  /** `unknown`: nobody has set it where it could be read, and somewhere it could not be. */
  readonly answer: Answer;
  /** Where it is set, or what could not be read. */
  readonly level: string;
}

export interface Guards {
  readonly ignorePublicAcls: Guard;
  readonly restrictPublicBuckets: Guard;
}

interface Level {
  readonly name: string;
  readonly block: Fetched<PublicAccessBlock | null>;
}

export function guards(documents: S3Documents, more: readonly Level[] = []): Guards {
  const traits = traitsOf(documents.dialect);
  const levels: Level[] = [{ name: 'the bucket', block: documents.publicAccessBlock }, ...more];
  if (traits.accountBlock) {
    levels.push({ name: 'the account', block: documents.accountPublicAccessBlock });
  }
  return {
    ignorePublicAcls: enforced(flag(levels, 'IgnorePublicAcls'), traits.ignorePublicAcls),
    restrictPublicBuckets: enforced(
      flag(levels, 'RestrictPublicBuckets'),
      traits.restrictPublicBuckets,
    ),
  };
}

function flag(levels: readonly Level[], name: keyof PublicAccessBlock): Guard {
  for (const level of levels) {
    if (level.block.state === 'read' && level.block.value?.[name] === true) {
      return { answer: 'yes', level: level.name };
    }
  }
  const unread = levels.filter((level) => level.block.state === 'denied');
  if (unread.length === 0) return { answer: 'no', level: '' };
  return { answer: 'unknown', level: unread.map((level) => level.name).join(' and ') };
}

/** A flag on a server that does not keep it guards nothing; on one that nobody has tried, perhaps. */
function enforced(guard: Guard, trait: Answer): Guard {
  if (trait === 'no') return { answer: 'no', level: '' };
  if (trait === 'yes') return guard;
  // A server whose documents cannot be read and that may not have them at all: nothing is set.
  return guard.answer === 'yes'
    ? { answer: 'unknown', level: guard.level }
    : { answer: 'no', level: '' };
}
