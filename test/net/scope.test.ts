import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { isInnerAddress, proxyHosts, raiseWall, type Wall } from '../../src/net/scope.ts';

let server: Server;
let port: number;
let asked = 0;
let wall: Wall | undefined;

beforeAll(async () => {
  server = createServer((_, response) => {
    asked++;
    response.end('hello');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  port = (server.address() as AddressInfo).port;
});
afterEach(() => wall?.remove());
afterAll(() => server.close());

test('a declared host is reached through fetch', async () => {
  wall = raiseWall([`127.0.0.1:${port}`]);
  const answer = await fetch(`http://127.0.0.1:${port}/`);
  expect(await answer.text()).toBe('hello');
});

test('an undeclared host is refused before a packet leaves, and is recorded', async () => {
  const before = asked;
  wall = raiseWall(['bucket.example.org']);
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  expect(asked).toBe(before);
  expect(wall.refused).toEqual([`127.0.0.1:${port}`]);
});

test('what lies outside the bound is refused although it is declared, with the reason', async () => {
  const before = asked;
  wall = raiseWall([`127.0.0.1:${port}`], ['*.example.org']);
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  expect(asked).toBe(before);
  expect(() => wall?.allow('127.0.0.1', port)).toThrow(/outside the authorisation/);
});

test('what lies inside the bound still has to be declared', async () => {
  wall = raiseWall(['bucket.example.org'], [`127.0.0.1:${port}`, '*.example.org']);
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  expect(() => wall?.allow('bucket.example.org', 443)).not.toThrow();
});

test('another port of a declared host is refused', async () => {
  wall = raiseWall(['127.0.0.1:1']);
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
});

test('a wildcard covers names below it and nothing that merely ends alike', () => {
  wall = raiseWall(['*.blob.example.org:443']);
  expect(() => wall?.allow('a.blob.example.org', 443)).not.toThrow();
  expect(() => wall?.allow('evilblob.example.org', 443)).toThrow(/not in scope/);
  expect(() => wall?.allow('a.blob.example.org', 80)).toThrow(/not in scope/);
});

test('a host named exactly may be a private one, a wildcard may not lead inside', async () => {
  wall = raiseWall([`localhost:${port}`]);
  expect(await (await fetch(`http://localhost:${port}/`)).text()).toBe('hello');
  wall.remove();
  wall = raiseWall([`*.localhost:${port}`]);
  await expect(fetch(`http://a.localhost:${port}/`)).rejects.toThrow();
});

test('metadata and private addresses are known as inner', () => {
  for (const address of ['169.254.169.254', '10.1.2.3', '127.0.0.1', '::1', 'fe80::1']) {
    expect(isInnerAddress(address), address).toBe(true);
  }
  expect(isInnerAddress('203.0.113.7')).toBe(false);
});

test('the proxies of the environment are named with their ports', () => {
  expect(proxyHosts({ HTTPS_PROXY: 'http://proxy.example.org:3128', HTTP_PROXY: '' })).toEqual([
    'proxy.example.org:3128',
  ]);
});
