/** The outbox over a real store and real receivers. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Message, NewMessage } from '../../src/model/message.ts';
import type { Archive, Store } from '../../src/model/store.ts';
import type { Delivery, Sender } from '../../src/notify/delivery.ts';
import { type SendOptions, sendDue } from '../../src/notify/outbox.ts';
import { senderOf } from '../../src/notify/sender.ts';
import { openStore } from '../../src/store/open.ts';
import { madeMessage, startReceiver, type Turn } from './receivers.ts';

const START = new Date('2025-11-20T08:00:00.000Z');
const MINUTE_MS = 60_000;

interface Clock {
  now: Date;
}

async function store(clock: Clock): Promise<Store & Archive> {
  const folder = mkdtempSync(join(tmpdir(), 'ajar-outbox-'));
  const opened = await openStore(join(folder, 'store.db'), { now: () => clock.now });
  onTestFinished(async () => {
    await opened.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return opened;
}

function fresh(id: string): NewMessage {
  const { state: _s, attempts: _a, nextAt: _n, error: _e, ...message } = madeMessage({ id });
  return message;
}

/** A sender that answers as told, the last for ever, and keeps what it got. */
function scripted(...deliveries: Delivery[]): { sender: Sender; got: string[] } {
  const got: string[] = [];
  return {
    got,
    sender: {
      hosts: [],
      async send({ id }) {
        const turn = deliveries[Math.min(got.length, deliveries.length - 1)];
        got.push(id);
        return turn ?? { outcome: 'sent', note: null };
      },
    },
  };
}

function options(clock: Clock, sender: Sender | { problem: string }): SendOptions {
  return {
    senderFor: () => sender,
    entriesFor: ({ id }, outcome) =>
      outcome === 'waiting'
        ? []
        : [
            {
              kind: outcome === 'sent' ? 'message.sent' : 'message.failed',
              subject: id,
              by: 'ajar',
              body: {},
              once: `${id}/${outcome}`,
            },
          ],
    onOutcome: () => undefined,
    signal: new AbortController().signal,
    now: () => clock.now,
    quickWaitsMs: [],
  };
}

const one = async (archive: Archive): Promise<Message> => {
  const [message] = await archive.messages();
  if (!message) throw new Error('no message');
  return message;
};

test('a 500 and then a 200 arrive once', async () => {
  const turns: Turn[] = [500, 200];
  const receiver = await startReceiver(...turns);
  onTestFinished(() => receiver.close());
  const clock = { now: START };
  const archive = await store(clock);
  await archive.append([], [fresh('a')]);
  const url = `http://127.0.0.1:${receiver.port}/`;
  const sender = senderOf(
    'ops',
    { type: 'webhook', url, secretFrom: 'KEY' },
    { env: { KEY: 'k' }, allow: () => undefined, mask: (text) => text, timeoutMs: 2000 },
  );
  const tally = await sendDue(archive, { ...options(clock, sender), quickWaitsMs: [1, 1] });
  expect(tally).toEqual({ sent: 1, waiting: 0, failed: 0, unsure: 0 });
  expect(receiver.requests).toHaveLength(2);
  expect(new Set(receiver.requests.map(({ headers }) => headers['idempotency-key']))).toEqual(
    new Set(['a']),
  );
  await sendDue(archive, options(clock, sender));
  expect(receiver.requests).toHaveLength(2);
});

test('what was sent is noted in the ledger once', async () => {
  const clock = { now: START };
  const archive = await store(clock);
  await archive.append([], [fresh('a'), fresh('b')]);
  const { sender, got } = scripted({ outcome: 'sent', note: null });
  await sendDue(archive, options(clock, sender));
  await sendDue(archive, options(clock, sender));
  expect(got.sort()).toEqual(['a', 'b']);
  const noted: string[] = [];
  for await (const { subject } of archive.entries({ kinds: ['message.sent'] })) noted.push(subject);
  expect(noted.sort()).toEqual(['a', 'b']);
});

test('failures wait longer and longer, and after two days the message has failed', async () => {
  const clock = { now: START };
  const archive = await store(clock);
  await archive.append([], [fresh('a')]);
  const { sender, got } = scripted({ outcome: 'retry', error: 'busy' });
  const waits: number[] = [];
  for (let i = 0; i < 10; i++) {
    await sendDue(archive, options(clock, sender));
    const message = await one(archive);
    if (message.state !== 'waiting') break;
    const next = new Date(message.nextAt);
    waits.push((next.getTime() - clock.now.getTime()) / MINUTE_MS);
    // Asked too early, nothing happens.
    clock.now = new Date(next.getTime() - 1000);
    expect((await sendDue(archive, options(clock, sender))).waiting).toBe(0);
    clock.now = next;
  }
  expect(waits).toEqual([1, 5, 15, 60, 240, 720, 1440]);
  expect(got).toHaveLength(8);
  expect(await one(archive)).toMatchObject({ state: 'failed', error: 'busy' });
});

test('a server that asks for an hour gets it', async () => {
  const clock = { now: START };
  const archive = await store(clock);
  await archive.append([], [fresh('a')]);
  const { sender, got } = scripted({ outcome: 'retry', error: 'busy', afterMs: 60 * MINUTE_MS });
  await sendDue(archive, { ...options(clock, sender), quickWaitsMs: [1, 1] });
  expect(got).toHaveLength(1);
  const wait = Date.parse((await one(archive)).nextAt) - clock.now.getTime();
  expect(wait).toBe(60 * MINUTE_MS);
});

test('what may have arrived is unsure, and is never sent again by itself', async () => {
  const clock = { now: START };
  const archive = await store(clock);
  await archive.append([], [fresh('a')]);
  const { sender, got } = scripted({ outcome: 'unsure', error: 'broke off' });
  await sendDue(archive, options(clock, sender));
  clock.now = new Date(START.getTime() + 30 * 24 * 60 * MINUTE_MS);
  await sendDue(archive, options(clock, sender));
  expect(got).toHaveLength(1);
  expect((await one(archive)).state).toBe('unsure');
});

test('a channel that is not set up keeps its messages waiting', async () => {
  const clock = { now: START };
  const archive = await store(clock);
  await archive.append([], [fresh('a')]);
  for (let i = 0; i < 12; i++) {
    await sendDue(archive, options(clock, { problem: 'SMTP_URL is not set' }));
    clock.now = new Date(clock.now.getTime() + 60 * MINUTE_MS);
  }
  expect(await one(archive)).toMatchObject({ state: 'waiting', error: 'SMTP_URL is not set' });
  const { sender, got } = scripted({ outcome: 'sent', note: null });
  await sendDue(archive, options(clock, sender));
  expect(got).toEqual(['a']);
});

test('being stopped ends it after the message that is on its way', async () => {
  const clock = { now: START };
  const archive = await store(clock);
  await archive.append([], [fresh('a'), fresh('b'), fresh('c')]);
  const stop = new AbortController();
  const { sender, got } = scripted({ outcome: 'sent', note: null });
  const stopping: Sender = {
    hosts: [],
    async send(message) {
      stop.abort();
      return sender.send(message);
    },
  };
  await sendDue(archive, { ...options(clock, stopping), signal: stop.signal });
  expect(got).toHaveLength(1);
  expect((await archive.messages(['waiting'])).length).toBe(2);
});
