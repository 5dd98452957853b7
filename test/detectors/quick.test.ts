/** What detectors give the kernel to compute must be what they say themselves. */
import { expect, test } from 'vitest';
import { passesSum } from '../../detectors/kit.ts';
import { loadDetectors } from '../../detectors/registry.ts';
import { patternTable } from '../../src/detect/kernel/patterns.ts';
import type { CheckAutomaton, Detector, Match, Quick } from '../../src/model/detector.ts';
import { draws } from '../detect/made-table.ts';
import { matchOf, shapeReader } from '../kit/judged.ts';

const quick = (await loadDetectors()).filter((detector) => detector.quick);
const draw = draws(2_026);
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The same with other digits, half the time only some, and other letters where some stand. */
function alike(text: string): string {
  const isNear = draw(2) === 0;
  return text
    .replace(/[0-9]/g, (sign) => (isNear && draw(2) === 0 ? sign : String(draw(10))))
    .replace(/[A-Z]/g, (sign) => (draw(3) === 0 ? LETTERS.charAt(draw(26)) : sign));
}

/** The same with up to three other signs and, mostly, another last one, as the shape allows: many of these pass a check. */
function nearly(text: string, fits: (changed: string) => boolean): string {
  const signs = [...text];
  const change = (at: number): void => {
    const sign = signs[at] ?? '';
    if (/[0-9]/.test(sign)) signs[at] = String(draw(10));
    if (/[A-Z]/.test(sign)) signs[at] = LETTERS.charAt(draw(26));
    if (!fits(signs.join(''))) signs[at] = sign;
  };
  for (let count = draw(4); count > 0; count--) change(draw(signs.length));
  change(signs.length - 1);
  return signs.join('');
}

/** How an automaton ends, walked as the kernel does (`accepted` in assembly/table.as). */
function endOf({ steps, classes, width, accepts }: CheckAutomaton, compact: string): number {
  let state = 1;
  for (const sign of compact) {
    state = steps[state * width + (classes[sign.charCodeAt(0)] ?? 0)] ?? 0;
    if (state === 0) return 0;
  }
  return accepts[state] ?? 0;
}

/** What the tables say of a value: judgement, ceiling and canonical form; `ask` where they leave it to the judge, or have nothing to say against it. */
function told(rules: Quick, { compact }: Match): unknown {
  const { sum, heads, never = '', patterns, automaton, otherwise } = rules;
  if (never.includes(compact.charAt(0))) return 'no';
  if (heads && !heads.includes(compact.charAt(0))) return 'ask';
  if (sum && !passesSum(compact, sum)) return 'no';
  const place = patterns?.findIndex(({ pattern }) => isWhole(pattern, compact));
  if (place === -1) return otherwise === 'ask' ? 'ask' : 'no';
  if (patterns?.[place ?? -1]?.refuses) return 'no';
  const end = automaton ? endOf(automaton, compact) : 1;
  if (end !== 1) return end === 0 && otherwise === 'ask' ? 'ask' : 'no';
  if (rules.passes === 'ask') return 'ask';
  const prefix = patterns?.[place ?? 0]?.prefix ?? '';
  return [rules.judgement, rules.alone, prefix + compact];
}

function isWhole(pattern: string, compact: string): boolean {
  return new RegExp(`^(?:${pattern})$`).test(compact);
}

function hasLength({ lengths }: Detector, { compact }: Match): boolean {
  return lengths?.(compact).includes(compact.length) ?? true;
}

