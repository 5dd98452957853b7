/** A summary of the hits of one detector and form, in the making. */
import type { Form } from '../model/detector.ts';
import { Flag, type Level } from './flags.ts';
import type { Evidence } from './gathered.ts';
import { HashBag } from './people.ts';

/** Samples shown for one detector and form. */
const SAMPLES = 3;

export const FORMS: readonly Form[] = ['full', 'masked', 'partial'];

/** How a match lies there: whole, masked at its source, or a part. */
export function formOf(flags: number): Form {
  if ((flags & Flag.masked) !== 0) return 'masked';
  return (flags & Flag.partial) !== 0 ? 'partial' : 'full';
}

/** A summary in the making. The reasons are those of its most confident hits. */
export class Draft {
  hits = 0;
  level: Level = 0;
  flags = 0;
  readonly values: HashBag;
  readonly samples: Evidence[] = [];

  /** The least likely column's probability under chance. */
  chance = 1;
  /** The fewest that a mask leaves. */
  candidates: number | null = null;

  /** `expected`: how many hits there are. */
  constructor(expected: number) {
    this.values = new HashBag(expected);
  }

  /** A hit, or `hits` of them, whose level and flags are the same. */
  see(level: Level, flags: number, chance: number, hits = 1): void {
    this.hits += hits;
    this.chance = Math.min(this.chance, chance);
    if (level > this.level) {
      this.level = level;
      this.flags = 0;
    }
    if (level === this.level) this.flags |= flags;
  }

  show(evidence: Evidence): void {
    if (evidence.candidates !== null) {
      this.candidates = Math.min(this.candidates ?? evidence.candidates, evidence.candidates);
    }
    const isNew = this.samples.every(({ masked }) => masked !== evidence.masked);
    if (isNew && this.samples.length < SAMPLES) this.samples.push(evidence);
  }
}
