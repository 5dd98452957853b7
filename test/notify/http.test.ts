import { createHmac } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { raiseWall } from '../../src/net/scope.ts';
import type { Channel, HttpChannel } from '../../src/notify/channel.ts';
import type { Delivery, SendingContext } from '../../src/notify/delivery.ts';
import { senderOf } from '../../src/notify/sender.ts';
import { madeMessage, type Receiver, startReceiver, type Turn } from './receivers.ts';

const ENV = { HOOK_SECRET: 'k3y-of-the-hook', JIRA_TOKEN: 't0ken-of-jira' };

function context(more: Partial<SendingContext> = {}): SendingContext {
  return { env: ENV, allow: () => undefined, mask: (text) => text, timeoutMs: 2000, ...more };
}

async function receiver(...statuses: Turn[]): Promise<Receiver> {
  const started = await startReceiver(...statuses);
  onTestFinished(() => started.close());
  return started;
}

const at = ({ port }: Receiver, path = '/hook'): string => `http://127.0.0.1:${port}${path}`;

function send(
  channel: Channel,
  message = madeMessage(),
  more: Partial<SendingContext> = {},
): Promise<Delivery> {
  return senderOf('ops', channel, context(more)).send(message);
}

const hook = (url: string): Channel => ({ type: 'webhook', url, secretFrom: 'HOOK_SECRET' });
const ticket = (url: string, more: Partial<HttpChannel> = {}): HttpChannel => ({
  type: 'http',
  url,
  method: 'POST',
  headers: { Authorization: 'Bearer $' + '{JIRA_TOKEN}' },
  body: null,
  template: 'jira',
  values: { project: 'SEC' },
  ...more,
});

test('a webhook is signed over time and body, and names the message', async () => {
  const there = await receiver(200);
  expect(await send(hook(at(there)))).toEqual({ outcome: 'sent', note: null });
  const [request] = there.requests;
  if (!request) throw new Error('nothing came');
  const { headers, body } = request;
  // As docs/notifications.md tells a receiver to check it.
  const time = String(headers['x-ajar-timestamp']);
  const expected = createHmac('sha256', ENV.HOOK_SECRET).update(`${time}.${body}`).digest('hex');
  expect(headers['x-ajar-signature']).toBe(`sha256=${expected}`);
  expect(Math.abs(Number(time) - Date.now() / 1000)).toBeLessThan(60);
  expect(headers['idempotency-key']).toBe('campaign-autumn/lands/list');
  expect(JSON.parse(body)).toMatchObject({
    schema: 'ajar-message/1',
    subject: 'Lands: 海角地政署',
  });
});

test.each([
  [500, 'retry'],
  [503, 'retry'],
  [429, 'retry'],
  [504, 'unsure'],
  [400, 'refused'],
  [401, 'refused'],
  [302, 'refused'],
  ['drop', 'unsure'],
] as const)('an answer of %s is %s', async (answer, outcome) => {
  const there = await receiver(answer);
  expect((await send(hook(at(there)))).outcome).toBe(outcome);
  expect(there.requests).toHaveLength(1);
});

test('nobody there is worth another attempt, and the path of the address is not told', async () => {
  const there = await startReceiver(200);
  await there.close();
  const delivery = await send({ type: 'slack', url: at(there, '/services/T0/B0/s3cret') });
  expect(delivery.outcome).toBe('retry');
  expect(JSON.stringify(delivery)).not.toContain('s3cret');
});

test('a server that never answers leaves the message unsure', async () => {
  const { createServer } = await import('node:http');
  const server = createServer(() => undefined);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const delivery = await send(hook(`http://127.0.0.1:${port}/`), madeMessage(), { timeoutMs: 200 });
  expect(delivery).toMatchObject({ outcome: 'unsure' });
});

test('what a server answers is kept short, masked and without the secret that it got', async () => {
  const body = `bad token ${ENV.JIRA_TOKEN} for Q372145(7) ${'x'.repeat(500)}`;
  const there = await receiver({ status: 400, body });
  const mask = (text: string): string => text.replaceAll('Q372145(7)', 'Q******(*)');
  const delivery = await send(ticket(at(there)), madeMessage(), { mask });
  const said = JSON.stringify(delivery);
  expect(said).toContain('HTTP 400: bad token *** for Q******(*)');
  expect(said.length).toBeLessThan(300);
});

