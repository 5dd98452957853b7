/** Settled columns are judged in WebAssembly; what comes out must be what the long way gives. */
import { Buffer } from 'node:buffer';
import { expect, test, vi } from 'vitest';
import { customDetector } from '../../detectors/custom.ts';
import { loadDetectors } from '../../detectors/registry.ts';
import { createHasher, createKernel } from '../../src/detect/index.ts';
import { SettledCells } from '../../src/detect/settled.ts';
import type {
  Detection,
  DetectOptions,
  Judgement,
  Kernel,
  Match,
} from '../../src/model/detector.ts';
import { CELL, type Piece, ROW } from '../../src/model/piece.ts';
import { COLUMNS, draws } from './made-table.ts';

const ROWS = 12_000;
const PIECE_ROWS = 1_500;
const CELL_SIGN = String.fromCharCode(CELL);
const ROW_SIGN = String.fromCharCode(ROW);
const detectors = await loadDetectors();
const hasher = createHasher(new Uint8Array(16).fill(7));

type Made = readonly (readonly string[])[];

function made(names: readonly string[], seed: number, rows = ROWS): Made {
  const draw = draws(seed);
  return Array.from({ length: rows }, (_, row) =>
    names.map((name) => COLUMNS[name.replace(/ \d$/, '')]?.(draw, row) ?? ''),
  );
}

/** The table's pieces; `hasGrid` false: rows and columns are told by `locate`, so that nothing is settled. */
function pieces(names: readonly string[], rows: Made, hasGrid: boolean): Piece[] {
  const columns = names.map((name, index) => ({ index, name: name.replace(/ \d$/, '') }));
  const column = (cell: number) => columns[cell] ?? { index: cell, name: '' };
  const list: Piece[] = [];
  for (let first = 0; first < rows.length; first += PIECE_ROWS) {
    const some = rows.slice(first, first + PIECE_ROWS);
    const text = Buffer.from(some.map((row) => row.join(CELL_SIGN)).join(ROW_SIGN));
    const at = { offset: 0, row: 0, cell: 0 };
    const locate = (offset: number) => {
      if (offset < at.offset) Object.assign(at, { offset: 0, row: 0, cell: 0 });
      for (; at.offset < offset; at.offset++) {
        const code = text[at.offset];
        if (code === CELL) at.cell++;
        if (code === ROW) Object.assign(at, { row: at.row + 1, cell: 0 });
      }
      return { label: `row ${first + at.row}`, row: first + at.row, column: column(at.cell) };
    };
    list.push({ text, locate, ...(hasGrid ? { grid: { firstRow: first, column } } : {}) });
  }
  return list;
}

/** What is found, without the order in which hashes come. */
function found(detection: Detection): unknown {
  return {
    persons: [...detection.persons].sort(),
    summaries: detection.summaries
      .map(({ values, ...summary }) => ({ ...summary, values: [...values].sort() }))
      .sort((a, b) => `${a.detector}${a.form}`.localeCompare(`${b.detector}${b.form}`)),
  };
}

function run(kernel: Kernel, list: readonly Piece[], options: DetectOptions = {}): unknown {
  const object = kernel.object(options);
  for (const piece of list) object.piece(piece);
  return found(object.end());
}

const REGISTER = ['no', 'name', 'hkid', 'nric', 'mobile', 'email', 'date_of_birth', 'value'];

/** How many rows an object counted without looking at each. */
function countAlike(): () => number {
  let rows = 0;
  vi.restoreAllMocks();
  const end = SettledCells.prototype.end;
  vi.spyOn(SettledCells.prototype, 'end').mockImplementation(function (this: SettledCells) {
    const alike = end.call(this);
    for (const one of alike) rows += one.rows;
    return alike;
  });
  return () => rows;
}

