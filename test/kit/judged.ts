/** What a detector says of one value that is known to have one of its shapes; the kernel's search is not part of it. */
import { parseShape } from '../../src/detect/shape.ts';
import type { Detector, Judgement, Match } from '../../src/model/detector.ts';

/** The match that the kernel would hand over. `folded` must have the shape. */
export function matchOf(rule: Detector, folded: string, shape = 0): Match {
  const { keep } = parseShape(rule.shapes[shape] ?? '');
  const compact = [...folded].filter((sign) => keep[sign.charCodeAt(0)] === 1).join('');
  return { compact, folded, shape };
}

export function judged(rule: Detector, folded: string, shape = 0): Judgement {
  return rule.judge(matchOf(rule, folded, shape));
}
