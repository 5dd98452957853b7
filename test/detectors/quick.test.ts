/** What detectors give the kernel to compute must be what they say themselves. */
import { expect, test } from 'vitest';
import { passesSum } from '../../detectors/kit.ts';
import { loadDetectors } from '../../detectors/registry.ts';
import { patternTable } from '../../src/detect/kernel/patterns.ts';
import type { Detector, Match, Quick } from '../../src/model/detector.ts';
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

/** What the tables say of a value: judgement, ceiling and canonical form; `ask` where they leave it to the judge, or have nothing to say against it. */
function told(rules: Quick, { compact }: Match): unknown {
  const { sum, heads, never = '', patterns, otherwise } = rules;
  if (never.includes(compact.charAt(0))) return 'no';
  if (heads && !heads.includes(compact.charAt(0))) return 'ask';
  if (sum && !passesSum(compact, sum)) return 'no';
  const place = patterns?.findIndex(({ pattern }) => isWhole(pattern, compact));
  if (place === -1) return otherwise === 'ask' ? 'ask' : 'no';
  if (patterns?.[place ?? -1]?.refuses) return 'no';
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
