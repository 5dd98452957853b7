/** Files of which only a part is read, because all of it is too much. */
import { type Context, reportGap } from './context.ts';

/** `done` says what was read, as `3 of its 10 pages were read`. */
export function reportLarger(context: Context, done: string): void {
  const detail = `objectBytes (${context.limits.objectBytes}): the file is larger; ${done}. Raise the limit, or unpack it and scan the folder.`;
  reportGap(context, 'too-large', detail);
}

/** The same context, which does not tell that something ends early: only its beginning was asked for. */
export function quiet(context: Context): Context {
  const { sink } = context;
  return {
    ...context,
    sink: {
      piece: (piece) => sink.piece(piece),
      gap(gap) {
        if (gap.code !== 'truncated' && gap.code !== 'malformed') sink.gap(gap);
      },
    },
  };
}
