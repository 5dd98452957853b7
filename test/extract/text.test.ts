import { expect, test } from 'vitest';
import { recognise } from '../../src/extract/index.ts';
import { bytesOf, extractBytes } from '../kit/pieces.ts';

test('running text has neither row nor column, and a place is its line', async () => {
  const { pieces } = await extractBytes('first line\nsecond line\nthird: 91230001\n');
  const place = pieces[0]?.locate(bytesOf('first line\nsecond line\nthi').length);
  expect(place).toEqual({ label: 'line 3', row: null, column: null });
});

test('a question for an earlier offset is answered too', async () => {
  const { pieces } = await extractBytes('a\nb\nc\n');
  expect(pieces[0]?.locate(4).label).toBe('line 3');
  expect(pieces[0]?.locate(0).label).toBe('line 1');
});

test('a long text is cut at line ends and nothing is lost', async () => {
  const lines = Array.from({ length: 4000 }, (_, at) => `line ${at + 1} says 9123 ${at}`);
  const source = `${lines.join('\n')}\n`;
  const { pieces } = await extractBytes(source, { pieceBytes: 1000 });
  expect(Buffer.concat(pieces.map((piece) => piece.text)).toString()).toBe(source);
  expect(pieces.every((piece) => piece.text.at(-1) === 10)).toBe(true);
  const last = pieces.at(-1);
  expect(last?.locate(last.text.length - 2).label).toBe('line 4000');
});

test('a line without end is cut between words, never inside a number in groups', async () => {
  const { pieces } = await extractBytes('word 4111 1111 1111 1111 '.repeat(2000), {
    pieceBytes: 1000,
  });
  expect(pieces.length).toBeGreaterThan(10);
  for (const piece of pieces.slice(0, -1)) {
    const text = new TextDecoder().decode(piece.text);
    expect(text).toMatch(/(word|1111) $/);
    expect(text.split('4111').length).toBe(text.split('1111 1111 1111 ').length);
  }
});

test('a text without spaces is cut between whole characters', async () => {
  const { pieces } = await extractBytes('漢字'.repeat(3000), { pieceBytes: 1000 });
  expect(pieces.length).toBeGreaterThan(10);
  for (const piece of pieces) expect(new TextDecoder().decode(piece.text)).not.toContain('\ufffd');
});

test('border bytes of the file are not taken for borders', async () => {
  const { pieces } = await extractBytes('a\u001fb\u001ec\n');
  expect(new TextDecoder().decode(pieces[0]?.text)).toBe('a b c\n');
});

test.each([
  ['PDF', '%PDF-1.7\n', 'pdf', 'truncated'],
  ['PNG', '\x89PNG\r\n\x1a\n0000', 'picture', 'malformed'],
  ['rar', 'Rar!\x1a\x070000', 'archive', 'unsupported'],
  ['Access', '\0\x01\0\0Standard Jet DB\0', 'database', 'unsupported'],
  ['Parquet', 'PAR1\x15\x04', 'parquet', 'truncated'],
  ['openssl enc', 'Salted__\x01\x02\x03\x04', 'encrypted', 'encrypted'],
  ['noise', '\x00\x01\x02\x03\x04\x05\x06\x07\x0e\x0f\x10\x11\x93\x94', 'binary', 'unsupported'],
])('%s is not read, and that is told', async (_, source, format, code) => {
  const bytes = Buffer.from(source, 'latin1');
  expect(recognise(bytes, 'notes.txt')).toBe(format);
  const { gaps, pieces } = await extractBytes(bytes);
  expect(pieces).toEqual([]);
  expect(gaps).toMatchObject([{ code, what: '' }]);
  expect(gaps[0]?.detail).toMatch(/^[A-Z].*\.$/);
});

test('an empty file gives nothing, and no gap', async () => {
  const { gaps, pieces } = await extractBytes('');
  expect([pieces, gaps]).toEqual([[], []]);
});

test('a failing sink is the caller’s to know, not a gap', async () => {
  const { extract } = await import('../../src/extract/index.ts');
  const { DEFAULT_LIMITS } = await import('../../src/model/limits.ts');
  const parts = [{ start: 0, bytes: bytesOf('some text\n') }];
  const sink = {
    piece() {
      throw new Error('the disk is full');
    },
    gap() {
      throw new Error('no gap expected');
    },
  };
  const object = { name: 'x', sizeBytes: 10, parts };
  await expect(extract(object, sink, DEFAULT_LIMITS)).rejects.toThrow('the disk is full');
});

test('no bytes make it throw', async () => {
  let state = 12345;
  const next = () => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return state >> 16;
  };
  const heads = [
    '',
    'PK\x03\x04',
    '\x1f\x8b\x08',
    '{"a":[',
    '<?xml ',
    '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    'a,b\n1,',
  ];
  for (let round = 0; round < 140; round += 1) {
    const body = Uint8Array.from({ length: next() % 3000 }, () => next() & 255);
    const head = Buffer.from(heads[round % heads.length] ?? '', 'latin1');
    await extractBytes(Buffer.concat([head, body]));
  }
});

test('a log with a torn block of NULs is still read', async () => {
  const torn = Buffer.concat([
    bytesOf('start 91230001\n'),
    Buffer.alloc(5000),
    bytesOf('\nend 91230002\n'),
  ]);
  const { pieces, gaps } = await extractBytes(torn);
  expect(gaps).toEqual([]);
  expect(new TextDecoder().decode(pieces[0]?.text)).toMatch(/91230001.*91230002/s);
});
