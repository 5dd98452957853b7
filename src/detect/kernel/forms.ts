/**
 * The memory in which forms of running text are described to the WebAssembly (assembly/forms.as). It
 * belongs to one object at a time, as that of tables does.
 */
import type { Calls, Machine } from './machine.ts';
import { Answer, SlotMemory } from './slotmemory.ts';

/** A check takes some two kilobytes, a form some hundred bytes. */
const SIZE = 4 * 1024 * 1024;
/** Known forms, of so many bytes each; then what was accepted, then work of a place. */
const FORMS = 1024;
const FORM_BYTES = 64;
const ROOM = 1024;
const DONE_BYTES = 32;
/** Entries of a program, and what each needs while a place is judged. */
export const MOST_ENTRIES = 32;
const WORK_BYTES = 7;

/** Nothing comes of what is accepted; its place goes the long way. */
export const IDLE = -1;
export const ASKED = -2;

/** What is to be done with one detector's shapes at one end; see assembly/forms.as. */
export interface FormEntry {
  /** Index of the end, from the shortest on. */
  readonly end: number;
  readonly rule: number;
  /** Address of the check's slot; 0 where JavaScript judges. */
  readonly slot: number;
  /** Without a word, with one for it, with one against it: a number to record it under, {@link IDLE} or {@link ASKED}. */
  readonly outcomes: readonly [number, number, number];
  /** Judged only where a word speaks for it. */
  readonly isQuiet: boolean;
  /** What JavaScript tells where there is no slot, or where it leaves the place to the detector. */
  readonly told: number;
  /** Its tries are counted. */
  readonly counts: boolean;
  /** Judged though nothing comes of it: a shorter end depends on it. */
  readonly isForced: boolean;
}

export type FormOwner = Pick<Calls, 'learnForm' | 'tellForm' | 'takeForms'>;

const NOBODY: FormOwner = { learnForm: () => 0, tellForm: () => Answer.ask, takeForms: () => {} };

export class FormMemory extends SlotMemory {
  readonly #table: number;
  readonly #accepted: number;
  /** By detector: refused, accepted. */
  readonly #tries: number;
  readonly #detectors: number;
  #owner: FormOwner | null = null;
  #turn = 0;
  #memory = 0;

  constructor(machine: Machine, detectors: number) {
    super(machine, SIZE);
    const table = FORMS * FORM_BYTES;
    const accepted = ROOM * DONE_BYTES;
    this.#table = machine.reserve(table + accepted + MOST_ENTRIES * WORK_BYTES);
    this.#accepted = this.#table + table;
    this.#tries = machine.reserve(detectors * 8);
    this.#detectors = detectors;
  }

  /** Has the next text's places done with by forms; null: by none. `lists`: see {@link Scanner.listsAt}. True where another one had the memory. */
  claim(owner: FormOwner | null, lists = 0): boolean {
    const { run, calls } = this.machine;
    if (owner === null) {
      run.useForms(0, this.#turn, 0);
      return false;
    }
    const isNew = this.#owner !== owner;
    if (isNew) {
      this.#owner = owner;
      Object.assign(calls, owner);
      this.#turn++;
      // What is found must not depend on what was read before.
      this.machine.bytes.fill(0, this.#table, this.#accepted);
      this.machine.bytes.fill(0, this.#tries, this.#tries + this.#detectors * 8);
    }
    run.useForms(this.#table, this.#turn, lists);
    return isNew;
  }

  release(owner: FormOwner): void {
    if (this.#owner !== owner) return;
    this.#owner = null;
    Object.assign(this.machine.calls, NOBODY);
  }

  /** Forgets the forms that are known: of some of them more is settled by now. */
  forget(): void {
    this.#turn++;
    this.machine.run.forgetForms(this.#turn);
  }

  /** How often the memory was taken back: what lay in it until then is gone. */
  get memory(): number {
    return this.#memory;
  }

  /** Takes the memory back where there was no room for something, with all forms: true where that was so. */
  renew(): boolean {
    if (!this.isFull) return false;
    this.clear();
    this.#memory++;
    this.forget();
    return true;
  }

  /** Address of a form's program; 0 when the memory is full. `ends`: those behind which words are looked for. */
  form(entries: readonly FormEntry[], ends: ReadonlySet<number>): number {
    const words = [entries.length, [...ends].reduce((bits, end) => bits | (1 << end), 0)];
    for (const { end, rule, slot, outcomes, isQuiet, counts, isForced, told } of entries) {
      const tries = counts ? this.#tries + rule * 8 : 0;
      words.push(end, rule, slot, ...outcomes, isQuiet ? 1 : 0, tries, isForced ? 1 : 0, told);
    }
    const at = this.take(words.length * 4);
    if (this.isFull) return 0;
    this.machine.words.set(words, at >> 2);
    return at;
  }

  /** What was accepted since the last time: how many, and where they lie in the machine's words. */
  taken(): { readonly from: number; readonly count: number } {
    return { from: this.#accepted >> 2, count: this.machine.run.taken() };
  }

  /** Calls back for each detector with tries since the last time. */
  eachTried(visit: (rule: number, passed: number, refused: number) => void): void {
    const { words } = this.machine;
    for (let rule = 0; rule < this.#detectors; rule++) {
      const at = (this.#tries >> 2) + rule * 2;
      const refused = words[at] ?? 0;
      const passed = words[at + 1] ?? 0;
      if (refused === 0 && passed === 0) continue;
      words[at] = 0;
      words[at + 1] = 0;
      visit(rule, passed, refused);
    }
  }
}
