import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { MailChannel } from '../../src/notify/channel.ts';
import type { Delivery } from '../../src/notify/delivery.ts';
import { messageId } from '../../src/notify/mail.ts';
import { senderOf } from '../../src/notify/sender.ts';
import { type MailServer, madeMessage, PASSWORD, startMailServer, USER } from './receivers.ts';

const before = getCACertificates('default');
beforeAll(() => {
  const pem = join(import.meta.dirname, '../fixtures/ca/test-only-ca.pem');
  setDefaultCACertificates([...before, readFileSync(pem, 'utf8')]);
});
afterAll(() => setDefaultCACertificates(before));

const CHANNEL: MailChannel = {
  type: 'mail',
  urlFrom: 'SMTP_URL',
  from: 'ajar <ajar@cio.example>',
  tls: 'required',
};

interface Way {
  readonly url: string;
  readonly channel?: Partial<MailChannel>;
  readonly message?: Parameters<typeof madeMessage>[0];
  readonly timeoutMs?: number;
}

function send({ url, channel = {}, message = {}, timeoutMs = 5000 }: Way): Promise<Delivery> {
  const sender = senderOf(
    'mail',
    { ...CHANNEL, ...channel },
    {
      env: { SMTP_URL: url },
      allow: () => undefined,
      mask: (text) => text.replaceAll('Q372145(7)', 'Q******(*)'),
      timeoutMs,
    },
  );
  return sender.send(madeMessage(message));
}

async function server(...args: Parameters<typeof startMailServer>): Promise<MailServer> {
  const started = await startMailServer(...args);
  onTestFinished(() => started.close());
  return started;
}

const login = (port: number): string =>
  `smtp://${USER}:${encodeURIComponent(PASSWORD)}@localhost:${port}`;

test('a mail goes out encrypted and after logging in, with text and file', async () => {
  const { port, mails } = await server({ authOptional: false });
  const base64 = Buffer.from('answer,reason\r\n').toString('base64');
  const attachments = [{ name: '海角.csv', type: 'text/csv; charset=utf-8', base64 }];
  expect(await send({ url: login(port), message: { attachments } })).toEqual({
    outcome: 'sent',
    note: null,
  });
  const [mail] = mails;
  expect(mail).toMatchObject({
    from: 'ajar@cio.example',
    to: ['records@lands.example'],
    user: USER,
    secure: true,
  });
  expect(mail?.raw).toContain(
    `Message-ID: ${messageId('campaign-autumn/lands/list', 'ajar@cio.example')}`,
  );
  expect(mail?.raw).toContain('Auto-Submitted: auto-generated');
  expect(mail?.raw).toContain(base64);
});

test('TLS from the first byte works as well', async () => {
  const { port, mails } = await server({ secure: true });
  expect((await send({ url: `smtps://localhost:${port}` })).outcome).toBe('sent');
  expect(mails).toHaveLength(1);
});

test('a server without encryption gets nothing, unless that is stated', async () => {
  const { port, mails } = await server({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] });
  expect(await send({ url: `smtp://localhost:${port}` })).toMatchObject({ outcome: 'retry' });
  expect(mails).toHaveLength(0);
  const stated = await send({ url: `smtp://localhost:${port}`, channel: { tls: 'none' } });
  expect(stated.outcome).toBe('sent');
  expect(mails[0]?.secure).toBe(false);
});

test('a certificate that nobody vouches for ends the connection', async () => {
  const { port, mails } = await server();
  setDefaultCACertificates(before);
  onTestFinished(() => {
    const pem = join(import.meta.dirname, '../fixtures/ca/test-only-ca.pem');
    setDefaultCACertificates([...before, readFileSync(pem, 'utf8')]);
  });
  expect(await send({ url: `smtp://localhost:${port}` })).toMatchObject({
    outcome: 'retry',
    error: expect.stringContaining('no encryption that is trusted'),
  });
  expect(mails).toHaveLength(0);
});

test('a wrong password is told without the password', async () => {
  const { port } = await server({ authOptional: false });
  const delivery = await send({ url: `smtp://${USER}:wrong-secret@localhost:${port}` });
  expect(delivery).toMatchObject({ outcome: 'retry' });
  expect(JSON.stringify(delivery)).not.toContain('wrong-secret');
  expect(JSON.stringify(delivery)).toContain('check user and password');
});

