import { expect, test } from 'vitest';
import { expand, listLines } from '../../../src/cli/sweep/targets.ts';

function asked(text: string): readonly string[] {
  return expand(text, 'list.txt:1').candidates.map(
    ({ spec, host, guessed }) => `${spec.uri}${guessed ? '?' : ''} ${host}`,
  );
}

test('a list has comments, blank lines and any line break', () => {
  const text = '\uFEFF# tonight\r\n\r\nlands.example.org  # the site\nhttps://x.example/#part\n';
  expect(listLines(text)).toEqual([
    { line: 3, text: 'lands.example.org' },
    { line: 4, text: 'https://x.example/#part' },
  ]);
});

test.each<[string, readonly string[]]>([
  [
    'lands.example.org',
    [
      'https://lands.example.org/ lands.example.org:443',
      's3://lands.example.org? s3.us-east-1.amazonaws.com:443',
      'gs://lands.example.org? storage.googleapis.com:443',
    ],
  ],
  [
    'landsdata',
    [
      's3://landsdata? landsdata.s3.us-east-1.amazonaws.com:443',
      'gs://landsdata? storage.googleapis.com:443',
      'az://landsdata/$web? landsdata.blob.core.windows.net:443',
      'az://landsdata/$root? landsdata.blob.core.windows.net:443',
    ],
  ],
  [
    'lands-data',
    [
      's3://lands-data? lands-data.s3.us-east-1.amazonaws.com:443',
      'gs://lands-data? storage.googleapis.com:443',
    ],
  ],
  ['192.0.2.7', ['https://192.0.2.7/ 192.0.2.7:443']],
  ['lands.example.org:8443', ['https://lands.example.org:8443/ lands.example.org:8443']],
  [
    'https://lands.example.org/files/?a=1#b',
    ['https://lands.example.org/files/ lands.example.org:443'],
  ],
  ['http://lands.example.org:8080', ['http://lands.example.org:8080/ lands.example.org:8080']],
  ['s3://lands-data/2024', ['s3://lands-data/2024 lands-data.s3.us-east-1.amazonaws.com:443']],
  ['s3+https://store.example/lands', ['s3+https://store.example/lands null']],
  [
    'https://lands-data.s3.ap-east-1.amazonaws.com/a/b.csv',
    ['s3://lands-data lands-data.s3.ap-east-1.amazonaws.com:443'],
  ],
  [
    'http://lands-data.s3-website-us-east-1.amazonaws.com/',
    ['s3://lands-data lands-data.s3.us-east-1.amazonaws.com:443'],
  ],
  [
    'https://s3.ap-east-1.amazonaws.com/lands-data/a',
    ['s3://lands-data lands-data.s3.ap-east-1.amazonaws.com:443'],
  ],
  ['https://storage.googleapis.com/lands-data/a', ['gs://lands-data storage.googleapis.com:443']],
  [
    'https://landsdata.blob.core.windows.net/people/a.csv',
    ['az://landsdata/people landsdata.blob.core.windows.net:443'],
  ],
])('%s', (text, expected) => {
  expect(asked(text)).toEqual(expected);
});

test('everything is asked without credentials', () => {
  for (const text of ['landsdata', 'lands.example.org', 's3://x-1', 'https://x.example/']) {
    for (const { spec } of expand(text, 'x').candidates) expect(spec.anonymous).toBe(true);
  }
});

test.each([
  ['s3://', /names no single place/],
  ['az://account', /names no single place/],
  ['https://user:pw@x.example/', /must not hold a name or password/],
  ['two words', /is no address, domain or bucket name; write/],
  ['UPPER_', /is no address/],
])('%s is refused with the place in the list', (text, message) => {
  expect(() => expand(text, 'list.txt:7')).toThrow(message);
  expect(() => expand(text, 'list.txt:7')).toThrow(/^list\.txt:7: /);
});
