/**
 * One object's detection: candidates of its pieces become records with what can be seen on the
 * spot (judgement, words, decoys); what columns and rows say is decided when the object ends.
 */
import type { Detection, DetectOptions, Detector, ObjectDetection } from '../model/detector.ts';
import { CELL, type Column, type Piece, type Place, ROW } from '../model/piece.ts';
import { ColumnStatistics } from './column.ts';
import { conclude } from './conclude.ts';
import { decoyFlags, seriesFlags, spellingFlags } from './decoys.ts';
import type { CellPlace, Engine } from './engine.ts';
import { neighbourLevel, ownLevel } from './evidence.ts';
import { Flag, type Level, LOW, levelOf, MEDIUM } from './flags.ts';
import { headerVoices, plainWords, type Voice } from './hints.ts';
import { type Candidate, Filter, Mode } from './kernel/matcher.ts';
import { maskMatch } from './mask.ts';
import { TextStatistics } from './noise.ts';
import { Field, Records } from './records.ts';
import { Surroundings } from './surroundings.ts';

/** Candidates kept before the earlier ones are worked off. */
const PENDING = 8192;
/** The scanner goes back at most this far for a start. */
const REACH = 512;
/** Overlapping candidates in one group; chains in hostile text are cut here. */
const GROUP_MAX = 64;
/** Evidence kept for each detector and form: in a column, in all running text. */
const COLUMN_SAMPLES = 4;
const TEXT_SAMPLES = 12;
const LINE_FEED = 10;
/** More than a piece can have. */
const LINES_BETWEEN_PIECES = 2 ** 32;

export interface ColumnState {
  readonly name: string;
  readonly voices: readonly Voice[];
  readonly statistics: (ColumnStatistics | null)[];
  /** What is still to be looked at. */
  readonly filter: Filter;
  /** By detector × 2 + masked. */
  readonly samples: Uint8Array;
}

/** What may be shown of one match. The place is not yet masked. */
export interface Evidence {
  readonly record: number;
  readonly masked: string;
  readonly label: string;
}

/** All that is known of an object when its pieces have passed. */
export interface Gathered {
  readonly records: Records;
  readonly columns: readonly ColumnState[];
  /** Record numbers at which running-text pieces begin. */
  readonly pieceStarts: readonly number[];
  /** Of all running text. */
  readonly text: TextStatistics;
  readonly evidence: readonly Evidence[];
}

export class ObjectDetector implements ObjectDetection {
  readonly #engine: Engine;
  readonly #options: DetectOptions;
  readonly #records = new Records();
  readonly #columns: ColumnState[] = [];
  readonly #columnNumbers = new Map<number, number>();
  readonly #pieceStarts: number[] = [];
  readonly #evidence: Evidence[] = [];
  readonly #textSamples: Uint8Array;
  readonly #text: TextStatistics;
  readonly #words = new Uint32Array(2);
  #pending: Candidate[] = [];
  /** Number of the column at hand, or -1. */
  #column = -1;
  #pendingLimit = PENDING;
  #group = 0;
  #groupStart = 0;
  #groupIsHopeless = true;
  readonly #least: Level;

  constructor(engine: Engine, options: DetectOptions) {
    this.#engine = engine;
    this.#options = options;
    this.#least = levelOf(options.minConfidence ?? 'medium');
    this.#textSamples = new Uint8Array(engine.rules.length * 2);
    this.#text = new TextStatistics(engine.rules.length);
  }

