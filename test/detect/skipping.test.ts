/** What detection leaves out to be fast changes nothing: the same tables with and without. */
import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { loadDetectors } from '../../detectors/registry.ts';
import { Engine, type Reader } from '../../src/detect/engine.ts';
import { Filter, Mode } from '../../src/detect/kernel/matcher.ts';
import { ObjectDetector } from '../../src/detect/object.ts';
import { createHasher } from '../../src/detect/siphash.ts';
import type { Detection, DetectOptions } from '../../src/model/detector.ts';
import { CELL, type Piece, type Place, ROW } from '../../src/model/piece.ts';
import { draws } from './made-table.ts';
import { hkid, myNumber, plainNumber } from './people-of-paper.ts';

/** Enough for a column to have seen all the distinct values it looks at. */
const ROWS = 5_500;

const detectors = await loadDetectors();

/** Looks at every candidate of every detector, whatever a column has ruled out. */
class Thorough extends Engine {
  readonly #all = new Filter(detectors.length, Mode.all);

  override read(bytes: Uint8Array, reader: Reader): void {
    super.read(bytes, {
      enter: (place) => {
        reader.enter(place);
        return this.#all;
      },
      note: (automaton, start, found) => reader.note(automaton, start, found),
      take: (candidate) => reader.take(candidate),
    });
  }
}

/** A table as one piece: places asked for cell by cell, or with a grid. */
function tableOf(header: readonly string[], rows: readonly (readonly string[])[]): Piece {
  const cell = String.fromCharCode(CELL);
  const text = Buffer.from(rows.map((row) => row.join(cell) + String.fromCharCode(ROW)).join(''));
  let at = 0;
  let row = 1;
  let column = 0;
  return {
    text,
    locate(offset) {
      for (; at < offset; at++) {
        if (text[at] === CELL) column++;
        if (text[at] === ROW) {
          row++;
          column = 0;
        }
      }
      const name = header[column] ?? '';
      return { label: `row ${row} ${name}`, row, column: { index: column, name } };
    },
  };
}

function withGrid(piece: Piece, header: readonly string[]): Piece {
  const grid = {
    firstRow: 1,
    column: (cell: number) => ({ index: cell, name: header[cell] ?? '' }),
  };
  return { ...piece, grid };
}

function plain({ summaries, persons, hits }: Detection): unknown {
  return {
    hits,
    persons: [...persons].sort(),
    summaries: summaries.map((one) => ({ ...one, values: [...one.values].sort() })),
  };
}

function detect(engine: Engine, piece: Piece, options: DetectOptions): unknown {
  const object = new ObjectDetector(engine, options);
  object.piece(piece);
  return plain(object.end());
}

const HEADER = ['no', 'HKID', 'code', 'value', 'phone', 'order no', 'note', '', 'when'];

/** Columns of people, of numbers that pass by chance, and of numbers that become people's late. */
function rowOf(number: number): readonly string[] {
  const late = number > 5_000;
  const words = ['', 'My Number ', 'order no ', '身分證 ', 'passport '][number % 5] ?? '';
  return [
    String(number),
    number % 50 === 0 ? `${hkid(number)} ` : hkid(number).replace(/.$/, '($&)'),
    late ? hkid(number) : plainNumber(number, 8),
    late ? myNumber(number) : plainNumber(number, 12),
    `9${plainNumber(number, 7)}`,
    plainNumber(number + 7, 9 + (number % 3)),
    number % 3 === 0 ? `${words}${plainNumber(number + 3, 9)}` : `K${plainNumber(number, 8)}`,
    number % 2 === 0 ? `A123***(${number % 10})` : plainNumber(number + 9, 11),
    `20${10 + (number % 16)}-0${1 + (number % 9)}-1${number % 10}`,
  ];
}

const rows = Array.from({ length: ROWS }, (_, i) => rowOf(i + 1));

test.each<DetectOptions>([
  {},
  { minConfidence: 'low' },
  { minConfidence: 'high' },
  { collectHits: true },
])('a long table gives the same result with and without skipping, under %j', (options) => {
  const hasher = createHasher(new Uint8Array(16));
  const slow = detect(new Thorough(detectors, hasher), tableOf(HEADER, rows), options);
  const engine = new Engine(detectors, hasher);
  expect(detect(engine, tableOf(HEADER, rows), options)).toEqual(slow);
  expect(detect(engine, withGrid(tableOf(HEADER, rows), HEADER), options)).toEqual(slow);
});

/** Lines of numbers that come to nothing, with words beside some of them and people among them. */
function lineOf(number: number): string {
  const words = ['file', 'tel.', 'TIN:', '電話', '身份證號碼', 'order no', 'My Number', 'ref'];
  const word = words[number % 8] ?? '';
  const address = `10.${number % 256}.${(number * 7) % 256}.${(number * 13) % 256}`;
  const grouped = plainNumber(number, 12).replace(/(\d{4})(?=\d)/g, '$1 ');
  const value = [hkid(number), myNumber(number), address, grouped][number % 4] ?? '';
  return `${address} said ${plainNumber(number, 8)} and ${word} ${plainNumber(number + 5, 8 + (number % 6))}; then ${value} (${word} ${plainNumber(number + 11, 9)})`;
}

