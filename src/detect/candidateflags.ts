/** What speaks for and against a candidate before its column and its neighbours are heard. */
import type { ColumnState } from './columns.ts';
import { seriesFlags, spellingFlags } from './decoys.ts';
import { Flag } from './flags.ts';
import type { Folder } from './fold.ts';
import type { Candidate } from './kernel/matcher.ts';
import type { PieceReader } from './reader.ts';

/** What is seen of a candidate on the spot: how it is written, what its column's header and the words beside it say. */
export function flagsOf(
  candidate: Candidate,
  state: ColumnState | undefined,
  reader: PieceReader,
  { text, length }: Folder,
): number {
  let flags = reader.place.row === null ? 0 : Flag.row;
  if (candidate.masked) flags |= Flag.masked;
  if (candidate.judgement === 'proved') flags |= Flag.proved;
  const { start, end, match } = candidate;
  flags |= seriesFlags(text, length, start, end);
  const spelling = spellingFlags(text, start, end);
  const isLower = (spelling & Flag.lower) !== 0;
  const isText = isLower && (flags & Flag.row) === 0 && !candidate.masked;
  flags |= isText && !match.folded.includes('@') ? spelling : spelling & ~Flag.lower;
  const header = state?.voices[candidate.rule] ?? null;
  if (header === 'for') flags |= Flag.header;
  const near = reader.surroundings.voice(candidate.rule, state?.name === '');
  if (near === 'for') flags |= Flag.near;
  if (near === 'against' ? header !== 'for' : header === 'against' && near !== 'for') {
    flags |= Flag.against;
  }
  return flags;
}
