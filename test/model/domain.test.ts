import { expect, test } from 'vitest';
import { addressOf } from '../../src/model/domain.ts';

test.each([
  ['data.example.org', 'https://data.example.org'],
  ['data.example.org:8443', 'https://data.example.org:8443'],
  ['http://data.example.org', 'http://data.example.org'],
  ['https://data.example.org/', 'https://data.example.org'],
  ['https://data.example.org/open//', 'https://data.example.org/open'],
])('%s is at %s', (domain, address) => {
  expect(addressOf(domain)).toBe(address);
});
