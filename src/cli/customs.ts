/** An office's own detectors and allow lists in `ajar.yaml`: schema, and the files that it names. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { parseShape } from '../detect/shape.ts';
import {
  type AllowEntry,
  CHECKS,
  type CheckName,
  type CustomDetector,
  type Customs,
} from '../model/custom.ts';
import { UsageError } from '../model/errors.ts';
import { isDay } from './calendar.ts';

/** `detectors.custom` as it is read. */
export interface CustomData extends Omit<CustomDetector, 'id' | 'check' | 'alone'> {
  readonly id: string;
  readonly check?: CheckName | undefined;
  readonly alone?: CustomDetector['alone'] | undefined;
}

export interface DetectorsData {
  readonly custom: readonly CustomData[];
}

/** An entry of `allow` as it is read; `values` names a file. */
export interface AllowData {
  readonly detector?: string | undefined;
  readonly values?: string | undefined;
  readonly pattern?: string | undefined;
  readonly path?: string | undefined;
  readonly until: string;
  readonly reason: string;
}

const text = v.pipe(v.string(), v.nonEmpty('a text'));
const words = v.optional(v.array(text), []);

function shape(masked: boolean): v.GenericSchema<string> {
  return v.pipe(
    text,
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      try {
        parseShape(dataset.value, masked);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        addIssue({ message: `a shape such as d8 or l2~d6, see docs/configuration.md (${why})` });
      }
    }),
  );
}

const custom = v.pipe(
  v.strictObject({
    id: v.pipe(
      text,
      v.regex(
        /^[a-z]{2,12}\.[a-z0-9-]{1,40}$/,
        'two lower-case words with a dot: office.staff-number',
      ),
    ),
    title: text,
    kind: v.optional(
      v.picklist(
        ['person', 'document', 'account', 'contact', 'attribute'],
        'person, document, account, contact or attribute',
      ),
      'person',
    ),
    shapes: v.pipe(v.array(shape(false)), v.minLength(1, 'at least one shape')),
    masks: v.optional(v.array(shape(true)), []),
    hints: v.pipe(v.array(text), v.minLength(1, 'at least one word')),
    against: words,
    check: v.optional(v.picklist(CHECKS, `one of ${CHECKS.join(', ')}`)),
    weights: v.optional(v.array(v.pipe(v.number(), v.integer('a whole number'))), []),
    alone: v.optional(v.picklist(['none', 'low', 'medium', 'high'], 'none, low, medium or high')),
  }),
  v.check(
    ({ check, weights }) => (check === 'mod11') === weights.length > 0,
    'weights with the check mod11, and with no other',
  ),
);

export const DETECTORS: v.GenericSchema<unknown, DetectorsData> = v.strictObject({
  custom: v.optional(v.array(custom), []),
});

const entry = v.pipe(
  v.strictObject({
    detector: v.optional(text),
    values: v.optional(text),
    pattern: v.optional(text),
    path: v.optional(text),
    until: v.pipe(
      text,
      v.regex(/^\d{4}-\d{2}-\d{2}$/, 'a day such as 2027-03-31'),
      v.check(isDay, 'a day of the calendar'),
    ),
    reason: text,
  }),
  v.check(
    ({ values, pattern, path }) =>
      values !== undefined || pattern !== undefined || path !== undefined,
    'one that names values, a pattern or a path',
  ),
);

export const ALLOW: v.GenericSchema<unknown, readonly AllowData[]> = v.array(entry);

function ownDetector(data: CustomData): CustomDetector {
  const { id, check, alone, ...rest } = data;
  return {
    ...rest,
    id: id as CustomDetector['id'],
    check: check ?? null,
    alone: alone ?? (check === undefined ? 'none' : 'low'),
  };
}

/** The hashes of a file: one a line, `#` begins a remark. Throws UsageError with file and line. */
function readHashes(file: string): readonly string[] {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    const why =
      (error as NodeJS.ErrnoException).code === 'ENOENT'
        ? 'there is no such file'
        : 'it cannot be read';
    throw new UsageError(`${file}: ${why}; "ajar hash" makes it`, { cause: error });
  }
  return content.split('\n').flatMap((line, index) => {
    const hash = line.replace(/#.*/, '').trim().toLowerCase();
    if (hash === '') return [];
    if (!/^[0-9a-f]{16}$/.test(hash)) {
      // What stands there may be a raw value.
      throw new UsageError(
        `${file}:${index + 1}: not a keyed hash of 16 hexadecimal digits; "ajar hash" prints them`,
      );
    }
    return [hash];
  });
}

export interface ReadCustoms {
  readonly customs: Customs;
  /** What the person must know: entries that hold no more. */
  readonly notices: readonly string[];
}

/** `beside`: a path of the configuration as one from here. */
export function readCustoms(
  read: {
    readonly detectors?: DetectorsData | undefined;
    readonly allow?: readonly AllowData[] | undefined;
  },
  beside: (path: string) => string,
  now: Date,
): ReadCustoms {
  const detectors = (read.detectors?.custom ?? []).map(ownDetector);
  const ids = detectors.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new UsageError(`detectors.custom: "${twice}" is there twice`);
  const today = now.toISOString().slice(0, 10);
  const entries: AllowEntry[] = [];
  const notices: string[] = [];
  for (const { detector, values, pattern, path, until, reason } of read.allow ?? []) {
    if (until < today) {
      notices.push(`allow: the entry "${reason}" ended on ${until} and holds no more`);
      continue;
    }
    entries.push({
      detector: detector ?? null,
      values: values === undefined ? null : readHashes(beside(values)),
      pattern: pattern ?? null,
      path: path ?? null,
      until,
      reason,
    });
  }
  return { customs: { detectors, allow: entries }, notices };
}
