/**
 * Scope as a wall: which hosts this process may touch, enforced where every library ends up, at
 * `net.Socket.connect`. What is not declared is refused before a packet leaves, whoever asks.
 *
 * Behind a proxy the wall sees only the proxy; providers therefore also call `allow` with the host
 * they mean, and both ask the same list.
 */
import { lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, Socket } from 'node:net';
import { ScanError } from '../model/errors.ts';

/** `host`, `host:port`, `*.example.org`, `*.example.org:443`, `[::1]:9000`. */
export type HostPattern = string;

export interface Wall {
  /** Throws ScanError `out-of-scope`. */
  allow(host: string, port: number): void;
  /** Declares more hosts, as targets become known. */
  declare(patterns: readonly HostPattern[]): void;
  /** What was refused, `host:port`, in order. */
  readonly refused: readonly string[];
  /** Takes the wall down again (tests). */
  remove(): void;
}

const inner = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  inner.addSubnet(net, bits, 'ipv4');
}
for (const [net, bits] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const) {
  inner.addSubnet(net, bits, 'ipv6');
}

/** Where clouds keep their metadata services: only ever by its own address. */
const LINK_LOCAL = new BlockList();
LINK_LOCAL.addSubnet('169.254.0.0', 16, 'ipv4');
LINK_LOCAL.addSubnet('fe80::', 10, 'ipv6');

/** Private, loopback, link-local and metadata addresses: a public name must not lead there. */
export function isInnerAddress(address: string): boolean {
  return inner.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

interface Parsed {
  readonly host: string;
  readonly port: number | null;
}

function parse(pattern: HostPattern): Parsed {
  const match = /^(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(pattern.toLowerCase());
  if (!match) return { host: pattern.toLowerCase(), port: null };
  const host = (match[1] ?? '').replace(/^\[|\]$/g, '');
  return { host, port: match[2] === undefined ? null : Number(match[2]) };
}

function fits({ host: wanted, port: wantedPort }: Parsed, host: string, port: number): boolean {
  if (wantedPort !== null && wantedPort !== port) return false;
  if (wanted.startsWith('*.')) return host.endsWith(wanted.slice(1));
  return wanted === host;
}

/** `*` at any place; compared piece by piece, because a pattern is data and no regular expression. */
function isWithin({ host: wanted, port: wantedPort }: Parsed, host: string, port: number): boolean {
  if (wantedPort !== null && wantedPort !== port) return false;
  const [first = '', ...rest] = wanted.split('*');
  const last = rest.pop();
  if (last === undefined) return host === wanted;
  if (!host.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest) {
    const next = host.indexOf(piece, at);
    if (next < 0) return false;
    at = next + piece.length;
  }
  return host.length - last.length >= at && host.endsWith(last);
}

/** May `host:port` be touched by who may touch `patterns`? */
export function isBounded(patterns: readonly HostPattern[], host: string, port: number): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  return patterns.some((pattern) => isWithin(parse(pattern), name, port));
}

interface ConnectOptions {
  host?: string;
  port?: number | string;
  path?: string;
  lookup?: typeof systemLookup;
}

/** Node passes connect() its arguments in three forms; see net.Socket.connect. */
function optionsOf(args: readonly unknown[]): ConnectOptions {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (typeof first === 'object' && first !== null) return first;
  if (typeof first === 'string' && Number.isNaN(Number(first))) return { path: first };
  const host = typeof args[1] === 'string' ? args[1] : 'localhost';
  return { host, port: Number(first) };
}

type Resolved = string | readonly { readonly address: string }[];

/** Looks a name up and refuses it when it leads to an inner address that `named` does not cover. */
function guardedLookup(
  original: typeof systemLookup,
  named: (address: string) => boolean,
): typeof systemLookup {
  const guarded = (host: string, options: object, done: (...answer: unknown[]) => void): void => {
    original(host, options, (error: unknown, address: Resolved, family?: number) => {
      if (error) return done(error);
      const addresses = typeof address === 'string' ? [address] : address.map((a) => a.address);
      const bad = addresses.find((one) => isInnerAddress(one) && !named(one));
      if (bad === undefined) return done(null, address, family);
      const detail = `${host} leads to the private address ${bad}; name that address under scope.hosts in ajar.yaml to allow it`;
      done(new ScanError('out-of-scope', detail));
    });
  };
  // The overloads of dns.lookup cannot be written as one arrow function; the shape is the same.
  return guarded as unknown as typeof systemLookup;
}

/**
 * Puts the wall up. `patterns` are the hosts that targets, proxies and the configuration name. With
 * `bound`, a host must fit one of those too, whatever is declared: in them `*` stands for any run of
 * characters, at any place (`lands-*.s3.*.amazonaws.com`).
 */
export function raiseWall(
  patterns: readonly HostPattern[],
  bound: readonly HostPattern[] | null = null,
): Wall {
  let declared = patterns.map(parse);
  const bounds = bound?.map(parse) ?? null;
  const refused: string[] = [];
  const original = Socket.prototype.connect;

  function allow(host: string, port: number): void {
    const name = host.toLowerCase().replace(/^\[|\]$/g, '');
    const within = bounds === null || bounds.some((pattern) => isWithin(pattern, name, port));
    if (within && declared.some((pattern) => fits(pattern, name, port))) return;
    refused.push(`${name}:${port}`);
    const detail = within
      ? `${name}:${port} is not in scope; name it as a target or under scope.hosts in ajar.yaml`
      : `${name}:${port} is outside the authorisation; name it under authorisation.hosts in ajar.yaml if the authorisation covers it`;
    throw new ScanError('out-of-scope', detail);
  }

  function connect(this: Socket, ...args: unknown[]): Socket {
    const options = optionsOf(args);
    if (options.path !== undefined) return Reflect.apply(original, this, args) as Socket;
    const host = options.host ?? 'localhost';
    try {
      allow(host, Number(options.port));
    } catch (error) {
      process.nextTick(() => this.destroy(error instanceof Error ? error : new Error('refused')));
      return this;
    }
    if (isIP(host) === 0) {
      // A host named exactly may be a private cloud's; one that only a wildcard covers may not lead inside.
      const exact = declared.some((pattern) => pattern.host === host.toLowerCase());
      const named = (address: string): boolean =>
        (exact && !LINK_LOCAL.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')) ||
        declared.some((pattern) => fits(pattern, address, Number(options.port)));
      options.lookup = guardedLookup(options.lookup ?? systemLookup, named);
    }
    return Reflect.apply(original, this, args) as Socket;
  }
  Socket.prototype.connect = connect as typeof original;

  return {
    allow,
    declare(more) {
      declared = [...declared, ...more.map(parse)];
    },
    refused,
    remove() {
      Socket.prototype.connect = original;
    },
  };
}

/** `host:port` of the proxies that the environment names, so that the wall lets them through. */
export function proxyHosts(
  env: Readonly<Record<string, string | undefined>>,
): readonly HostPattern[] {
  const names = [
    'HTTPS_PROXY',
    'https_proxy',
    'HTTP_PROXY',
    'http_proxy',
    'ALL_PROXY',
    'all_proxy',
  ];
  const hosts = new Set<string>();
  for (const name of names) {
    const value = env[name];
    if (value === undefined || value === '' || !URL.canParse(value)) continue;
    const url = new URL(value);
    hosts.add(`${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`);
  }
  return [...hosts];
}
