/** What an office allows: values by keyed hash, patterns and paths. Such matches stay hits, at most `low`. */
import { patternCovers } from '../model/access.ts';
import type { AllowEntry } from '../model/custom.ts';

interface Entry extends Omit<AllowEntry, 'values'> {
  readonly values: ReadonlySet<string> | null;
}

export class AllowList {
  readonly #entries: readonly Entry[];

  /** Entries past their day hold no more. */
  constructor(entries: readonly AllowEntry[], now: Date) {
    const today = now.toISOString().slice(0, 10);
    this.#entries = entries
      .filter(({ until }) => until >= today)
      .map((entry) => ({ ...entry, values: entry.values && new Set(entry.values) }));
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  /** `low` and `high`: the keyed hash' halves. */
  allows(detector: string, compact: string, low: number, high: number, path: string): boolean {
    return this.#entries.some(
      (entry) =>
        (entry.detector === null || entry.detector === detector) &&
        (entry.path === null || patternCovers(entry.path, path)) &&
        (entry.pattern === null || patternCovers(entry.pattern, compact)) &&
        (entry.values === null || entry.values.has(hashText(low, high))),
    );
  }
}

/** A keyed hash as the allow list writes it: 16 hexadecimal digits. */
export function hashText(low: number, high: number): string {
  const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');
  return hex(high) + hex(low);
}
