/** What detectors give the kernel to compute must be what they say themselves. */
import { expect, test } from 'vitest';
import { passesSum } from '../../detectors/kit.ts';
import { loadDetectors } from '../../detectors/registry.ts';
import { patternTable } from '../../src/detect/kernel/patterns.ts';
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
  'intl.phone': ['91234567', '9123 4567', '9123-4567', '13812345678', '138 1234 5678'],
  'intl.card': [
    '4539812067431502',
    '3746 209183 50474',
    '45 39 81 20 67 43 15 02',
    '4820615730942',
  ],
  'cn.bank-account': ['6217 0001 4382 9055 123'],
  'cn.uscc': ['913301064820615734'],
  'tw.permit': ['0483921503B'],
  'au.tfn': ['482061578'],
  'cl.rut': ['148206155', '14820615-5', '20220604-1', '48206158', '4.820.615-8', '4820615-K'],
  'il.id': ['48206155', '04820615-5'],
  'nz.ird': ['112345671'],
  'id.nik': ['3374-0152-0887-0003', '337401 520887 0003'],
  'my.mykad': ['840317 10 5238'],
  'vn.cccd': ['0791 8405 2937'],
  'kr.rrn': ['860217 1034561'],
  'kr.frn': ['8602175034564', '860217 5034564'],
  'bd.nid': ['4820615739'],
  'th.pin': ['3 1006 04718 29 6'],
  'br.cpf': ['482061573-44', '482-061-573-44'],
  'ar.cuit': ['20 24820615 3'],
  'tr.tckn': ['482-061-573-40'],
  'za.id': ['840317-4820-082'],
  'ca.sin': ['482061579'],
  'np.nin': ['4820615739', '482 061 573 9'],
  'ph.pagibig': ['248193507246'],
  'ph.philhealth': ['248193507246', '24 819350724 6'],
  'ph.philsys': ['4820615730941826'],
  'ph.sss': ['2481935072'],
  'ph.tin': ['248193507'],
  'ph.umid': ['248193507246'],
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
        // Throws at what the kernel would not understand.
        patternTable((rules.patterns ?? []).map(({ pattern }) => pattern));
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