test('the wall keeps what is not a channel’s host out of reach', async () => {
  const there = await receiver(200);
  const wall = raiseWall(['hooks.example:443']);
  onTestFinished(() => wall.remove());
  const delivery = await send(hook(at(there)), madeMessage(), { allow: wall.allow });
  expect(delivery).toMatchObject({
    outcome: 'retry',
    error: expect.stringContaining('not in scope'),
  });
  expect(there.requests).toHaveLength(0);
});

test('a chat message shows names as they are: no mention, no link, no mark-up', async () => {
  const there = await receiver(200);
  const message = madeMessage({
    subject: '<!channel> *x*',
    text: '[link](https://evil.example) <@U1>',
  });
  await send({ type: 'slack', url: at(there) }, message);
  await send({ type: 'teams', url: at(there) }, message);
  const [slack, teams] = there.requests.map(({ body }) => JSON.parse(body));
  expect(slack.text).toBe('&lt;!channel&gt; *x*');
  expect(slack.blocks.map((block: { text: { type: string } }) => block.text.type)).toEqual([
    'plain_text',
    'plain_text',
  ]);
  const card = teams.attachments[0];
  expect(card.contentType).toBe('application/vnd.microsoft.card.adaptive');
  expect(card.content.body.map((block: { type: string }) => block.type)).toEqual([
    'RichTextBlock',
    'RichTextBlock',
  ]);
});

test('a long text stays within what Slack takes', async () => {
  const there = await receiver(200);
  await send(
    { type: 'slack', url: at(there) },
    madeMessage({ text: `${'字'.repeat(9000)}\n`.repeat(40) }),
  );
  const { blocks } = JSON.parse(there.requests[0]?.body ?? '{}');
  expect(blocks.length).toBeLessThanOrEqual(50);
  for (const block of blocks) expect(block.text.text.length).toBeLessThanOrEqual(3000);
});

test('a ticket is the template with each field as JSON text', async () => {
  const there = await receiver(201);
  const text = 'a "quote"\\\nand a line\u2028';
  expect((await send(ticket(at(there)), madeMessage({ text }))).outcome).toBe('sent');
  const [request] = there.requests;
  expect(request?.headers.authorization).toBe(`Bearer ${ENV.JIRA_TOKEN}`);
  expect(JSON.parse(request?.body ?? '')).toEqual({
    fields: {
      project: { key: 'SEC' },
      issuetype: { name: 'Task' },
      summary: 'Lands: 海角地政署',
      description: text,
      labels: ['ajar'],
    },
  });
});

test('ServiceNow gets the message’s id to know it by', async () => {
  const there = await receiver(201);
  await send(ticket(at(there), { template: 'servicenow', values: {} }));
  expect(JSON.parse(there.requests[0]?.body ?? '')).toMatchObject({
    short_description: 'Lands: 海角地政署',
    correlation_id: 'campaign-autumn/lands/list',
  });
});

test('an own body and method go out as written', async () => {
  const there = await receiver(200);
  const body = '{"n":1,"title":"{{ subject }}","kind":"{{kind}}"}';
  const own = ticket(at(there), { template: null, body, method: 'PUT', values: { kind: '"x"' } });
  await send(own);
  expect(there.requests[0]?.method).toBe('PUT');
  expect(JSON.parse(there.requests[0]?.body ?? '')).toEqual({
    n: 1,
    title: 'Lands: 海角地政署',
    kind: '"x"',
  });
});

test.each([
  [{ body: '{"a":"{{nothing}}"}', template: null }, /there is no field \{\{nothing\}\}/],
  [{ body: '{"a":{{subject}}}', template: null }, /its body is no JSON once filled in/],
  [{ headers: { Authorization: 'Bearer $' + '{NOT_SET}' } }, /variable NOT_SET is not set/],
])('a template that cannot work is told before anything is sent: %#', (more, message) => {
  expect(() => senderOf('tickets', ticket('http://127.0.0.1:1/', more), context())).toThrow(
    message,
  );
});

test('a line break in a secret is told before anything is sent, without the secret', () => {
  const broken = { env: { ...ENV, JIRA_TOKEN: 'one\ntwo' } };
  const make = () => senderOf('tickets', ticket('http://127.0.0.1:1/'), context(broken));
  expect(make).toThrow(/the header Authorization holds a sign that no header may/);
  expect(make).not.toThrow(/two/);
});

test('an id in another script goes into a header in ASCII', async () => {
  const there = await receiver(200);
  await send(hook(at(there)), madeMessage({ id: 'campaign-秋/lands/list' }));
  expect(there.requests[0]?.headers['idempotency-key']).toBe('campaign-%E7%A7%8B/lands/list');
});
