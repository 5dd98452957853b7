/**
 * Mail over SMTP, encrypted unless the configuration says otherwise.
 *
 * The library's connection is used without its transport, so that it is known whether the whole
 * message had left when a connection breaks: only then may the server have taken it. The socket is
 * opened here, so that it passes the scope wall by the server's name.
 */
import { createHash } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { UsageError } from '../model/errors.ts';
import type { NewMessage } from '../model/message.ts';
import { addressOf, type Env, labelOf, type MailChannel } from './channel.ts';
import { type Delivery, plainId, quoted, type Sender, type SendingContext } from './delivery.ts';
import { reasonOf } from './post.ts';

interface Server {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; else STARTTLS. */
  readonly secure: boolean;
  readonly tls: MailChannel['tls'];
  readonly user: string;
  readonly password: string;
}

const PORTS: Readonly<Record<string, number>> = { 'smtp:': 587, 'smtps:': 465 };
/** One address, nothing that a header or the protocol would read as more. */
const ADDRESS = /^[^\s<>()[\],;:"\\@\p{Cc}]+@[^\s<>()[\],;:"\\@\p{Cc}]+$/u;

/** Throws UsageError for a channel that cannot be used as configured. */
export function mailSender(name: string, channel: MailChannel, context: SendingContext): Sender {
  const server = serverOf(name, channel, context.env);
  const from = senderOf(name, channel);
  return {
    hosts: [`${server.host.includes(':') ? `[${server.host}]` : server.host}:${server.port}`],
    async send(message) {
      const bad = message.to.filter((address) => !ADDRESS.test(address));
      if (message.to.length === 0) return { outcome: 'refused', error: 'it has no recipient' };
      if (bad.length > 0) {
        return {
          outcome: 'refused',
          error: `${bad.length} of its addresses are no mail addresses`,
        };
      }
      const raw = await compose(message, from);
      return transmit(raw, message.to, from.address, server, context);
    },
  };
}

function serverOf(name: string, channel: MailChannel, env: Env): Server {
  const url = addressOf(name, channel, ['smtp:', 'smtps:'], env);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || PORTS[url.protocol]),
    secure: url.protocol === 'smtps:',
    tls: channel.tls,
    user: decoded(name, url.username),
    password: decoded(name, url.password),
  };
}

function decoded(name: string, text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    throw new UsageError(
      `${labelOf(name)}: user or password of its address has a % that is no escape; write it as %25`,
      { cause: error },
    );
  }
}

interface From {
  readonly name: string;
  readonly address: string;
}

/** `ajar <ajar@cio.example.org>` or the bare address. */
function senderOf(name: string, { from }: MailChannel): From {
  const match = /^\s*(?:"?([^"<]*?)"?\s*<([^<>]+)>|([^<>]+))\s*$/.exec(from);
  const address = (match?.[2] ?? match?.[3] ?? '').trim();
  if (!ADDRESS.test(address)) {
    throw new UsageError(
      `${labelOf(name)}: "from" is no mail address; write Name <name@example.org>`,
    );
  }
  return { name: (match?.[1] ?? '').trim(), address };
}

/** The same message has the same Message-ID whenever it is sent, so that a reader's program can tell. */
export function messageId(id: string, from: string): string {
  const digest = createHash('sha256').update(id).digest('hex').slice(0, 16);
  return `<${plainId(id)}.${digest}@${from.slice(from.lastIndexOf('@') + 1)}>`;
}

