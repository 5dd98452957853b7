import { expect, test } from 'vitest';
import { extractBytes } from '../kit/pieces.ts';

const LOG = [
  '10.0.0.1 GET /a?name=x&mail=ann%40example.org&id=Y100111%284%29 200',
  '10.0.0.1 GET /b?tel=%2B852+9123+0001&q=100%25+sure 200',
  '10.0.0.1 GET /c?back=%2Fd%3Fmail%3Dbob%2540example.org 200',
  '',
].join('\n');

test.each([
  ['ann@example.org', 'mail', 'line 1'],
  ['Y100111(4)', 'id', 'line 1'],
  ['+852 9123 0001', 'tel', 'line 2'],
  ['/d?mail=bob@example.org', 'back', 'line 3'],
])('%s is found under its parameter, in its line', async (text, column, label) => {
  const { cells } = await extractBytes(LOG);
  expect(cells).toContainEqual(expect.objectContaining({ text, column, label }));
});

test('the text itself stays as it is', async () => {
  const [first] = (await extractBytes(LOG)).pieces;
  expect(new TextDecoder().decode(first?.text)).toBe(LOG);
});

test('a value of a table keeps its row', async () => {
  const { cells } = await extractBytes(
    'name,link\nAnn,https://example.org/?m=ann%40example.org\nBob,https://example.org/\n',
  );
  const found = cells.find((cell) => cell.text === 'ann@example.org');
  expect(found?.row).toBe(cells.find((cell) => cell.text === 'Ann')?.row);
});

test('what encodes nothing is left alone', async () => {
  const { pieces } = await extractBytes('50%ab of 1234 and 100%2 or %E4%zz 12345\n');
  expect(pieces).toHaveLength(1);
});
