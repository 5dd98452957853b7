/** The end of an object: columns, rows and overlaps decide what each match is worth, then people are counted. */
import type { Detection, DetectOptions } from '../model/detector.ts';
import type { Engine } from './engine.ts';
import { columnFlags, neighbourLevel, ownLevel } from './evidence.ts';
import { Flag, HIGH, type Level, LOW, levelOf, MEDIUM } from './flags.ts';
import { columnOf, type Gathered } from './gathered.ts';
import { NO_RANK, PersonCount, RANK } from './persons.ts';
import { NEAR_BYTES } from './reader.ts';
import { Field } from './records.ts';
import { Reported } from './reported.ts';
import { Supporters } from './supporters.ts';

/** Matches looked at on each side for a neighbour in running text. */
const NEIGHBOURS = 16;
/** Tests that more than this share of all numbers pass prove nothing by themselves. */
const WEAK_RATE = 0.2;
/** Before a record and behind it. */
const BOTH_WAYS: readonly number[] = [-1, 1];

export function conclude(engine: Engine, options: DetectOptions, gathered: Gathered): Detection {
  return new Conclusion(engine, options, gathered).detection();
}

class Conclusion {
  readonly #engine: Engine;
  readonly #options: DetectOptions;
  readonly #gathered: Gathered;
  readonly #levels: Uint8Array;
  readonly #least: Level;
  /** By detector. */
  readonly #ranks: Uint8Array;
  /** By detector: the first one of its country. */
  readonly #countries: Int32Array;
  /** By detector, of the record asked last: can a neighbour lift it? */
  readonly #liftable: { flags: number; level: Level; lifts: boolean }[] = [];

  constructor(engine: Engine, options: DetectOptions, gathered: Gathered) {
    this.#engine = engine;
    this.#options = options;
    this.#gathered = gathered;
    this.#ranks = Uint8Array.from(engine.rules, ({ kind }) => RANK[kind]);
    const ids = engine.rules.map(({ id }) => countryOf(id));
    this.#countries = Int32Array.from(ids, (id) => ids.indexOf(id));
    this.#levels = new Uint8Array(gathered.records.size);
    this.#least = levelOf(options.minConfidence ?? 'medium');
  }

  detection(): Detection {
    this.#judgeColumns();
    this.#judgeNeighbours();
    this.#resolveOverlaps();
    this.#dropStray();
    const persons = new PersonCount(this.#engine, this.#gathered, this.#levels).count();
    const reported = new Reported(this.#engine, this.#gathered, this.#levels, this.#least);
    const hits = this.#options.collectHits ? reported.hits() : [];
    return { summaries: reported.summaries(), persons, hits };
  }

  #rule(record: number): Engine['rules'][number] {
    const rule = this.#engine.rules[this.#gathered.records.get(record, Field.rule)];
    if (!rule) throw new Error('a record without its detector');
    return rule;
  }

  #rank(record: number): number {
    return this.#ranks[this.#gathered.records.get(record, Field.rule)] ?? NO_RANK;
  }

