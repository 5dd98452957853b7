/**
 * Can the names of objects be guessed by somebody who has seen one of them?
 *
 * A list that is closed protects only names that cannot be counted through: `scan-000123.pdf` leads
 * to `scan-000124.pdf`, yesterday's export to the day before. Names with words or long random parts
 * that differ do not count: one of them tells nothing of the next.
 */

export type GuessableBy = 'counter' | 'date' | 'short-id';

/** More tries for each hit are no guessing any more: at ten a second, a hit in under two minutes. */
const TRIES_AT_MOST = 1_000;
/** Fewer names of one form tell nothing of a form. */
const NAMES_AT_LEAST = 3;
/** Of all names that must be countable; else they are the odd page beside what cannot be guessed. */
const SHARE_AT_LEAST = 0.5;

const SHORT_CHARACTERS = 6;
/** Longer numbers are no counters, and are not exact as numbers any more. */
const DIGITS_AT_MOST = 15;
const DAY_MS = 86_400_000;

/** What differs in names of one form: the values of one place. */
interface Place {
  readonly kind: '#' | '@';
  readonly values: Set<string>;
}

interface Form {
  readonly names: Set<string>;
  readonly places: readonly Place[];
}

/**
 * By what the names can be counted through; null where they cannot. Takes the names that are known,
 * all or a random sample: a sample looks sparser than it is, so that the answer errs to null.
 */
export function guessableBy(names: Iterable<string>): GuessableBy | null {
  const forms = new Map<string, Form>();
  let total = 0;
  for (const name of names) {
    total++;
    addTo(forms, name);
  }
  const counts: Record<GuessableBy, number> = { counter: 0, date: 0, 'short-id': 0 };
  for (const form of forms.values()) {
    const by = byWhat(form);
    if (by !== null) counts[by] += form.names.size;
  }
  const countable = counts.counter + counts.date + counts['short-id'];
  if (countable < NAMES_AT_LEAST || countable < total * SHARE_AT_LEAST) return null;
  const kinds: readonly GuessableBy[] = ['counter', 'date', 'short-id'];
  return kinds.toSorted((a, b) => counts[b] - counts[a])[0] ?? null;
}

/** Words stay in the form's name, numbers (`#`) and short mixed runs (`@`) are its places. */
function addTo(forms: Map<string, Form>, name: string): void {
  const values: { kind: Place['kind']; value: string }[] = [];
  const form = name.replace(/[\dA-Za-z]+/g, (run) => {
    if (/^[A-Za-z]+$/.test(run)) return run;
    if (/^\d+$/.test(run)) {
      values.push({ kind: '#', value: run });
      return '#';
    }
    if (run.length <= SHORT_CHARACTERS) {
      values.push({ kind: '@', value: run });
      return '@';
    }
    const [, word, number] = /^([A-Za-z]+)(\d+)$/.exec(run) ?? [];
    if (word === undefined || number === undefined) return run;
    values.push({ kind: '#', value: number });
    return `${word}#`;
  });
  const known = forms.get(form);
  const places = known?.places ?? values.map(({ kind }) => ({ kind, values: new Set<string>() }));
  values.forEach(({ value }, index) => {
    places[index]?.values.add(value);
  });
  if (known) known.names.add(name);
  else forms.set(form, { names: new Set([name]), places });
}

function byWhat({ names, places }: Form): GuessableBy | null {
  if (names.size < NAMES_AT_LEAST) return null;
  const varying = places.filter(({ values }) => values.size > 1).map(rangeOf);
  const tries = varying.reduce((product, range) => product * range.tries, 1) / names.size;
  if (tries > TRIES_AT_MOST) return null;
  if (varying.some(({ by }) => by === 'short-id')) return 'short-id';
  return varying.every(({ by }) => by === 'date') ? 'date' : 'counter';
}

interface Range {
  readonly by: GuessableBy;
  /** Values to try from the least to the greatest one seen. */
  readonly tries: number;
}

function rangeOf({ kind, values }: Place): Range {
  const all = [...values];
  if (kind === '@') return shortRange(all);
  const days = all.map(dayOf);
  if (days.every((day) => day !== null)) return { by: 'date', tries: span(days) };
  return { by: 'counter', tries: numberRange(all) };
}

function numberRange(values: readonly string[]): number {
  if (values.some((value) => value.length > DIGITS_AT_MOST)) return Number.POSITIVE_INFINITY;
  return span(values.map(Number));
}

function span(numbers: readonly number[]): number {
  const [least, greatest] = numbers.reduce(
    ([low, high], each) => [Math.min(low, each), Math.max(high, each)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  return greatest - least + 1;
}

/** `20240131` as days since 1970; null where it is no day of this or the last century. */
function dayOf(value: string): number | null {
  const [, year, month, day] = /^((?:19|20)\d\d)(\d\d)(\d\d)$/.exec(value) ?? [];
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const date = new Date(time);
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
    ? time / DAY_MS
    : null;
}

/** `a7`, `a8` count; `x7q`, `9fb` are drawn from an alphabet. */
function shortRange(values: readonly string[]): Range {
  const parts = values.map((value) => /^([A-Za-z]+)(\d+)$/.exec(value));
  const words = new Set(parts.map((part) => part?.[1]));
  if (words.size === 1 && !words.has(undefined)) {
    return { by: 'counter', tries: numberRange(parts.map((part) => part?.[2] ?? '')) };
  }
  const length = Math.max(...values.map((value) => value.length));
  return { by: 'short-id', tries: alphabetOf(values.join('')) ** length };
}

function alphabetOf(text: string): number {
  if (/^[\da-f]+$/.test(text) || /^[\dA-F]+$/.test(text)) return 16;
  return 10 + (/[a-z]/.test(text) ? 26 : 0) + (/[A-Z]/.test(text) ? 26 : 0);
}