test.each([
  ['a register', REGISTER, 1500],
  ['one without names', ['no', 'hkid', 'mobile', 'updated'], 2000],
  ['two of a kind', ['hkid 1', 'hkid 2', 'mobile 1', 'mobile 2', 'email 1', 'email 2'], 300],
  ['China and Japan', ['姓名', '身份证号', 'マイナンバー', 'mobile', 'email'], 1000],
  ['numbers in one another', ['phone with code', 'card no', 'sample mail', 'hkid'], 1000],
  ['numbers of things', ['no', 'order no', 'reference', 'value', 'sequence', 'updated'], -1],
  ['what hides others that speak', ['passport', 'notes', 'no'], 1000],
  ['things and people', ['order no', 'nric', 'reference', 'mobile', 'remarks', 'sequence'], 2000],
])('%s: the same people, hits, values and reasons as by the long way', (_, names, least) => {
  const kernel = createKernel(detectors, hasher);
  const rows = made(names, 20_261_122);
  const alike = countAlike();
  const settled = run(kernel, pieces(names, rows, true));
  expect(alike()).toBeGreaterThan(least);
  expect(settled).toEqual(run(kernel, pieces(names, rows, false)));
});

test('short cells that hold anything, right or wrong, are found as by the long way', () => {
  const kernel = createKernel(detectors, hasher);
  const draw = draws(31);
  const forms = detectors.flatMap(({ examples }) => [...examples.yes, ...examples.no]);
  const signs = 'ABCxyz0123456789012345678901234567890123456789  --./()@+#*';
  const cell = (): string => {
    const form = forms[draw(forms.length)] ?? '';
    const kind = draw(4);
    if (kind === 0) return form;
    if (kind === 1) return ['no ', 'AB ', 'Flat ', 'x', 'GB', '12 '][draw(6)] + form;
    const size = draw(31);
    return Array.from({ length: size }, () => signs.charAt(draw(signs.length))).join('');
  };
  // A column that is decided, so that there is something to be settled.
  const rows = made(['hkid'], 41).map(([number = '']) => [number, cell(), cell()]);
  const names = ['hkid', 'note', 'text'];
  for (const options of [{}, { minConfidence: 'low' }] as const) {
    expect(run(kernel, pieces(names, rows, true), options)).toEqual(
      run(kernel, pieces(names, rows, false), options),
    );
  }
});

test('two objects in turns, each with its own columns, and a third that ends in between', () => {
  const kernel = createKernel(detectors, hasher);
  const first = ['no', 'hkid', 'mobile'];
  const second = ['nric', 'email', 'value'];
  const left = pieces(first, made(first, 1), true);
  const right = pieces(second, made(second, 2), true);
  const one = kernel.object();
  const two = kernel.object();
  left.forEach((piece, i) => {
    one.piece(piece);
    const other = right[i];
    if (other) two.piece(other);
    if (i === 6) run(kernel, pieces(['mobile'], made(['mobile'], 3, 300), true));
  });
  expect(found(one.end())).toEqual(run(kernel, pieces(first, made(first, 1), false)));
  expect(found(two.end())).toEqual(run(kernel, pieces(second, made(second, 2), false)));
});

test.each(['low', 'high'] as const)('with %s confidence asked for it is the same, too', (least) => {
  const kernel = createKernel(detectors, hasher);
  const names = ['hkid', 'order no', 'mobile', 'email'];
  const rows = made(names, 99);
  const options = { minConfidence: least };
  expect(run(kernel, pieces(names, rows, true), options)).toEqual(
    run(kernel, pieces(names, rows, false), options),
  );
});

test('a piece that breaks off leaves nothing behind: what is masked next is masked whole', () => {
  const kernel = createKernel(detectors, hasher);
  const names = ['no', 'hkid', 'mobile'];
  const list = pieces(names, made(names, 5), true);
  const object = kernel.object();
  for (const piece of list.slice(0, -1)) object.piece(piece);
  const last = list.at(-1);
  if (!last?.grid) throw new Error('a table without a grid');
  let asked = 0;
  const broken = {
    ...last,
    text: Buffer.from(`1${CELL_SIGN}A123***(3)${ROW_SIGN}2${CELL_SIGN}A123***(3)${ROW_SIGN}`),
    grid: {
      firstRow: last.grid.firstRow,
      column: (cell: number) => {
        if (++asked > names.length) throw new Error('the extractor broke off');
        return last.grid?.column(cell) ?? { index: cell, name: '' };
      },
    },
  };
  expect(() => object.piece(broken)).toThrow('broke off');
  const text = `row${CELL_SIGN}A123456(3)${ROW_SIGN}row${CELL_SIGN}A123456(3)`;
  expect(kernel.mask(text)).not.toContain('123456');
});

