/** What detection leaves out to be fast changes nothing: the same tables with and without. */
import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { loadDetectors } from '../../detectors/registry.ts';
import { Engine, type Reader } from '../../src/detect/engine.ts';
import { Filter, Mode } from '../../src/detect/kernel/matcher.ts';
import { ObjectDetector } from '../../src/detect/object.ts';
import { createHasher } from '../../src/detect/siphash.ts';
import type { Detection, DetectOptions } from '../../src/model/detector.ts';
import { CELL, type Piece, ROW } from '../../src/model/piece.ts';
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
