/**
 * Takes the network from the libraries of this process: a parser that follows a link in a file gets
 * an error. It stops code that asks Node for a connection, not code that has taken the process over;
 * against that stands the network namespace, where the system grants one.
 */
import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';

function refuse(): never {
  throw new Error('a process that reads files has no network');
}

/** For good: nothing gives it back. */
export function cutNetwork(): void {
  const targets: readonly (readonly [object, readonly string[]])[] = [
    [net.Socket.prototype, ['connect']],
    [net.Server.prototype, ['listen']],
    [dgram.Socket.prototype, ['bind', 'connect', 'send']],
    [dns, names(dns)],
    [dns.promises, names(dns.promises)],
    [dns.Resolver.prototype, names(dns.Resolver.prototype)],
    [dns.promises.Resolver.prototype, names(dns.promises.Resolver.prototype)],
  ];
  for (const [target, functions] of targets) {
    for (const name of functions) {
      Object.defineProperty(target, name, { value: refuse, writable: false, configurable: false });
    }
  }
}

/** `lookup`, `lookupService`, `resolve4` and their like. */
function names(of: object): string[] {
  return Object.getOwnPropertyNames(of).filter((name) => /^(lookup|resolve|reverse)/.test(name));
}
