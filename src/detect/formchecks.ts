/**
 * Checks of forms as tables. A number stands between many signs, each pair of which makes a form,
 * but its check is the same: it is described to the WebAssembly once, for all objects.
 */
import type { Detector } from '../model/detector.ts';
import { decoyFlags } from './decoys.ts';
import type { Engine } from './engine.ts';
import { Flag } from './flags.ts';
import type { CompiledShape } from './kernel/compile.ts';
import { looksOf } from './kernel/looks.ts';
import { Span } from './kernel/match.ts';
import { type QuickCheck, quickCheck, samplesOf, wordsOf } from './slotwords.ts';

/** More than any text has; hostile text has as many as it likes. */
const MOST = 5000;

/** What is known of all numbers of one detector that are written alike. */
export interface FormCheck {
  readonly quick: QuickCheck['quick'] | null;
  /** {@link Flag.number}, where it is written as none that is a person's. */
  readonly number: number;
  /** Address of the check's slot, as long as the memory keeps it; 0 for none. */
  slot: number;
  /** Which memory that is. */
  memory: number;
  readonly write: () => number;
}

export class FormChecks {
  readonly #engine: Engine;
  readonly #known = new Map<string, FormCheck>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Of a detector's shapes that are complete at one end of the text at hand; offsets half open. */
  of(rule: number, shapes: readonly CompiledShape[], start: number, end: number): FormCheck {
    const look = looksOf(this.#engine.folder.text.subarray(start, end));
    const key = `${rule} ${shapes.map(({ index }) => index)} ${look}`;
    const known = this.#known.get(key);
    if (known) return known;
    if (this.#known.size >= MOST) this.#known.clear();
    const made = this.#make(rule, shapes, look, start, end);
    this.#known.set(key, made);
    return made;
  }

  /** Address of the slot; 0 where there are no tables, or no room. */
  slot(check: FormCheck): number {
    const { forms } = this.#engine;
    if (check.memory !== forms.memory) {
      check.slot = check.write();
      check.memory = forms.memory;
    }
    return check.slot;
  }

  #make(
    rule: number,
    shapes: readonly CompiledShape[],
    inner: string,
    start: number,
    end: number,
  ): FormCheck {
    const { rules, scanner, looks, folder, hasher, forms } = this.#engine;
    const detector: Detector | undefined = rules[rule];
    const none = { quick: null, number: 0, slot: 0, memory: -1, write: () => 0 };
    if (!detector) return none;
    // A program's looks begin with the sign before the match.
    const look = ` ${inner}`;
    const possible = shapes.map((shape) => ({
      shape: scanner.compiled.shapes.indexOf(shape),
      start: 1,
      end: look.length,
    }));
    const span = new Span();
    span.set(folder.text, start, end);
    const check = quickCheck(detector, looks, shapes, possible, look, span);
    const [first] = possible;
    if (!check || !first) return none;
    const { quick, reading } = check;
    return {
      ...none,
      quick,
      number: decoyFlags(detector, check.match) & Flag.number,
      write: () => forms.slot(wordsOf(samplesOf(hasher, detector), quick, 0, first, reading, look)),
    };
  }
}
