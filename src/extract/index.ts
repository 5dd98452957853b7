/**
 * Bytes of an object → pieces of text with places. Nothing that a file holds makes it throw: what
 * cannot be read is a gap, and what could be read before the damage is handed on.
 */
import type { Extract, ObjectBytes } from '../model/extraction.ts';
import { openBudget } from './budget.ts';
import { type Context, guarded, reportGap, SinkError } from './context.ts';
import { readRanges } from './ranges.ts';
import { readWhole } from './whole.ts';

export { type Format, recognise } from './recognise.ts';

/** Resolves when every piece and gap has been given to the sink. Throws only what the sink threw. */
export const extract: Extract = async (object, sink, limits) => {
  const context: Context = {
    sink,
    limits,
    trail: [object.name],
    ids: { nextRow: 1, nextColumn: 0 },
    budget: openBudget(object.sizeBytes, limits),
  };
  try {
    await guarded(
      () => read(context, object),
      () => reportGap(context, 'malformed', 'The file could not be read to its end.'),
    );
  } catch (error) {
    throw error instanceof SinkError ? error.cause : error;
  }
};

async function read(context: Context, object: ObjectBytes): Promise<void> {
  const [first] = object.parts;
  if (first === undefined) {
    if (object.sizeBytes > 0) reportGap(context, 'truncated', 'None of its bytes were read.');
    return;
  }
  const whole =
    object.parts.length === 1 && first.start === 0 && first.bytes.length >= object.sizeBytes;
  if (whole) await readWhole(context, first.bytes);
  else await readRanges(context, object);
}
