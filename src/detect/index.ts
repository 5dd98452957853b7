/** Detection: bytes in, masked and hashed hits out. See docs of {@link createKernel}. */
import type { Detector, Kernel } from '../model/detector.ts';
import { Engine } from './engine.ts';
import { maskText } from './masktext.ts';
import { ObjectDetector } from './object.ts';
import type { Hasher } from './siphash.ts';

export { estimate, mergeSketches, sketch } from './people.ts';
export { createHasher, type Hasher, KEY_BYTES } from './siphash.ts';

/**
 * Compiles detectors into a kernel: one pass over the bytes for all of them. Throws where a shape
 * does not parse. A kernel belongs to one thread; several objects may be open at once.
 */
export function createKernel(rules: readonly Detector[], hasher: Hasher): Kernel {
  const engine = new Engine(rules, hasher);
  return {
    object: (options = {}) => new ObjectDetector(engine, options),
    mask: (text) => maskText(engine, text),
  };
}
