import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { authorised } from '../../src/cli/authorisation.ts';
import { loadConfig } from '../../src/cli/config.ts';
import { isBounded } from '../../src/net/scope.ts';

const folder = mkdtempSync(join(tmpdir(), 'ajar-authorised-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(block: string) {
  const config = join(folder, 'ajar.yaml');
  writeFileSync(config, block);
  return loadConfig({ config }).authorisation;
}

const WHOLE = {
  by: 'Permanent Secretary',
  reference: 'OGCIO 12/2026',
  until: '2027-03-31',
  hosts: ['*.example.org'],
};
const NOW = new Date('2026-11-22T10:00:00Z');

test('what the configuration holds is taken over', () => {
  const text = `authorisation: ${JSON.stringify(WHOLE)}\n`;
  expect(authorised(read(text), 'ajar.yaml', NOW)).toEqual(WHOLE);
});

test('without one the sentence shows the block to write', () => {
  expect(() => authorised(null, 'ajar.yaml', NOW)).toThrow(
    /write into ajar\.yaml:\n\nauthorisation:/,
  );
});

test('the block that is shown is itself valid', () => {
  let message = '';
  try {
    authorised(null, 'ajar.yaml', NOW);
  } catch (error) {
    message = error instanceof Error ? error.message : '';
  }
  const shown = read(message.slice(message.indexOf('authorisation:')));
  expect(authorised(shown, 'ajar.yaml', NOW)).toMatchObject({ until: '2027-03-31' });
});

test('it holds to the end of its last day, and no longer', () => {
  const last = { ...WHOLE, until: '2026-11-22' };
  expect(authorised(last, 'x', new Date(2026, 10, 22, 23, 59))).toEqual(last);
  expect(() => authorised(last, 'x', new Date(2026, 10, 23))).toThrow(
    /OGCIO 12\/2026 ended on 2026-11-22; have it renewed/,
  );
});

test.each([
  ['by', { by: '' }],
  ['until', { until: 'soon' }],
  ['until', { until: '2027-02-31' }],
  ['hosts', { hosts: [] }],
  ['hosts', { hosts: ['*'] }],
  ['hosts', { hosts: ['https://x.example/'] }],
])('a %s that is none is refused with file and line', (name, change) => {
  const text = `authorisation: ${JSON.stringify({ ...WHOLE, ...change })}\n`;
  expect(() => read(text)).toThrow(new RegExp(`ajar\\.yaml:1:\\d+: "authorisation\\.${name}`));
});

test.each<[string, string, boolean]>([
  ['*.example.org', 'lands.example.org', true],
  ['*.example.org', 'a.b.example.org', true],
  ['*.example.org', 'example.org', false],
  ['*.example.org', 'example.org.evil.test', false],
  ['*.example.org', 'evilexample.org', false],
  ['lands-*.s3.*.amazonaws.com', 'lands-1.s3.ap-east-1.amazonaws.com', true],
  ['lands-*.s3.*.amazonaws.com', 'other.s3.ap-east-1.amazonaws.com', false],
  ['lands.example.org:8443', 'lands.example.org', false],
  ['a*a', 'a', false],
  ['192.0.2.*', '192.0.2.9', true],
])('%s and %s: %s', (pattern, host, inside) => {
  expect(isBounded([pattern], host, 443)).toBe(inside);
});