test('a subject and a department cannot add headers', async () => {
  const { port, mails } = await server();
  const subject = 'List\r\nBcc: everyone@gov.example\r\nX-Evil: 1';
  await send({ url: `smtp://localhost:${port}`, message: { subject } });
  const head = mails[0]?.raw.split('\r\n\r\n')[0] ?? '';
  expect(head).not.toMatch(/^(?:Bcc|X-Evil):/im);
  expect(mails[0]?.to).toEqual(['records@lands.example']);
});

test.each([
  'a@lands.example\r\nRCPT TO:<b@gov.example>',
  'a@lands.example, b@gov.example',
  '<a@lands.example>',
  'nobody',
])('the address %j is refused before anything is said', async (address) => {
  const { port, mails } = await server();
  const delivery = await send({ url: `smtp://localhost:${port}`, message: { to: [address] } });
  expect(delivery.outcome).toBe('refused');
  expect(mails).toHaveLength(0);
});

const answers = (code: number, text: string): Error =>
  Object.assign(new Error(text), { responseCode: code });

test('a mail that is refused for good is not tried again, and its text is masked', async () => {
  const { port } = await server({}, () => answers(550, 'no list with Q372145(7) here'));
  const delivery = await send({ url: `smtp://localhost:${port}` });
  expect(delivery.outcome).toBe('refused');
  expect(JSON.stringify(delivery)).not.toContain('Q372145');
});

test('a server that is busy is asked again', async () => {
  const { port } = await server({}, () => answers(451, 'try later'));
  expect((await send({ url: `smtp://localhost:${port}` })).outcome).toBe('retry');
});

test('a recipient that is refused is told, and the others get it', async () => {
  const { port, mails } = await server({
    onRcptTo({ address }, _session, done) {
      done(address.startsWith('gone@') ? answers(550, 'unknown') : null);
    },
  });
  const to = ['gone@lands.example', 'records@lands.example'];
  expect(await send({ url: `smtp://localhost:${port}`, message: { to } })).toEqual({
    outcome: 'sent',
    note: '1 of 2 recipients were refused: gone@lands.example',
  });
  expect(mails[0]?.to).toEqual(['records@lands.example']);
});

test('nobody there is worth another attempt', async () => {
  const closed = createServer();
  await new Promise<void>((ready) => closed.listen(0, '127.0.0.1', ready));
  const { port } = closed.address() as AddressInfo;
  await new Promise((done) => closed.close(done));
  expect((await send({ url: `smtp://127.0.0.1:${port}` })).outcome).toBe('retry');
});

test('a server that falls silent before it has the mail has certainly not taken it', async () => {
  const { port } = await server({ onMailFrom: () => undefined });
  const delivery = await send({ url: `smtp://localhost:${port}`, timeoutMs: 300 });
  expect(delivery.outcome).toBe('retry');
});

test('a server that has the mail and never answers leaves it unsure', async () => {
  const { port } = await server({}, () => new Promise(() => undefined));
  const delivery = await send({ url: `smtp://localhost:${port}`, timeoutMs: 500 });
  expect(delivery).toMatchObject({ outcome: 'unsure' });
});

test('the same message has the same id whenever it is sent, in any script', () => {
  expect(messageId('campaign-秋/lands/list', 'a@cio.example')).toMatch(
    /^<campaign\.lands\.list\.[0-9a-f]{16}@cio\.example>$/,
  );
  expect(messageId('campaign-秋/x', 'a@b.example')).not.toBe(
    messageId('campaign-春/x', 'a@b.example'),
  );
});

test.each([
  [{ urlFrom: 'NOT_SET' }, /channels\.mail: the environment variable NOT_SET is not set/],
  [{ from: 'nobody' }, /channels\.mail: "from" is no mail address/],
])('a channel that is not set up right says so: %#', (channel, message) => {
  expect(() => send({ url: 'smtp://localhost:1', channel })).toThrow(message);
});

test('a password that was not written as an address wants it is told, and not shown', () => {
  expect(() => send({ url: 'smtp://user:100%secret@localhost:1' })).toThrow(/write it as %25/);
  expect(() => send({ url: 'smtp://user:100%secret@localhost:1' })).not.toThrow(/secret/);
});

test('an address that is none is not repeated: it may be a password', () => {
  expect(() => send({ url: 'secret-thing' })).toThrow(/the variable SMTP_URL is no address/);
  expect(() => send({ url: 'secret-thing' })).not.toThrow(/secret-thing/);
});
