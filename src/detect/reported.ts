/** What is told of an object's matches, once it is decided what each is worth. */
import type { Hit, HitSummary } from '../model/detector.ts';
import { Draft, FORMS, formOf } from './draft.ts';
import type { Engine } from './engine.ts';
import { becauseOf, confidenceOf, Flag, type Level } from './flags.ts';
import { columnOf, type Gathered } from './gathered.ts';
import { maskText } from './masktext.ts';
import { Field } from './records.ts';

const FULL = FORMS.indexOf('full');

export class Reported {
  readonly #engine: Engine;
  readonly #gathered: Gathered;
  readonly #levels: Uint8Array;
  readonly #least: Level;

  /** `levels`: of each record, decided; what is worth less than `least` is not told. */
  constructor(engine: Engine, gathered: Gathered, levels: Uint8Array, least: Level) {
    this.#engine = engine;
    this.#gathered = gathered;
    this.#levels = levels;
    this.#least = least;
  }

  #rule(record: number): Engine['rules'][number] {
    const rule = this.#engine.rules[this.#gathered.records.get(record, Field.rule)];
    if (!rule) throw new Error('a record without its detector');
    return rule;
  }

  #flags(record: number): number {
    return this.#gathered.records.get(record, Field.flags);
  }

  #isReported(record: number): boolean {
    return (this.#flags(record) & Flag.counts) !== 0 && (this.#levels[record] ?? 0) >= this.#least;
  }

  /** By detector and form, in the order in which the first ones lie. */
  summaries(): HitSummary[] {
    const { records, evidence, alike } = this.#gathered;
    const slots = new Int32Array(records.size).fill(-1);
    const counts = new Uint32Array(this.#engine.rules.length * FORMS.length);
    for (let record = 0; record < records.size; record++) {
      if (!this.#isReported(record)) continue;
      const slot = this.#slot(record);
      slots[record] = slot;
      counts[slot] = (counts[slot] ?? 0) + 1;
    }
    const drafts = new Map<number, Draft>();
    const bySlot: (Draft | undefined)[] = Array.from(counts, () => undefined);
    for (let record = 0; record < slots.length; record++) {
      const slot = slots[record] ?? -1;
      if (slot < 0) continue;
      let draft = bySlot[slot];
      if (!draft) {
        draft = new Draft(counts[slot] ?? 0);
        drafts.set(slot, draft);
        bySlot[slot] = draft;
      }
      const lists = alike.size > 0 ? alike.get(record) : undefined;
      const rows = lists?.reduce((sum, list) => sum + list.length / 2, 0) ?? 1;
      draft.see(this.#levels[record] ?? 0, this.#flags(record), this.#chance(record), rows);
      if (lists) draft.values.addAll(lists);
      else
        draft.values.add(records.get(record, Field.hashLow), records.get(record, Field.hashHigh));
    }
    for (const one of evidence) bySlot[slots[one.record] ?? -1]?.show(one);
    return [...drafts].map(([slot, draft]) => this.#summary(slot, draft));
  }

  #slot(record: number): number {
    const flags = this.#flags(record);
    const form = (flags & (Flag.masked | Flag.partial)) === 0 ? FULL : FORMS.indexOf(formOf(flags));
    return this.#gathered.records.get(record, Field.rule) * FORMS.length + form;
  }

  #summary(slot: number, draft: Draft): HitSummary {
    const rule = this.#engine.rules[Math.floor(slot / FORMS.length)];
    if (!rule) throw new Error('a summary without its detector');
    return {
      detector: rule.id,
      kind: rule.kind,
      form: FORMS[slot % FORMS.length] ?? 'full',
      hits: draft.hits,
      confidence: confidenceOf(draft.level),
      values: draft.values.values(),
      samples: draft.samples.map(({ masked, label }) => ({
        masked,
        place: maskText(this.#engine, label),
      })),
      candidates: draft.candidates,
      because: becauseOf(draft.flags, draft.chance, draft.candidates),
    };
  }

  /** Probability that chance fills the record's column so; 1 where there is no column. */
  #chance(record: number): number {
    const rule = this.#gathered.records.get(record, Field.rule);
    return columnOf(this.#gathered, record)?.statistics[rule]?.chance ?? 1;
  }

  /** One by one, where evidence was kept of each. */
  hits(): Hit[] {
    const { records, evidence } = this.#gathered;
    const hits: Hit[] = [];
    for (const { record, masked, label, candidates } of evidence) {
      if (!this.#isReported(record)) continue;
      const rule = this.#rule(record);
      const flags = this.#flags(record);
      const column = columnOf(this.#gathered, record);
      hits.push({
        detector: rule.id,
        kind: rule.kind,
        form: formOf(flags),
        confidence: confidenceOf(this.#levels[record] ?? 0),
        masked,
        place: maskText(this.#engine, label),
        column: column ? maskText(this.#engine, column.name) : null,
        candidates,
        because: becauseOf(flags, this.#chance(record), candidates),
        start: records.get(record, Field.start),
        end: records.get(record, Field.end),
      });
    }
    return hits;
  }
}
