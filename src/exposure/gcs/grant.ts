/** Ways into a Cloud Storage bucket, before the blocks that hold for the whole bucket. */
import type { Action, Answer, Audience, Because, Slice } from '../../model/access.ts';

export type Outsider = Extract<Audience, 'anyone' | 'any-account'>;

/** One way in. */
export interface Grant {
  readonly audience: Outsider;
  /** Null: a grant that opens nothing this model asks about. */
  readonly action: Action | null;
  readonly answer: Answer;
  readonly slice: Slice | null;
  readonly because: Because;
}

const MEMBERS: Readonly<Record<string, Outsider>> = {
  allusers: 'anyone',
  allauthenticatedusers: 'any-account',
};

/** A member or entity that stands for the public; null for anybody named. */
export function outsider(member: unknown): Outsider | null {
  return typeof member === 'string' ? (MEMBERS[member.trim().toLowerCase()] ?? null) : null;
}
