/**
 * Detectors as objects of one layout. Each file writes down only the properties it needs, and the
 * engine of JavaScript looks every property of a hundred layouts up anew: several times slower, in
 * the code that runs for each match.
 */
import type { Detector } from '../model/detector.ts';

/** Every property there is, so that spreading a detector over it makes no new one. */
const LAYOUT: Readonly<Record<keyof Detector, undefined>> = {
  id: undefined,
  title: undefined,
  source: undefined,
  kind: undefined,
  alone: undefined,
  hints: undefined,
  against: undefined,
  samples: undefined,
  examples: undefined,
  shapes: undefined,
  masks: undefined,
  begins: undefined,
  lengths: undefined,
  judge: undefined,
  find: undefined,
  passRate: undefined,
  aloneFor: undefined,
  aloneAtMost: undefined,
  masksAlone: undefined,
  boundary: undefined,
  canonical: undefined,
  isSample: undefined,
  born: undefined,
  sexAt: undefined,
  shows: undefined,
  mailboxes: undefined,
  quick: undefined,
  sharesCheckWith: undefined,
};

/** The same detectors, in order; what one does not have is undefined. */
export function inOneLayout(rules: readonly Detector[]): readonly Detector[] {
  return rules.map((rule) => Object.assign({ ...LAYOUT }, rule));
}
