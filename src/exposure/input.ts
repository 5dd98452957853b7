/**
 * Reading JSON that somebody else wrote: every field may be missing, odd or spelled another way.
 *
 * A field that is there but makes no sense becomes `denied`, so that it ends as `unknown` and never
 * as "nothing is configured".
 */
import { denied, type Fetched, fetched } from './documents.ts';

export type Json = Readonly<Record<string, unknown>>;

export function record(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : null;
}

/** One value stands for a list of one; nothing for an empty list. */
export function list(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

export function texts(value: unknown): readonly string[] {
  return list(value).filter((item) => typeof item === 'string');
}

function folded(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, '');
}

/** The first of these fields that is there, whatever its case and with or without `_` and `-`. */
export function pick(input: Json, ...names: readonly string[]): unknown {
  const wanted = names.map(folded);
  const found = Object.entries(input)
    .filter(([name, value]) => wanted.includes(folded(name)) && value !== undefined)
    .sort(([a], [b]) => wanted.indexOf(folded(a)) - wanted.indexOf(folded(b)));
  return found[0]?.[1];
}

/** Is one of these fields there, `null` included? */
export function has(input: Json, ...names: readonly string[]): boolean {
  return pick(input, ...names) !== undefined;
}

/** A nested JSON document, which some tools hand over as text. Text that does not parse stays text. */
export function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

const YES = ['true', 'enabled', 'on', 'yes'];
const NO = ['false', 'disabled', 'off', 'no'];

/** A switch: a boolean, its word, or `{enabled: boolean}`. Null when the field is absent or null. */
export function readSwitch(value: unknown, name: string): Fetched<boolean | null> {
  if (value === undefined || value === null) return fetched(null);
  if (typeof value === 'boolean') return fetched(value);
  if (typeof value === 'string') {
    if (YES.includes(value.toLowerCase())) return fetched(true);
    if (NO.includes(value.toLowerCase())) return fetched(false);
  }
  const inner = record(value);
  if (inner && has(inner, 'enabled', 'status', 'state')) {
    return readSwitch(pick(inner, 'enabled', 'status', 'state'), name);
  }
  return denied(`${name} is neither yes nor no`);
}

/** The value of a switch where an absent one is off. */
export function orOff(value: Fetched<boolean | null>): Fetched<boolean> {
  return value.state === 'read' ? fetched(value.value === true) : value;
}