test.each<DetectOptions>([
  {},
  { minConfidence: 'low', collectHits: true },
  { minConfidence: 'high' },
  { collectHits: true },
])('a text gives the same result with and without asking every judge, under %j', (options) => {
  const hasher = createHasher(new Uint8Array(16));
  const text = Buffer.from(Array.from({ length: 1_200 }, (_, i) => lineOf(i + 1)).join('\n'));
  const piece: Piece = {
    text,
    locate: (offset) => ({ label: `offset ${offset}`, row: null, column: null }),
  };
  const slow = detect(new Thorough(detectors, hasher), piece, options);
  expect(detect(new Engine(detectors, hasher), piece, options)).toEqual(slow);
});

const LINE: Place = { label: '', row: null, column: null };

/** Lines as servers write them, with words now and then at any distance from a number. */
function logLines(seed: number): string {
  const draw = draws(seed);
  const digits = (form: string): string => form.replace(/0/g, () => String(draw(10)));
  const forms = ['000.000.000.00', '00.00.000.0', 'id=0000000', '0000-00-00 00:00:00', '00000000'];
  const more = [
    '404 00000 -',
    '000-00-0000',
    '0000 0000 0000',
    '000.000.000-00',
    'v0.00.000',
    '(00) 0000',
  ];
  const words = detectors.flatMap(({ hints }) => hints).filter((hint) => /^[ -~]+$/.test(hint));
  const signs = ['GET', '/a/b', 'Mobile/15E148"', 'said', ';', ':', '"-"', '\n', '[', 'AB', '  '];
  let text = '';
  while (text.length < 12_000) {
    const kind = draw(8);
    if (kind < 4) text += digits([...forms, ...more][draw(forms.length + more.length)] ?? '');
    else if (kind < 7) text += signs[draw(signs.length)] ?? '';
    else if (draw(3) === 0) text += words[draw(words.length)] ?? '';
    text += [' ', ' ', '', ': ', '\n', ', '][draw(6)] ?? '';
  }
  return text;
}

test.each<DetectOptions>([
  {},
  { minConfidence: 'low', collectHits: true },
  { minConfidence: 'high' },
])(
  'clusters that are known by their looks to be nothing without a word are nothing, under %j',
  (options) => {
    const hasher = createHasher(new Uint8Array(16));
    const engine = new Engine(detectors, hasher);
    const thorough = new Engine(detectors, hasher);
    let known = 0;
    const { calls } = engine.tables.machine;
    const { stillness } = calls;
    calls.stillness = (at, size) => {
      const address = stillness(at, size);
      if (address > 0) known++;
      return address;
    };
    Object.assign(thorough.tables.machine.calls, { stillness: () => 0, mayHold: () => 1 });
    for (let seed = 1; seed <= 12; seed++) {
      const piece = (): Piece => ({
        text: Buffer.from(logLines(seed)),
        locate: (offset) => ({ label: `offset ${offset}`, row: null, column: null }),
      });
      expect(detect(engine, piece(), options)).toEqual(detect(thorough, piece(), options));
    }
    expect(known).toBeGreaterThan(10);
  },
);

test.each(['CCCD', 'host', 'Mobile', 'número CPF'])(
  'a number of groups and dots, known to be nothing, is one where a word speaks for it: %s',
  (word) => {
    const engine = new Engine(detectors, createHasher(new Uint8Array(16)));
    const far = 'far from any word '.repeat(5);
    const lines = Array.from({ length: 60 }, (_, i) => `${far}: 079.203.001.${100 + i} up ${far}`);
    lines.push(`${far} ${word}: 079.203.001.234 up ${far}`, ...lines);
    const object = new ObjectDetector(engine, {});
    object.piece({ text: Buffer.from(lines.join('\n')), locate: () => LINE });
    const found = object.end().summaries.map(({ detector, hits }) => `${detector} ${hits}`);
    expect(found).toEqual(word === 'CCCD' ? ['vn.cccd 1'] : []);
  },
);

test('what is settled to be noise stays so, and a word still speaks for it', () => {
  const hasher = createHasher(new Uint8Array(16));
  const found = (lines: readonly string[]): readonly string[] => {
    const object = new ObjectDetector(new Engine(detectors, hasher), {});
    const text = Buffer.from(lines.join('\n'));
    const locate = () => ({ label: '', row: null, column: null });
    object.piece({ text, locate });
    const far = 'far from any word '.repeat(20);
    const last = `個人番号 ${myNumber(3)}, ${far}${myNumber(4)}`;
    object.piece({ text: Buffer.from(last), locate });
    const summaries = object.end().summaries.filter(({ detector }) => detector === 'jp.mynumber');
    return summaries.map(({ hits, confidence }) => `${hits} ${confidence}`);
  };
  // More codes than it takes; one in eleven passes.
  const codes = Array.from({ length: 4_500 }, (_, i) => `code ${plainNumber(i, 12)} of the day.`);
  expect(found(codes)).toEqual(['1 high']);
});
