/**
 * One object's detection: candidates of its pieces become records with what can be seen on the
 * spot (judgement, words, decoys); what columns and rows say is decided when the object ends.
 */
import type { Detection, DetectOptions, Detector, ObjectDetection } from '../model/detector.ts';
import type { Piece, Place } from '../model/piece.ts';
import { Anchors } from './anchors.ts';
import type { ObjectAsks } from './asks.ts';
import { flagsOf } from './candidateflags.ts';
import { FEW, MaskCounts } from './candidates.ts';
import { NO_SLOT } from './cellslots.ts';
import { type ColumnState, Columns, countIn, findInTable } from './columns.ts';
import { conclude } from './conclude.ts';
import { decoyFlags } from './decoys.ts';
import type { Engine, Reader } from './engine.ts';
import { isHopelessInText, isInert } from './evidence.ts';
import { type Found, ROWS } from './finders.ts';
import { Flag, type Level, LOW, levelOf } from './flags.ts';
import type { FormSlot } from './forms.ts';
import type { Evidence } from './gathered.ts';
import { type Candidate, Mode } from './kernel/matcher.ts';
import type { RowEntry } from './kernel/tables.ts';
import { maskMatch } from './mask.ts';
import { TextStatistics } from './noise.ts';
import { PieceReader } from './reader.ts';
import { Field, Records } from './records.ts';
import { RunningText } from './running.ts';
import { recordAlike, SettledCells } from './settled.ts';
import { Waiting } from './waiting.ts';

/** Of one compact form, for hashing; matches are shorter. */
const codes = new Uint8Array(1024);
/** Overlapping candidates in one group; chains in hostile text are cut here. */
const GROUP_MAX = 64;
/** Evidence kept for each detector and form: in a column, in all running text. */
const COLUMN_SAMPLES = 4;
const TEXT_SAMPLES = 12;
/** Evidence of what is never quoted. */
const HIDDEN = '***';

export class ObjectDetector implements ObjectDetection {
  readonly #engine: Engine;
  readonly #options: DetectOptions;
  readonly #records = new Records();
  readonly #columns: Columns;
  readonly #masks = new MaskCounts();
  readonly #pieceStarts: number[] = [];
  readonly #evidence: Evidence[] = [];
  readonly #textSamples: Uint8Array;
  readonly #text: TextStatistics;
  readonly #asks: ObjectAsks;
  readonly #running: RunningText;
  readonly #anchors: Anchors;
  readonly #words = new Uint32Array(2);
  /** Number of the column at hand, or -1. */
  #column = -1;
  #group = 0;
  #groupStart = 0;
  #groupIsHopeless = true;
  readonly #least: Level;
  readonly #settled: SettledCells | null;
  /** What waits in the piece at hand, and which piece that is. */
  #waiting: Waiting | null = null;
  #reader: PieceReader | null = null;
  #firstRow = 0;
  /** Does something that finders found still wait for its row? */
  #isHeld = false;

