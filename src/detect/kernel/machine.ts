/**
 * The WebAssembly of the kernel and its memory: tables first, then the text at hand, which lies
 * between zeros. Memory only grows; who keeps views of it gets told.
 */
import { Buffer } from 'node:buffer';
import { FREE, Layout, MARGIN, SPLAT_BYTES } from './layout.ts';
import { BYTES } from './module.ts';

const PAGE = 65_536;

/** The part of WebAssembly that is used here; TypeScript knows it only together with browsers. */
interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
declare const WebAssembly: {
  readonly Memory: new (size: { readonly initial: number }) => Memory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

/** What the machine asks of JavaScript. */
export interface Calls {
  step(group: number, row: number, reads: number): number;
  roughStep(state: number, symbol: number): number;
  roughStart(sign: number): number;
  mayHold(at: number, size: number): number;
  stillness(at: number, size: number): number;
  vainHost(at: number, size: number): number;
  visit(group: number, start: number, found: number): void;
  learnForm(start: number, found: number): number;
  tellForm(told: number, start: number, voice: number): number;
  takeForms(): void;
  beyond(code: number): number;
  learn(cell: number, at: number, size: number): number;
  learnInert(cell: number, state: number): number;
  learnHost(cell: number, at: number, size: number): number;
  tell(told: number, at: number): number;
  signature(entries: number): number;
  fetch(signature: number): void;
  takeRow(row: number): void;
}

/** All signs whose codes have one of the lower and one of the upper halves. */
export interface Block {
  readonly bit: number;
  readonly upper: readonly number[];
  readonly lower: readonly number[];
}

interface Exports {
  configure(
    fewestDigits: number,
    shortestMixed: number,
    touching: number,
    apart: number,
    everyDigit: number,
    longestGap: number,
    isLongBehindWord: number,
  ): void;
  scan(at: number, length: number, lax: number): void;
  hush(): void;
  stepsTaken(): number;
  fold(from: number, length: number, to: number, table: number): number;
  breakCount(): number;
  setOrigin(at: number, length: number, breaks: number, total: number): void;
  countFeeds(from: number, to: number): number;
  sipHash(length: number): void;
  useForms(at: number, turn: number, lists: number): void;
  forgetForms(turn: number): void;
  taken(): number;
  useTable(cells: number): void;
  holdTable(holds: number): void;
  takenRow(): number;
  parts(from: number, size: number, counts: number): number;
  distinct(from: number, size: number, counts: number, parted: number, table: number): number;
  wordsBefore(text: number, end: number): number;
  wordsAfter(text: number, length: number, from: number): number;
}

let compiled: object | null = null;

function machineCode(): object {
  compiled ??= new WebAssembly.Module(Buffer.from(BYTES, 'base64'));
  return compiled;
}

export class Machine {
  readonly calls: Calls = {
    step: unset,
    roughStep: unset,
    roughStart: unset,
    mayHold: () => 1,
    stillness: () => 0,
    vainHost: () => 0,
    visit: unset,
    learnForm: () => 0,
    tellForm: () => 2,
    takeForms: () => {},
    beyond: unset,
    learn: unset,
    learnInert: unset,
    learnHost: unset,
    tell: unset,
    signature: unset,
    fetch: unset,
    takeRow: unset,
  };
  readonly run: Exports;
  /** By code: may the sign matter to a scanner? Null before there is one. */
  known: Uint8Array | null = null;
  bytes: Uint8Array;
  words: Int32Array;
  readonly #memory: Memory;
  readonly #grown: (() => void)[] = [];
  /** Where tables end and texts begin. */
  #free: number = FREE;

  constructor() {
    this.#memory = new WebAssembly.Memory({ initial: Math.ceil(FREE / PAGE) });
    this.bytes = new Uint8Array(this.#memory.buffer);
    this.words = new Int32Array(this.#memory.buffer);
    const { calls } = this;
    const env = {
      memory: this.#memory,
      step: (group: number, row: number, reads: number) => calls.step(group, row, reads),
      roughStep: (state: number, symbol: number) => calls.roughStep(state, symbol),
      roughStart: (sign: number) => calls.roughStart(sign),
      mayHold: (at: number, size: number) => calls.mayHold(at, size),
      stillness: (at: number, size: number) => calls.stillness(at, size),
      vainHost: (at: number, size: number) => calls.vainHost(at, size),
      visit: (group: number, start: number, found: number) => calls.visit(group, start, found),
      learnForm: (start: number, found: number) => calls.learnForm(start, found),
      tellForm: (told: number, start: number, voice: number) => calls.tellForm(told, start, voice),
      takeForms: () => calls.takeForms(),
      beyond: (code: number) => calls.beyond(code),
      learn: (cell: number, at: number, size: number) => calls.learn(cell, at, size),
      learnInert: (cell: number, state: number) => calls.learnInert(cell, state),
      learnHost: (cell: number, at: number, size: number) => calls.learnHost(cell, at, size),
      tell: (told: number, at: number) => calls.tell(told, at),
      signature: (entries: number) => calls.signature(entries),
      fetch: (signature: number) => calls.fetch(signature),
      takeRow: (row: number) => calls.takeRow(row),
    };
    const instance = new WebAssembly.Instance(machineCode(), { env });
    this.run = instance.exports as Exports;
    SPLAT_BYTES.forEach((byte, number) => {
      const at = Layout.SPLATS + number * 16;
      this.bytes.fill(byte, at, at + 16);
    });
  }

  /** Calls back at once and whenever the views have become others. */
  whenGrown(renew: () => void): void {
    this.#grown.push(renew);
    renew();
  }

  /** Address of bytes for a table that stays. */
  reserve(sizeBytes: number): number {
    const at = this.#free;
    this.#free = align(at + sizeBytes);
    this.#ensure(this.#free);
    return at;
  }

  /** Address of bytes for a text, with its margins; good until the next call. `more`: bytes wanted behind them. */
  forText(sizeBytes: number, more: number): number {
    const at = this.#free + MARGIN;
    this.#ensure(at + sizeBytes + MARGIN + more);
    this.bytes.fill(0, this.#free, at);
    this.bytes.fill(0, at + sizeBytes, at + sizeBytes + MARGIN);
    return at;
  }

  #ensure(sizeBytes: number): void {
    const missing = sizeBytes - this.bytes.length;
    if (missing <= 0) return;
    this.#memory.grow(Math.ceil(missing / PAGE));
    this.bytes = new Uint8Array(this.#memory.buffer);
    this.words = new Int32Array(this.#memory.buffer);
    for (const renew of this.#grown) renew();
  }

  /** Copies a table of bytes to a place of the layout. */
  put(at: number, table: Uint8Array): void {
    this.bytes.set(table, at);
  }

  /** Writes blocks of signs, a bit each, as the pair of tables that sixteen bytes at a time are looked up in. */
  putBlocks(number: number, blocks: readonly Block[]): void {
    const at = Layout.SETS + number * 32;
    this.bytes.fill(0, at, at + 32);
    for (const { bit, upper, lower } of blocks) {
      for (const half of lower) this.bytes[at + half]! |= bit;
      for (const half of upper) this.bytes[at + 16 + half]! |= bit;
    }
  }
}

export function align(size: number): number {
  return Math.ceil(size / MARGIN) * MARGIN;
}

function unset(): never {
  throw new Error('the kernel is not set up');
}
