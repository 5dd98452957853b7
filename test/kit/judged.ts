/** What a detector says of one value that is known to have one of its shapes; the kernel's search is not part of it. */
import { Buffer } from 'node:buffer';
import { Automaton } from '../../src/detect/kernel/automaton.ts';
import { addShape, Nfa } from '../../src/detect/kernel/nfa.ts';
import { IS_WORD } from '../../src/detect/kernel/signs.ts';
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

/** Tells of a folded text which of the shapes it has as a whole, the first if several; -1 for none. */
export function shapeReader({ shapes }: Detector): (folded: string) => number {
  const nfa = new Nfa();
  const starts = shapes.map((shape, number) => addShape(nfa, parseShape(shape), number));
  const automaton = new Automaton(nfa, starts);
  return (folded) => {
    const text = Buffer.from(folded, 'latin1');
    const found = automaton.run(text, 0, text.length, IS_WORD);
    const last = automaton.ends.indexOf(text.length);
    if (last < 0 || last >= found) return -1;
    return automaton.shapes(automaton.endStates[last] ?? 0)[0] ?? -1;
  };
}