  piece(piece: Piece): void {
    const isTable = piece.text.includes(ROW) || piece.text.includes(CELL);
    this.#pieceStarts.push(this.#records.size);
    const reader = new PieceReader(piece, this.#engine, this.#pieceStarts.length);
    this.#pending = [];
    this.#engine.refusals.clear();
    this.#engine.read(piece.text, {
      enter: (cell) => {
        this.#flush(reader);
        reader.enter(cell);
        const { column } = reader.place;
        this.#column = column ? this.#columnNumber(column) : -1;
        const state = this.#columns[this.#column];
        return isTable && state ? state.filter : this.#engine.accepting;
      },
      take: (candidate) => {
        if (this.#pending.length >= this.#pendingLimit) {
          this.#workOff(candidate.start - REACH, reader);
        }
        this.#pending.push(candidate);
      },
    });
    this.#flush(reader);
    if (!isTable) this.#text.refuse(this.#engine.refusals.counts);
    this.#closeGroup();
  }

  end(): Detection {
    return conclude(this.#engine, this.#options, {
      records: this.#records,
      columns: this.#columns,
      pieceStarts: this.#pieceStarts,
      text: this.#text,
      evidence: this.#evidence,
    });
  }

  /** Works off all: the cell is at its end. */
  #flush(reader: PieceReader): void {
    const pending = this.#pending;
    if (pending.length > 1) pending.sort(bySpan);
    for (const candidate of pending) this.#take(candidate, reader);
    pending.length = 0;
  }

  /** Works off what starts before `limit`: nothing that is still to come can start earlier. */
  #workOff(limit: number, reader: PieceReader): void {
    this.#pending.sort(bySpan);
    const cut = this.#pending.findIndex((candidate) => candidate.start >= limit);
    const ready = cut < 0 ? this.#pending : this.#pending.slice(0, cut);
    this.#pending = cut < 0 ? [] : this.#pending.slice(cut);
    for (const candidate of ready) this.#take(candidate, reader);
    // Where hostile text crowds candidates within the reach, sorting at each one would be quadratic.
    this.#pendingLimit = Math.max(PENDING, this.#pending.length * 2);
  }

  #take(candidate: Candidate, reader: PieceReader): void {
    const rule = this.#engine.rules[candidate.rule];
    if (!rule) return;
    reader.moveTo(candidate);
    const { place } = reader;
    const state = this.#columns[this.#column];
    if (state && !candidate.masked && this.#count(state, rule, candidate)) return;
    if (candidate.judgement === 'no') return;
    if (place.row === null && !candidate.masked) this.#text.pass(candidate.rule);
    const decoys = candidate.masked ? 0 : decoyFlags(rule, candidate.match);
    const flags = decoys | this.#flags(candidate, state, reader);
    this.#record(candidate, rule, flags, reader);
  }

  /** Adds to the column's statistics; true when they say by now that no match there will be reported. */
  #count(state: ColumnState, rule: Detector, candidate: Candidate): boolean {
    const statistics = state.statistics[candidate.rule] ?? new ColumnStatistics();
    state.statistics[candidate.rule] = statistics;
    if (!statistics.isFull) {
      const decoys = decoyFlags(rule, candidate.match);
      statistics.add(candidate.match, candidate.judgement, decoys);
    }
    if (!statistics.isFull) return false;
    const isHopeless = this.#least > LOW && (statistics.flags(rule) & Flag.chance) !== 0;
    state.filter.set(candidate.rule, isHopeless ? Mode.skip : Mode.accepted);
    return isHopeless;
  }

  #flags(candidate: Candidate, state: ColumnState | undefined, reader: PieceReader): number {
    let flags = reader.place.row === null ? 0 : Flag.row;
    if (candidate.masked) flags |= Flag.masked;
    if (candidate.judgement === 'proved') flags |= Flag.proved;
    const { text, length } = this.#engine.folder;
    const { start, end, match } = candidate;
    flags |= seriesFlags(text, length, start, end, match.folded);
    const spelling = spellingFlags(text, start, end);
    const isText = reader.place.row === null && !candidate.masked && !match.folded.includes('@');
    flags |= isText ? spelling : spelling & ~Flag.lower;
    const header = state?.voices[candidate.rule] ?? null;
    if (header === 'for') flags |= Flag.header;
    const near = reader.surroundings.voice(candidate.rule, state?.name === '');
    if (near === 'for') flags |= Flag.near;
    if (near === 'against' ? header !== 'for' : header === 'against' && near !== 'for') {
      flags |= Flag.against;
    }
    return flags;
  }

  /** In running text, where no column is still to speak: can this match be reported or support another? */
  #isHopeless(rule: Detector, flags: number, alone: number): boolean {
    if ((flags & Flag.row) !== 0) return false;
    const own = ownLevel(rule, flags, alone);
    return own < MEDIUM && neighbourLevel(rule, flags, own, true) < this.#least;
  }

  /** Forgets an overlap group in running text of which nothing can come. */
  #closeGroup(): void {
    if (this.#groupIsHopeless) this.#records.truncate(this.#groupStart);
    this.#groupStart = this.#records.size;
    this.#groupIsHopeless = true;
    this.#group++;
  }

  #record(candidate: Candidate, rule: Detector, flags: number, reader: PieceReader): void {
    const column = this.#column;
    const { match } = candidate;
    const records = this.#records;
    if (reader.startsGroup(candidate, GROUP_MAX)) this.#closeGroup();
    const worth = levelOf(rule.aloneFor?.(match) ?? rule.alone);
    const most = candidate.masked ? levelOf(rule.masksAlone ?? 'low') : worth;
    const alone = Math.min(worth, most);
    const isHopeless = this.#isHopeless(rule, flags, alone);
    const record = records.add(reader.place.row ?? reader.line);
    if (!isHopeless) {
      this.#groupIsHopeless = false;
      this.#engine.hasher.halves(rule.canonical?.(match) ?? match.compact, this.#words);
    }
    records.set(record, Field.rule, candidate.rule);
    records.set(record, Field.flags, flags);
    records.set(record, Field.hashLow, this.#words[0] ?? 0);
    records.set(record, Field.hashHigh, this.#words[1] ?? 0);
    records.set(record, Field.group, this.#group);
    records.set(record, Field.start, reader.start);
    records.set(record, Field.end, reader.end);
    records.set(record, Field.column, column);
    records.set(record, Field.alone, alone);
    if (!isHopeless && this.#wantsEvidence(candidate, column)) {
      this.#evidence.push({ record, masked: maskMatch(rule, match), label: reader.label() });
    }
  }

  #wantsEvidence(candidate: Candidate, column: number): boolean {
    if (this.#options.collectHits) return true;
    const counts = this.#columns[column]?.samples ?? this.#textSamples;
    const slot = candidate.rule * 2 + (candidate.masked ? 1 : 0);
    const limit = column < 0 ? TEXT_SAMPLES : COLUMN_SAMPLES;
    if ((counts[slot] ?? 0) >= limit) return false;
    counts[slot] = (counts[slot] ?? 0) + 1;
    return true;
  }

  #columnNumber(column: Column): number {
    const known = this.#columnNumbers.get(column.index);
    if (known !== undefined) return known;
    const { hints, rules } = this.#engine;
    const found = column.name === '' ? [] : hints.find(plainWords(column.name));
    const number =
      this.#columns.push({
        name: column.name,
        voices: found.length > 0 ? headerVoices(found, rules.length) : [],
        statistics: [],
        filter: new Filter(rules.length, Mode.all),
        samples: new Uint8Array(rules.length * 2),
      }) - 1;
    this.#columnNumbers.set(column.index, number);
    return number;
  }
}

