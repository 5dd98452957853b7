/** The outbox at work: channels made ready behind the scope wall, and outcomes noted in the ledger. */
import { randomBytes } from 'node:crypto';
import { CAMPAIGN_KINDS, campaignsOf } from '../campaign/state.ts';
import { outcomeEntries } from '../campaign/told.ts';
import { UsageError } from '../model/errors.ts';
import type { NewEntry } from '../model/ledger.ts';
import type { Message } from '../model/message.ts';
import type { Archive } from '../model/store.ts';
import { proxyHosts, raiseWall } from '../net/scope.ts';
import { labelOf } from '../notify/channel.ts';
import type { Sender, SendingContext } from '../notify/delivery.ts';
import { type Outcome, sendDue, type Tally } from '../notify/outbox.ts';
import { senderOf } from '../notify/sender.ts';
import { storeHosts } from '../store/address.ts';
import type { Config } from './config.ts';
import { openMask } from './masking.ts';
import { trust } from './root.ts';

/** How long a server may keep silent. */
const TIMEOUT_MS = 30_000;

export type Tell = (line: string) => void;

interface Office {
  readonly config: Config;
  readonly archive: Archive;
  readonly tell: Tell;
}

/** Senders behind a wall that lets through what their channels name, and nothing else. */
interface Post {
  senderFor(channel: string): Sender | { readonly problem: string };
  close(): void;
}

async function openPost(config: Config): Promise<Post> {
  await trust(config.ca);
  // The store's server too: outcomes are noted while the wall stands.
  const wall = raiseWall([...proxyHosts(process.env), ...(await storeHosts(config.store))]);
  const context: SendingContext = {
    env: process.env,
    allow: (host, port) => wall.allow(host, port),
    // Needs no key of its own: nothing is counted by it.
    mask: await openMask(config, randomBytes(16)),
    timeoutMs: TIMEOUT_MS,
  };
  const made = new Map<string, Sender | { readonly problem: string }>();
  const make = (name: string): Sender | { readonly problem: string } => {
    const channel = config.sending.channels[name];
    if (!channel) return { problem: `${labelOf(name)}: there is no such channel in ajar.yaml` };
    try {
      const sender = senderOf(name, channel, context);
      wall.declare(sender.hosts);
      return sender;
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      return { problem: error.message };
    }
  };
  return {
    senderFor(name) {
      const sender = made.get(name) ?? make(name);
      made.set(name, sender);
      return sender;
    },
    close: () => wall.remove(),
  };
}

/** Sends what is due and notes what became of it. Ctrl-C ends it after the message that is on its way. */
export async function sendOutbox({ config, archive, tell }: Office): Promise<Tally> {
  const campaigns = campaignsOf(await all(archive.entries({ kinds: CAMPAIGN_KINDS })));
  const settings = config.sending.campaign;
  const departments = config.owners.owners;
  const entriesFor = (message: Message, outcome: Outcome): readonly NewEntry[] =>
    outcomeEntries(message, outcome, { campaigns, departments, settings });
  await noteMissed(archive, entriesFor);
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const post = await openPost(config);
  try {
    const idle = await nobodyToSend(archive, post, tell);
    if (idle !== null) return idle;
    return await sendDue(archive, {
      senderFor: post.senderFor,
      entriesFor,
      onOutcome: (message, outcome, detail) => tell(outcomeLine(message, outcome, detail)),
      signal: stopping.signal,
      now: () => new Date(),
    });
  } finally {
    post.close();
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

/**
 * Where no channel that has messages waiting can be used, none is taken: said once a channel, and no
 * attempt is counted. Null: there is something to send with.
 */
async function nobodyToSend(archive: Archive, post: Post, tell: Tell): Promise<Tally | null> {
  const waiting = await archive.messages(['waiting']);
  const counts = new Map<string, number>();
  for (const { channel } of waiting) counts.set(channel, (counts.get(channel) ?? 0) + 1);
  const problems = [...counts].flatMap(([channel, count]) => {
    const sender = post.senderFor(channel);
    return 'problem' in sender ? [`${sender.problem} (messages waiting: ${count})`] : [];
  });
  if (problems.length === 0 || problems.length < counts.size) return null;
  for (const problem of problems) tell(problem);
  return { sent: 0, waiting: waiting.length, failed: 0, unsure: 0 };
}

/** Outcomes that a process settled and did not live to note. */
async function noteMissed(
  archive: Archive,
  entriesFor: (message: Message, outcome: Outcome) => readonly NewEntry[],
): Promise<void> {
  const missed = (await archive.unnoted()).flatMap((message) =>
    message.state === 'sending' ? [] : entriesFor(message, message.state),
  );
  if (missed.length > 0) await archive.append(missed);
}

function outcomeLine(message: Message, outcome: Outcome, detail: string | null): string {
  const to = message.to.length > 0 ? ` to ${message.to.join(', ')}` : '';
  const why = detail === null ? '' : `: ${detail}`;
  const words = {
    sent: 'sent',
    waiting: 'not sent yet, will be tried again',
    failed: 'not sent, and not tried again by itself',
    unsure: 'handed over, but nobody knows whether it arrived',
  }[outcome];
  return `${message.id} (${message.channel}${to}): ${words}${why}`;
}

/** Sends one message past the outbox, to see whether a channel works. Throws UsageError where it does not. */
export async function sendTest(
  config: Config,
  name: string,
  to: readonly string[],
): Promise<string> {
  const channel = config.sending.channels[name];
  if (!channel) {
    const names = Object.keys(config.sending.channels).join(', ') || 'none';
    throw new UsageError(`test ${name}: there is no such channel; channels: has ${names}`);
  }
  const { office } = config.sending.campaign;
  const addresses = to.length > 0 ? to : office.to;
  if (channel.type === 'mail' && addresses.length === 0) {
    throw new UsageError(`test ${name}: say where to with --to, or name campaign.office.email`);
  }
  const post = await openPost(config);
  try {
    const sender = post.senderFor(name);
    if ('problem' in sender) throw new UsageError(sender.problem);
    const at = new Date().toISOString();
    const delivery = await sender.send({
      id: `test/${name}/${at}`,
      channel: name,
      to: channel.type === 'mail' ? addresses : [],
      subject: 'ajar: a test',
      text: `This is a test of the channel ${name}, sent at ${at}. Nothing has to be done.\n`,
      language: 'en',
      attachments: [],
      about: 'test',
    });
    if (delivery.outcome === 'sent') {
      return `${name}: the test message was taken${delivery.note === null ? '' : ` (${delivery.note})`}`;
    }
    throw new UsageError(`test ${name}: ${delivery.error}`);
  } finally {
    post.close();
  }
}

/** Everything that the store gives a page at a time. */
export async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
