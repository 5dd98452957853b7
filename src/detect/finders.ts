/**
 * Detectors that look by themselves (names, addresses, dates of birth, `567A`): asked only of the
 * cells of columns that a header names, of columns without one where most cells answer, and of the
 * text around an identifier.
 *
 * They cost a hundred times what the automaton costs for a byte. Where hits are not listed one by
 * one, the first rows of a table and the first identifiers of a text speak for the rest.
 */
import { Buffer } from 'node:buffer';
import type { Detector, Form } from '../model/detector.ts';
import { CELL, ROW } from '../model/piece.ts';

/** Rows of one table that are looked at. */
export const ROWS = 500;
/** Longer cells are no name, date or address. */
const MAX_CELL_BYTES = 600;
/** Under a header, this share of the cells must answer: a "name" may be a product's. */
const HEADED_SHARE = 0.3;
/** Without a header nearly all must. */
const HEADLESS_SHARE = 0.7;
const HEADLESS_AT_LEAST = 3;
/** Bytes of running text before and after an identifier. */
const BEFORE_BYTES = 160;
const AFTER_BYTES = 120;

/** What a finder found. Offsets in bytes of the piece's text, half open. Holds a raw value: never leaves detection. */
export interface Found {
  readonly rule: number;
  readonly form: Exclude<Form, 'masked'>;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Did a header name it? */
  readonly headed: boolean;
  /** Which cell of its row; -1 in running text. */
  readonly cell: number;
}

/** A column of the table at hand, by its place in the row. */
export interface LayoutColumn {
  readonly header: string;
  /** Numbers of the finders that the header speaks for. */
  readonly finders: readonly number[];
}

interface Job {
  readonly cell: number;
  readonly rule: number;
  readonly headed: boolean;
  asked: number;
  readonly found: Found[];
}

export class Finders {
  readonly #rules: readonly Detector[];
  /** Numbers of the detectors that can be asked. */
  readonly numbers: readonly number[];

  constructor(rules: readonly Detector[]) {
    this.#rules = rules;
    this.numbers = rules.flatMap((rule, number) => (rule.find ? [number] : []));
  }

  /**
   * Looks through the first `rows` rows of a table; columns in which too few cells answer count for
   * nothing. What is found ascends.
   */
  inTable(
    text: Uint8Array,
    layout: readonly LayoutColumn[],
    rows: number,
  ): { readonly found: Found[]; readonly rows: number } {
    const jobs = this.#jobs(layout);
    if (jobs.every((list) => list.length === 0)) return { found: [], rows: 0 };
    const hasName = jobs.flat().some((job) => this.#rules[job.rule]?.id === 'intl.name');
    const bytes = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
    let row = 0;
    // Looked for once each: a table of one column holds no cell border up to its end.
    let border = -1;
    for (let start = 0; start <= text.length && row < rows; row++) {
      const rowEnd = placeOf(bytes, ROW, start);
      for (let cell = 0; start <= rowEnd; cell++) {
        if (border < start) border = placeOf(bytes, CELL, start);
        const end = Math.min(border, rowEnd);
        const list = jobs[cell];
        if (list && list.length > 0 && end > start && end - start <= MAX_CELL_BYTES) {
          const value = bytes.toString('utf8', start, end);
          for (const job of list) {
            this.#ask(job, value, start, layout[cell]?.header ?? '', hasName);
          }
        }
        start = end + 1;
      }
    }
    const found = jobs
      .flat()
      .filter(holds)
      .flatMap(({ found }) => found)
      .sort((a, b) => a.start - b.start);
    return { found, rows: row };
  }

  #jobs(layout: readonly LayoutColumn[]): readonly (readonly Job[])[] {
    return layout.map(({ header, finders }, cell) => {
      const headed = finders.length > 0;
      const isHeadless = header === '' && layout.length > 1;
      const asked = headed ? finders : isHeadless ? this.numbers.filter(this.#isAttribute) : [];
      return asked.map((rule) => ({ cell, rule, headed, asked: 0, found: [] }));
    });
  }

  readonly #isAttribute = (rule: number): boolean => this.#rules[rule]?.kind === 'attribute';

  #ask(job: Job, value: string, at: number, header: string, hasName: boolean): void {
    job.asked++;
    const question = { where: 'cell', text: value, header, beside: null, hasName } as const;
    for (const { start, end, form } of this.#rules[job.rule]?.find?.(question) ?? []) {
      job.found.push({
        rule: job.rule,
        form,
        start: at + Buffer.byteLength(value.slice(0, start)),
        end: at + Buffer.byteLength(value.slice(0, end)),
        text: value.slice(start, end),
        headed: job.headed,
        cell: job.cell,
      });
    }
  }

  /** Looks around an identifier of running text, half open in bytes. */
  around(text: Uint8Array, start: number, end: number): readonly Found[] {
    const from = forward(text, Math.max(0, start - BEFORE_BYTES));
    const to = forward(text, Math.min(text.length, end + AFTER_BYTES));
    const bytes = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
    const before = bytes.toString('utf8', from, start);
    const value = bytes.toString('utf8', start, end);
    const window = before + value + bytes.toString('utf8', end, to);
    const beside = { start: before.length, end: before.length + value.length };
    const found: Found[] = [];
    for (const rule of this.numbers) {
      const hasName = found.length > 0;
      const question = { where: 'around', text: window, header: '', beside, hasName } as const;
      for (const one of this.#rules[rule]?.find?.(question) ?? []) {
        found.push({
          rule,
          form: one.form,
          start: from + Buffer.byteLength(window.slice(0, one.start)),
          end: from + Buffer.byteLength(window.slice(0, one.end)),
          text: window.slice(one.start, one.end),
          headed: false,
          cell: -1,
        });
      }
    }
    return found.sort((a, b) => a.start - b.start);
  }
}

function holds({ headed, asked, found }: Job): boolean {
  if (headed) return found.length >= asked * HEADED_SHARE;
  return found.length >= HEADLESS_AT_LEAST && found.length >= asked * HEADLESS_SHARE;
}

/** Where a sign stands from an offset on; behind the text where it does not. */
function placeOf(bytes: Buffer, sign: number, from: number): number {
  const at = bytes.indexOf(sign, from);
  return at < 0 ? bytes.length : at;
}

/** The next offset at which a character begins. */
function forward(text: Uint8Array, offset: number): number {
  let at = offset;
  while (at < text.length && ((text[at] ?? 0) & 0xc0) === 0x80) at++;
  return at;
}
