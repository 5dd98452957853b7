/**
 * What reads pictures: Tesseract, the program of this machine where it is installed with the
 * languages that are needed, else the one that runs in the process.
 */
import type { Gray } from './gray.ts';
import { nativeEngine } from './native.ts';
import { wasmEngine } from './wasm.ts';

/** Names as Tesseract's. Of the region's writing systems; `eng` reads all Latin ones well enough for numbers. */
export type Language = 'eng' | 'chi_tra' | 'chi_sim' | 'jpn' | 'kor';

export const LANGUAGES: readonly Language[] = ['eng', 'chi_tra', 'chi_sim', 'jpn', 'kor'];

export interface Reading {
  readonly text: string;
  /** 0 to 100, the mean over its words. */
  readonly confidence: number;
}

export interface Engine {
  readonly languages: readonly Language[];
  /** Rejects when the picture cannot be read in that time. */
  read(image: Gray, language: Language, timeMs: number): Promise<Reading>;
}

let found: Promise<Engine | null> | null = null;
let find: () => Promise<Engine | null> = installed;

/** Null where neither is installed. Looked for once a process. */
export function engine(): Promise<Engine | null> {
  found ??= find();
  return found;
}

/** For a process that may start neither: its engine is elsewhere. */
export function findEngineBy(other: () => Promise<Engine | null>): void {
  find = other;
  found = null;
}

async function installed(): Promise<Engine | null> {
  const native = await nativeEngine(LANGUAGES);
  if (native !== null && native.languages.length === LANGUAGES.length) return native;
  return (await wasmEngine(LANGUAGES)) ?? native;
}
