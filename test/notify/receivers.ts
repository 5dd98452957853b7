/** Real receivers on loopback: an SMTP server with STARTTLS and AUTH, and an HTTP server that answers as told. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { Message } from '../../src/model/message.ts';

const ca = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../fixtures/ca', name), 'utf8');

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly user: string | undefined;
  readonly secure: boolean;
  readonly raw: string;
}

export interface MailServer {
  readonly port: number;
  readonly mails: readonly Mail[];
  close(): Promise<void>;
}

export const USER = 'ajar';
export const PASSWORD = 'p@ss:word/1';

/** `onMail` may answer with an error, or never, before the server says that it took the mail. */
export async function startMailServer(
  options: SMTPServerOptions = {},
  onMail: (mail: Mail, count: number) => Error | null | Promise<Error | null> = () => null,
): Promise<MailServer> {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    key: ca('test-only-server.key'),
    cert: ca('test-only-server.pem'),
    authOptional: true,
    logger: false,
    onAuth(auth, _session, done) {
      const right = auth.username === USER && auth.password === PASSWORD;
      done(
        right ? null : new Error('Invalid username or password'),
        right ? { user: USER } : undefined,
      );
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const mail: Mail = {
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          user: typeof session.user === 'string' ? session.user : undefined,
          secure: session.secure,
          raw: Buffer.concat(chunks).toString('utf8'),
        };
        void Promise.resolve(onMail(mail, mails.length)).then((error) => {
          if (error === null) mails.push(mail);
          done(error);
        });
      });
    },
    ...options,
  });
  // A client that goes away in the middle is no failure of the test.
  server.on('error', () => undefined);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', () => ready()));
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    close: () => new Promise((done) => server.close(() => done())),
  };
}

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Receiver {
  readonly port: number;
  readonly requests: readonly Request[];
  close(): Promise<void>;
}

export type Turn = number | 'drop' | { readonly status: number; readonly body: string };

/** Answers with these statuses in turn, the last for ever; `drop` takes the request and hangs up. */
export async function startReceiver(...statuses: Turn[]): Promise<Receiver> {
  const requests: Request[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const turn = statuses[Math.min(requests.length, statuses.length - 1)] ?? 200;
      const { method = '', url = '', headers } = request;
      requests.push({ method, path: url, headers, body: Buffer.concat(chunks).toString('utf8') });
      if (turn === 'drop') return response.destroy();
      const status = typeof turn === 'number' ? turn : turn.status;
      response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {});
      return response.end(typeof turn === 'number' ? '' : turn.body);
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', () => ready()));
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

export function madeMessage(more: Partial<Message> = {}): Message {
  return {
    id: 'campaign-autumn/lands/list',
    channel: 'mail',
    to: ['records@lands.example'],
    subject: 'Lands: 海角地政署',
    text: 'One line.\n\nAnother line.\n',
    language: 'en',
    attachments: [],
    about: 'campaign-autumn',
    state: 'sending',
    attempts: 1,
    nextAt: '2025-11-20T08:00:00.000Z',
    error: null,
    ...more,
  };
}
