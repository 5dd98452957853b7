/** Detection: bytes in, masked and hashed hits out. See docs of {@link createKernel}. */
import type { AllowEntry } from '../model/custom.ts';
import type { Detector, Kernel } from '../model/detector.ts';
import { AllowList } from './allow.ts';
import { Engine } from './engine.ts';
import { maskText } from './masktext.ts';
import { ObjectDetector } from './object.ts';
import type { Hasher } from './siphash.ts';

export { estimate, mergeSketches, sketch } from './people.ts';
export { parseShape } from './shape.ts';
export { createHasher, type Hasher, KEY_BYTES } from './siphash.ts';

/**
 * Compiles detectors into a kernel: one pass over the bytes for all of them. Throws where a shape
 * does not parse. A kernel belongs to one thread; several objects may be open at once.
 */
export function createKernel(
  rules: readonly Detector[],
  hasher: Hasher,
  allow: readonly AllowEntry[] = [],
): Kernel {
  const engine = new Engine(rules, hasher, new AllowList(allow, new Date()));
  return {
    object: (options = {}) => new ObjectDetector(engine, options),
    mask: (text) => maskText(engine, text),
  };
}