  #flags(record: number): number {
    return this.#gathered.records.get(record, Field.flags);
  }

  #addFlags(record: number, flags: number): void {
    this.#gathered.records.set(record, Field.flags, this.#flags(record) | flags);
  }

  #judgeColumns(): void {
    const { records, columns, text } = this.#gathered;
    const isNoise = this.#engine.rules.map((_, number) => text.isNoise(number));
    const isWeak = this.#engine.rules.map(({ passRate }) => passRate.plausible > WEAK_RATE);
    const known = columns.map(({ statistics }) =>
      this.#engine.rules.map((rule, number) => columnFlags(rule, statistics[number])),
    );
    // Records of a column are much alike: the level of the one before mostly holds.
    const last = this.#engine.rules.map(() => ({ flags: -1, alone: -1, level: 0 }));
    for (let record = 0; record < records.size; record++) {
      const rule = records.get(record, Field.rule);
      let flags = this.#flags(record);
      if ((flags & Flag.masked) === 0) {
        const column = records.get(record, Field.column);
        if (column >= 0) flags |= known[column]?.[rule] ?? 0;
        // `+852 …` needs no company to be a telephone number.
        const isCertain = records.get(record, Field.alone) >= HIGH && isWeak[rule];
        if ((flags & Flag.row) === 0 && isNoise[rule] && !isCertain) flags |= Flag.noise;
        records.set(record, Field.flags, flags);
      }
      const alone = records.get(record, Field.alone);
      let same = last[rule];
      if (!same || same.flags !== flags || same.alone !== alone) {
        same = { flags, alone, level: ownLevel(this.#rule(record), flags, alone) };
        last[rule] = same;
      }
      this.#levels[record] = same.level;
    }
  }

  /** Raises matches beside another person's identifier; what is raised does not raise others. */
  #judgeNeighbours(): void {
    const { records } = this.#gathered;
    const own = this.#levels.slice();
    const supporters = new Supporters(own);
    const hinted = this.#hintedGroups();
    for (let record = 0; record < records.size; record++) {
      if (this.#rank(record) >= NO_RANK) continue;
      const flags = this.#flags(record);
      const isHinted = (flags & (Flag.header | Flag.near)) !== 0;
      // Where a word names another detector for the same characters, it is that one.
      if (!isHinted && hinted[records.get(record, Field.group)] === 1) continue;
      // The kindest neighbour would not lift it: no need to look for one.
      if (!this.#isLiftable(record, flags, own[record] ?? 0)) continue;
      const neighbour = this.#isOfPeople(record) ? 'kin' : this.#neighbour(record, supporters, own);
      if (neighbour === null || !this.#columnHolds(record)) continue;
      const before = own[record] ?? 0;
      const level = neighbourLevel(this.#rule(record), flags, before, neighbour === 'kin');
      if (level <= before) continue;
      this.#levels[record] = level;
      this.#addFlags(record, Flag.neighbour);
    }
  }

  /** In a table with a column of names? */
  #isOfPeople(record: number): boolean {
    return columnOf(this.#gathered, record)?.ofPeople === true;
  }

  /** By group: 1 where a word speaks for one of its matches. */
  #hintedGroups(): Uint8Array {
    const { records } = this.#gathered;
    const groups = new Uint8Array(
      records.size === 0 ? 0 : records.get(records.size - 1, Field.group) + 1,
    );
    for (let record = 0; record < records.size; record++) {
      if ((this.#flags(record) & (Flag.header | Flag.near)) !== 0) {
        groups[records.get(record, Field.group)] = 1;
      }
    }
    return groups;
  }

  #isLiftable(record: number, flags: number, level: Level): boolean {
    const number = this.#gathered.records.get(record, Field.rule);
    const same = this.#liftable[number];
    if (same && same.flags === flags && same.level === level) return same.lifts;
    const lifts = neighbourLevel(this.#rule(record), flags, level, true) > level;
    this.#liftable[number] = { flags, level, lifts };
    return lifts;
  }

  #columnHolds(record: number): boolean {
    const rule = this.#gathered.records.get(record, Field.rule);
    return columnOf(this.#gathered, record)?.statistics[rule]?.mostlyPasses ?? true;
  }

  /** The best support within reach: a person's number of the same country, or any other's. */
  #neighbour(record: number, supporters: Supporters, own: Uint8Array): 'kin' | 'stranger' | null {
    const { records } = this.#gathered;
    const country = this.#countries[records.get(record, Field.rule)];
    let best: 'stranger' | null = null;
    for (const step of BOTH_WAYS) {
      for (let i = 1; i <= NEIGHBOURS; i++) {
        const other = supporters.from(record, step * i);
        if (other < 0 || !this.#isNear(record, other)) break;
        if (!this.#supports(record, other, own)) continue;
        if (this.#countries[records.get(other, Field.rule)] === country) return 'kin';
        best = 'stranger';
      }
    }
    return best;
  }

  #isNear(record: number, other: number): boolean {
    const { records } = this.#gathered;
    if (((this.#flags(record) ^ this.#flags(other)) & Flag.row) !== 0) return false;
    const distance = Math.abs(records.row(record) - records.row(other));
    if ((this.#flags(record) & Flag.row) !== 0) return distance === 0;
    const bytes = records.get(record, Field.start) - records.get(other, Field.start);
    return distance <= 1 && Math.abs(bytes) <= NEAR_BYTES;
  }

  /** Does something that counts and ranks before `rank` lie within reach? */
  #hasAround(record: number, supporters: Supporters, rank: number): boolean {
    for (const step of BOTH_WAYS) {
      for (let i = 1; i <= NEIGHBOURS; i++) {
        const other = supporters.from(record, step * i);
        if (other < 0 || !this.#isNear(record, other)) break;
        if ((this.#flags(other) & Flag.counts) !== 0 && this.#rank(other) < rank) return true;
      }
    }
    return false;
  }

  #supports(record: number, other: number, own: Uint8Array): boolean {
    const { records } = this.#gathered;
    const rank = this.#rank(other);
    const level = own[other] ?? 0;
    if (level < MEDIUM || records.get(other, Field.group) === records.get(record, Field.group)) {
      return false;
    }
    const isRow = (this.#flags(record) & Flag.row) !== 0;
    // In running text a name beside it confirms an identifier, and makes none.
    const isNumber = this.#rank(record) < RANK.contact;
    if (rank >= NO_RANK) return !isRow && isNumber && (own[record] ?? 0) >= MEDIUM;
    if (isRow) return level >= HIGH || !this.#isBarePhone(other);
    // Change logs are full of addresses beside hashes, and a line of numbers passes some check somewhere.
    const isNamed = (this.#flags(other) & (Flag.header | Flag.near)) !== 0;
    return rank < RANK.contact && (level >= HIGH || isNamed);
  }

  /** Digits that only a numbering plan makes a telephone number: rows of statistics hold such. */
  #isBarePhone(record: number): boolean {
    if (this.#rule(record).id !== 'intl.phone') return false;
    return (this.#flags(record) & (Flag.header | Flag.near | Flag.printed)) === 0;
  }

  /** Names, addresses and dates count only beside an identifier; under a header alone they stay low. */
  #dropStray(): void {
    const { records } = this.#gathered;
    const supporters = new Supporters(this.#levels);
    for (let record = 0; record < records.size; record++) {
      if (this.#rank(record) < NO_RANK) continue;
      const isHeaded = (this.#flags(record) & Flag.header) !== 0;
      // Beside an address of electronic mail any two capitalised words look like a name.
      const rank = isHeaded ? NO_RANK : RANK.contact;
      const holds = this.#hasAround(record, supporters, rank);
      if (!holds) this.#levels[record] = isHeaded ? Math.min(this.#levels[record] ?? 0, LOW) : 0;
    }
  }

  #resolveOverlaps(): void {
    const { records } = this.#gathered;
    for (let from = 0; from < records.size; ) {
      const group = records.get(from, Field.group);
      let to = from + 1;
      while (to < records.size && records.get(to, Field.group) === group) to++;
      // Most stand alone.
      if (to > from + 1) this.#resolveGroup(from, to);
      else if ((this.#levels[from] ?? 0) > 0 && this.#rule(from).kind !== 'company') {
        this.#addFlags(from, Flag.counts);
      }
      from = to;
    }
  }

  /** The best match takes its span; the same span may be several things, an overlapping one is a part of it. */
  #resolveGroup(from: number, to: number): void {
    const { records } = this.#gathered;
    const order: number[] = [];
    for (let record = from; record < to; record++) {
      if ((this.#levels[record] ?? 0) > 0 && !this.#isPart(record, from, to)) order.push(record);
    }
    if (order.length > 1) order.sort((a, b) => this.#strength(b) - this.#strength(a));
    const taken: { start: number; end: number; isCompany: boolean }[] = [];
    for (const record of order) {
      const start = records.get(record, Field.start);
      const end = records.get(record, Field.end);
      const isCompany = this.#rule(record).kind === 'company';
      const isFree = taken.every((other) => {
        if (start >= other.end || end <= other.start) return true;
        return start === other.start && end === other.end && !other.isCompany;
      });
      if (!isFree) continue;
      taken.push({ start, end, isCompany });
      if (!isCompany) this.#addFlags(record, Flag.counts);
    }
  }

  /**
   * Does the same detector hold for more of the text (`2345-6789` in `(02) 2345-6789`), or another
   * one with proof or as good a ground (`4111 1111 1111` in a card number)?
   */
  #isPart(record: number, from: number, to: number): boolean {
    const { records } = this.#gathered;
    for (let other = from; other < to; other++) {
      const before = records.get(record, Field.start) - records.get(other, Field.start);
      const behind = records.get(other, Field.end) - records.get(record, Field.end);
      if (before < 0 || behind < 0 || before + behind === 0) continue;
      const level = this.#levels[other] ?? 0;
      const isLess = level < (this.#levels[record] ?? 0);
      // Broken over a line end it is two numbers more often than one.
      if (isLess && (this.#flags(other) & Flag.broken) !== 0) continue;
      if (records.get(other, Field.rule) === records.get(record, Field.rule)) return true;
      if (level > 0 && (!isLess || (this.#flags(other) & Flag.proved) !== 0)) return true;
    }
    return false;
  }

  /** Confidence, then proof, then length, then a company before a person. */
  #strength(record: number): number {
    const { records } = this.#gathered;
    const length = Math.min(records.get(record, Field.end) - records.get(record, Field.start), 999);
    const proved = (this.#flags(record) & Flag.proved) !== 0 ? 4_000 : 0;
    const isCompany = this.#rule(record).kind === 'company';
    return (this.#levels[record] ?? 0) * 10_000 + proved + length * 2 + Number(isCompany);
  }
}

function countryOf(id: string): string {
  return id.slice(0, id.indexOf('.'));
}
