/** A proxy on loopback that knows CONNECT only, as offices have them, and writes down where everybody wanted to go. */
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

export interface ConnectProxy {
  readonly url: string;
  /** `host:port`, in order. */
  readonly wanted: string[];
  stop(): Promise<void>;
}

/** Lets through to loopback only, so that a test never leaves the machine. */
export async function startConnectProxy(): Promise<ConnectProxy> {
  const wanted: string[] = [];
  const open = new Set<{ destroy(): void }>();
  const server = createServer((_, response) => {
    response.writeHead(405).end();
  });
  server.on('connect', (request, client, head) => {
    const target = request.url ?? '';
    wanted.push(target);
    const [, host = '', port = ''] = /^(.+):(\d+)$/.exec(target) ?? [];
    open.add(client);
    client.on('error', () => client.destroy());
    if (host !== '127.0.0.1' && host !== 'localhost') {
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const upstream = connect(Number(port), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client);
      client.pipe(upstream);
    });
    open.add(upstream);
    upstream.on('error', () => client.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    wanted,
    async stop() {
      for (const socket of open) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
