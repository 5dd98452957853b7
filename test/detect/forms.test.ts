/** Forms of running text are judged in WebAssembly; what comes out must be what the long way gives. */
import { Buffer } from 'node:buffer';
import { afterEach, expect, test, vi } from 'vitest';
import { loadDetectors } from '../../detectors/registry.ts';
import { createHasher, createKernel } from '../../src/detect/index.ts';
import { FormMemory } from '../../src/detect/kernel/forms.ts';
import { Places } from '../../src/detect/kernel/places.ts';
import type { Detection, DetectOptions, Kernel } from '../../src/model/detector.ts';
import type { Piece } from '../../src/model/piece.ts';
import { COLUMNS, type Draw, draws } from './made-table.ts';

const PIECE_BYTES = 200_000;
const PIECES = 6;
const detectors = await loadDetectors();
const kernel = createKernel(detectors, createHasher(new Uint8Array(16).fill(7)));

function digits(draw: Draw, count: number): string {
  return Array.from({ length: count }, () => String(draw(10))).join('');
}

function pick<T>(draw: Draw, from: readonly T[]): T {
  const one = from[draw(from.length)];
  if (one === undefined) throw new Error('nothing to draw from');
  return one;
}

/** A value as a column of a register has it, mostly right. */
const column = (name: string) => (draw: Draw) => COLUMNS[name]?.(draw, draw(1000)) ?? '';
const hkid = column('hkid');

const FULL_WIDTH = (text: string): string =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));

/** Numbers of people and other ones, in the ways they are written. */
const NUMBERS: readonly ((draw: Draw) => string)[] = [
  ...Object.keys(COLUMNS).map(column),
  hkid,
  (draw) => hkid(draw).replace(/[()]/g, ''),
  (draw) => hkid(draw).toLowerCase(),
  (draw) => FULL_WIDTH(hkid(draw)),
  (draw) => `9${digits(draw, 7)}`,
  (draw) => `6${digits(draw, 3)} ${digits(draw, 4)}`,
  (draw) => `+852 5${digits(draw, 3)} ${digits(draw, 4)}`,
  (draw) => `(852) 2${digits(draw, 3)}-${digits(draw, 4)}`,
  (draw) => `1${pick(draw, ['38', '59', '86'])}${digits(draw, 8)}`,
  (draw) => digits(draw, 8),
  (draw) => digits(draw, 9),
  (draw) => digits(draw, 10),
  (draw) => digits(draw, 12),
  (draw) => `${digits(draw, 4)} ${digits(draw, 4)} ${digits(draw, 4)}`,
  (draw) => `6222${digits(draw, 12)}`,
  (draw) => `A${digits(draw, 6)}`,
  (draw) => `20${digits(draw, 2)}0${1 + draw(9)}1${draw(10)}`,
  (draw) => `${1 + draw(9)}`.repeat(8),
  (draw) => `S****${digits(draw, 3)}A`,
];

const LABELS: readonly string[] = [
  ...['身份證號碼', '聯絡電話', '檔案編號', '银行账号', '身份证号码：', '手机', '金額', '訂單編號'],
  ...['HKID ', 'tel. ', 'Phone: ', 'order no ', 'ID no. ', 'NRIC/FIN ', 'passport no ', 'account '],
  ...['', ' ', '，', '（', ': ', 'id ', '\n'],
];

const BETWEEN: readonly string[] = [
  ...[
    '本公告自公布日起生效，',
    '申請人須填妥表格。\n',
    '如有查詢請於辦公時間內聯絡本署職員，',
    '，',
    ' ',
  ],
  ...[
    'the application was received and ',
    'see below.\n',
    '，日期2007年12月25日。\n',
    '（附件）',
    '; ',
  ],
];

/** Texts in which the same few forms stand a hundred times, beside other words each time. */
function text(seed: number): Buffer {
  const draw = draws(seed);
  const numbers = Array.from({ length: 3 + draw(4) }, () => pick(draw, NUMBERS));
  const labels = Array.from({ length: 3 + draw(5) }, () => pick(draw, LABELS));
  const between = Array.from({ length: 2 + draw(4) }, () => pick(draw, BETWEEN));
  let made = '';
  while (made.length < PIECE_BYTES / 2) {
    made += pick(draw, labels) + pick(draw, numbers)(draw);
    for (let more = draw(4); more >= 0; more--) made += pick(draw, between);
  }
  return Buffer.from(made);
}

function pieces(seed: number): Piece[] {
  const place = { label: '', row: null, column: null };
  return Array.from({ length: PIECES }, (_, i) => ({
    text: text(seed * PIECES + i - (i % 3)),
    locate: () => place,
  }));
}

