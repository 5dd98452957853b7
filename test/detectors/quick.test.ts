/** What detectors give the kernel to compute must be what they say themselves. */
import { expect, test } from 'vitest';
import { passesSum } from '../../detectors/kit.ts';
import { loadDetectors } from '../../detectors/registry.ts';
import type { Detector, Match, Quick } from '../../src/model/detector.ts';
import { draws } from '../detect/made-table.ts';
import { matchOf } from '../kit/judged.ts';

const quick = (await loadDetectors()).filter((detector) => detector.quick);
const draw = draws(2_026);
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The same with other digits, and other letters where some stand. */
function alike(text: string): string {
  return text
    .replace(/[0-9]/g, () => String(draw(10)))
    .replace(/[A-Z]/g, (sign) => (draw(3) === 0 ? LETTERS.charAt(draw(26)) : sign));
}

/** What the tables say of a value: judgement, ceiling and canonical form; `ask` where they leave it to the judge, or have nothing to say against it. */
function told(rules: Quick, { compact }: Match): unknown {
  const { sum, heads, patterns, otherwise } = rules;
  if (heads && !heads.includes(compact.charAt(0))) return 'ask';
  if (sum && !passesSum(compact, sum)) return 'no';
  const place = patterns?.findIndex(({ pattern }) => new RegExp(`^(?:${pattern})$`).test(compact));
  if (place === -1) return otherwise === 'ask' ? 'ask' : 'no';
  if (patterns?.[place ?? -1]?.refuses) return 'no';
  if (rules.passes === 'ask') return 'ask';
  const prefix = patterns?.[place ?? 0]?.prefix ?? '';
  return [rules.judgement, rules.alone, prefix + compact];
}

function said(detector: Detector, match: Match): unknown {
  const { compact } = match;
  if (detector.lengths && !detector.lengths(compact).includes(compact.length)) return 'no';
  const judgement = detector.judge(match);
  if (judgement === 'no') return 'no';
  const alone = detector.aloneFor?.(match) ?? detector.alone;
  return [judgement, alone, detector.canonical?.(match) ?? match.compact];
}

/** Ways of writing of which there are tables. */
const WRITINGS: Readonly<Record<string, readonly string[]>> = {
  'intl.phone': [
    ...['91234567', '9123 4567', '9123-4567', '13812345678', '138 1234 5678'],
    ...[
      '+852 9123 4567',
      '+65 9123 4567',
      '+60 12-345 6789',
      '+86 13812345678',
      '+886-912-345-678',
    ],
    ...[
      '+8190-1234-5678',
      '+82 10-1234-5678',
      '+44 7912 345678',
      '+66 81 234 5678',
      '+513030-00731',
    ],
  ],
};

test.each(quick.map((detector) => [detector.id, detector] as const))(
  '%s: the tables say what the detector says',
  (id, detector) => {
    let passed = 0;
    for (const example of [...detector.examples.yes, ...(WRITINGS[id] ?? [])]) {
      for (let i = 0; i < 4_000; i++) {
        const folded = i === 0 ? example : alike(example);
        const match = matchOf(detector, folded);
        const rules = detector.quick?.(matchOf(detector, example));
        if (!rules) break;
        const answer = told(rules, match);
        if (answer === 'ask') passed++;
        if (answer === 'ask') continue;
        expect([folded, answer]).toEqual([folded, said(detector, match)]);
        if (answer !== 'no') passed++;
      }
    }
    expect(passed).toBeGreaterThan(0);
  },
);