function bySpan(a: Candidate, b: Candidate): number {
  return a.start - b.start || b.end - a.end;
}

/** Follows the candidates through one piece: where each lies, on which line, in which overlap. */
class PieceReader {
  readonly #piece: Piece;
  readonly #engine: Engine;
  readonly surroundings: Surroundings;
  place: Place = { label: '', row: null, column: null };
  /** Offsets in the piece's text. */
  start = -1;
  end = -1;
  /** Line feeds before the candidate, with a gap between pieces. */
  line: number;
  /** The first line feed not yet counted, or -1: looked for once, since a text may be one long line. */
  #nextFeed: number;
  #groupEnd = 0;
  #groupSize = 0;
  #groupLast = -1;

  constructor(piece: Piece, engine: Engine, number: number) {
    this.#piece = piece;
    this.line = number * LINES_BETWEEN_PIECES;
    this.#engine = engine;
    this.surroundings = new Surroundings(piece.text, engine.hints);
    this.#nextFeed = piece.text.indexOf(LINE_FEED);
  }

  /** Goes to a cell: row and column are the same throughout. */
  enter({ cellStart }: CellPlace): void {
    this.place = this.#piece.locate(this.#engine.folder.start(cellStart));
  }

  moveTo(candidate: Candidate): void {
    this.start = this.#engine.folder.start(candidate.start);
    this.end = this.#engine.folder.end(candidate.end);
    this.surroundings.moveTo(this.start, this.end);
  }

  /** Where the candidate lies, as a person reads it. */
  label(): string {
    return this.#piece.locate(this.start).label;
  }

  /** True when the candidate overlaps none of those before it. */
  startsGroup(candidate: Candidate, max: number): boolean {
    this.#countLines();
    const isNew =
      candidate.start >= this.#groupEnd ||
      (this.#groupSize >= max && candidate.start > this.#groupLast);
    if (isNew) this.#groupSize = 0;
    this.#groupSize++;
    this.#groupLast = candidate.start;
    this.#groupEnd = isNew ? candidate.end : Math.max(this.#groupEnd, candidate.end);
    return isNew;
  }

  #countLines(): void {
    if (this.place.row !== null) return;
    while (this.#nextFeed >= 0 && this.#nextFeed < this.start) {
      this.line++;
      this.#nextFeed = this.#piece.text.indexOf(LINE_FEED, this.#nextFeed + 1);
    }
  }
}
