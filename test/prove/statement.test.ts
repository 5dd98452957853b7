import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { verifyFile } from '../../src/cli/verify.ts';
import { fingerprint, isSignedRight, signed, statementFile } from '../../src/prove/statement.ts';
import { keysFrom } from '../../src/store/key.ts';

const keys = keysFrom(new Uint8Array(32).fill(7));
const STATEMENT = {
  schema: 'ajar-proof/1',
  finding: 'F-0123456789ab',
  result: 'closed',
  n: [1, 2],
};

test('a statement is signed by the key of the key file, the same each time', () => {
  const one = signed(STATEMENT, keys);
  expect(isSignedRight(one)).toBe(true);
  expect(signed(STATEMENT, keysFrom(new Uint8Array(32).fill(7)))).toEqual(one);
  expect(keysFrom(new Uint8Array(32).fill(8)).publicKey).not.toBe(keys.publicKey);
});

test('the order of the fields and the blanks of the file make no difference', () => {
  const one = signed(STATEMENT, keys);
  const { n, ...rest } = one.statement;
  expect(isSignedRight({ ...one, statement: { n, ...rest } })).toBe(true);
  expect(isSignedRight(JSON.parse(statementFile(one).text))).toBe(true);
});

test.each<[string, (one: ReturnType<typeof signed<typeof STATEMENT>>) => object]>([
  ['a result', (one) => ({ ...one, statement: { ...STATEMENT, result: 'open' } })],
  ['an added field', (one) => ({ ...one, statement: { ...STATEMENT, more: 1 } })],
  ['the order of a list', (one) => ({ ...one, statement: { ...STATEMENT, n: [2, 1] } })],
  ['the signature', (one) => ({ ...one, signature: `A${one.signature.slice(1)}` })],
  ['the key', (one) => ({ ...one, publicKey: keysFrom(new Uint8Array(32)).publicKey })],
  ['a key that is none', (one) => ({ ...one, publicKey: 'x' })],
])('changed afterwards it is not as it was signed: %s', (_, change) => {
  const one = signed(STATEMENT, keys);
  const changed = change(one) as typeof one;
  // A signature may begin with A by chance.
  expect(isSignedRight(changed)).toBe(JSON.stringify(changed) === JSON.stringify(one));
});

test('the hash is that of the file, as sha256sum sees it', () => {
  const { text, sha256 } = statementFile(signed(STATEMENT, keys));
  expect(sha256).toBe(createHash('sha256').update(text).digest('hex'));
});

test('verifying says by which key, and whether it is the one of this key file', () => {
  const { text } = statementFile(signed(STATEMENT, keys));
  const { right, lines } = verifyFile('p.json', text, '/there/is/no/key');
  expect(right).toBe(true);
  expect(lines.join('\n')).toContain(fingerprint(keys.publicKey));
  expect(lines.join('\n')).toMatch(/not the key of \/there\/is\/no\/key/);
  const forged = text.replace('"closed"', '"open"');
  expect(verifyFile('p.json', forged, '/none')).toMatchObject({ right: false });
});

test('what a statement says cannot move the terminal', () => {
  const hostile = { ...STATEMENT, because: 'closed\u001b[2K\u202eopen\nforged line' };
  const { text } = statementFile(signed(hostile, keys));
  const { lines } = verifyFile('p.json', text, '/none');
  expect(lines.filter((line) => /[\u0000-\u001f\u202e]/.test(line))).toEqual([]);
});

test.each(['', '[]', '{"statement":1}', '{"statement":{},"signature":"x"}', 'no JSON'])(
  'what is no statement is refused in a sentence: %j',
  (text) => {
    expect(() => verifyFile('p.json', text, '/none')).toThrow(/no signed statement of ajar/);
  },
);