/** A register in which an odd row follows every ninth one, once its columns are decided. */
function withOddRows(
  names: readonly string[],
  odd: (row: number, usual: readonly string[]) => readonly string[],
): Made {
  return made(names, 5, 7000).map((row, i) => (i > 5000 && i % 9 === 0 ? odd(i, row) : row));
}

test.each([
  [
    'numbers masked with X, which look like numbers of things',
    ['nric', 'hkid', 'reference', 'mobile'],
    () => ['SXXXX567D', 'AXXX456(3)', 'sXxXx567d', '9123XXXX'],
  ],
  [
    'identity numbers as local parts of addresses, which take their span',
    ['email address', 'nric'],
    (row: number, [, nric = '']: readonly string[]) => [
      `${['', 'a+', 'a%', 'x.'][row % 4]}${nric}${['', '.x'][row % 2]}@mail.hk`,
      'none',
    ],
  ],
])('late in a settled column: %s', (_, names, odd) => {
  const kernel = createKernel(detectors, hasher);
  const rows = withOddRows(names, odd);
  const alike = countAlike();
  const settled = run(kernel, pieces(names, rows, true));
  expect(alike()).toBeGreaterThan(300);
  expect(settled).toEqual(run(kernel, pieces(names, rows, false)));
});

test('a number that is the host of an address is found though its column is settled', () => {
  const staff = customDetector({
    id: 'custom.staff',
    title: 'Staff number',
    kind: 'person',
    alone: 'high',
    shapes: ['d8'],
    masks: [],
    hints: [],
    against: [],
    check: null,
    weights: [],
  });
  const kernel = createKernel([...detectors, staff], hasher);
  const names = ['mailbox', 'value'];
  const rows = withOddRows(names, (row) => [
    `u@${70_000_000 + ((row * 7919) % 100_003)}.com`,
    '1.25',
  ]);
  const settled = run(kernel, pieces(names, rows, true));
  expect(settled).toEqual(run(kernel, pieces(names, rows, false)));
  expect(settled).toMatchObject({ summaries: [{ detector: 'custom.staff' }, {}] });
});

/** How often a detector's judge is asked in the second half of an object, where its columns are settled. */
function askedLate(id: string, list: readonly Piece[]): number {
  let times = 0;
  const counting = detectors.map((detector) => {
    if (detector.id !== id) return detector;
    const judge = (match: Match): Judgement => {
      times++;
      return detector.judge(match);
    };
    return { ...detector, judge };
  });
  const object = createKernel(counting, hasher).object({});
  list.forEach((piece, i) => {
    if (i === list.length / 2) times = 0;
    object.piece(piece);
  });
  object.end();
  return times;
}

test('a cell that goes the long way leaves the rest of its row to the kernel', () => {
  const names = ['hkid', 'mobile', 'nric', 'email'];
  // In each row a telephone number that is written as no other one.
  const rows = made(names, 77).map(([hkid = '', , nric = '', email = ''], i) => {
    const number = `${50_000_000 + ((i * 7919) % 1_000_003)}`;
    return [hkid, `Tel${'.'.repeat(i % 17)} ${number}, ${i % 23}`, nric, email];
  });
  const kernel = createKernel(detectors, hasher);
  const settled = pieces(names, rows, true);
  expect(run(kernel, settled)).toEqual(run(kernel, pieces(names, rows, false)));
  // Half the rows hold one each.
  expect(askedLate('sg.nric', settled)).toBeLessThan(ROWS / 20);
});

test('what a column makes nothing of is passed over, but for cells with a word that speaks', () => {
  const names = ['nric', 'home address', 'mobile'];
  const rows = made(names, 78);
  const kernel = createKernel(detectors, hasher);
  const settled = pieces(names, rows, true);
  const all = run(kernel, settled, { minConfidence: 'low' });
  expect(all).toEqual(run(kernel, pieces(names, rows, false), { minConfidence: 'low' }));
  expect(run(kernel, settled)).toEqual(run(kernel, pieces(names, rows, false)));
  expect(all).toMatchObject({
    summaries: expect.arrayContaining([expect.objectContaining({ detector: 'intl.passport' })]),
  });
  expect(askedLate('intl.passport', settled)).toBeLessThan(ROWS / 20);
});