  constructor(engine: Engine, options: DetectOptions) {
    this.#engine = engine;
    this.#options = options;
    this.#least = levelOf(options.minConfidence ?? 'medium');
    this.#textSamples = new Uint8Array(engine.rules.length * 2);
    this.#text = new TextStatistics(engine.rules);
    this.#asks = engine.asks.of(this.#least);
    // Each hit, and each value that the allow list may name, is looked at by itself.
    const isCounting = options.collectHits !== true && engine.allow.isEmpty;
    this.#running = new RunningText(engine, this.#asks, this.#text, this.#least, {
      take: (candidate, reader) => this.#accept(candidate, undefined, reader),
      takeDone: (slot, start, end, hash, reader) =>
        this.#takeDone(slot, { start, end }, hash, reader),
      isShown: isCounting ? (rule) => this.#isShown(rule) : null,
    });
    this.#anchors = new Anchors(engine, options.collectHits === true, () =>
      this.#running.renewForms(),
    );
    this.#columns = new Columns(engine);
    this.#settled = isCounting
      ? new SettledCells(
          engine,
          this.#columns,
          { shown: COLUMN_SAMPLES, least: this.#least },
          (entries, row, open) => this.#takeRow(entries, row, open),
        )
      : null;
  }

  piece(piece: Piece): void {
    this.#pieceStarts.push(this.#records.size);
    const reader = new PieceReader(piece, this.#engine, this.#pieceStarts.length);
    const isTable = reader.hasBorders;
    const found = isTable ? this.#findIn(piece.text, reader) : [];
    this.#anchors.beginPiece();
    const waiting = new Waiting((candidate) => this.#take(candidate, reader));
    this.#waiting = waiting;
    this.#reader = reader;
    this.#engine.refusals.clear();
    const settled = this.#settledCells(piece, reader, found.length > 0);
    this.#isHeld = found.length > 0;
    this.#running.begin(reader);
    const visitor: Reader = {
      enter: (cell) => {
        waiting.flush();
        this.#recordFound(found, this.#engine.folder.start(cell.cellStart), reader);
        if (this.#isHeld && found.length === 0) this.#settled?.hold(false);
        this.#isHeld = found.length > 0;
        reader.enter(cell);
        const { column } = reader.place;
        this.#column = this.#columns.number(column);
        const state = this.#columns.states[this.#column];
        if (!isTable && !state && reader.place.row === null) return null;
        if (!isTable || !state) return this.#engine.accepting;
        return state.mutesMore && reader.isMute(state.name) ? state.mute : state.filter;
      },
      note: (automaton, start, found) => this.#running.note(automaton, start, found),
      take: (candidate) => {
        if (settled > 0) this.#settled?.takeRow(this.#engine.row, this.#engine.scanner.cellStart);
        waiting.add(candidate);
      },
    };
    this.#engine.read(piece.text, visitor, settled);
    waiting.flush();
    this.#running.workOff(true);
    this.#recordFound(found, Number.POSITIVE_INFINITY, reader);
    if (!isTable) this.#text.refuse(this.#engine.refusals.counts);
    this.#closeGroup();
  }

  /** How many cells of a row may be settled: in tables whose rows are all alike. */
  #settledCells({ grid }: Piece, reader: PieceReader, isHeld: boolean): number {
    if (!grid || !this.#settled) return 0;
    this.#firstRow = grid.firstRow;
    const cells = reader.firstRow().length;
    return this.#settled.begin((cell) => this.#columns.number(grid.column(cell)), cells, isHeld);
  }

  /** Records what a row of settled cells holds that goes the long way after all; `open`: see settled.ts. */
  #takeRow(entries: readonly RowEntry[], row: number, open = -1): void {
    this.#waiting?.flush();
    let cell = -1;
    for (const { slot, at, low, high } of entries) {
      if (at !== cell) this.#closeGroup();
      cell = at;
      this.#groupIsHopeless = false;
      const { rule, column, flags, alone, start, end } = this.#settled?.slots.slot(slot) ?? NO_SLOT;
      this.#words[0] = low;
      this.#words[1] = high;
      const record = this.#records.add(this.#firstRow + row);
      const from = this.#engine.folder.start(at);
      this.#records.fill(
        record,
        rule,
        flags,
        this.#words,
        this.#group,
        from + start,
        at === open ? (this.#reader?.openGroup() ?? 0) : from + end,
        column,
        alone,
      );
    }
    if (cell !== open) this.#closeGroup();
  }

  end(): Detection {
    this.#waiting = this.#reader = null;
    const alike = recordAlike(this.#settled?.end() ?? [], this.#records, (entries, number) =>
      this.#takeRow(entries, -1 - number - this.#firstRow),
    );
    const detection = conclude(this.#engine, this.#options, {
      records: this.#records,
      columns: this.#columns.states,
      pieceStarts: this.#pieceStarts,
      text: this.#text,
      evidence: this.#evidence,
      alike,
    });
    this.#settled?.release();
    this.#running.release();
    return detection;
  }

  #take(candidate: Candidate, reader: PieceReader): void {
    const rule = this.#engine.rules[candidate.rule];
    if (!rule) return;
    reader.moveTo(candidate);
    const { place } = reader;
    const state = this.#columns.states[this.#column];
    if (state && !candidate.masked && this.#count(state, rule, candidate)) return;
    if (candidate.judgement === 'no') return;
    if (place.row === null && !candidate.masked) this.#text.count(candidate.rule, 1, 0);
    this.#accept(candidate, state, reader);
  }

  /** Records what a judge accepted. */
  #accept(candidate: Candidate, state: ColumnState | undefined, reader: PieceReader): void {
    const rule = this.#engine.rules[candidate.rule];
    if (!rule) return;
    reader.moveTo(candidate);
    const decoys = candidate.masked ? 0 : decoyFlags(rule, candidate.match);
    const flags = decoys | flagsOf(candidate, state, reader, this.#engine.folder);
    this.#record(candidate, rule, flags, reader);
  }

  /** Adds to the column's statistics; true when they say by now that no match there will be reported. */
  #count(state: ColumnState, rule: Detector, candidate: Candidate): boolean {
    const statistics = countIn(state, rule, candidate);
    if (!statistics.isFull && !statistics.isBarren) return false;
    const flags = statistics.isFull ? statistics.flags() : 0;
    const isHopeless = this.#least > LOW && (flags & Flag.chance) !== 0;
    const mode = statistics.isFull ? Mode.accepted : Mode.all;
    const isOther = state.filter.set(candidate.rule, isHopeless ? Mode.skip : mode);
    const isMute = isHopeless || isInert(rule, flags, state.voices[candidate.rule]);
    if (state.mute.set(candidate.rule, isMute ? Mode.skip : mode) || isOther) {
      this.#settled?.renew(this.#column);
      const { modes } = state.filter;
      state.mutesMore = state.mute.modes.some((mode, number) => mode !== modes[number]);
    }
    return isHopeless;
  }

  /** Forgets an overlap group in running text of which nothing can come. */
  #closeGroup(): void {
    const isHopeless = this.#groupIsHopeless;
    if (isHopeless) this.#records.truncate(this.#groupStart);
    this.#anchors.close(isHopeless, (found, { reader, place, line }) => {
      this.#group++;
      this.#addFound(found, Flag.beside, -1, reader, place, line);
    });
    this.#groupStart = this.#records.size;
    this.#groupIsHopeless = true;
    this.#group++;
  }

  /** Records what the kernel accepted in running text. */
  #takeDone(
    { rule, flags, alone, isHopeless }: FormSlot,
    span: Pick<Candidate, 'start' | 'end'>,
    hash: Uint32Array,
    reader: PieceReader,
  ): void {
    reader.moveTo(span);
    if (reader.startsGroup(span, GROUP_MAX)) this.#closeGroup();
    if (!isHopeless) this.#groupIsHopeless = false;
    const record = this.#records.add(reader.line);
    const { start, end } = reader;
    this.#records.fill(record, rule, flags, hash, this.#group, start, end, -1, alone);
  }

  /** Is nothing more to be shown of a detector in running text, and nothing to be looked for around it? */
  #isShown(rule: number): boolean {
    if ((this.#textSamples[rule * 2] ?? 0) < TEXT_SAMPLES) return false;
    return this.#anchors.isDoneWith(this.#engine.rules[rule]);
  }

  #record(candidate: Candidate, rule: Detector, seen: number, reader: PieceReader): void {
    const column = this.#column;
    const { match } = candidate;
    const records = this.#records;
    if (reader.startsGroup(candidate, GROUP_MAX)) this.#closeGroup();
    const worth = levelOf(rule.aloneFor?.(match) ?? rule.alone);
    const most = candidate.masked ? levelOf(rule.masksAlone ?? 'low') : worth;
    const alone = Math.min(worth, most);
    const isHopeless = isHopelessInText(rule, seen, alone, this.#least);
    const record = records.add(reader.place.row ?? reader.line);
    if (!isHopeless) {
      this.#groupIsHopeless = false;
      if (reader.place.row === null) this.#anchors.meet(rule, reader);
      if (rule.canonical) this.#engine.hasher.halves(rule.canonical(match), this.#words);
      else this.#engine.hasher.halvesOf(codes, match.codes(codes), this.#words);
    }
    const flags = isHopeless ? seen : seen | this.#allowed(rule, match.compact);
    const { start, end } = reader;
    records.fill(
      record,
      candidate.rule,
      flags,
      this.#words,
      this.#group,
      start,
      end,
      column,
      alone,
    );
    if (!isHopeless && this.#wantsEvidence(candidate, column)) {
      const left = candidate.masked ? this.#masks.left(rule, match.compact, reader) : null;
      if (left !== null && left < FEW) records.set(record, Field.flags, flags | Flag.thin);
      const masked = maskMatch(rule, match);
      this.#evidence.push({ record, masked, label: reader.label(), candidates: left });
    }
  }

  /** The flag of a value that the allow list names; its hash lies in `#words`. */
  #allowed(rule: Detector, compact: string): number {
    const { allow } = this.#engine;
    if (allow.isEmpty) return 0;
    const [low = 0, high = 0] = this.#words;
    const { path = '' } = this.#options;
    return allow.allows(rule.id, compact, low, high, path) ? Flag.allowed : 0;
  }

  #wantsEvidence(
    candidate: { readonly rule: number; readonly masked: boolean },
    column: number,
  ): boolean {
    if (this.#options.collectHits) return true;
    // In running text there is no column, and to look for the one before the first is slow.
    const state = column < 0 ? undefined : this.#columns.states[column];
    const counts = state?.samples ?? this.#textSamples;
    const slot = candidate.rule * 2 + (candidate.masked ? 1 : 0);
    const limit = column < 0 ? TEXT_SAMPLES : COLUMN_SAMPLES;
    if ((counts[slot] ?? 0) >= limit) return false;
    counts[slot] = (counts[slot] ?? 0) + 1;
    if (column < 0 && counts[slot] === limit) this.#running.renewForms();
    return true;
  }

  #findIn(text: Uint8Array, reader: PieceReader): Found[] {
    const most = this.#options.collectHits === true ? Number.POSITIVE_INFINITY : ROWS;
    return findInTable(this.#engine, this.#columns, text, reader.firstRow(), most);
  }

  /** Records what was found before an offset of the text, and forgets it. */
  #recordFound(found: Found[], before: number, reader: PieceReader): void {
    if (found.length === 0) return;
    let count = 0;
    for (const one of found) {
      if (one.start >= before) break;
      count++;
      reader.goTo(one.start);
      const { column } = reader.place;
      const number = this.#columns.number(column);
      // A row with other cells than the first one's: JSON.
      const isNamed = this.#columns.states[number]?.labelVoices[one.rule] === 'for';
      if (one.headed && !isNamed) continue;
      this.#addFound(one, Flag.row | (one.headed ? Flag.header : Flag.beside), number, reader);
    }
    found.splice(0, count);
  }

  #addFound(
    found: Found,
    flags: number,
    column: number,
    reader: PieceReader,
    place: Place = reader.place,
    line: number = reader.line,
  ): void {
    const rule = this.#engine.rules[found.rule];
    if (!rule) return;
    const records = this.#records;
    const isRow = (flags & Flag.row) !== 0;
    if (isRow) this.#closeGroup();
    const record = records.add(isRow ? (reader.place.row ?? line) : line);
    this.#groupIsHopeless = false;
    this.#engine.hasher.halves(found.text.normalize('NFKC').toUpperCase(), this.#words);
    records.set(record, Field.rule, found.rule);
    records.set(record, Field.flags, found.form === 'partial' ? flags | Flag.partial : flags);
    records.set(record, Field.hashLow, this.#words[0] ?? 0);
    records.set(record, Field.hashHigh, this.#words[1] ?? 0);
    records.set(record, Field.group, this.#group);
    records.set(record, Field.start, found.start);
    records.set(record, Field.end, found.end);
    records.set(record, Field.column, column);
    records.set(record, Field.alone, levelOf(rule.alone));
    if (this.#wantsEvidence({ rule: found.rule, masked: true }, column)) {
      this.#evidence.push({ record, masked: HIDDEN, label: place.label, candidates: null });
    }
    if (isRow) this.#closeGroup();
  }
}
