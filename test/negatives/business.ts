/**
 * Made-up business columns in which nobody is: order numbers, waybills, article numbers, times,
 * part numbers, versions, coordinates, hashes. Seeded, so that each run makes the same files.
 */
import { createHash } from 'node:crypto';

const ROWS = 5_000;

/** mulberry32. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Random = () => number;

function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
}

function letters(random: Random, count: number): string {
  return Array.from({ length: count }, () =>
    String.fromCharCode(65 + Math.floor(random() * 26)),
  ).join('');
}

/** Appends the digit that makes the sum with weights 1 and 3 a multiple of 10. */
function withArticleDigit(body: string): string {
  const sum = [...body].reduce((all, digit, i) => all + Number(digit) * (i % 2 === 0 ? 1 : 3), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

function withLuhnDigit(body: string): string {
  let sum = 0;
  [...body].reverse().forEach((digit, i) => {
    const value = Number(digit) * (i % 2 === 0 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  });
  return `${body}${(10 - (sum % 10)) % 10}`;
}

function stamp(random: Random): string {
  const two = (below: number, from = 0): string =>
    String(from + Math.floor(random() * below)).padStart(2, '0');
  return `${two(10, 16)}${two(12, 1)}${two(28, 1)}${two(24)}${two(60)}${two(60)}`;
}

/** A day since 2016, as `yyyymmdd`. */
function recentDay(random: Random): string {
  const days = Math.floor(random() * 3_600);
  return new Date(Date.UTC(2016, 0, 1 + days)).toISOString().slice(0, 10).replaceAll('-', '');
}

function withIsbnSign(body: string): string {
  const sum = [...body].reduce((all, digit, i) => all + Number(digit) * (10 - i), 0);
  return body + ('0123456789X'[(11 - (sum % 11)) % 11] ?? '');
}

interface BusinessColumn {
  readonly header: string;
  readonly value: (random: Random, row: number) => string;
}

const COLUMNS: readonly BusinessColumn[] = [
  ...Array.from({ length: 10 }, (_, i) => ({
    header: `order_${i + 9}`,
    value: (random: Random) => `${1 + Math.floor(random() * 9)}${digits(random, i + 8)}`,
  })),
  { header: 'Sequence', value: (_, row) => String(3_000_100_000 + row) },
  { header: '伝票番号', value: (random) => digits(random, 12) },
  { header: '快递单号', value: (random) => `SF${digits(random, 13)}` },
  { header: 'ean', value: (random) => withArticleDigit(`489${digits(random, 9)}`) },
  { header: 'barcode2', value: (random) => withArticleDigit(`690${digits(random, 9)}`) },
  { header: 'isbn', value: (random) => withArticleDigit(`978${digits(random, 9)}`) },
  { header: 'book', value: (random) => withIsbnSign(digits(random, 9)) },
  { header: 'ticket', value: (random) => `${recentDay(random).slice(2)}-${digits(random, 4)}` },
  { header: 'dated', value: (random) => recentDay(random) + digits(random, 4) },
  { header: 'dated14', value: (random) => recentDay(random) + digits(random, 6) },
  { header: 'short', value: (random) => recentDay(random).slice(2) + digits(random, 4) },
  { header: 'device', value: (random) => withLuhnDigit(`35${digits(random, 12)}`) },
  { header: 'time_s', value: (random) => `1${5 + Math.floor(random() * 3)}${digits(random, 8)}` },
  { header: 'time_ms', value: (random) => `1${5 + Math.floor(random() * 3)}${digits(random, 11)}` },
  { header: 'run', value: stamp },
  { header: 'run20', value: (random) => `20${stamp(random)}` },
  { header: 'part', value: (random) => `${letters(random, 1)}${digits(random, 6)}` },
  { header: 'part7', value: (random) => `${letters(random, 1)}${digits(random, 7)}` },
  { header: 'part9', value: (random) => `${letters(random, 1)}${digits(random, 9)}` },
  { header: 'model', value: (random) => `${letters(random, 3)}${digits(random, 4)}` },
  { header: 'material', value: (random) => `${letters(random, 2)}${digits(random, 7)}` },
  { header: 'pin_code', value: (random) => digits(random, 6) },
  {
    header: 'grid',
    value: (random) => `${digits(random, 3)}-${digits(random, 2)}-${digits(random, 4)}`,
  },
  {
    header: 'revision',
    value: (random) => `${digits(random, 1)}.${digits(random, 2)}.${digits(random, 3)}`,
  },
  { header: 'lat', value: (random) => `22.${digits(random, 6)}` },
  { header: 'lon', value: (random) => `114.${digits(random, 14)}` },
  { header: 'amount', value: (random) => `${digits(random, 7)}.${digits(random, 2)}` },
  { header: 'etag', value: (random) => createHash('md5').update(String(random())).digest('hex') },
  {
    header: 'uuid',
    value: (random) =>
      createHash('sha1')
        .update(String(random()))
        .digest('hex')
        .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5'),
  },
  {
    header: 'commit',
    value: (random) => createHash('sha1').update(String(random())).digest('hex').slice(0, 9),
  },
];

export interface BusinessFile {
  readonly name: string;
  readonly text: string;
}

/** Each column as a file of its own with its header, one without headers, and all as one table. */
export function businessFiles(): readonly BusinessFile[] {
  const made = COLUMNS.map(({ header, value }, number) => {
    const random = generator(number + 1);
    return { header, cells: Array.from({ length: ROWS }, (_, row) => value(random, row)) };
  });
  const rows = Array.from({ length: ROWS }, (_, row) =>
    made.map(({ cells }) => cells[row]).join(','),
  );
  return [
    ...made.map(({ header, cells }, number) => ({
      name: `column-${number}.csv`,
      text: `id,${header},state\n${cells.map((cell, row) => `${row},${cell},done`).join('\n')}\n`,
    })),
    { name: 'headless.csv', text: `${rows.join('\n')}\n` },
    {
      name: 'table.csv',
      text: `${made.map(({ header }) => header).join(',')}\n${rows.join('\n')}\n`,
    },
    {
      name: 'worker.log',
      text: made
        .flatMap(({ header, cells }) => cells.slice(0, 500).map((cell) => `${header}=${cell} ok\n`))
        .join(''),
    },
    {
      name: 'service.log',
      text: rows
        .map(
          (row, number) =>
            `2024-03-05T10:00:00Z INFO request ${number} done ${row.replaceAll(',', ' ')}\n`,
        )
        .join(''),
    },
  ];
}