async function compose(message: NewMessage, from: From): Promise<Buffer> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const composer = new MailComposer({
    from,
    to: message.to.map((address) => ({ name: '', address })),
    subject: message.subject,
    text: message.text,
    messageId: messageId(message.id, from.address),
    // So that no holiday reply comes back. Source: RFC 3834.
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': message.language },
    attachments: message.attachments.map(({ name, type, base64 }) => ({
      filename: name,
      contentType: type,
      content: Buffer.from(base64, 'base64'),
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/** Sockets that stand through the wall, or the error that kept them. */
async function open({ host, port }: Server, timeoutMs: number): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const socket = connect({ host, port });
  socket.setTimeout(timeoutMs, () => socket.destroy(new Error('ajar.timeout')));
  socket.once('error', reject);
  socket.once('connect', () => {
    socket.setTimeout(0);
    socket.off('error', reject);
    resolve(socket);
  });
  return promise;
}

interface SmtpError extends Error {
  /** The library's: `EAUTH`, `EENVELOPE`. */
  readonly code?: string;
  readonly responseCode?: number;
  readonly response?: string;
}

async function transmit(
  raw: Buffer,
  to: readonly string[],
  from: string,
  server: Server,
  context: SendingContext,
): Promise<Delivery> {
  const { default: SMTPConnection } = await import('nodemailer/lib/smtp-connection');
  const { Readable } = await import('node:stream');
  const { host, port, secure, tls, user, password } = server;
  const name = `${host}:${port}`;
  let socket: Socket;
  try {
    context.allow(host, port);
    socket = await open(server, context.timeoutMs);
  } catch (error) {
    return { outcome: 'retry', error: reasonOf(name, error, context.timeoutMs) };
  }
  const connection = new SMTPConnection({
    host,
    port,
    secure,
    requireTLS: !secure && tls === 'required',
    ignoreTLS: tls === 'none',
    connection: socket,
    greetingTimeout: context.timeoutMs,
    socketTimeout: context.timeoutMs,
    tls: { minVersion: 'TLSv1.2' },
  });
  let left = false;
  const source = Readable.from([raw]);
  source.once('end', () => {
    left = true;
  });
  try {
    const info = await session(connection, { user, password }, { from, to: [...to] }, source);
    const refused = info.rejected.length;
    const note =
      refused === 0
        ? null
        : `${refused} of ${to.length} recipients were refused: ${info.rejected.join(', ')}`;
    connection.quit();
    return { outcome: 'sent', note };
  } catch (error) {
    connection.close();
    return judged(error as SmtpError, left, name, context, [password]);
  }
}

type Connection = import('nodemailer/lib/smtp-connection').default;
type Info = import('nodemailer/lib/smtp-connection').SMTPConnectionSendInfo;

/** Connect, log in, send; rejects with the library's error. */
function session(
  connection: Connection,
  { user, password }: Pick<Server, 'user' | 'password'>,
  envelope: { from: string; to: string[] },
  source: import('node:stream').Readable,
): Promise<Info> {
  const { promise, resolve, reject } = Promise.withResolvers<Info>();
  const send = (): void => {
    connection.send(envelope, source, (error, info) => {
      if (error || !info) reject(error ?? new Error('no answer'));
      else resolve(info);
    });
  };
  connection.once('error', reject);
  // A connection that ends between two commands says nothing else.
  connection.once('end', () => reject(new Error('the connection ended')));
  connection.connect((error) => {
    if (error) return reject(error);
    if (user === '') return send();
    connection.login({ credentials: { user, pass: password } }, (failed) =>
      failed ? reject(failed) : send(),
    );
  });
  return promise;
}

/** Replies to the letter itself; what is said before, in greeting or logging in, is a matter of setting up. */
const ABOUT_THE_MESSAGE: readonly string[] = ['EENVELOPE', 'EMESSAGE'];
/** "Authentication required": a person puts that right, and then the message is to go. */
const LOGIN_WANTED: readonly number[] = [530, 535];

/** A reply is an outcome; without one it depends on whether the message had left. */
function judged(
  error: SmtpError,
  left: boolean,
  name: string,
  context: SendingContext,
  secrets: readonly string[],
): Delivery {
  const code = error.code ?? 'no reason given';
  const { responseCode: status = 0 } = error;
  if (code === 'ETLS' || (status === 0 && /certificate|\bTLS|\bSSL/i.test(error.message))) {
    return {
      outcome: 'retry',
      error: `${name} offers no encryption that is trusted (${code}); name its authority under ca: in ajar.yaml, or state "tls: none" for a relay on this machine`,
    };
  }
  if (status === 0) {
    return left
      ? { outcome: 'unsure', error: `${name} broke off after it had the message (${code})` }
      : { outcome: 'retry', error: `${name} broke off before it had the message (${code})` };
  }
  const said = `${name} answered ${quoted(error.response ?? '', context, secrets)}`;
  if (code === 'EAUTH' || LOGIN_WANTED.includes(status)) {
    return { outcome: 'retry', error: `${said}; check user and password` };
  }
  const final = status >= 500 && ABOUT_THE_MESSAGE.includes(code);
  return { outcome: final ? 'refused' : 'retry', error: said };
}