function found({ persons, summaries }: Detection): unknown {
  return {
    persons: [...persons].sort(),
    summaries: summaries
      .map(({ values, ...summary }) => ({ ...summary, values: [...values].sort() }))
      .sort((a, b) => `${a.detector}${a.form}`.localeCompare(`${b.detector}${b.form}`)),
  };
}

function run(from: Kernel, list: readonly Piece[], options: DetectOptions): unknown {
  const object = from.object(options);
  for (const piece of list) object.piece(piece);
  return found(object.end());
}

afterEach(() => vi.restoreAllMocks());

function withoutForms(list: readonly Piece[], options: DetectOptions): unknown {
  const claim = FormMemory.prototype.claim;
  const spy = vi.spyOn(FormMemory.prototype, 'claim').mockImplementation(function (
    this: FormMemory,
  ) {
    return claim.call(this, null);
  });
  const result = run(kernel, list, options);
  spy.mockRestore();
  return result;
}

const SEEDS = (process.env['SEEDS'] ?? '1 2 3 4 5 6 7 8').split(' ').map(Number);

test.each(SEEDS)('text %i: the same is found with forms and without', (seed) => {
  const list = pieces(seed);
  const minConfidence = seed % 3 === 0 ? 'low' : 'medium';
  const long = withoutForms(list, { minConfidence });
  expect(run(kernel, list, { minConfidence })).toEqual(long);
});

test('what a text gives does not depend on what was read before it', () => {
  for (const seed of [21, 22]) run(kernel, pieces(seed), {});
  const list = pieces(23);
  const fresh = createKernel(detectors, createHasher(new Uint8Array(16).fill(7)));
  expect(run(kernel, list, {})).toEqual(run(fresh, list, {}));
});

test('most numbers of a text of one form are done with in the kernel', () => {
  const draw = draws(5);
  let done = 0;
  const add = Places.prototype.addDone;
  vi.spyOn(Places.prototype, 'addDone').mockImplementation(function (
    this: Places,
    words,
    from,
    count,
  ) {
    done += count;
    return add.call(this, words, from, count);
  });
  let made = '';
  for (let i = 0; i < 5_000; i++) made += `本公告自公布日起生效，身份證號碼${hkid(draw)}。\n`;
  const place = { label: '', row: null, column: null };
  run(kernel, [{ text: Buffer.from(made), locate: () => place }], {});
  expect(done).toBeGreaterThan(2_000);
});

/** As many lines, of a number each. */
function lines(count: number, line: (number: number) => string): Piece[] {
  const text = Array.from({ length: count }, (_, number) => line(number)).join('\n');
  const place = { label: '', row: null, column: null };
  return [{ text: Buffer.from(text), locate: () => place }];
}

function wrongHkid(draw: Draw): string {
  const right = hkid(draw);
  const check = right.indexOf('(') + 1;
  const other = right.charAt(check) === '4' ? '5' : '4';
  return right.slice(0, check) + other + right.slice(check + 1);
}

const draw = draws(77);

test.each([
  [
    'numbers of no card’s length, which are no refused cards',
    lines(3_000, (number) => {
      const card = number % 25 === 0 ? `then ${column('card no')(draw)} was seen` : 'done';
      return `trace 1${digits(draw, 15)} and all of it went well today, ${card} in the mail here`;
    }),
  ],
  [
    'a check that fails ten thousand times in one piece',
    lines(12_000, (number) => {
      const value = number % 50 === 0 ? 'A123456(3)' : wrongHkid(draw);
      return `part ${value} of it, which is one of many and so it was.`;
    }),
  ],
  [
    'a number in the brackets and groups of another that is worth nothing',
    lines(
      3_000,
      () => `it was so and so on and so forth then x:(0161) 6${digits(draw, 3)}-4567, or`,
    ),
  ],
  [
    'a word that speaks for a number, and one against it that stands nearer',
    lines(3_000, (number) => {
      const more = number % 4 === 0 ? `ITIN 9${digits(draw, 2)}-7${digits(draw, 1)}-4567 and ` : '';
      return `social security, invoice 9${digits(draw, 8)} ${more}2${digits(draw, 2)}-45-6789`;
    }),
  ],
])('the same is found with forms and without: %s', (_, list) => {
  for (const minConfidence of ['low', 'medium', 'high'] as const) {
    expect(run(kernel, list, { minConfidence })).toEqual(withoutForms(list, { minConfidence }));
  }
});