function said(detector: Detector, match: Match): unknown {
  if (!hasLength(detector, match)) return 'no';
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
  'bg.egn': ['840317 4828'],
  'ch.ahv': ['756 4820 6157 36'],
  'cz.rc': ['8453174829', '405317482', '845317 4829', 'CZ405317482', 'CZ 845317/4829'],
  'dk.cpr': ['170384 4826', '1703844826'],
  'es.dni': ['4820615E', '4.820.615-E', 'ES-48206157-C'],
  'es.nie': ['X4820615E', 'X04820615E', 'ES-X4820615E'],
  'fi.hetu': ['170384-4820', '170384+482L', '170304B4822', '170384X482L'],
  'fr.nir': ['284037511604282', '1 84 03 2A 116 042 92'],
  'ie.pps': ['4820615 V', 'IE5820614NA'],
  'is.kt': ['1703844829', '170384 4829'],
  'lv.pk': ['17038414825', 'LV 170384-14825', '32482061574'],
  'nl.bsn': ['48206157', '482 061 571'],
  'no.fnr': ['17038448250', '170384 482 50'],
  'pl.pesel': ['840317 48209'],
  'pt.nif': ['248206150', 'PT 248 206 150'],
  'se.pin': ['8403174827', '840317 4827', '840317+4827', '19840317-4827', '19840317+4827'],
  'at.vnr': ['4829170384'],
  'be.nn': ['84031748217'],
  'gr.amka': ['170384 48209'],
  'lt.asmens': ['484-031-748-26'],
  'si.emso': ['1703984 504823'],
  'sk.rc': ['8654123071', '865412 3071', '405412307'],
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
  'hr.oib': ['HR48206157349'],
  'de.idnr': ['48/206/157/349', '482 061 5734 9'],
  'in.aadhaar': ['4820-6157-3090', '4820-6116-3096', '482061163096', '482081180284'],
  'jp.corporate': ['2-3014-8205-7936', 'T2-3014-8205-7936', '2 3014 8205 7936'],
  'au.medicare': ['4820615791', '48206157912', '4820 61579 1/2', '4820615791-2', '482 061 579 1 2'],
  'it.cf': ['KRTGNN00B69H501Q', 'KRTGNNU4C57H501J', 'KRTGNN84CRTH50MN', 'KRTGNNUQCRTHRLMC'],
  'nz.nhi': ['ZKR4822', 'BQT71WJ'],
  'gb.nino': ['KR 48 20 61 B', 'GB482061A', 'NK482061', 'ZY 482061 C'],
  'in.pan': ['BKTPR0010M'],
  'tw.arc': ['FD04392170', 'A904392177'],
  'mx.curp': [
    ...['KRTG000229MDFRNL02', 'KRTG000229MDFRNLA9', 'BUEY840317HJCRNL04', 'KRTG950317XZSRNLB2'],
  ],
  'sg.uen': ['R07IO3052B', 'S92ZY0418K'],
  'us.itin': ['982 76 1573'],
  'pk.cnic': ['34101 4820615 7'],
  'sg.bank-account': [
    '048-319257-1',
    '048-319-257-1',
    '048319257',
    '048319257123',
    '048-319257-123',
  ],
  'hk.bank-account': [
    '012358671048',
    '409 358 671048297',
    '003-358-67104-82',
    '387-358-671048-297',
  ],
  'jp.bank-account': ['10290-61', '10250 4817361', '1043024817361', '10280-361'],
  'kr.licence': ['28-19-204857-30'],
  'intl.passport': ['EA4820615', 'AA48206157', 'A4820615'],
};

test.each(quick.map((detector) => [detector.id, detector] as const))(
  '%s: the tables say what the detector says',
  (id, detector) => {
    let passed = 0;
    const shapeOf = shapeReader(detector);
    for (const example of [...detector.examples.yes, ...(WRITINGS[id] ?? [])]) {
      for (let i = 0; i < 4_000; i++) {
        const folded = i === 0 ? example : alike(example);
        const shape = shapeOf(folded);
        // Other letters or digits than a shape has: nobody is asked.
        if (shape < 0) continue;
        const match = matchOf(detector, folded, shape);
        const rules = detector.quick?.(matchOf(detector, example, shapeOf(example)));
        if (!rules) break;
        // Throws at what the kernel would not understand.
        patternTable((rules.patterns ?? []).map(({ pattern }) => pattern));
        if (rules.isSized) {
          const fits = rules.patterns?.some(({ pattern }) => isWhole(pattern, match.compact));
          expect([folded, fits]).toEqual([folded, hasLength(detector, match)]);
        }
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

const checks = quick.flatMap((detector) => {
  const shapeOf = shapeReader(detector);
  return [...detector.examples.yes, ...(WRITINGS[detector.id] ?? [])].flatMap((example) => {
    const shape = shapeOf(example);
    const rules = shape < 0 ? null : detector.quick?.(matchOf(detector, example, shape));
    return rules?.automaton ? [{ id: detector.id, example, detector, rules }] : [];
  });
});

test.each(checks)('$id, $example: as many pass the automaton as pass the judge', (check) => {
  const { detector, example, rules } = check;
  const shapeOf = shapeReader(detector);
  const shape = shapeOf(example);
  const count = { judged: 0, passed: 0, asked: 0, drawn: 0 };
  for (let i = 0; i < 10_000; i++) {
    const fits = (text: string): boolean => shapeOf(text) === shape;
    const folded = i % 2 === 0 ? nearly(example, fits) : alike(example);
    if (!fits(folded)) continue;
    const match = matchOf(detector, folded, shape);
    const isJudged = said(detector, match) !== 'no';
    const answer = told(rules, match);
    count.drawn++;
    if (isJudged) count.judged++;
    if (answer === 'ask') count.asked++;
    if (answer === 'ask' ? isJudged : answer !== 'no') count.passed++;
  }
  expect(count.passed).toBe(count.judged);
  expect(count.judged).toBeGreaterThan(0);
  expect(count.drawn).toBeGreaterThan(1_000);
  // What is asked about one by one is what tables are to spare.
  expect(count.asked).toBeLessThan(count.drawn / 5);
});
